import type { PeerState, UploadTurn } from "./scheduler-peers.ts";

/** A turn this much longer than the usual one frees its slot, so that one slow peer does not cost the others theirs. */
const LAGGING_FACTOR = 4;
const LAGGING_MIN_MS = 500;
/** A turn in which nothing is asked or nothing leaves for this long is over: what a LAN needs many times over. */
const TURN_IDLE_MS = 2_000;
const USUAL_TURN_WEIGHT = 0.1;

/** The peers that are being sent a piece: few at a time, so that somebody has a whole one soon. */
export class UploadSlots {
  readonly #count: number;
  readonly #peers: ReadonlyMap<number, PeerState>;
  readonly #random: () => number;
  readonly #inTurn = new Set<PeerState>();
  #usualTurnMs: number | undefined;

  constructor(options: {
    readonly slots: number;
    readonly peers: ReadonlyMap<number, PeerState>;
    readonly random: () => number;
  }) {
    this.#count = options.slots;
    this.#peers = options.peers;
    this.#random = options.random;
  }

  get inTurn(): ReadonlySet<PeerState> {
    return this.#inTurn;
  }

  get isFree(): boolean {
    let busy = 0;
    for (const peer of this.#inTurn) if (!peer.turn!.lagging) busy += 1;
    return busy < this.#count;
  }

  start(peer: PeerState, nowMs: number): UploadTurn {
    const turn: UploadTurn = {
      startMs: nowMs,
      progressMs: nowMs,
      piece: undefined,
      bytesLeft: undefined,
      queued: false,
      received: false,
      refused: false,
      phase: "open",
      lagging: false,
    };
    peer.turn = turn;
    this.#inTurn.add(peer);
    return turn;
  }

  end(peer: PeerState): void {
    peer.turn = undefined;
    this.#inTurn.delete(peer);
  }

  /** How long a turn took that went as it should. */
  note(turn: UploadTurn, nowMs: number): void {
    const tookMs = nowMs - turn.startMs;
    const before = this.#usualTurnMs ?? tookMs;
    this.#usualTurnMs = before + USUAL_TURN_WEIGHT * (tookMs - before);
  }

  isIdle(turn: UploadTurn, nowMs: number): boolean {
    return nowMs - turn.progressMs > TURN_IDLE_MS;
  }

  /** Takes their slots from turns that last too long. */
  markLagging(nowMs: number): void {
    const usualMs = this.#usualTurnMs ?? Number.POSITIVE_INFINITY;
    const laggingMs = Math.max(LAGGING_MIN_MS, LAGGING_FACTOR * usualMs);
    for (const { turn } of this.#inTurn) {
      if (turn!.bytesLeft !== undefined && nowMs - turn!.startMs > laggingMs) turn!.lagging = true;
    }
  }

  /**
   * Of those who wait and have no turn the one with the fewest pieces; ties at random. Before that the one that has passed on what it was
   * given first: a peer that nobody can reach would always be the poorest, and keep what all the others wait for.
   */
  poorest(waits: (peer: PeerState) => boolean): PeerState | undefined {
    let poorest: PeerState | undefined;
    let ties = 0;
    for (const peer of this.#peers.values()) {
      if (peer.turn !== undefined || !waits(peer)) continue;
      const order =
        poorest === undefined ? -1 : peer.unspread - poorest.unspread || peer.has.count - poorest.has.count;
      if (order < 0) {
        poorest = peer;
        ties = 1;
      } else if (order === 0 && poorest !== undefined) {
        ties += 1;
        if (this.#random() * ties < 1) poorest = peer;
      }
    }
    return poorest;
  }
}
