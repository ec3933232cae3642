import type { Duplex } from "node:stream";
import type { RateLimiter } from "../core/rate-limiter.ts";
import { type BlockRequest, encodePieceHead } from "../core/wire-messages.ts";
import { BlockRequests } from "./block-requests.ts";
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
  readonly #requests = new BlockRequests();
  /** Of other pieces. */
  readonly #waiting = new BlockRequests();
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
    if (block.piece !== this.#serving) {
      this.#waiting.add(block);
      return;
    }
    this.#requests.add(block);
    void this.#pump();
  }

  /** Sends what was asked of this piece, and what still is. */
  serve(piece: number): void {
    this.#serving = piece;
    for (const block of [...this.#requests.removeAll(), ...this.#waiting.removeAll()])
      (block.piece === piece ? this.#requests : this.#waiting).add(block);
    void this.#pump();
  }

  /** What is asked from now on waits, also of the piece that was served. */
  rest(): void {
    this.#serving = undefined;
  }

  /** False: it does not wait, or no longer. */
  takeBack(block: BlockRequest): boolean {
    return this.#requests.remove(block) || this.#waiting.remove(block);
  }

  asksFor(piece: number): boolean {
    return this.#requests.asksFor(piece) || this.#waiting.asksFor(piece);
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
    return [...this.#requests.removeAll(), ...this.#waiting.removeAll()];
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
        await this.#load(this.#requests.first!.piece);
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
    if (this.#requests.first?.piece === piece) this.#piece = { index: piece, buffer };
    else buffer.release();
  }

  /** Writes blocks of the loaded piece in one go: a TLS record or a packet for each would cost more than the copy. */
  #writeBatch(): void {
    const { socket, limiter, now, onServed } = this.#options;
    socket.cork();
    while (this.#piece !== undefined && this.#requests.first?.piece === this.#piece.index) {
      if (this.#queuedBytes >= QUEUED_BYTES_MAX || limiter.waitMs(now()) > 0) break;
      const block = this.#requests.first!;
      this.#requests.remove(block);
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
