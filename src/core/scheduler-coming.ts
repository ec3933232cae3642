import type { Pace } from "./scheduler-pace.ts";
import type { PeerState } from "./scheduler-peers.ts";
import type { Pieces } from "./scheduler-pieces.ts";

/** What a stranger is asked for at once, in pieces or parts of them: 250 blocks of 16 KiB, which clients allow where they say nothing else. */
export const STRANGER_BYTES_MAX = 250 * 16 * 1024;
/** Of all peers together, beyond the one piece that each sends: it is memory. */
const AHEAD_BYTES_MAX = 4 * STRANGER_BYTES_MAX;

interface ComingOptions {
  readonly pieceBytes: (piece: number) => number;
  readonly unstoredMax: number;
  readonly downloadsMax: number;
  readonly pieces: Pieces;
  readonly pace: Pace;
}

/** What is on its way to us, from whom, and whether more may be. Decides nothing of what that is. */
export class Coming {
  readonly #options: ComingOptions;
  readonly #senders = new Set<PeerState>();
  #aheadCount = 0;
  /** Until then nothing more may be taken, unless a place becomes free before. */
  #fullUntilMs = Number.NEGATIVE_INFINITY;

  constructor(options: ComingOptions) {
    this.#options = options;
  }

  /** In the order in which they were asked. */
  get senders(): ReadonlySet<PeerState> {
    return this.#senders;
  }

  /** One that two peers send is counted twice. */
  get pieceCount(): number {
    return this.#senders.size + this.#aheadCount;
  }

  /** Of the pieces that lag as many again may be on their way: each of them is memory. */
  isFull(nowMs: number): boolean {
    const { downloadsMax, pace } = this.#options;
    if (nowMs <= this.#fullUntilMs || this.hasNoRoom) return true;
    if (this.#senders.size < downloadsMax) return false;
    const { laggingMs } = pace;
    let counted = this.#senders.size;
    for (const peer of this.#senders) {
      const lagsAtMs = peer.download!.startMs + laggingMs;
      if (nowMs <= lagsAtMs) {
        if (counted === downloadsMax) this.#fullUntilMs = lagsAtMs;
        break;
      }
      counted -= 1;
    }
    return counted >= downloadsMax;
  }

  get hasNoRoom(): boolean {
    const { downloadsMax, unstoredMax, pieces } = this.#options;
    return pieces.arrived.size >= unstoredMax || this.#senders.size >= 2 * downloadsMax;
  }

  get hasRoomAhead(): boolean {
    return !this.hasNoRoom && this.#aheadCount * this.#options.pieceBytes(0) < AHEAD_BYTES_MAX;
  }

  begins(peer: PeerState, piece: number, nowMs: number): void {
    this.#sends(peer, piece, nowMs);
    this.#options.pieces.comes(piece);
  }

  beginsAhead(peer: PeerState, piece: number): void {
    peer.ahead.push(piece);
    this.#aheadCount += 1;
    this.#options.pieces.comes(piece);
  }

  /** False: it is not on its way from this peer. */
  ends(peer: PeerState, piece: number, nowMs: number): boolean {
    const at = peer.ahead.indexOf(piece);
    if (at >= 0) {
      peer.ahead.splice(at, 1);
      this.#aheadCount -= 1;
    } else if (peer.download?.piece === piece) {
      this.#nextAhead(peer, nowMs);
    } else {
      return false;
    }
    this.#noLongerComes(piece);
    return true;
  }

  endAll(peer: PeerState): void {
    if (peer.download === undefined) return;
    const ended = [peer.download.piece, ...peer.ahead];
    this.#aheadCount -= peer.ahead.length;
    peer.ahead.length = 0;
    for (const piece of ended) this.#noLongerComes(piece);
    peer.download = undefined;
    this.#senders.delete(peer);
  }

  #nextAhead(peer: PeerState, nowMs: number): void {
    const piece = peer.ahead.shift();
    this.#senders.delete(peer);
    peer.download = undefined;
    if (piece === undefined) return;
    this.#aheadCount -= 1;
    this.#sends(peer, piece, nowMs);
  }

  #sends(peer: PeerState, piece: number, nowMs: number): void {
    peer.download = { piece, startMs: nowMs, progressMs: nowMs, share: 0 };
    this.#senders.add(peer);
  }

  #noLongerComes(piece: number): void {
    this.#options.pieces.comesNoLonger(piece);
    this.#fullUntilMs = Number.NEGATIVE_INFINITY;
  }
}
