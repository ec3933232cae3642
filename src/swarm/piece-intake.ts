import { createHash } from "node:crypto";
import type { ByteRange } from "../core/missing-ranges.ts";
import type { PieceStore } from "../core/piece-store.ts";
import { pieceHash, type Torrent } from "../core/torrent.ts";
import type { PieceBuffer, PieceBuffers } from "./piece-buffers.ts";

interface PieceIntakeOptions<Sender> {
  readonly torrent: Torrent;
  readonly store: PieceStore;
  readonly buffers: PieceBuffers;
  readonly isHeld: (piece: number) => boolean;
  readonly onStored: (sender: Sender, piece: number) => void;
  /** Its hash is wrong, and that was the sender: a piece comes from one peer. */
  readonly onBad: (sender: Sender, piece: number) => void;
  /** Its hash is wrong, and something that we filled in was. Nothing is said of the sender. */
  readonly onMixed: (sender: Sender, piece: number) => void;
  readonly onStoreFailed: (error: unknown) => void;
}

/** What becomes of a piece that has come: checked before it is written, written once, and kept for peers that ask for it. */
export class PieceIntake<Sender> {
  readonly #options: PieceIntakeOptions<Sender>;
  /** Being filled up, or checked and on their way to the store. */
  readonly #storing = new Set<number>();
  #closed = false;

  constructor(options: PieceIntakeOptions<Sender>) {
    this.#options = options;
  }

  /** `fetched`: what of it has come, where the rest has to be filled in from the store; undefined: all of it. */
  take(sender: Sender, piece: number, buffer: PieceBuffer, fetched: readonly ByteRange[] | undefined): void {
    const { isHeld, onBad } = this.#options;
    if (this.#closed || isHeld(piece) || this.#storing.has(piece)) {
      buffer.release();
    } else if (fetched !== undefined) {
      void this.#takePart(sender, piece, buffer, fetched);
    } else if (this.#isGood(piece, buffer)) {
      void this.#store(sender, piece, buffer, undefined);
    } else {
      buffer.release();
      onBad(sender, piece);
    }
  }

  /** What is being written still is, but nobody is told. */
  close(): void {
    this.#closed = true;
  }

  async #takePart(
    sender: Sender,
    piece: number,
    buffer: PieceBuffer,
    fetched: readonly ByteRange[],
  ): Promise<void> {
    const { store, onBad, onMixed, onStoreFailed } = this.#options;
    this.#storing.add(piece);
    try {
      await store.parts?.fill(piece, buffer.bytes, fetched);
      if (this.#isGood(piece, buffer)) return await this.#store(sender, piece, buffer, fetched);
      const senderLied = await store.parts?.recheck(piece, fetched);
      this.#storing.delete(piece);
      buffer.release();
      if (this.#closed) return;
      if (senderLied) onBad(sender, piece);
      else onMixed(sender, piece);
    } catch (error) {
      onStoreFailed(error);
      buffer.release();
    }
  }

  #isGood(piece: number, buffer: PieceBuffer): boolean {
    return createHash("sha1").update(buffer.bytes).digest().equals(pieceHash(this.#options.torrent, piece));
  }

  async #store(
    sender: Sender,
    piece: number,
    buffer: PieceBuffer,
    fetched: readonly ByteRange[] | undefined,
  ): Promise<void> {
    const { store, buffers, onStored, onStoreFailed } = this.#options;
    this.#storing.add(piece);
    try {
      await store.writePiece(piece, buffer.bytes, fetched);
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
