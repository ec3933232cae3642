import { createHash, type Hash } from "node:crypto";

/** SHA-1 of consecutive pieces from bytes that come in order, in chunks of any length. */
export class PieceHasher {
  readonly #pieceLengthBytes: number;
  readonly #onPiece: (piece: number, sha1: Buffer | undefined) => void;
  #piece: number;
  #filledBytes = 0;
  #hash: Hash | undefined = createHash("sha1");

  /** `onPiece` gets undefined for a piece of which bytes are missing. */
  constructor(options: {
    readonly firstPiece: number;
    readonly pieceLengthBytes: number;
    readonly onPiece: (piece: number, sha1: Buffer | undefined) => void;
  }) {
    this.#piece = options.firstPiece;
    this.#pieceLengthBytes = options.pieceLengthBytes;
    this.#onPiece = options.onPiece;
  }

  get piece(): number {
    return this.#piece;
  }

  update(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      const take = Math.min(bytes.length - start, this.#pieceLengthBytes - this.#filledBytes);
      this.#hash?.update(bytes.subarray(start, start + take));
      this.#advance(take);
      start += take;
    }
  }

  /** The next bytes are not to be had: every piece they belong to is missing. */
  skip(lengthBytes: number): void {
    let leftBytes = lengthBytes;
    while (leftBytes > 0) {
      this.#hash = undefined;
      const take = Math.min(leftBytes, this.#pieceLengthBytes - this.#filledBytes);
      this.#advance(take);
      leftBytes -= take;
    }
  }

  /** The last piece may be shorter. */
  end(): void {
    if (this.#filledBytes > 0) this.#finishPiece();
  }

  #advance(lengthBytes: number): void {
    this.#filledBytes += lengthBytes;
    if (this.#filledBytes === this.#pieceLengthBytes) this.#finishPiece();
  }

  #finishPiece(): void {
    this.#onPiece(this.#piece, this.#hash?.digest());
    this.#piece += 1;
    this.#filledBytes = 0;
    this.#hash = createHash("sha1");
  }
}
