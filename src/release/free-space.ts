import { type StatsFs, statfsSync } from "node:fs";
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
  return spaceOf(statfsSync(path));
}

/** File systems without a limit say 2^63 bytes (EFS) or 2^64 - 1 inodes (CephFS), which no `number` holds. */
export function spaceOf({
  bavail,
  bsize,
  files,
  ffree,
}: Omit<StatsFs, "type" | "blocks" | "bfree">): FreeSpace {
  return {
    freeBytes: Math.min(bavail * bsize, Number.MAX_SAFE_INTEGER),
    freeInodes: files === 0 || !Number.isSafeInteger(ffree) ? null : ffree,
  };
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
