import type { Duplex } from "node:stream";
import type { RateLimiter } from "../core/rate-limiter.ts";
import { type BlockRequest, encodePieceHead } from "../core/wire-messages.ts";
import type { PieceBuffer } from "./piece-buffers.ts";

/** What one peer may have queued in our memory. The rest of its requests waits as requests. */
const QUEUED_BYTES_MAX = 512 * 1024;

export interface BlockUploadOptions {
  readonly socket: Duplex;
  readonly limiter: RateLimiter;
  readonly now: () => number;
  readonly readPiece: (piece: number) => Promise<PieceBuffer>;
  /** The last accepted request of the piece that is being served has been handed to the socket. */
  readonly onServed: () => void;
  /** Bytes have left the socket. */
  readonly onUploaded: (bytes: number, drained: boolean) => void;
  /** The store could not read the piece, and has told so itself: these requests will not be answered. */
  readonly onUnreadable: (blocks: readonly BlockRequest[]) => void;
}

/** Answers one peer's accepted requests, a piece at a time when it is told to, as fast as its socket and the limit take them. */
export class BlockUpload {
  readonly #options: BlockUploadOptions;
  #serving: number | undefined;
  /** Of the piece that is being served. */
  readonly #requests = new Map<string, BlockRequest>();
  /** Of other pieces. */
  readonly #waiting = new Map<string, BlockRequest>();
  readonly #countOfPiece = new Map<number, number>();
  #piece: { readonly index: number; readonly buffer: PieceBuffer } | undefined;
  #queuedBytes = 0;
  #pumping = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BlockUploadOptions) {
    this.#options = options;
  }

  get idle(): boolean {
    return this.#requests.size === 0 && this.#queuedBytes === 0;
  }

  get pending(): number {
    return this.#requests.size + this.#waiting.size;
  }

  add(block: BlockRequest): void {
    const key = keyOf(block);
    // What is asked for twice is sent once.
    if (this.#requests.has(key) || this.#waiting.has(key)) return;
    this.#count(block, 1);
    (block.piece === this.#serving ? this.#requests : this.#waiting).set(key, block);
    void this.#pump();
  }

  /** Sends what was asked of this piece, and what still is. */
  serve(piece: number): void {
    this.#serving = piece;
    for (const block of this.#takeAllBack()) this.add(block);
  }

  /** What is asked from now on waits, also of the piece that was served. */
  rest(): void {
    this.#serving = undefined;
  }

  takeBack(block: BlockRequest): boolean {
    // A peer may take back thousands, also such as do not wait: none is looked for.
    const key = keyOf(block);
    if (!this.#requests.delete(key) && !this.#waiting.delete(key)) return false;
    this.#count(block, -1);
    return true;
  }

  asksFor(piece: number): boolean {
    return (this.#countOfPiece.get(piece) ?? 0) > 0;
  }

  /** Takes back what waits. */
  endTurn(): BlockRequest[] {
    this.#letGo();
    this.#serving = undefined;
    return this.#takeAllBack();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.endTurn();
  }

  #takeAllBack(): BlockRequest[] {
    const all = [...this.#requests.values(), ...this.#waiting.values()];
    for (const of of [this.#requests, this.#waiting, this.#countOfPiece]) of.clear();
    return all;
  }

  get #next(): BlockRequest | undefined {
    return this.#requests.values().next().value;
  }

  #count({ piece }: BlockRequest, by: number): void {
    this.#countOfPiece.set(piece, (this.#countOfPiece.get(piece) ?? 0) + by);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#closed && this.#requests.size > 0 && this.#queuedBytes < QUEUED_BYTES_MAX) {
        const { limiter, now } = this.#options;
        const waitMs = limiter.waitMs(now());
        if (waitMs > 0) {
          this.#pumpAfter(waitMs);
          return;
        }
        await this.#load(this.#next!.piece);
        this.#writeBatch();
      }
    } catch {
      const { onUnreadable, onUploaded } = this.#options;
      onUnreadable(this.#takeAllBack());
      if (!this.#closed) onUploaded(0, this.idle);
    } finally {
      this.#pumping = false;
    }
  }

  #pumpAfter(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#pump(), waitMs);
  }

  async #load(piece: number): Promise<void> {
    if (this.#piece?.index === piece) return;
    const buffer = await this.#options.readPiece(piece);
    this.#letGo();
    // The turn may have ended meanwhile.
    if (this.#next?.piece === piece) this.#piece = { index: piece, buffer };
    else buffer.release();
  }

  /** Writes blocks of the loaded piece in one go: a TLS record or a packet for each would cost more than the copy. */
  #writeBatch(): void {
    const { socket, limiter, now, onServed } = this.#options;
    socket.cork();
    while (this.#piece !== undefined && this.#next?.piece === this.#piece.index) {
      if (this.#queuedBytes >= QUEUED_BYTES_MAX || limiter.waitMs(now()) > 0) break;
      const block = this.#next!;
      this.takeBack(block);
      this.#write(block, this.#piece.buffer);
    }
    if (this.#requests.size === 0) {
      this.#letGo();
      if (!this.#closed) onServed();
    }
    process.nextTick(() => socket.uncork());
  }

  /** Of the piece: a buffer for each of 100 peers between their turns would be memory. */
  #letGo(): void {
    this.#piece?.buffer.release();
    this.#piece = undefined;
  }

  #write(block: BlockRequest, buffer: PieceBuffer): void {
    const { socket, limiter, now, onUploaded } = this.#options;
    limiter.spend(block.length, now());
    buffer.hold();
    this.#queuedBytes += block.length;
    socket.write(encodePieceHead(block));
    socket.write(buffer.bytes.subarray(block.begin, block.begin + block.length), (error) => {
      buffer.release();
      this.#queuedBytes -= block.length;
      if (error || this.#closed) return;
      onUploaded(block.length, this.idle);
      void this.#pump();
    });
  }
}

function keyOf({ piece, begin, length }: BlockRequest): string {
  return `${piece}:${begin}:${length}`;
}
