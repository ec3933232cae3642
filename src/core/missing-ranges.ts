import type { TarSegment } from "./tar-layout.ts";
import { BLOCK_LENGTH_BYTES } from "./torrent.ts";

/** The bytes `[startBytes, endBytes)` of a piece. */
export interface ByteRange {
  readonly startBytes: number;
  readonly endBytes: number;
}

/**
 * What has to be fetched of a piece that consists of these segments, where the content of some files is held: ascending, apart from each other.
 * Undefined where that is all of it, as good as all, or nothing: a piece in which nothing seems to be missing, and which is wrong
 * nevertheless, is fetched whole.
 */
export function missingRanges(
  segments: Iterable<TarSegment>,
  isHeld: (entry: number) => boolean,
): ByteRange[] | undefined {
  const ranges: { startBytes: number; endBytes: number }[] = [];
  let heldFiles = 0;
  let atBytes = 0;
  for (const segment of segments) {
    const startBytes = atBytes;
    atBytes += segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
    if (segment.kind === "bytes") continue;
    if (isHeld(segment.entry)) {
      heldFiles += 1;
      continue;
    }
    const last = ranges.at(-1);
    if (last?.endBytes === startBytes) last.endBytes = atBytes;
    else ranges.push({ startBytes, endBytes: atBytes });
  }
  if (heldFiles === 0 || ranges.length === 0) return undefined;
  // Each request costs more than the headers between two small files do.
  return requestsFor(ranges) > Math.ceil(atBytes / BLOCK_LENGTH_BYTES) ? undefined : ranges;
}

/** How many blocks have to be asked for. */
function requestsFor(ranges: readonly ByteRange[]): number {
  return ranges.reduce(
    (sum, { startBytes, endBytes }) => sum + Math.ceil((endBytes - startBytes) / BLOCK_LENGTH_BYTES),
    0,
  );
}

/** The length of all of them together, in bytes. */
export function rangesBytes(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0);
}

/** Whether the byte is in one of them. */
export function isWithin(ranges: readonly ByteRange[], atBytes: number): boolean {
  return ranges.some(({ startBytes, endBytes }) => startBytes <= atBytes && atBytes < endBytes);
}
