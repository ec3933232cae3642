import { createHash } from "node:crypto";
import type { PieceStore } from "../core/piece-store.ts";
import { pieceHash, type Torrent } from "../core/torrent.ts";
import type { PieceBuffer, PieceBuffers } from "./piece-buffers.ts";

interface PieceIntakeOptions<Sender> {
  readonly torrent: Torrent;
  readonly store: PieceStore;
  readonly buffers: PieceBuffers;
  readonly isHeld: (piece: number) => boolean;
  readonly onStored: (sender: Sender, piece: number) => void;
  /** Its hash is wrong: a piece comes from one peer, so this names who sent it. */
  readonly onBad: (sender: Sender, piece: number) => void;
  readonly onStoreFailed: (error: unknown) => void;
}

/** What becomes of a piece that has come: checked before it is written, written once, and kept for peers that ask for it. */
export class PieceIntake<Sender> {
  readonly #options: PieceIntakeOptions<Sender>;
  /** Checked, and on their way to the store. */
  readonly #storing = new Set<number>();
  #closed = false;

  constructor(options: PieceIntakeOptions<Sender>) {
    this.#options = options;
  }

  take(sender: Sender, piece: number, buffer: PieceBuffer): void {
    const { isHeld, onBad } = this.#options;
    if (this.#closed || isHeld(piece) || this.#storing.has(piece)) {
      buffer.release();
    } else if (this.#isGood(piece, buffer)) {
      void this.#store(sender, piece, buffer);
    } else {
      buffer.release();
      onBad(sender, piece);
    }
  }

  /** What is being written still is, but nobody is told. */
  close(): void {
    this.#closed = true;
  }

  #isGood(piece: number, buffer: PieceBuffer): boolean {
    return createHash("sha1").update(buffer.bytes).digest().equals(pieceHash(this.#options.torrent, piece));
  }

  async #store(sender: Sender, piece: number, buffer: PieceBuffer): Promise<void> {
    const { store, buffers, onStored, onStoreFailed } = this.#options;
    this.#storing.add(piece);
    try {
      await store.writePiece(piece, buffer.bytes);
    } catch (error) {
      // It stays among those that wait for the store, so that nobody sends it again.
      onStoreFailed(error);
      buffer.release();
      return;
    }
    this.#storing.delete(piece);
    buffers.keep(piece, buffer);
    buffer.release();
    if (!this.#closed) onStored(sender, piece);
  }
}
