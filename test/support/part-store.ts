import type { ByteRange } from "../../src/core/missing-ranges.ts";
import type { Adoption, PieceParts } from "../../src/core/piece-store.ts";
import { pieceBytes, type Torrent } from "../../src/core/torrent.ts";
import { MemoryStore, type TestTorrent } from "./memory-store.ts";

/** Holds all of each piece but the first but for some ranges, as a target does that has most files of the release from another one. */
export class PartStore extends MemoryStore {
  readonly parts: PieceParts;
  /** Ranges that the engine asked for. */
  readonly written: (readonly ByteRange[] | undefined)[] = [];

  /** `missing`: of every piece; `held`: what the disk says of the rest. */
  constructor(test: TestTorrent, missing: readonly ByteRange[], held: Buffer = test.content) {
    super(test.torrent);
    const changed = new Set<number>();
    this.parts = {
      missing: (piece) => (piece === 0 || changed.has(piece) ? undefined : missing),
      fill: async (piece, bytes, fetched) => {
        const own = pieceOf(test.torrent, held, piece);
        let atBytes = 0;
        for (const { startBytes, endBytes } of [
          ...fetched,
          { startBytes: own.length, endBytes: own.length },
        ]) {
          bytes.set(own.subarray(atBytes, startBytes), atBytes);
          atBytes = endBytes;
        }
      },
      recheck: async (piece) => {
        const isRight = pieceOf(test.torrent, held, piece).equals(pieceOf(test.torrent, test.content, piece));
        if (!isRight) changed.add(piece);
        return isRight;
      },
    };
  }

  override async writePiece(piece: number, bytes: Uint8Array, fetched?: readonly ByteRange[]): Promise<void> {
    this.written.push(fetched);
    await super.writePiece(piece, bytes);
  }
}

/** Adopts pieces when the test says so. */
export class AdoptingStore extends MemoryStore {
  readonly adoption: Adoption;
  readonly #content: Buffer;
  readonly #torrent: Torrent;
  readonly #over = Promise.withResolvers<void>();
  #tell: (piece: number) => void = () => {};

  constructor(test: TestTorrent) {
    super(test.torrent);
    this.#content = test.content;
    this.#torrent = test.torrent;
    this.adoption = {
      over: this.#over.promise,
      listen: (listener) => {
        this.#tell = listener;
      },
    };
  }

  adopt(...pieces: readonly number[]): void {
    for (const piece of pieces) {
      const bytes = pieceOf(this.#torrent, this.#content, piece);
      this.content.set(bytes, piece * this.#torrent.pieceLengthBytes);
      if (this.have.add(piece)) this.#tell(piece);
    }
  }

  endAdoption(): void {
    this.#over.resolve();
  }

  failAdoption(error: unknown): void {
    this.#over.reject(error);
  }
}

function pieceOf(torrent: Torrent, content: Buffer, piece: number): Buffer {
  const start = piece * torrent.pieceLengthBytes;
  return content.subarray(start, start + pieceBytes(torrent, piece));
}
