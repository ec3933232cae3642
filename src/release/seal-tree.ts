import { chmodSync, closeSync, constants, openSync, symlinkSync } from "node:fs";
import type { Manifest, ManifestEntry } from "../core/manifest.ts";
import { diskError, errnoOf } from "./errno.ts";
import { removeTree } from "./remove-tree.ts";
import { entryLocation } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

const CREATE_EMPTY = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;

/**
 * Gives a tree that has all its content what no piece brings: empty files, links, and at last the modes, a directory's after those of
 * what it holds, since it may forbid writing. Doing it twice is fine.
 * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function sealTree(
  tree: string,
  manifest: Manifest,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  const slice = new TimeSlice(signal);
  for (const entry of manifest.entries) {
    if (slice.over) await slice.next();
    await complete(entryLocation(tree, entry.path), entry, slice);
  }
  for (const entry of [...manifest.entries].reverse()) {
    if (entry.type === "link") continue;
    if (slice.over) await slice.next();
    const location = entryLocation(tree, entry.path);
    try {
      chmodSync(location, entry.mode);
    } catch (cause) {
      throw diskError(cause, "setting the mode of", location);
    }
  }
}

async function complete(location: string, entry: ManifestEntry, slice: TimeSlice): Promise<void> {
  try {
    if (entry.type === "link") {
      await replaceByLink(location, entry.target, slice);
    } else if (entry.type === "file" && entry.sizeBytes === 0) {
      closeSync(openSync(location, CREATE_EMPTY, 0o600));
    }
  } catch (cause) {
    throw diskError(cause, "creating", location);
  }
}

async function replaceByLink(location: string, target: string, slice: TimeSlice): Promise<void> {
  try {
    symlinkSync(target, location);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
    await removeTree(location, slice);
    symlinkSync(target, location);
  }
}
