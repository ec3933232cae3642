import type { SchedulerAction } from "./scheduler.ts";
import type { FirstCopies } from "./scheduler-first-copies.ts";
import type { PeerState } from "./scheduler-peers.ts";

/**
 * Told, asked for, sent and confirmed, a piece takes two round trips: with twice of what arrives in one on the way the rate stays, with more it grows
 * until the link is full.
 */
const FACTOR = 3;
const PIECES_MAX = 64;
/** A longer piece fills a link for a round trip by itself, and several of them would be much memory. */
const PIECE_BYTES_MAX = 1024 * 1024;
/** A fleet joins within this: what the first were told ahead would only be taken back. */
const JOINING_MS = 500;
/** The rate is counted over this long, or two round trips. */
const WINDOW_MIN_MS = 50;
/** A peer that neither asks for what it was told nor says that it has it for this long is told so again later, or another one is. */
const UNUSED_MS = 2_000;

interface AheadOptions {
  /** Pieces on the way at once, to all together, where the round trip is short. */
  readonly slots: number;
  readonly pieceBytes: (piece: number) => number;
  readonly firstCopies: FirstCopies;
  /** Who wants something of us. */
  readonly interested: ReadonlySet<PeerState>;
  readonly act: (action: SchedulerAction) => void;
}

/**
 * What the first seeder tells a peer to take beyond the piece of its turn. Where few peers want something, or they are far away, one piece each leaves the
 * link idle for a round trip after every piece: over 50 ms a single target would get 2.5 MB/s of pieces of 128 KiB, whatever the link.
 */
export class SuggestedAhead {
  readonly #options: AheadOptions;
  /** Who was told something, and has not been choked since. */
  readonly peers = new Set<PeerState>();
  #roundTripMs = Number.POSITIVE_INFINITY;
  #firstTurnMs: number | undefined;
  #nowMs = 0;
  #windowSinceMs = 0;
  #arrivedInWindow = 0;
  #piecesPerMs = 0;

  constructor(options: AheadOptions) {
    this.#options = options;
  }

  /** How long after it was let ask a peer has asked. The shortest is the network's, the others are queues. */
  noteRoundTrip(ms: number, nowMs: number): void {
    this.#firstTurnMs ??= nowMs;
    this.#nowMs = nowMs;
    this.#roundTripMs = Math.min(this.#roundTripMs, ms);
  }

  /** A peer has a piece that it was sent. */
  noteArrival(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#arrivedInWindow += 1;
    const tookMs = nowMs - this.#windowSinceMs;
    if (tookMs < Math.max(WINDOW_MIN_MS, 2 * this.#roundTripMs)) return;
    // Twice as long is a pause, and says nothing of the link.
    if (tookMs < 2 * Math.max(WINDOW_MIN_MS, 2 * this.#roundTripMs))
      this.#piecesPerMs = this.#arrivedInWindow / tookMs;
    this.#windowSinceMs = nowMs;
    this.#arrivedInWindow = 0;
  }

  /** How many pieces may be on the way at once. */
  get pieces(): number {
    if (!Number.isFinite(this.#roundTripMs)) return this.#options.slots;
    const onTheWay = Math.ceil(FACTOR * this.#piecesPerMs * this.#roundTripMs);
    return Math.max(this.#options.slots, Math.min(PIECES_MAX, onTheWay));
  }

  /** How many of them to one peer. */
  get depth(): number {
    if (this.#firstTurnMs === undefined || this.#nowMs - this.#firstTurnMs < JOINING_MS) return 1;
    const { interested, pieceBytes } = this.#options;
    if (pieceBytes(0) > PIECE_BYTES_MAX) return 1;
    return Math.max(1, Math.floor(this.pieces / Math.max(1, interested.size)));
  }

  /** The peer has a turn, or asks ahead already: it is told what else to ask for. */
  suggest(peer: PeerState, nowMs: number): void {
    const { firstCopies, interested, act } = this.#options;
    if (!peer.hearsRefusals || peer.isStranger || !interested.has(peer)) return;
    const depth = this.depth;
    if (depth > 1 && !peer.asksAhead) {
      // No receipt is waited for any more before its turn ends, so that the piece of this one counts here.
      peer.asksAhead = true;
      this.peers.add(peer);
      if (peer.turn?.piece !== undefined) peer.told.set(peer.turn.piece, nowMs);
    }
    while (peer.told.size < depth) {
      const piece = firstCopies.take(peer);
      if (piece === undefined) return;
      peer.told.set(piece, nowMs);
      act({ kind: "suggest", peer: peer.id, piece });
    }
  }

  takeBack(peer: PeerState): void {
    for (const piece of peer.told.keys()) this.#options.firstCopies.takeBack(piece, peer);
    peer.told.clear();
    this.peers.delete(peer);
  }

  /** Whether it has left something unused for too long. */
  isUnused(peer: PeerState, nowMs: number): boolean {
    for (const sinceMs of peer.told.values()) if (nowMs - sinceMs > UNUSED_MS) return true;
    return false;
  }
}
