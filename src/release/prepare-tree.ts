import { chmodSync, lstatSync, mkdirSync, type Stats, truncateSync } from "node:fs";
import { dirname } from "node:path";
import type { Manifest } from "../core/manifest.ts";
import { diskError, errnoOf } from "./errno.ts";
import { requireSpace } from "./free-space.ts";
import { removeTree } from "./remove-tree.ts";
import { entryLocation, strayEntries } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

/** Most file systems hand out space in blocks of this length; larger ones in `statfs` (network) are a transfer size. */
const ALLOCATION_BYTES_MAX = 4_096;

/**
 * Makes a staging tree ready for pieces: what does not belong there goes, every directory is there and writable, and no link is.
 * Checks before it creates anything that the rest will have room.
 * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function prepareTree(tree: string, manifest: Manifest, signal: AbortSignal): Promise<void> {
  const slice = new TimeSlice(signal);
  const needed = await cleanTree(tree, manifest, slice);
  requireSpace(dirname(tree), needed);
  for (const entry of manifest.entries) {
    if (entry.type !== "directory") continue;
    if (slice.over) await slice.next();
    const location = entryLocation(tree, entry.path);
    try {
      mkdirSync(location, { mode: 0o700 });
    } catch (cause) {
      if (errnoOf(cause) !== "EEXIST") throw diskError(cause, "creating", location);
    }
  }
}

/** Returns what the tree still lacks. */
async function cleanTree(
  tree: string,
  manifest: Manifest,
  slice: TimeSlice,
): Promise<{ bytes: number; inodes: number }> {
  let bytes = 0;
  let inodes = 0;
  for (const entry of manifest.entries) {
    if (slice.over) await slice.next();
    const location = entryLocation(tree, entry.path);
    const stats = await keepIf(location, slice, (found) => {
      if (entry.type === "directory") return found.isDirectory();
      // Another name of the same file would be written too. Links come last, when nothing is written any more.
      return entry.type === "file" && found.isFile() && found.nlink === 1;
    });
    const wantedBytes = entry.type === "file" ? entry.sizeBytes : 0;
    if (stats === undefined) {
      inodes += 1;
      bytes += allocatedBytes(entry.type === "directory" ? 1 : wantedBytes);
      continue;
    }
    try {
      chmodSync(location, entry.type === "directory" ? 0o700 : 0o600);
      if (entry.type === "file" && stats.size > wantedBytes) truncateSync(location, wantedBytes);
    } catch (cause) {
      throw diskError(cause, "preparing", location);
    }
    bytes += Math.max(0, allocatedBytes(wantedBytes) - stats.blocks * 512);
  }
  for await (const stray of strayEntries(tree, manifest, slice)) await removeTree(stray, slice);
  return { bytes, inodes };
}

async function keepIf(
  location: string,
  slice: TimeSlice,
  wanted: (stats: Stats) => boolean,
): Promise<Stats | undefined> {
  const stats = tryLstat(location);
  if (stats === undefined) return undefined;
  if (wanted(stats)) return stats;
  await removeTree(location, slice);
  return undefined;
}

function tryLstat(location: string): Stats | undefined {
  try {
    return lstatSync(location, { throwIfNoEntry: false });
  } catch (cause) {
    throw diskError(cause, "looking at", location);
  }
}

function allocatedBytes(sizeBytes: number): number {
  return Math.ceil(sizeBytes / ALLOCATION_BYTES_MAX) * ALLOCATION_BYTES_MAX;
}
