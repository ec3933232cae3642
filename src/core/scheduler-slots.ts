import type { PeerState, UploadTurn } from "./scheduler-peers.ts";

/** A turn this much longer than the usual one frees its slot, so that one slow peer does not cost the others theirs. */
const LAGGING_FACTOR = 4;
const LAGGING_MIN_MS = 500;
/** A turn in which nothing is asked or nothing leaves for this long is over: what a LAN needs many times over. */
const TURN_IDLE_MS = 2_000;
const SLOW_FACTOR = 3;
/** A few slow peers must not make slow turns usual. */
const SLOW_TURN_WEIGHT = 0.05;
const QUICK_TURN_WEIGHT = 0.2;

/** The peers that are being sent a piece: few at a time, so that somebody has a whole one soon. */
export class UploadSlots {
  /** How many at a time. */
  count: number;
  readonly #random: () => number;
  readonly #inTurn = new Set<PeerState>();
  #usualTurnMs: number | undefined;

  constructor(options: { readonly slots: number; readonly random: () => number }) {
    this.count = options.slots;
    this.#random = options.random;
  }

  get inTurn(): ReadonlySet<PeerState> {
    return this.#inTurn;
  }

  get isFree(): boolean {
    let busy = 0;
    for (const peer of this.#inTurn) if (!peer.turn!.lagging) busy += 1;
    return busy < this.count;
  }

  start(peer: PeerState, nowMs: number): UploadTurn {
    const turn: UploadTurn = {
      startMs: nowMs,
      progressMs: nowMs,
      piece: undefined,
      bytesLeft: undefined,
      queued: false,
      handed: false,
      received: false,
      refused: false,
      phase: "open",
      lagging: false,
    };
    peer.turn = turn;
    this.#inTurn.add(peer);
    return turn;
  }

  /** Bytes of the peer's turn have left the socket; `drained`: none is queued any more. */
  uploaded(peer: PeerState, drained: boolean, nowMs: number): void {
    if (peer.turn === undefined) return;
    peer.turn.progressMs = nowMs;
    peer.turn.queued = !drained;
  }

  /** Everything has left, and the peer has it: that bytes have left us says only that they wait in the kernel. */
  isOver(peer: PeerState): boolean {
    const turn = peer.turn;
    if (turn === undefined || turn.queued || turn.phase === "open") return false;
    return turn.received || peer.givesNoReceipts || peer.asksAhead;
  }

  end(peer: PeerState): void {
    peer.turn = undefined;
    this.#inTurn.delete(peer);
  }

  /** A turn that went as it should is over. */
  note(peer: PeerState, nowMs: number): void {
    const tookMs = nowMs - peer.turn!.startMs;
    const before = this.#usualTurnMs ?? tookMs;
    peer.isSlow = tookMs > SLOW_FACTOR * before;
    this.#usualTurnMs = before + (tookMs < before ? QUICK_TURN_WEIGHT : SLOW_TURN_WEIGHT) * (tookMs - before);
  }

  isIdle(turn: UploadTurn, nowMs: number): boolean {
    return nowMs - turn.progressMs > TURN_IDLE_MS;
  }

  /** Takes their slots from turns that last too long. */
  markLagging(nowMs: number): void {
    const usualMs = this.#usualTurnMs ?? Number.POSITIVE_INFINITY;
    const laggingMs = Math.max(LAGGING_MIN_MS, LAGGING_FACTOR * usualMs);
    for (const peer of this.#inTurn) {
      const turn = peer.turn!;
      if (turn.bytesLeft === undefined || nowMs - turn.startMs <= laggingMs) continue;
      turn.lagging = true;
      peer.isSlow = true;
    }
  }

  /** Of those of them that have no turn the first in this order (a number, as for `sort`); ties at random. */
  next(
    waiting: Iterable<PeerState>,
    order: (one: PeerState, other: PeerState) => number,
  ): PeerState | undefined {
    let first: PeerState | undefined;
    let ties = 0;
    for (const peer of waiting) {
      if (peer.turn !== undefined) continue;
      const place = first === undefined ? -1 : order(peer, first);
      if (place > 0) continue;
      ties = place < 0 ? 1 : ties + 1;
      if (place < 0 || this.#random() * ties < 1) first = peer;
    }
    return first;
  }
}

/**
 * Notes what a peer asks for before its turn. False: it asks for the same block again and again, and gets it once.
 */
export function askAhead(peer: PeerState, piece: number, bytes: number, pieceBytes: number): boolean {
  const askedBytes = (peer.asked.get(piece) ?? 0) + bytes;
  if (askedBytes > pieceBytes) return false;
  peer.asked.set(piece, askedBytes);
  if (peer.asked.size > 1) peer.asksAhead = true;
  return true;
}

/** Gives the peer its turn for what it has asked for first. */
export function takeAsked(peer: PeerState, turn: UploadTurn, pieceBytes: (piece: number) => number): number {
  const [piece, askedBytes] = peer.asked.entries().next().value!;
  peer.asked.delete(piece);
  turn.piece = piece;
  turn.bytesLeft = pieceBytes(piece) - askedBytes;
  turn.queued = true;
  return piece;
}

export function poorestFirst(one: PeerState, other: PeerState): number {
  return one.has.count - other.has.count;
}
