import { BLOCK_LENGTH_BYTES } from "../core/torrent.ts";
import type { BlockRequest } from "../core/wire-messages.ts";
import type { PieceBuffer } from "./piece-buffers.ts";

/** Requests on the way to one peer: 4 MiB keep a 1 Gbit/s link with 30 ms busy, and clients accept as many (`reqq`). */
const WINDOW_BLOCKS = 250;

/** One piece on its way from one peer: which blocks to ask for, which have come. */
export class BlockDownload {
  readonly piece: number;
  readonly buffer: PieceBuffer;
  readonly #blockCount: number;
  readonly #received: Uint8Array;
  #receivedCount = 0;
  #requestedCount = 0;

  constructor(piece: number, buffer: PieceBuffer) {
    this.piece = piece;
    this.buffer = buffer;
    this.#blockCount = Math.ceil(buffer.bytes.length / BLOCK_LENGTH_BYTES);
    this.#received = new Uint8Array(this.#blockCount);
  }

  get complete(): boolean {
    return this.#receivedCount === this.#blockCount;
  }

  /** The blocks to be asked for now. */
  takeRequests(): BlockRequest[] {
    const requests: BlockRequest[] = [];
    while (
      this.#requestedCount < this.#blockCount &&
      this.#requestedCount - this.#receivedCount < WINDOW_BLOCKS
    ) {
      requests.push(this.#block(this.#requestedCount));
      this.#requestedCount += 1;
    }
    return requests;
  }

  /** The blocks that were asked for and have not come. */
  outstanding(): BlockRequest[] {
    const blocks: BlockRequest[] = [];
    for (let index = 0; index < this.#requestedCount; index++) {
      if (this.#received[index] === 0) blocks.push(this.#block(index));
    }
    return blocks;
  }

  /** Where the block's bytes go; undefined for a block that was not asked for or has come already. */
  placeOf(block: BlockRequest): Uint8Array | undefined {
    const index = block.begin / BLOCK_LENGTH_BYTES;
    if (block.piece !== this.piece || !Number.isInteger(index) || index >= this.#requestedCount)
      return undefined;
    if (this.#received[index] !== 0 || block.length !== this.#block(index).length) return undefined;
    return this.buffer.bytes.subarray(block.begin, block.begin + block.length);
  }

  received(block: BlockRequest): void {
    this.#received[block.begin / BLOCK_LENGTH_BYTES] = 1;
    this.#receivedCount += 1;
  }

  #block(index: number): BlockRequest {
    const begin = index * BLOCK_LENGTH_BYTES;
    return {
      piece: this.piece,
      begin,
      length: Math.min(BLOCK_LENGTH_BYTES, this.buffer.bytes.length - begin),
    };
  }
}
