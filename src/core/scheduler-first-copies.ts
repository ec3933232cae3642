import type { Bitfield } from "./bitfield.ts";
import type { PeerState } from "./scheduler-peers.ts";

interface FirstCopiesOptions {
  readonly have: Bitfield;
  /** Whether another peer has the piece. What one says that has everything from the start does not count: we cannot tell whether it lies. */
  readonly isElsewhere: (piece: number) => boolean;
}

/**
 * Which piece a seeder hands out next: each once before any twice. The peers cannot know what is on its way to others, and chose the
 * same piece so often that 1.22 copies left the seeder where one was needed; its link is what the whole swarm waits for.
 */
export class FirstCopies {
  readonly #options: FirstCopiesOptions;
  /** Who was given the first copy, or is about to be, of each piece that nobody else has yet. */
  readonly #holders = new Map<number, PeerState>();
  /** All below are elsewhere or given. */
  #next = 0;

  constructor(options: FirstCopiesOptions) {
    this.#options = options;
  }

  /**
   * A piece for this peer: the lowest that nobody has or is being sent, so that the manifest's go first; undefined where there is none, or
   * we lack pieces ourselves.
   */
  take(peer: PeerState): number | undefined {
    const { have, isElsewhere } = this.#options;
    if (!have.complete) return undefined;
    while (this.#next < have.size && (this.#holders.has(this.#next) || isElsewhere(this.#next)))
      this.#next += 1;
    if (this.#next === have.size) return undefined;
    this.give(this.#next, peer);
    return this.#next;
  }

  give(piece: number, peer: PeerState): void {
    if (this.#holders.has(piece) || this.#options.isElsewhere(piece)) return;
    this.#holders.set(piece, peer);
    peer.unspread += 1;
  }

  /** It did not arrive. */
  takeBack(piece: number, peer: PeerState): void {
    if (this.#holders.get(piece) !== peer) return;
    this.#forget(piece, peer);
    this.#next = Math.min(this.#next, piece);
  }

  /** What it alone was given is with nobody any more. */
  peerLeft(peer: PeerState): void {
    for (const [piece, holder] of this.#holders) if (holder === peer) this.takeBack(piece, peer);
  }

  peerHas(peer: PeerState, piece: number): void {
    const holder = this.#holders.get(piece);
    if (holder !== undefined && holder !== peer) this.#forget(piece, holder);
  }

  #forget(piece: number, holder: PeerState): void {
    this.#holders.delete(piece);
    holder.unspread -= 1;
  }
}
