import type { SchedulerAction } from "./scheduler.ts";
import { SuggestedAhead } from "./scheduler-ahead.ts";
import type { FirstCopies } from "./scheduler-first-copies.ts";
import type { PeerState, UploadTurn } from "./scheduler-peers.ts";
import { askAhead, poorestFirst, takeAsked, type UploadSlots } from "./scheduler-slots.ts";

/** What a peer may ask for ahead of its turns: clients have 250 blocks of 16 KiB on the way where they are told no other number. */
const AHEAD_MAX_BYTES = 4 * 1024 * 1024;

interface TurnsOptions {
  readonly pieceBytes: (piece: number) => number;
  readonly slots: UploadSlots;
  readonly firstCopies: FirstCopies;
  readonly act: (action: SchedulerAction) => void;
}

/**
 * How the first seeder uploads: it unchokes a few peers, says which piece to take, and chokes them again when they have asked for
 * it. So it decides what leaves it, and no peer waits in a queue for the one link that all depend on.
 *
 * Other clients ask for several pieces at once, some only every 500 ms, so that a piece a turn would take them minutes. Who does stays
 * unchoked: what it has asked for waits here for its turns, which come as they do for the others.
 */
export class UploadTurns {
  readonly #options: TurnsOptions;
  readonly #interested = new Set<PeerState>();
  readonly #ahead: SuggestedAhead;

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#ahead = new SuggestedAhead({
      ...options,
      slots: options.slots.count,
      interested: this.#interested,
    });
  }

  peerJoined(): void {}

  peerLeft(peer: PeerState, nowMs: number): void {
    this.#interested.delete(peer);
    this.#end(peer);
    this.#ahead.takeBack(peer);
    this.#options.firstCopies.peerLeft(peer);
    this.#grant(nowMs);
  }

  /** A peer that has what it was sent has its turn behind it. */
  peerHas(peer: PeerState, piece: number, nowMs: number): void {
    this.#options.firstCopies.peerHas(peer, piece);
    peer.givesNoReceipts = false;
    const turn = peer.turn;
    if (peer.told.has(piece) || turn?.piece === piece) {
      this.#ahead.noteArrival(nowMs);
      this.#updateSlots();
    }
    if (peer.told.delete(piece)) this.#goOnAhead(peer, nowMs);
    if (turn?.piece !== piece || turn.bytesLeft === undefined) return;
    turn.received = true;
    // Of a piece that it held a part of it has asked for the rest alone.
    turn.bytesLeft = 0;
    if (turn.handed) this.served(peer, nowMs);
    this.#endWhenOver(peer, nowMs);
  }

  peerInterested(peer: PeerState, interested: boolean, nowMs: number): void {
    if (interested) this.#interested.add(peer);
    else this.#interested.delete(peer);
    // A peer that was given a turn and wants nothing any more gives it back.
    if (!interested && peer.turn?.phase === "open" && peer.turn.bytesLeft === undefined)
      this.#choke(peer, peer.turn);
    if (!interested && peer.asksAhead && peer.turn === undefined) this.#closeTo(peer);
    this.#grant(nowMs);
  }

  requested(peer: PeerState, piece: number, bytes: number, nowMs: number): boolean {
    const turn = peer.turn;
    if (turn?.phase === "open" && turn.bytesLeft === undefined) this.#begin(peer, turn, piece, nowMs);
    if (turn?.phase === "open" && turn.piece === piece) {
      turn.refused ||= turn.bytesLeft! < bytes;
      if (turn.bytesLeft! < bytes) return false;
      turn.bytesLeft! -= bytes;
      turn.queued = true;
      turn.handed = false;
      turn.progressMs = nowMs;
      return true;
    }
    // It is choked.
    if (turn?.phase !== "open" && !peer.asksAhead) return false;
    const { pieceBytes } = this.#options;
    const mayAsk = peer.told.has(piece) || !this.#aheadIsFull(peer, bytes);
    if (!mayAsk || !askAhead(peer, piece, bytes, pieceBytes(piece))) return false;
    peer.asksAhead = true;
    // What it wants of the piece of its turn it has asked for, or will ask for later.
    if (turn?.handed) this.served(peer, nowMs);
    this.#endWhenOver(peer, nowMs);
    this.#grant(nowMs);
    // It may have been choked by that, and what it asked for been taken back.
    return peer.asked.has(piece) || peer.turn?.piece === piece;
  }

  served(peer: PeerState, nowMs: number): void {
    const turn = peer.turn;
    if (turn?.phase !== "open") return;
    turn.handed = true;
    if (turn.bytesLeft !== 0 && !turn.refused && peer.asked.size === 0) return;
    // Without BEP 6 a choke is the only word for "refused"; and after it the peer asks again for what it lacks.
    // One of ours would choose its next piece by itself before it hears which one it should take.
    const goesOn = peer.asksAhead ? !this.#isToEndAhead(peer) : !isTold(peer) && !this.#someoneWaits();
    if (turn.refused || !goesOn) {
      this.#closeTo(peer);
      turn.phase = "leaving";
      return;
    }
    if (peer.asksAhead) {
      turn.phase = "leaving";
      this.#endWhenOver(peer, nowMs);
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
    peer.asked.delete(piece);
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
    for (const peer of this.#ahead.peers) {
      if (peer.asked.size === 0 && peer.turn === undefined && this.#ahead.isUnused(peer, nowMs))
        this.#closeTo(peer);
    }
    for (const peer of slots.inTurn) {
      const turn = peer.turn!;
      if (!slots.isIdle(turn, nowMs)) continue;
      if (turn.phase === "open" && turn.bytesLeft === undefined && !this.#someoneWaits()) continue;
      turn.lagging = true;
      // What waits in the socket still leaves it, and with the rest refused it would have come in vain.
      if (turn.queued) continue;
      if (turn.phase === "open") {
        this.#choke(peer, turn);
        continue;
      }
      peer.givesNoReceipts = true;
      this.#end(peer);
    }
    this.#grant(nowMs);
  }

  #someoneWaits(): boolean {
    for (const peer of this.#waiting()) if (peer.turn === undefined) return true;
    return false;
  }

  /** Who asks ahead has told what it waits for. */
  *#waiting(): Iterable<PeerState> {
    for (const peer of this.#interested) if (!peer.asksAhead || peer.asked.size > 0) yield peer;
  }

  #begin(peer: PeerState, turn: UploadTurn, piece: number, nowMs: number): void {
    this.#ahead.noteRoundTrip(nowMs - turn.startMs, nowMs);
    this.#updateSlots();
    turn.bytesLeft = this.#options.pieceBytes(piece);
    turn.startMs = nowMs;
    if (turn.piece !== piece) this.#asksForAnother(peer, turn, piece);
    this.#options.act({ kind: "serve", peer: peer.id, piece });
    if (this.#ahead.depth > 1 && !this.#someoneWaits()) this.#ahead.suggest(peer, nowMs);
  }

  /** The rate or the round trip is known better. */
  #updateSlots(): void {
    this.#options.slots.count = this.#ahead.pieces;
  }

  /** Of what it was told to ask for it has something. */
  #goOnAhead(peer: PeerState, nowMs: number): void {
    if (!this.#someoneWaits()) this.#ahead.suggest(peer, nowMs);
  }

  /** There are enough others now that each piece is to go to whoever spreads it first. */
  #isToEndAhead(peer: PeerState): boolean {
    return this.#ahead.peers.has(peer) && this.#ahead.depth === 1;
  }

  /** Who cannot be told of a refusal would wait for ever: all it asks for is kept. */
  #aheadIsFull(peer: PeerState, bytes: number): boolean {
    if (!peer.hearsRefusals) return false;
    let askedBytes = bytes;
    for (const ofPiece of peer.asked.values()) askedBytes += ofPiece;
    return askedBytes > AHEAD_MAX_BYTES;
  }

  /** What it has asked for ahead is taken back with it. */
  #closeTo(peer: PeerState): void {
    this.#ahead.takeBack(peer);
    peer.asked.clear();
    peer.asksAhead = false;
    this.#options.act({ kind: "choke", peer: peer.id });
  }

  /** Takes a turn back. What was accepted still leaves the socket, so the turn ends when that is over. */
  #choke(peer: PeerState, turn: UploadTurn): void {
    this.#closeTo(peer);
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
    if (piece !== undefined && !peer.has.has(piece) && !peer.told.has(piece))
      this.#options.firstCopies.takeBack(piece, peer);
    this.#options.slots.end(peer);
    if (peer.asksAhead) this.#options.act({ kind: "rest", peer: peer.id });
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
    const { slots, firstCopies, pieceBytes, act } = this.#options;
    for (const peer of this.#ahead.peers)
      if (peer.turn === undefined && this.#isToEndAhead(peer)) this.#closeTo(peer);
    while (slots.isFree) {
      const next = slots.next(this.#waiting(), quickestToSpread);
      if (next === undefined) return;
      const turn = slots.start(next, nowMs);
      if (next.asksAhead) {
        const piece = takeAsked(next, turn, pieceBytes);
        firstCopies.give(piece, next);
        act({ kind: "serve", peer: next.id, piece });
      } else {
        this.#suggest(next, turn);
        act({ kind: "unchoke", peer: next.id });
      }
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

/** Whether it takes what is suggested. */
function isTold(peer: PeerState): boolean {
  return peer.hearsRefusals && !peer.isStranger;
}
