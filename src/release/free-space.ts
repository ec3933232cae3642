import { statfsSync } from "node:fs";
import { MurmurationError } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import { formatBytes } from "../core/units.ts";

export interface FreeSpace {
  /** What a user who is not root may still fill. */
  readonly freeBytes: number;
  /** Null where the file system has no fixed number of inodes (btrfs, some network file systems). */
  readonly freeInodes: number | null;
}

export function freeSpace(path: string): FreeSpace {
  const stats = statfsSync(path);
  return { freeBytes: stats.bavail * stats.bsize, freeInodes: stats.files === 0 ? null : stats.ffree };
}

/** @throws MurmurationError `DISK_FULL` naming what is needed and what is there. */
export function requireSpace(
  path: string,
  needed: { readonly bytes: number; readonly inodes: number },
  free: FreeSpace = freeSpace(path),
): void {
  const lacking: string[] = [];
  if (needed.bytes > free.freeBytes) {
    lacking.push(
      `the release needs ${formatBytes(needed.bytes)} more, and ${formatBytes(free.freeBytes)} are free`,
    );
  }
  if (free.freeInodes !== null && needed.inodes > free.freeInodes) {
    lacking.push(`the release needs ${needed.inodes} more inodes, and ${free.freeInodes} are free`);
  }
  if (lacking.length === 0) return;
  throw new MurmurationError("DISK_FULL", `no room in ${describePath(path)}: ${lacking.join("; ")}`);
}
