import type { PieceStore } from "../core/piece-store.ts";

/** Kept for peers that ask for what just came: with rarest first those are many. */
const CACHE_BYTES = 8 * 1024 * 1024;
const CACHE_PIECES_MIN = 2;

/** Memory for one piece. Whoever keeps it holds it, and it is used again when nobody does. */
export interface PieceBuffer {
  readonly bytes: Buffer;
  hold(): void;
  release(): void;
}

/**
 * The memory of one engine: a fixed set of piece-sized buffers, used again and again (fresh memory for every piece was a
 * third of the CPU time of receiving), and a small cache of pieces in them.
 */
export class PieceBuffers {
  readonly #store: PieceStore;
  readonly #pieceLengthBytes: number;
  readonly #pieceBytes: (piece: number) => number;
  readonly #free: Buffer[] = [];
  readonly #cacheMax: number;
  /** In the order of last use. */
  readonly #cache = new Map<number, Promise<PieceBuffer>>();

  constructor(store: PieceStore, pieceLengthBytes: number, pieceBytes: (piece: number) => number) {
    this.#store = store;
    this.#pieceLengthBytes = pieceLengthBytes;
    this.#pieceBytes = pieceBytes;
    this.#cacheMax = Math.max(CACHE_PIECES_MIN, Math.floor(CACHE_BYTES / pieceLengthBytes));
  }

  /** A buffer as long as the piece, held once. Its content is whatever was there before. */
  acquire(piece: number): PieceBuffer {
    const whole = this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#pieceLengthBytes);
    let holders = 1;
    return {
      bytes: whole.subarray(0, this.#pieceBytes(piece)),
      hold: () => {
        holders += 1;
      },
      release: () => {
        holders -= 1;
        if (holders === 0 && this.#free.length < this.#cacheMax) this.#free.push(whole);
      },
    };
  }

  /** Keeps a checked piece for peers that ask for it. */
  keep(piece: number, buffer: PieceBuffer): void {
    if (this.#cache.has(piece)) return;
    buffer.hold();
    this.#remember(piece, Promise.resolve(buffer));
  }

  /** The piece, held once for the caller. @throws what the store throws */
  async read(piece: number): Promise<PieceBuffer> {
    const cached = this.#cache.get(piece) ?? this.#load(piece);
    this.#remember(piece, cached);
    const buffer = await cached;
    buffer.hold();
    return buffer;
  }

  #load(piece: number): Promise<PieceBuffer> {
    const buffer = this.acquire(piece);
    return this.#store.readPiece(piece, buffer.bytes).then(
      () => buffer,
      (error) => {
        this.#cache.delete(piece);
        buffer.release();
        throw error;
      },
    );
  }

  #remember(piece: number, buffer: Promise<PieceBuffer>): void {
    this.#cache.delete(piece);
    this.#cache.set(piece, buffer);
    if (this.#cache.size <= this.#cacheMax) return;
    const oldest = this.#cache.entries().next().value!;
    this.#cache.delete(oldest[0]);
    oldest[1].then(
      (old) => old.release(),
      () => {},
    );
  }
}
