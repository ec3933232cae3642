import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync } from "node:fs";
import { type Manifest, ROOT_PATH } from "../core/manifest.ts";
import { errnoOf } from "./errno.ts";
import { below } from "./remove-tree.ts";
import type { TimeSlice } from "./time-slice.ts";

/** Absolute paths of what stands in the tree and not in the manifest; what a stray directory holds is not listed. */
export async function* strayEntries(
  tree: string,
  manifest: Manifest,
  slice: TimeSlice,
): AsyncGenerator<Buffer, void> {
  const known = new Set(manifest.entries.map((entry) => entry.path));
  for (const entry of manifest.entries) {
    if (entry.type !== "directory") continue;
    const directory = Buffer.from(entryLocation(tree, entry.path));
    for (const name of namesIn(directory)) {
      if (slice.over) await slice.next();
      const path = entry.path === ROOT_PATH ? name.toString() : `${entry.path}/${name}`;
      if (!isUtf8(name) || !known.has(path)) yield below(directory, name);
    }
  }
}

export function entryLocation(tree: string, path: string): string {
  return path === ROOT_PATH ? tree : `${tree}/${path}`;
}

/** Empty where it is no directory or may not be listed: whoever checks the entry itself tells that. */
function namesIn(directory: Buffer): Buffer[] {
  try {
    // readdir(2) would follow a link that took the directory's place.
    return lstatSync(directory).isDirectory() ? readdirSync(directory, { encoding: "buffer" }) : [];
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}
