import { chmodSync, constants, copyFile, copyFileSync, lstatSync } from "node:fs";
import { promisify } from "node:util";
import { diskError, errnoOf } from "./errno.ts";
import type { HeldRelease } from "./held-release.ts";
import { entryLocation } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

const copyFileAsync = promisify(copyFile);
/** A copy of this much is quicker than a promise. */
const SYNCHRONOUS_BYTES_MAX = 128 * 1024;
/** Never hard links: an application that writes into one release would change the other. */
const CLONE_OR_COPY = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;

/**
 * Copies into a prepared staging tree what it lacks and another release of the same content has. What is copied is hashed afterwards like
 * everything that was found on the disk, so that a damaged source costs a transfer and nothing else.
 * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function copyFromTwin(twin: HeldRelease, tree: string, signal: AbortSignal): Promise<void> {
  const slice = new TimeSlice(signal);
  for (const entry of twin.manifest.entries) {
    if (entry.type !== "file" || entry.sizeBytes === 0) continue;
    const from = entryLocation(twin.tree, entry.path);
    if (!isFileOf(from, entry.sizeBytes)) continue;
    if (slice.over) await slice.next();
    const to = entryLocation(tree, entry.path);
    try {
      if (entry.sizeBytes <= SYNCHRONOUS_BYTES_MAX) copyFileSync(from, to, CLONE_OR_COPY);
      else await copyFileAsync(from, to, CLONE_OR_COPY);
      chmodSync(to, 0o600);
    } catch (cause) {
      const errno = errnoOf(cause);
      // There already, from an interrupted run; or the source is gone or unreadable. The hashing tells what is missing.
      if (errno === "EEXIST" || errno === "ENOENT" || errno === "EACCES" || errno === "EIO") continue;
      throw diskError(cause, "copying to", to);
    }
  }
}

function isFileOf(path: string, sizeBytes: number): boolean {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size === sizeBytes;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}
