import { MurmurationError } from "./errors.ts";
import { MANIFEST_MEMBER_NAME, type Manifest } from "./manifest.ts";
import { paddedBytes, TAR_BLOCK_BYTES, tarHeader, tarHeaderBytes } from "./tar-header.ts";

/** What a range of the tar consists of. `bytes` is generated (headers, manifest text, padding); `file` is content of `entries[entry]`. */
export type TarSegment =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | {
      readonly kind: "file";
      readonly entry: number;
      readonly fileOffsetBytes: number;
      readonly lengthBytes: number;
    };

/** The manifest member's header: its name is short and its size far below 8 GiB, so that it is one block. */
const MANIFEST_OFFSET_BYTES = TAR_BLOCK_BYTES;
/** Two zero blocks end a tar. */
const END_BYTES = 2 * TAR_BLOCK_BYTES;
const MANIFEST_MODE = 0o644;
const ZEROS = new Uint8Array(END_BYTES);
/** What the manifest's last piece is filled up with: empty lines at the end of a text. */
const EMPTY_LINE = 0x0a;
const EMPTY_LINES = new Uint8Array(64 * 1024).fill(EMPTY_LINE);

/** Pieces that hold the tar's first member, the manifest, and nothing else: `[0, n)`. Known before the manifest itself is. */
export function manifestPieces(manifestLengthBytes: number, pieceLengthBytes: number): number {
  return Math.ceil((MANIFEST_OFFSET_BYTES + manifestLengthBytes) / pieceLengthBytes);
}

/** Where the manifest's text stands in the tar. */
export function manifestRange(manifestLengthBytes: number): { offsetBytes: number; lengthBytes: number } {
  return { offsetBytes: MANIFEST_OFFSET_BYTES, lengthBytes: manifestLengthBytes };
}

/** Fills the bytes of the manifest's last piece that follow its text, which are known before the text is. */
export function fillAfterManifest(manifestLengthBytes: number, lastPiece: Uint8Array): void {
  lastPiece.fill(EMPTY_LINE, lastPiece.length - bytesAfterManifest(manifestLengthBytes, lastPiece.length));
}

/** How many bytes of the manifest's last piece follow its text. */
export function bytesAfterManifest(manifestLengthBytes: number, pieceLengthBytes: number): number {
  const pieces = manifestPieces(manifestLengthBytes, pieceLengthBytes);
  return pieces * pieceLengthBytes - MANIFEST_OFFSET_BYTES - manifestLengthBytes;
}

/**
 * Where everything stands in the tar of a release: the manifest, then every entry in the manifest's order, then two zero blocks.
 * Keeps 12 bytes an entry; headers are made when asked for.
 *
 * Empty lines fill the manifest's member up to the end of a piece: its pieces can be checked without anything else, and whoever has the
 * manifest knows all of them. So a target that holds most of a release fetches the manifest's text and then what it lacks, and no piece twice.
 */
export class TarLayout {
  readonly lengthBytes: number;
  readonly manifest: Manifest;
  /** Where the manifest's member ends and the first entry's header starts: a whole number of pieces. */
  readonly contentOffsetBytes: number;
  readonly #manifestText: Uint8Array;
  readonly #headerOffsets: Float64Array;
  readonly #headerLengths: Uint32Array;

  /** @throws MurmurationError `CONTRACT_VIOLATED` where the sizes add up to more than 2^53 bytes. */
  constructor(manifest: Manifest, manifestText: Uint8Array, pieceLengthBytes: number) {
    this.manifest = manifest;
    this.#manifestText = manifestText;
    this.#headerOffsets = new Float64Array(manifest.entries.length);
    this.#headerLengths = new Uint32Array(manifest.entries.length);
    this.contentOffsetBytes = manifestPieces(manifestText.length, pieceLengthBytes) * pieceLengthBytes;
    let offsetBytes = this.contentOffsetBytes;
    for (const [index, entry] of manifest.entries.entries()) {
      const headerBytes = tarHeaderBytes(entry);
      this.#headerOffsets[index] = offsetBytes;
      this.#headerLengths[index] = headerBytes;
      offsetBytes += headerBytes + (entry.type === "file" ? paddedBytes(entry.sizeBytes) : 0);
    }
    this.lengthBytes = offsetBytes + END_BYTES;
    if (!Number.isSafeInteger(this.lengthBytes)) {
      throw new MurmurationError("CONTRACT_VIOLATED", "the release's sizes add up to more than 2^53 bytes");
    }
  }

