import { formatBytes, formatDuration, formatShare } from "../core/units.ts";

export interface PackingProgress {
  readonly doing: "hashed" | "written";
  readonly bytes: number;
  /** Null while the tree is still being scanned. */
  readonly totalBytes: number | null;
  readonly elapsedMs: number;
}

/** A packaging at one moment, in one line of the log. */
export function packingLine({ doing, bytes, totalBytes, elapsedMs }: PackingProgress): string {
  const share = totalBytes === null ? "" : ` ${formatShare(bytes, totalBytes)}`;
  return `pack${share}  ${formatBytes(bytes)} ${doing} · ${formatDuration(elapsedMs)}`;
}
