import type { DigestQueue } from "./digest-queue.ts";

/** SHA-1 of consecutive pieces from bytes that come in order, in chunks of any length. */
export class PieceHasher {
  readonly #queue: DigestQueue;
  readonly #onPiece: (piece: number, sha1: Buffer | undefined) => void;
  readonly #bytes: Buffer;
  #piece: number;
  #filledBytes = 0;
  #isWhole = true;

  /** `onPiece` gets undefined for a piece of which bytes are missing; all in order, by way of `queue`. */
  constructor(options: {
    readonly firstPiece: number;
    readonly pieceLengthBytes: number;
    readonly queue: DigestQueue;
    readonly onPiece: (piece: number, sha1: Buffer | undefined) => void;
  }) {
    this.#piece = options.firstPiece;
    this.#bytes = Buffer.allocUnsafe(options.pieceLengthBytes);
    this.#queue = options.queue;
    this.#onPiece = options.onPiece;
  }

  update(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      const take = Math.min(bytes.length - start, this.#bytes.length - this.#filledBytes);
      this.#bytes.set(bytes.subarray(start, start + take), this.#filledBytes);
      this.#advance(take);
      start += take;
    }
  }

  /** The next bytes are not to be had: every piece they belong to is missing. */
  skip(lengthBytes: number): void {
    let leftBytes = lengthBytes;
    while (leftBytes > 0) {
      this.#isWhole = false;
      const take = Math.min(leftBytes, this.#bytes.length - this.#filledBytes);
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
    if (this.#filledBytes === this.#bytes.length) this.#finishPiece();
  }

  #finishPiece(): void {
    const piece = this.#piece;
    const bytes = this.#bytes.subarray(0, this.#filledBytes);
    if (this.#isWhole) this.#queue.add("sha1", bytes, (sha1) => this.#onPiece(piece, sha1));
    else this.#queue.after(() => this.#onPiece(piece, undefined));
    this.#piece += 1;
    this.#filledBytes = 0;
    this.#isWhole = true;
  }
}