  /** In order and without gaps, what `[offsetBytes, offsetBytes + lengthBytes)` consists of. */
  *segments(offsetBytes: number, lengthBytes: number): Generator<TarSegment, void> {
    const endBytes = Math.min(offsetBytes + lengthBytes, this.lengthBytes);
    let atBytes = offsetBytes;
    // -1 stands for the manifest's own member; after the last entry comes the end of the tar.
    for (let entry = this.#entryAt(atBytes); atBytes < endBytes; entry++) {
      const parts = entry === -1 ? this.#manifestMember() : this.#member(entry);
      for (const part of parts) {
        const partEndBytes = part.startBytes + part.lengthBytes;
        if (partEndBytes <= atBytes) continue;
        const skipBytes = atBytes - part.startBytes;
        const takeBytes = Math.min(partEndBytes, endBytes) - atBytes;
        if (takeBytes <= 0) return;
        if (part.kind === "file") {
          yield { kind: "file", entry, fileOffsetBytes: skipBytes, lengthBytes: takeBytes };
        } else {
          yield { kind: "bytes", bytes: part.bytes().subarray(skipBytes, skipBytes + takeBytes) };
        }
        atBytes += takeBytes;
      }
    }
  }

  /** Index of the last entry whose header starts at or before the offset. */
  #entryAt(offsetBytes: number): number {
    let low = -1;
    let high = this.#headerOffsets.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#headerOffsets[middle]! <= offsetBytes) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  *#manifestMember(): Generator<Part, void> {
    const sizeBytes = this.contentOffsetBytes - MANIFEST_OFFSET_BYTES;
    const member = { type: "file", path: MANIFEST_MEMBER_NAME, mode: MANIFEST_MODE, sizeBytes } as const;
    yield generated(0, MANIFEST_OFFSET_BYTES, () => tarHeader(member));
    yield generated(MANIFEST_OFFSET_BYTES, this.#manifestText.length, () => this.#manifestText);
    let atBytes = MANIFEST_OFFSET_BYTES + this.#manifestText.length;
    while (atBytes < this.contentOffsetBytes) {
      const lines = EMPTY_LINES.subarray(0, this.contentOffsetBytes - atBytes);
      yield generated(atBytes, lines.length, () => lines);
      atBytes += lines.length;
    }
  }

  *#member(index: number): Generator<Part, void> {
    const entry = this.manifest.entries[index];
    if (entry === undefined) {
      yield generated(this.lengthBytes - END_BYTES, END_BYTES, () => ZEROS);
      return;
    }
    const headerStartBytes = this.#headerOffsets[index]!;
    const headerBytes = this.#headerLengths[index]!;
    yield generated(headerStartBytes, headerBytes, () => tarHeader(entry));
    if (entry.type !== "file") return;
    const startBytes = headerStartBytes + headerBytes;
    yield { kind: "file", startBytes, lengthBytes: entry.sizeBytes };
    yield padding(startBytes, entry.sizeBytes);
  }
}

type Part =
  | { readonly kind: "file"; readonly startBytes: number; readonly lengthBytes: number }
  | {
      readonly kind: "bytes";
      readonly startBytes: number;
      readonly lengthBytes: number;
      readonly bytes: () => Uint8Array;
    };

function generated(startBytes: number, lengthBytes: number, bytes: () => Uint8Array): Part {
  return { kind: "bytes", startBytes, lengthBytes, bytes };
}

function padding(contentStartBytes: number, contentBytes: number): Part {
  return generated(contentStartBytes + contentBytes, paddedBytes(contentBytes) - contentBytes, () => ZEROS);
}
