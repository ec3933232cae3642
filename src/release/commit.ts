import { chmodSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { syncDirectory } from "./durable-file.ts";
import { diskError } from "./errno.ts";
import { flushFileSystem } from "./flush-tree.ts";
import { releaseTree } from "./held-release.ts";
import type { OpenedRelease, StagedRelease, WantedRelease } from "./open-release.ts";
import type { PlacedManifest } from "./placed-manifest.ts";
import { writeRecord } from "./release-record.ts";
import { removeTree } from "./remove-tree.ts";
import { sealTree } from "./seal-tree.ts";
import { removeStagings, type Staging } from "./staging.ts";
import { TimeSlice } from "./time-slice.ts";
import type { TreeStore } from "./tree-store.ts";
import { requireVerified, type TreeVerification, type VerifyOptions, verifyTree } from "./verify-tree.ts";

const OWNER_WRITES = 0o200;

export interface CommitOptions {
  readonly run: string;
  /** Whether it is to go live, or only to be there. */
  readonly toActivate: boolean;
  readonly signal: AbortSignal;
}

/**
 * Gives the staged tree its links and modes, flushes it, and re-reads all of it. A held release was verified when it was opened.
 * The store goes on serving meanwhile.
 * @throws MurmurationError `VERIFY_FAILED`, `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function sealAndVerify(
  opened: OpenedRelease,
  wanted: WantedRelease,
  options: VerifyOptions,
): Promise<TreeVerification> {
  if (opened.kind === "held") return opened.verification;
  const placed = completeManifest(opened.store);
  const { tree } = opened.store;
  opened.store.endWriting();
  await sealTree(tree, placed.manifest, options);
  await writeOut(opened.staging, options.signal);
  const verification = await verifyTree(tree, placed, wanted.torrent, options);
  requireVerified(verification, { code: "VERIFY_FAILED", extras: "refuse", root: tree });
  return verification;
}

async function writeOut(staging: Staging, signal: AbortSignal): Promise<void> {
  try {
    await flushFileSystem(staging.root, signal);
  } catch (error) {
    // The next flush would find nothing left to write, and a run that resumes would verify what only the cache holds. Without its state
    // it is not resumed. (On a disk where that can't be removed, nothing is.)
    if (!signal.aborted) await rm(staging.state, { force: true }).catch(() => {});
    throw error;
  }
}

/**
 * Moves the verified tree to `releases/<id>` with its record. The store goes on serving from there. A held release is left as it is.
 * A kill at any moment leaves either no `releases/<id>` or a whole one: the record comes first, and counts only beside its tree.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export async function commitRelease(
  deployDir: DeployDir,
  opened: OpenedRelease,
  wanted: WantedRelease,
  { run, toActivate, signal }: CommitOptions,
): Promise<void> {
  if (opened.kind === "held") return;
  signal.throwIfAborted();
  const placed = completeManifest(opened.store);
  await record(deployDir, wanted, placed, { run, toActivate });
  await moveIntoPlace(deployDir, opened, wanted.release, placed);
  await removeTree(opened.staging.root, new TimeSlice());
}

/** Removes stagings that no deploy resumes any more. The caller holds the lock and has committed. */
export async function removeStaleStagings(deployDir: DeployDir): Promise<void> {
  await removeStagings(deployDir);
}

function completeManifest(store: TreeStore): PlacedManifest {
  if (store.placed === undefined || !store.have.complete) {
    throw new MurmurationError("INTERNAL", "a release was to be verified before all of it was there");
  }
  return store.placed;
}

async function record(
  deployDir: DeployDir,
  wanted: WantedRelease,
  placed: PlacedManifest,
  { run, toActivate }: Pick<CommitOptions, "run" | "toActivate">,
): Promise<void> {
  const { torrent, digests, manifest, release } = wanted;
  const sizes = placed.manifest.entries.flatMap((entry) => (entry.type === "file" ? [entry.sizeBytes] : []));
  await writeRecord(
    deployDir,
    {
      version: 1,
      release,
      infoHash: digests.infoHash,
      infoSha256: digests.infoSha256,
      torrent: { ...torrent, pieces: Buffer.from(torrent.pieces).toString("base64") },
      manifest: { ...manifest },
      files: sizes.length,
      sizeBytes: sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0),
      verifiedAt: new Date().toISOString(),
      run,
      good: true,
      toActivate,
    },
    placed.text,
  );
}

async function moveIntoPlace(
  deployDir: DeployDir,
  opened: StagedRelease,
  release: string,
  placed: PlacedManifest,
): Promise<void> {
  const { store, staging } = opened;
  const destination = releaseTree(deployDir, release);
  const rootMode = placed.manifest.entries[0]?.type === "directory" ? placed.manifest.entries[0].mode : 0o755;
  try {
    if (opened.replacesDamaged) {
      await removeTree(staging.replaced, new TimeSlice());
      chmodSync(destination, 0o700);
      renameSync(destination, staging.replaced);
    }
    // rename(2) of a directory writes its `..`, which the directory's own mode may forbid.
    if ((rootMode & OWNER_WRITES) === 0) chmodSync(staging.tree, rootMode | OWNER_WRITES);
    renameSync(staging.tree, destination);
    store.movedTo(destination);
    chmodSync(destination, rootMode);
    await syncDirectory(dirname(staging.tree));
    await syncDirectory(deployDir.releases);
  } catch (cause) {
    throw diskError(cause, "creating", destination);
  }
}
