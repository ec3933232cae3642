import { manifestPieces, type TarLayout } from "../core/tar-layout.ts";
import { PIECE_HASH_BYTES } from "../core/torrent.ts";
import { PieceHasher } from "./piece-hasher.ts";

/**
 * The piece hashes of a tar whose manifest is known last. Its content comes first, and the last of the manifest's pieces holds the
 * beginning of it: that much is kept, and those pieces are hashed when the manifest is there.
 */
export class TarPieces {
  readonly #pieceLengthBytes: number;
  readonly #head: Buffer;
  readonly #hashes: Uint8Array;
  readonly #hasher: PieceHasher;
  #atBytes: number;

  /** `draft` has the true layout's lengths. */
  constructor(draft: TarLayout, pieceLengthBytes: number) {
    const firstPieces = manifestPieces(draft.manifestTextBytes, pieceLengthBytes);
    this.#pieceLengthBytes = pieceLengthBytes;
    this.#head = Buffer.alloc(Math.min(firstPieces * pieceLengthBytes, draft.lengthBytes));
    this.#hashes = new Uint8Array(Math.ceil(draft.lengthBytes / pieceLengthBytes) * PIECE_HASH_BYTES);
    this.#hasher = this.#hasherFrom(firstPieces);
    this.#atBytes = draft.contentOffsetBytes;
  }

  /** Takes what follows the manifest's member, in order. */
  add(bytes: Uint8Array): void {
    const headBytes = Math.max(0, Math.min(bytes.length, this.#head.length - this.#atBytes));
    if (headBytes > 0) this.#head.set(bytes.subarray(0, headBytes), this.#atBytes);
    this.#hasher.update(bytes.subarray(headBytes));
    this.#atBytes += bytes.length;
  }

  /** All hashes, concatenated, after everything was added. */
  complete(layout: TarLayout): Uint8Array {
    this.#hasher.end();
    let filledBytes = 0;
    for (const segment of layout.segments(0, layout.contentOffsetBytes)) {
      if (segment.kind !== "bytes") throw new Error("a manifest's member is generated");
      this.#head.set(segment.bytes, filledBytes);
      filledBytes += segment.bytes.length;
    }
    const headHasher = this.#hasherFrom(0);
    headHasher.update(this.#head);
    headHasher.end();
    return this.#hashes;
  }

  #hasherFrom(firstPiece: number): PieceHasher {
    return new PieceHasher({
      firstPiece,
      pieceLengthBytes: this.#pieceLengthBytes,
      onPiece: (piece, sha1) => {
        if (sha1 !== undefined) this.#hashes.set(sha1, piece * PIECE_HASH_BYTES);
      },
    });
  }
}
