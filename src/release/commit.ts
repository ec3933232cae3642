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

export interface SealOptions extends VerifyOptions {
  /** All has been re-read, and the disk is still behind. */
  readonly onDiskBehind?: () => void;
}

/**
 * Gives the staged tree its links and modes, and re-reads all of it while it is written out to the disk: both have to succeed. A held release was
 * verified when it was opened. The store goes on serving meanwhile.
 * @throws MurmurationError `VERIFY_FAILED`, `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function sealAndVerify(
  opened: OpenedRelease,
  wanted: WantedRelease,
  options: SealOptions,
): Promise<TreeVerification> {
  if (opened.kind === "held") return opened.verification;
  const placed = completeManifest(opened.store);
  const { tree } = opened.store;
  opened.store.endWriting();
  await sealTree(tree, placed.manifest, options);
  const verification = await whileWritingOut(opened.staging, options, (signal) =>
    verifyTree(tree, placed, wanted.torrent, { ...options, signal }),
  );
  requireVerified(verification, { code: "VERIFY_FAILED", extras: "refuse", root: tree });
  return verification;
}

/** Ends the work where the disk fails. Never the other way round: an error of the disk is told once, and has to be heard. */
async function whileWritingOut<T>(
  staging: Staging,
  { signal, onDiskBehind }: SealOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const failing = new AbortController();
  let isWritten = false;
  const writing = writeOut(staging, signal).then(
    () => {
      isWritten = true;
    },
    (error: unknown) => {
      failing.abort(error);
      throw error;
    },
  );
  const working = work(AbortSignal.any([signal, failing.signal])).finally(() => {
    if (!isWritten) onDiskBehind?.();
  });
  const [written, worked] = await Promise.allSettled([writing, working]);
  if (written.status === "rejected") throw written.reason;
  if (worked.status === "rejected") throw worked.reason;
  return worked.value;
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
