import type { TarLayout } from "../core/tar-layout.ts";
import { PIECE_HASH_BYTES } from "../core/torrent.ts";
import { PieceHasher } from "./piece-hasher.ts";

/** The piece hashes of a tar whose manifest is known last, when all of the content has been hashed. The manifest's pieces hold no content. */
export class TarPieces {
  readonly #pieceLengthBytes: number;
  readonly #hashes: Uint8Array;
  readonly #hasher: PieceHasher;

  /** `draft` has the true layout's lengths. */
  constructor(draft: TarLayout, pieceLengthBytes: number) {
    this.#pieceLengthBytes = pieceLengthBytes;
    this.#hashes = new Uint8Array(Math.ceil(draft.lengthBytes / pieceLengthBytes) * PIECE_HASH_BYTES);
    this.#hasher = this.#hasherFrom(draft.contentOffsetBytes / pieceLengthBytes);
  }

  /** Takes what follows the manifest's member, in order. */
  add(bytes: Uint8Array): void {
    this.#hasher.update(bytes);
  }

  /** All hashes, concatenated, after everything was added. */
  complete(layout: TarLayout): Uint8Array {
    this.#hasher.end();
    const manifestHasher = this.#hasherFrom(0);
    for (const segment of layout.segments(0, layout.contentOffsetBytes)) {
      if (segment.kind !== "bytes") throw new Error("a manifest's member is generated");
      manifestHasher.update(segment.bytes);
    }
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
