import type { ByteRange } from "../core/missing-ranges.ts";
import { BLOCK_LENGTH_BYTES } from "../core/torrent.ts";
import type { BlockRequest } from "../core/wire-messages.ts";
import type { PieceBuffer } from "./piece-buffers.ts";

/** Requests on the way to one peer: 4 MiB keep a 1 Gbit/s link with 30 ms busy, and clients accept as many (`reqq`). */
const WINDOW_BLOCKS = 250;

/** One piece on its way from one peer: which blocks to ask for, which have come. */
export class BlockDownload {
  readonly piece: number;
  readonly buffer: PieceBuffer;
  /** What is fetched of the piece; undefined: all of it. */
  readonly ranges: readonly ByteRange[] | undefined;
  readonly #blocks: BlockRequest[] = [];
  /** By where they begin in the piece. */
  readonly #indexes = new Map<number, number>();
  readonly #received: Uint8Array;
  #receivedCount = 0;
  #requestedCount = 0;

  constructor(piece: number, buffer: PieceBuffer, ranges?: readonly ByteRange[]) {
    this.piece = piece;
    this.buffer = buffer;
    this.ranges = ranges;
    for (const range of ranges ?? [{ startBytes: 0, endBytes: buffer.bytes.length }]) this.#addBlocks(range);
    this.#received = new Uint8Array(this.#blocks.length);
  }

  get complete(): boolean {
    return this.#receivedCount === this.#blocks.length;
  }

  /** Of what is asked for, from 0 to 1. */
  get share(): number {
    return this.#receivedCount / this.#blocks.length;
  }

  /** The blocks to be asked for now. */
  takeRequests(): BlockRequest[] {
    const from = this.#requestedCount;
    this.#requestedCount = Math.max(from, Math.min(this.#blocks.length, this.#receivedCount + WINDOW_BLOCKS));
    return this.#blocks.slice(from, this.#requestedCount);
  }

  /** The blocks that were asked for and have not come. */
  outstanding(): BlockRequest[] {
    return this.#blocks.filter((_, index) => index < this.#requestedCount && this.#received[index] === 0);
  }

  /** Where the block's bytes go; undefined for a block that was not asked for or has come already. */
  placeOf(block: BlockRequest): Uint8Array | undefined {
    const index = this.#indexes.get(block.begin);
    if (block.piece !== this.piece || index === undefined || index >= this.#requestedCount) return undefined;
    if (this.#received[index] !== 0 || block.length !== this.#blocks[index]!.length) return undefined;
    return this.buffer.bytes.subarray(block.begin, block.begin + block.length);
  }

  received(block: BlockRequest): void {
    this.#received[this.#indexes.get(block.begin)!] = 1;
    this.#receivedCount += 1;
  }

  #addBlocks({ startBytes, endBytes }: ByteRange): void {
    for (let begin = startBytes; begin < endBytes; begin += BLOCK_LENGTH_BYTES) {
      this.#indexes.set(begin, this.#blocks.length);
      const length = Math.min(BLOCK_LENGTH_BYTES, endBytes - begin);
      this.#blocks.push({ piece: this.piece, begin, length });
    }
  }
}
