import { Bitfield } from "./bitfield.ts";

interface PiecesOptions {
  readonly pieceCount: number;
  readonly have: Bitfield;
  readonly random: () => number;
}

/** Where each piece is: with how many peers, on its way to us, waiting for the disk, here. And which of a peer's is the rarest that we lack. */
export class Pieces {
  readonly #options: PiecesOptions;
  /** How many peers have each piece. */
  readonly #copies: Uint16Array;
  /** How many peers are sending us each piece. */
  readonly #senders: Uint8Array;
  /** Whole, but not yet checked and stored: lacking, and not to be asked for. */
  readonly #arrived = new Set<number>();
  /** Here, arrived or on their way: nobody is asked for these but in the end game. */
  readonly #taken: Bitfield;

  constructor(options: PiecesOptions) {
    const { pieceCount, have } = options;
    this.#options = options;
    this.#copies = new Uint16Array(pieceCount);
    this.#senders = new Uint8Array(pieceCount);
    this.#taken = new Bitfield(pieceCount);
    for (let piece = 0; piece < pieceCount; piece++) if (have.has(piece)) this.#taken.add(piece);
  }

  copies(piece: number): number {
    return this.#copies[piece]!;
  }

  senders(piece: number): number {
    return this.#senders[piece]!;
  }

  get arrived(): ReadonlySet<number> {
    return this.#arrived;
  }

  isTaken(piece: number): boolean {
    return this.#taken.has(piece);
  }

  peerHas(piece: number): void {
    this.#copies[piece]! += 1;
  }

  peerLeft(has: Bitfield): void {
    for (let piece = 0; piece < this.#copies.length; piece++) if (has.has(piece)) this.#copies[piece]! -= 1;
  }

  /** A peer was asked for it. */
  comes(piece: number): void {
    this.#senders[piece]! += 1;
    this.#taken.add(piece);
  }

  /** One of those that were asked sends it no longer, or has sent it. */
  comesNoLonger(piece: number): void {
    this.#senders[piece]! -= 1;
    this.#freeUnlessTaken(piece);
  }

  arrives(piece: number): void {
    if (this.#options.have.has(piece)) return;
    this.#arrived.add(piece);
    this.#taken.add(piece);
  }

  stored(piece: number): void {
    this.#arrived.delete(piece);
    this.#taken.add(piece);
  }

  /** What arrived is bad, or cannot be kept. */
  lost(piece: number): void {
    this.#arrived.delete(piece);
    this.#freeUnlessTaken(piece);
  }

  /** Of `[from, to)` the rarest that `held` has, nobody sends us and `isLet`; ties at random; undefined: none. */
  rarest(held: Bitfield, from: number, to: number, isLet: (piece: number) => boolean): number | undefined {
    let rarest: number | undefined;
    let rarestCopies = Number.POSITIVE_INFINITY;
    let ties = 0;
    // Eight at once: few of a peer's pieces are lacking here.
    const [heldBytes, takenBytes] = [held.bytes, this.#taken.bytes];
    for (let piece = from; piece < to; piece++) {
      const wanted = heldBytes[piece >> 3]! & ~takenBytes[piece >> 3]! & (0xff >> (piece & 7));
      if (wanted === 0) {
        piece |= 7;
        continue;
      }
      piece = (piece & ~7) + Math.clz32(wanted) - 24;
      if (piece >= to) break;
      const copies = this.#copies[piece]!;
      if (copies > rarestCopies || !isLet(piece)) continue;
      if (copies < rarestCopies) {
        rarest = piece;
        rarestCopies = copies;
        ties = 1;
      } else {
        ties += 1;
        if (this.#options.random() * ties < 1) rarest = piece;
      }
    }
    return rarest;
  }

  #freeUnlessTaken(piece: number): void {
    if (this.#senders[piece] === 0 && !this.#options.have.has(piece) && !this.#arrived.has(piece))
      this.#taken.remove(piece);
  }
}
