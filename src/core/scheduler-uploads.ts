import type { SchedulerAction } from "./scheduler.ts";
import type { PeerState, UploadTurn } from "./scheduler-peers.ts";

/** A turn in which nothing is asked or nothing leaves for this long goes to the next: what a LAN needs many times over. */
const TURN_IDLE_MS = 2_000;
/** A turn this much longer than the usual one frees its slot, so that one slow peer does not cost the others theirs. */
const LAGGING_FACTOR = 4;
const LAGGING_MIN_MS = 500;
const USUAL_TURN_WEIGHT = 0.1;

interface UploadOptions {
  readonly pieceBytes: (piece: number) => number;
  readonly slots: number;
  readonly random: () => number;
  readonly peers: ReadonlyMap<number, PeerState>;
  readonly act: (action: SchedulerAction) => void;
}

/** Whom we serve: at most `slots` peers, each for one piece, the poorest first. */
export class UploadTurns {
  readonly #options: UploadOptions;
  readonly #inTurn = new Set<PeerState>();
  #usualTurnMs: number | undefined;

  constructor(options: UploadOptions) {
    this.#options = options;
  }

  peerLeft(peer: PeerState, nowMs: number): void {
    this.#inTurn.delete(peer);
    this.#grant(nowMs);
  }

  peerInterested(peer: PeerState, interested: boolean, nowMs: number): void {
    peer.interestedInUs = interested;
    // A peer that was given a turn and wants nothing any more gives it back.
    if (!interested && peer.turn?.phase === "open" && peer.turn.bytesLeft === undefined)
      this.#choke(peer, peer.turn);
    this.#grant(nowMs);
  }

  requested(peer: PeerState, piece: number, bytes: number, nowMs: number): boolean {
    const turn = peer.turn;
    if (turn?.phase !== "open") return false;
    turn.bytesLeft ??= this.#options.pieceBytes(piece);
    if (turn.bytesLeft < bytes) {
      turn.refused = true;
      return false;
    }
    turn.bytesLeft -= bytes;
    turn.queued = true;
    turn.progressMs = nowMs;
    return true;
  }

  served(peer: PeerState, nowMs: number): void {
    const turn = peer.turn;
    if (turn?.phase !== "open" || (turn.bytesLeft !== 0 && !turn.refused)) return;
    // Without BEP 6 a choke is the only word for "refused"; and after it the peer asks again for what it lacks.
    if (turn.refused || this.#someoneWaits()) {
      turn.phase = "leaving";
      this.#options.act({ kind: "choke", peer: peer.id });
      return;
    }
    // Nobody else wants anything: its next piece without a choke and a round trip between.
    this.#noteTurn(turn, nowMs);
    peer.turn = newTurn(nowMs);
    peer.turn.queued = turn.queued;
  }

  /** It wants the rest of its piece no longer, so that its turn is over. */
  cancelled(peer: PeerState, nowMs: number): void {
    if (peer.turn?.bytesLeft === undefined) return;
    peer.turn.bytesLeft = 0;
    this.served(peer, nowMs);
  }

  uploaded(peer: PeerState, drained: boolean, nowMs: number): void {
    const turn = peer.turn;
    if (turn === undefined) return;
    turn.progressMs = nowMs;
    turn.queued = !drained;
    if (!drained || turn.phase === "open") return;
    this.#noteTurn(turn, nowMs);
    this.#close(peer);
    this.#grant(nowMs);
  }

  tick(nowMs: number): void {
    const laggingMs = Math.max(
      LAGGING_MIN_MS,
      LAGGING_FACTOR * (this.#usualTurnMs ?? Number.POSITIVE_INFINITY),
    );
    for (const peer of this.#inTurn) {
      const turn = peer.turn!;
      const idle = nowMs - turn.progressMs > TURN_IDLE_MS;
      if (turn.phase === "open" && idle && turn.bytesLeft === undefined && !this.#someoneWaits()) continue;
      if (turn.phase === "open" && idle) this.#choke(peer, turn);
      if (idle || (turn.bytesLeft !== undefined && nowMs - turn.startMs > laggingMs)) turn.lagging = true;
    }
    this.#grant(nowMs);
  }

  #someoneWaits(): boolean {
    for (const peer of this.#options.peers.values()) {
      if (peer.interestedInUs && peer.turn === undefined) return true;
    }
    return false;
  }

  /** Takes a turn back. What was accepted still leaves the socket, so the turn closes when that is over. */
  #choke(peer: PeerState, turn: UploadTurn): void {
    this.#options.act({ kind: "choke", peer: peer.id });
    if (!turn.queued) {
      this.#close(peer);
      return;
    }
    turn.phase = "leaving";
  }

  #close(peer: PeerState): void {
    peer.turn = undefined;
    this.#inTurn.delete(peer);
  }

  #noteTurn(turn: UploadTurn, nowMs: number): void {
    const tookMs = nowMs - turn.startMs;
    const before = this.#usualTurnMs ?? tookMs;
    this.#usualTurnMs = before + USUAL_TURN_WEIGHT * (tookMs - before);
  }

  #grant(nowMs: number): void {
    let busy = 0;
    for (const peer of this.#inTurn) if (!peer.turn!.lagging) busy += 1;
    for (; busy < this.#options.slots; busy++) {
      const next = this.#poorestWaiting();
      if (next === undefined) return;
      next.turn = newTurn(nowMs);
      this.#inTurn.add(next);
      this.#options.act({ kind: "unchoke", peer: next.id });
    }
  }

  #poorestWaiting(): PeerState | undefined {
    let poorest: PeerState | undefined;
    let ties = 0;
    for (const peer of this.#options.peers.values()) {
      if (!peer.interestedInUs || peer.turn !== undefined) continue;
      if (poorest === undefined || peer.has.count < poorest.has.count) {
        poorest = peer;
        ties = 1;
      } else if (peer.has.count === poorest.has.count) {
        ties += 1;
        if (this.#options.random() * ties < 1) poorest = peer;
      }
    }
    return poorest;
  }
}

function newTurn(nowMs: number): UploadTurn {
  return {
    startMs: nowMs,
    progressMs: nowMs,
    bytesLeft: undefined,
    queued: false,
    refused: false,
    phase: "open",
    lagging: false,
  };
}
