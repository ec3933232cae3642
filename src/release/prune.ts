import { chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { readCurrent } from "./current-link.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { syncDirectory } from "./durable-file.ts";
import { diskError } from "./errno.ts";
import { heldReleases, releaseTree } from "./held-release.ts";
import { previousRelease } from "./previous-release.ts";
import { findRecord, type ReleaseRecord, recordedManifestPath, recordPath } from "./release-record.ts";
import { removeTree } from "./remove-tree.ts";
import { TimeSlice } from "./time-slice.ts";

/**
 * Keeps the newest `keep` successful releases, and always what is current and the one before; removes the other ones, and those that failed: meant
 * to go live, and never did, or left by a rollback. What has no readable record was not made by a deploy, and is left alone. Returns what was removed, oldest first.
 * A kill at any moment leaves each release whole or gone: its tree moves to the stagings first, which every deploy clears. What cannot be
 * removed, as another user's, does not keep the others.
 *
 * The caller holds the lock.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE` at the end, for the first that could not be removed
 */
export async function pruneReleases(
  deployDir: DeployDir,
  { keep, signal }: { readonly keep: number; readonly signal: AbortSignal },
): Promise<string[]> {
  const current = readCurrent(deployDir);
  const live = current.kind === "release" ? current.release : undefined;
  const kept = new Set([live, previousRelease(deployDir, live ?? null)]);
  const records = heldRecords(deployDir);
  const successful = records.filter(isSuccessful);
  for (const { release } of successful.slice(Math.max(0, successful.length - keep))) kept.add(release);
  const removed: string[] = [];
  let failure: unknown;
  for (const { release } of records) {
    if (kept.has(release)) continue;
    signal.throwIfAborted();
    try {
      await removeRelease(deployDir, release, signal);
      removed.push(release);
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return removed;
}

function isSuccessful({ good, toActivate, activatedAt }: ReleaseRecord): boolean {
  return good && (toActivate !== true || activatedAt !== undefined);
}

/** In the order in which they went live, or were there. */
function heldRecords(deployDir: DeployDir): ReleaseRecord[] {
  const placeOf = ({ activatedAt, verifiedAt, release }: ReleaseRecord) =>
    `${activatedAt ?? verifiedAt} ${release}`;
  return heldReleases(deployDir)
    .flatMap((release) => tryFindRecord(deployDir, release) ?? [])
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

function tryFindRecord(deployDir: DeployDir, release: string): ReleaseRecord | undefined {
  try {
    const record = findRecord(deployDir, release);
    return record?.release === release ? record : undefined;
  } catch (error) {
    if (error instanceof MurmurationError && error.code === "RELEASE_DAMAGED") return undefined;
    throw error;
  }
}

async function removeRelease(deployDir: DeployDir, release: string, signal: AbortSignal): Promise<void> {
  const tree = releaseTree(deployDir, release);
  const aside = join(deployDir.staging, `${release}.pruned`);
  try {
    await removeTree(aside, new TimeSlice(signal));
    mkdirSync(aside, { mode: 0o700 });
    // rename(2) of a directory writes its `..`, which the directory's own mode may forbid. Another user's is refused here.
    chmodSync(tree, 0o700);
    renameSync(tree, join(aside, "tree"));
    await syncDirectory(deployDir.releases);
    rmSync(recordPath(deployDir, release), { force: true });
    rmSync(recordedManifestPath(deployDir, release), { force: true });
  } catch (cause) {
    await rmdir(aside).catch(() => {});
    throw diskError(cause, "removing", tree);
  }
  await removeTree(aside, new TimeSlice(signal));
}
