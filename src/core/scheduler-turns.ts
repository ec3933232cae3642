import type { SchedulerAction } from "./scheduler.ts";
import type { FirstCopies } from "./scheduler-first-copies.ts";
import type { PeerState, UploadTurn } from "./scheduler-peers.ts";
import { poorestFirst, type UploadSlots } from "./scheduler-slots.ts";

interface TurnsOptions {
  readonly pieceBytes: (piece: number) => number;
  readonly slots: UploadSlots;
  readonly firstCopies: FirstCopies;
  readonly act: (action: SchedulerAction) => void;
}

/**
 * How the first seeder uploads: it unchokes a few peers, says which piece to take, and chokes them again when they have asked for
 * it. So it decides what leaves it, and no peer waits in a queue for the one link that all depend on.
 */
export class UploadTurns {
  readonly #options: TurnsOptions;
  readonly #interested = new Set<PeerState>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  peerJoined(): void {}

  peerLeft(peer: PeerState, nowMs: number): void {
    this.#interested.delete(peer);
    this.#end(peer);
    this.#options.firstCopies.peerLeft(peer);
    this.#grant(nowMs);
  }

  /** A peer that has what it was sent has its turn behind it. */
  peerHas(peer: PeerState, piece: number, nowMs: number): void {
    this.#options.firstCopies.peerHas(peer, piece);
    peer.givesNoReceipts = false;
    const turn = peer.turn;
    if (turn?.piece !== piece || turn.bytesLeft === undefined) return;
    turn.received = true;
    this.#endWhenOver(peer, nowMs);
  }

  peerInterested(peer: PeerState, interested: boolean, nowMs: number): void {
    if (interested) this.#interested.add(peer);
    else this.#interested.delete(peer);
    // A peer that was given a turn and wants nothing any more gives it back.
    if (!interested && peer.turn?.phase === "open" && peer.turn.bytesLeft === undefined)
      this.#choke(peer, peer.turn);
    this.#grant(nowMs);
  }

  requested(peer: PeerState, piece: number, bytes: number, nowMs: number): boolean {
    const { pieceBytes, act } = this.#options;
    const turn = peer.turn;
    if (turn?.phase !== "open") return false;
    if (turn.bytesLeft === undefined) {
      turn.bytesLeft = pieceBytes(piece);
      turn.startMs = nowMs;
      if (turn.piece !== piece) this.#asksForAnother(peer, turn, piece);
      act({ kind: "serve", peer: peer.id, piece });
    }
    if (turn.bytesLeft < bytes || piece !== turn.piece) {
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
    const { slots } = this.#options;
    slots.note(peer, nowMs);
    const next = slots.start(peer, nowMs);
    next.queued = turn.queued;
    this.#suggest(peer, next);
  }

  /** It wants the rest of its piece no longer, so that its turn is over. */
  cancelled(peer: PeerState, piece: number, nowMs: number): void {
    const turn = peer.turn;
    if (turn?.bytesLeft === undefined || turn.piece !== piece) return;
    turn.bytesLeft = 0;
    turn.received = true;
    this.served(peer, nowMs);
  }

  uploaded(peer: PeerState, drained: boolean, nowMs: number): void {
    this.#options.slots.uploaded(peer, drained, nowMs);
    this.#endWhenOver(peer, nowMs);
  }

  tick(nowMs: number): void {
    const { slots } = this.#options;
    slots.markLagging(nowMs);
    for (const peer of slots.inTurn) {
      const turn = peer.turn!;
      if (!slots.isIdle(turn, nowMs)) continue;
      if (turn.phase === "open" && turn.bytesLeft === undefined && !this.#someoneWaits()) continue;
      turn.lagging = true;
      if (turn.phase === "open") this.#choke(peer, turn);
      else if (!turn.queued) {
        peer.givesNoReceipts = true;
        this.#end(peer);
      }
    }
    this.#grant(nowMs);
  }

  #someoneWaits(): boolean {
    for (const peer of this.#interested) if (peer.turn === undefined) return true;
    return false;
  }

  /** Takes a turn back. What was accepted still leaves the socket, so the turn ends when that is over. */
  #choke(peer: PeerState, turn: UploadTurn): void {
    this.#options.act({ kind: "choke", peer: peer.id });
    if (turn.queued) turn.phase = "leaving";
    else this.#end(peer);
  }

  #endWhenOver(peer: PeerState, nowMs: number): void {
    const { slots } = this.#options;
    if (!slots.isOver(peer)) return;
    slots.note(peer, nowMs);
    this.#end(peer);
    this.#grant(nowMs);
  }

  #end(peer: PeerState): void {
    const piece = peer.turn?.piece;
    if (piece !== undefined && !peer.has.has(piece)) this.#options.firstCopies.takeBack(piece, peer);
    this.#options.slots.end(peer);
  }

  #suggest(peer: PeerState, turn: UploadTurn): void {
    turn.piece = this.#options.firstCopies.take(peer);
    if (turn.piece !== undefined) this.#options.act({ kind: "suggest", peer: peer.id, piece: turn.piece });
  }

  #asksForAnother(peer: PeerState, turn: UploadTurn, piece: number): void {
    if (turn.piece !== undefined) this.#options.firstCopies.takeBack(turn.piece, peer);
    turn.piece = piece;
    this.#options.firstCopies.give(piece, peer);
  }

  #grant(nowMs: number): void {
    const { slots, act } = this.#options;
    while (slots.isFree) {
      const next = slots.next(this.#interested, quickestToSpread);
      if (next === undefined) return;
      this.#suggest(next, slots.start(next, nowMs));
      act({ kind: "unchoke", peer: next.id });
    }
  }
}

/**
 * Slow peers last, then who keeps what it was given first: they are the poorest always, and would hold every slot, and the pieces that all the others
 * wait for. They get theirs from the others meanwhile.
 */
function quickestToSpread(one: PeerState, other: PeerState): number {
  return (
    Number(one.isSlow) - Number(other.isSlow) || one.unspread - other.unspread || poorestFirst(one, other)
  );
}
