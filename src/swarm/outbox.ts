import type { Socket } from "node:net";
import { encodeHave } from "../core/wire-messages.ts";

/**
 * What may wait in memory for a peer that does not read: its blocks (512 KiB), a have for each of 65,536 pieces (576 KiB), and
 * as much again. Beyond that it is asking without reading the answers.
 */
const QUEUED_BYTES_MAX = 2 * 1024 * 1024;

export interface OutboxOptions {
  readonly socket: Socket;
  /** Milliseconds, on a clock that never runs backwards. */
  readonly now: () => number;
  /** The peer takes nothing, and more waits for it than may. */
  readonly onOverflow: () => void;
}

/**
 * What one peer is sent besides blocks. Messages of one turn of the event loop leave in one write: with dozens of peers it is
 * the number of writes and not of bytes that costs, and the busier the process, the more each of them takes along.
 */
export class Outbox {
  /** When something was sent last. */
  lastSentMs: number;
  readonly #options: OutboxOptions;
  readonly #left = () => this.noteLeft();
  readonly #flush = () => this.flush();
  #messages: Buffer[] = [];
  #haves: number[] = [];
  #soon: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #lastLeftMs: number;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.lastSentMs = options.now();
    this.#lastLeftMs = this.lastSentMs;
  }

  send(...messages: readonly Buffer[]): void {
    if (this.#closed || messages.length === 0) return;
    this.#messages.push(...messages);
    this.#soon ??= setImmediate(this.#flush);
  }

  sendHave(piece: number, delayMs: number): void {
    if (this.#closed) return;
    this.#haves.push(piece);
    if (delayMs === 0) this.#soon ??= setImmediate(this.#flush);
    else this.#flushWithin(delayMs);
  }

  /** Sends all that waits, now: along with what the socket is given in the same breath. */
  flush(): void {
    clearImmediate(this.#soon);
    clearTimeout(this.#timer);
    this.#soon = undefined;
    this.#timer = undefined;
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    if (this.#closed) return;
    const { socket, now, onOverflow } = this.#options;
    const all = [...this.#haves.map(encodeHave), ...this.#messages];
    this.#haves = [];
    this.#messages = [];
    if (all.length === 0) return;
    this.lastSentMs = now();
    socket.write(all.length === 1 ? all[0]! : Buffer.concat(all), this.#left);
    if (socket.writableLength > QUEUED_BYTES_MAX) onOverflow();
  }

  /** Bytes have left the socket. */
  noteLeft(): void {
    this.#lastLeftMs = this.#options.now();
  }

  /** For how long bytes have waited without one leaving. To be asked often: what waits is dated from the question before. */
  stalledMs(): number {
    if (this.#options.socket.writableLength === 0) this.noteLeft();
    return this.#options.now() - this.#lastLeftMs;
  }

  close(): void {
    this.#closed = true;
    clearImmediate(this.#soon);
    clearTimeout(this.#timer);
    this.#haves = [];
    this.#messages = [];
  }

  #flushWithin(delayMs: number): void {
    const dueMs = this.#options.now() + delayMs;
    if (dueMs >= this.#timerDueMs) return;
    this.#timerDueMs = dueMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#flush, delayMs);
  }
}
