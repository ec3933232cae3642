import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { type ByteRange, isWithin, missingRanges } from "../core/missing-ranges.ts";
import type { PieceParts } from "../core/piece-store.ts";
import { bytesAfterManifest, fillAfterManifest, manifestPieces } from "../core/tar-layout.ts";
import { pieceBytes, type Torrent } from "../core/torrent.ts";
import { findChangedFiles } from "./adopt-files.ts";
import type { PlacedManifest } from "./placed-manifest.ts";
import type { TreeFiles } from "./tree-files.ts";

/** What a tree holds of pieces that it does not have: headers and padding by its manifest, and the files that were taken from another release. */
export class TreeParts implements PieceParts {
  readonly #torrent: Torrent;
  readonly #manifestBytes: number;
  readonly #files: TreeFiles;
  #placed: PlacedManifest | undefined;
  #held = new Bitfield(0);

  constructor(torrent: Torrent, manifestLengthBytes: number, files: TreeFiles) {
    this.#torrent = torrent;
    this.#manifestBytes = manifestLengthBytes;
    this.#files = files;
  }

  /** The files (by entry) that are whole as far as is known. */
  knows(placed: PlacedManifest, held: Bitfield): void {
    this.#placed = placed;
    this.#held = held;
  }

  missing(piece: number): readonly ByteRange[] | undefined {
    if (this.#placed === undefined) return this.#missingOfManifest(piece);
    return missingRanges(this.#segments(this.#placed, piece), (entry) => this.#held.has(entry));
  }

  async fill(piece: number, bytes: Uint8Array, fetched: readonly ByteRange[]): Promise<void> {
    // The manifest may have come since this was asked for; what follows it is the same.
    if (piece < this.#manifestPieces) return fillAfterManifest(this.#manifestBytes, bytes);
    for (const { segment, atBytes } of this.#filled(piece, fetched)) {
      if (segment.kind === "bytes") {
        bytes.set(segment.bytes, atBytes);
        continue;
      }
      try {
        const part = bytes.subarray(atBytes, atBytes + segment.lengthBytes);
        await this.#files.read(segment.entry, part, segment.fileOffsetBytes);
      } catch (error) {
        if (!(error instanceof MurmurationError)) throw error;
      }
    }
  }

  async recheck(piece: number, fetched: readonly ByteRange[]): Promise<boolean> {
    if (this.#placed === undefined) return true;
    const suspects = new Set<number>();
    for (const { segment } of this.#filled(piece, fetched))
      if (segment.kind === "file") suspects.add(segment.entry);
    const changed = await findChangedFiles(this.#files.tree, this.#placed, suspects);
    for (const entry of changed) this.#held.remove(entry);
    return changed.length === 0;
  }

  get #manifestPieces(): number {
    return manifestPieces(this.#manifestBytes, this.#torrent.pieceLengthBytes);
  }

  #missingOfManifest(piece: number): readonly ByteRange[] | undefined {
    if (piece !== this.#manifestPieces - 1) return undefined;
    const { pieceLengthBytes } = this.#torrent;
    const endBytes = pieceLengthBytes - bytesAfterManifest(this.#manifestBytes, pieceLengthBytes);
    return [{ startBytes: 0, endBytes }];
  }

  #segments({ layout }: PlacedManifest, piece: number) {
    return layout.segments(piece * this.#torrent.pieceLengthBytes, pieceBytes(this.#torrent, piece));
  }

  /** What `fill` fills in. A file's content in a piece is fetched as a whole or not at all. */
  *#filled(piece: number, fetched: readonly ByteRange[]) {
    if (this.#placed === undefined) return;
    let atBytes = 0;
    for (const segment of this.#segments(this.#placed, piece)) {
      if (!isWithin(fetched, atBytes)) yield { segment, atBytes };
      atBytes += segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
    }
  }
}
