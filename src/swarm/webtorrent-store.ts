import { setTimeout as sleep } from "node:timers/promises";
import type { BlockCallback, ChunkStore } from "webtorrent";
import type { PieceStore } from "../core/piece-store.ts";
import type { RateLimiter } from "../core/rate-limiter.ts";
import { pieceBytes, pieceCount, type Torrent } from "../core/torrent.ts";
import { PieceBuffers } from "./piece-buffers.ts";

export interface WebTorrentStoreOptions {
  readonly torrent: Torrent;
  readonly store: PieceStore;
  /** Spent on the blocks that peers ask for. */
  readonly limiter: RateLimiter;
  /** A piece whose hash is right, before it is written. */
  readonly onGood: (piece: number, bytes: Uint8Array) => void;
  readonly onStored: () => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Our store as webtorrent's. It writes pieces whose hash webtorrent has checked. A store that fails is told to us and not to webtorrent, which would
 * end the torrent for a write and have its peers ask again at once for a read.
 */
export class WebTorrentStore implements ChunkStore {
  readonly chunkLength: number;
  readonly #options: WebTorrentStoreOptions;
  readonly #buffers: PieceBuffers;
  readonly #stopping = new AbortController();
  /** When the last of those who wait for the upload limit may send. */
  #lastUpload: Promise<unknown> = Promise.resolve();

  constructor(options: WebTorrentStoreOptions) {
    const { torrent, store } = options;
    this.chunkLength = torrent.pieceLengthBytes;
    this.#options = options;
    this.#buffers = new PieceBuffers(store, torrent.pieceLengthBytes, (piece) => pieceBytes(torrent, piece));
  }

  /** Nobody is told any more what becomes of what is under way. */
  stop(): void {
    this.#stopping.abort();
  }

  put(piece: number, bytes: Uint8Array, done: (error: Error | null) => void): void {
    const { store, onGood, onStored, onFailed } = this.#options;
    onGood(piece, bytes);
    store.writePiece(piece, bytes).then(
      () => {
        if (this.#stopping.signal.aborted) return;
        this.#keep(piece, bytes);
        done(null);
        onStored();
      },
      (error) => onFailed(error),
    );
  }

  /** Without `offset` webtorrent wants to check what is there; with it a peer asks. */
  get(
    piece: number,
    range: { offset?: number; length?: number } | null | undefined,
    done: BlockCallback,
  ): void {
    const { torrent } = this.#options;
    const wholeBytes = piece < pieceCount(torrent) ? pieceBytes(torrent, piece) : 0;
    const offset = range?.offset ?? 0;
    const length = range?.length ?? wholeBytes - offset;
    if (length <= 0 || offset + length > wholeBytes) {
      done(new Error(`piece ${piece} has no ${length} bytes at ${offset}`));
      return;
    }
    this.#read(piece, offset, length, range?.offset !== undefined).then(
      (block) => {
        if (!this.#stopping.signal.aborted) done(null, block);
      },
      (error) => {
        if (!this.#stopping.signal.aborted) this.#options.onFailed(error);
      },
    );
  }

  close(done: (error?: Error | null) => void): void {
    done(null);
  }

  destroy(done: (error?: Error | null) => void): void {
    done(null);
  }

  async #read(piece: number, offset: number, length: number, isUpload: boolean): Promise<Uint8Array> {
    if (isUpload) await this.#mayUpload(length);
    const buffer = await this.#buffers.read(piece);
    try {
      // A copy: it waits in webtorrent's queues for as long as the peer takes.
      return new Uint8Array(buffer.bytes.subarray(offset, offset + length));
    } finally {
      buffer.release();
    }
  }

  /** One after the other, in the order in which they were asked for. */
  #mayUpload(bytes: number): Promise<unknown> {
    const { limiter } = this.#options;
    this.#lastUpload = this.#lastUpload.then(async () => {
      const waitMs = limiter.waitMs(performance.now());
      if (waitMs > 0) await sleep(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
      limiter.spend(bytes, performance.now());
    });
    return this.#lastUpload;
  }

  /** For those who ask for what has just come. */
  #keep(piece: number, bytes: Uint8Array): void {
    const buffer = this.#buffers.acquire(piece);
    buffer.bytes.set(bytes);
    this.#buffers.keep(piece, buffer);
    buffer.release();
  }
}
