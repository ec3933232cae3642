import type { SchedulerAction } from "./scheduler.ts";
import type { PeerState } from "./scheduler-peers.ts";
import { askAhead, poorestFirst, takeAsked, type UploadSlots } from "./scheduler-slots.ts";

/** A peer that asks block by block has this long to ask for the next one. */
const NEXT_REQUEST_MS = 100;

interface QueueOptions {
  readonly pieceBytes: (piece: number) => number;
  readonly slots: UploadSlots;
  /** So many may wait; who asks then is refused, and asks somebody else. */
  readonly waitingMax: number;
  readonly act: (action: SchedulerAction) => void;
}

/**
 * How everybody but the first seeder uploads: all are unchoked and may ask at any time, and what they ask for is sent a piece at a time,
 * to the poorest first. With a request always at hand the link is never idle between two pieces.
 */
export class UploadQueue {
  readonly #options: QueueOptions;
  /** Peers that have asked for something that we have not begun to send. */
  readonly #asking = new Set<PeerState>();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  peerJoined(peer: PeerState): void {
    this.#options.act({ kind: "unchoke", peer: peer.id });
  }

  peerLeft(peer: PeerState, nowMs: number): void {
    this.#asking.delete(peer);
    this.#options.slots.end(peer);
    this.#serve(nowMs);
  }

  /** A peer that has what it was sent has its turn behind it. */
  peerHas(peer: PeerState, piece: number, nowMs: number): void {
    peer.givesNoReceipts = false;
    const turn = peer.turn;
    if (turn?.piece !== piece) return;
    turn.received = true;
    // Of a piece that it held a part of it has asked for the rest alone.
    turn.phase = "leaving";
    this.#endWhenOver(peer, nowMs);
  }

  /** Who asks is interested. */
  peerInterested(): void {}

  requested(peer: PeerState, piece: number, bytes: number, nowMs: number): boolean {
    const turn = peer.turn;
    if (turn?.phase === "open" && turn.piece === piece) {
      if (turn.bytesLeft! < bytes) return false;
      turn.bytesLeft! -= bytes;
      turn.queued = true;
      turn.progressMs = nowMs;
      return true;
    }
    const isNew = peer.asked.size === 0;
    if (isNew && peer.hearsRefusals && this.#asking.size >= this.#options.waitingMax) return false;
    if (!askAhead(peer, piece, bytes, this.#options.pieceBytes(piece))) return false;
    this.#asking.add(peer);
    this.#serve(nowMs);
    return true;
  }

  /** No block of the piece that is being served waits. */
  served(peer: PeerState, nowMs: number): void {
    const turn = peer.turn;
    if (turn?.phase !== "open" || turn.bytesLeft! > 0) return;
    turn.phase = "leaving";
    this.#endWhenOver(peer, nowMs);
  }

  cancelled(peer: PeerState, piece: number, nowMs: number): void {
    this.#forget(peer, piece);
    const turn = peer.turn;
    if (turn?.piece !== piece) return;
    turn.received = true;
    turn.phase = "leaving";
    this.#endWhenOver(peer, nowMs);
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
      const asksNoMore = turn.phase === "open" && !turn.queued && nowMs - turn.progressMs > NEXT_REQUEST_MS;
      const isIdle = slots.isIdle(turn, nowMs);
      if (isIdle) turn.lagging = true;
      if (isIdle && turn.phase === "leaving") peer.givesNoReceipts = true;
      if (asksNoMore || (isIdle && !turn.queued)) this.#end(peer);
    }
    this.#serve(nowMs);
  }

  #forget(peer: PeerState, piece: number): void {
    peer.asked.delete(piece);
    if (peer.asked.size === 0) this.#asking.delete(peer);
  }

  #endWhenOver(peer: PeerState, nowMs: number): void {
    const { slots } = this.#options;
    if (!slots.isOver(peer)) return;
    slots.note(peer, nowMs);
    this.#end(peer);
    this.#serve(nowMs);
  }

  #end(peer: PeerState): void {
    this.#options.slots.end(peer);
    this.#options.act({ kind: "rest", peer: peer.id });
  }

  #serve(nowMs: number): void {
    const { slots, pieceBytes, act } = this.#options;
    while (slots.isFree) {
      const next = slots.next(this.#asking, poorestFirst);
      if (next === undefined) return;
      const piece = takeAsked(next, slots.start(next, nowMs), pieceBytes);
      if (next.asked.size === 0) this.#asking.delete(next);
      act({ kind: "serve", peer: next.id, piece });
    }
  }
}
