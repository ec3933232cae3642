import { lstatSync } from "node:fs";
import { MurmurationError } from "../core/errors.ts";
import type { Manifest } from "../core/manifest.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { errnoOf } from "./errno.ts";
import { findHeldRelease, heldReleases } from "./held-release.ts";
import { entryLocation } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

/** By SHA-256, hex: the absolute path of a file that should have this content. */
export type FileSources = ReadonlyMap<string, string>;

/**
 * Where files of this manifest lie in releases that the target holds, under whatever path and mode: by what their manifests say. Only the
 * sizes are looked at, since an application may have written into its release; who takes the content has to hash it. One manifest is in memory
 * at a time.
 */
export async function findFileSources(
  deployDir: DeployDir,
  wanted: Manifest,
  signal: AbortSignal,
): Promise<FileSources> {
  const slice = new TimeSlice(signal);
  const lacking = new Set<string>();
  for (const entry of wanted.entries)
    if (entry.type === "file" && entry.sizeBytes > 0) lacking.add(entry.sha256);
  const sources = new Map<string, string>();
  // The newest first: the least of it has changed.
  for (const release of heldReleases(deployDir).reverse()) {
    if (lacking.size === 0) break;
    const held = await tryFindHeldRelease(deployDir, release);
    if (held === undefined) continue;
    for (const entry of held.manifest.entries) {
      if (entry.type !== "file" || !lacking.has(entry.sha256)) continue;
      if (slice.over) await slice.next();
      const location = entryLocation(held.tree, entry.path);
      if (!isFileOf(location, entry.sizeBytes)) continue;
      sources.set(entry.sha256, location);
      lacking.delete(entry.sha256);
    }
  }
  return sources;
}

/** A damaged record is nothing to take from; it matters when somebody asks for that release. */
async function tryFindHeldRelease(deployDir: DeployDir, release: string) {
  try {
    return await findHeldRelease(deployDir, release);
  } catch (error) {
    if (error instanceof MurmurationError) return undefined;
    throw error;
  }
}

export function isFileOf(path: string, sizeBytes: number): boolean {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size === sizeBytes;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}
