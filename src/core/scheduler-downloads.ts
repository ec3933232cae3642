import type { Bitfield } from "./bitfield.ts";
import type { SchedulerAction } from "./scheduler.ts";
import type { PeerState } from "./scheduler-peers.ts";

/** A piece of which no byte comes for this long is asked of somebody else. */
const STALL_MS = 2_000;
/** How long a peer that let a piece stall is asked for nothing. */
const SNUB_MS = 10_000;
/** In the end game a piece that takes this much longer than usual is asked of a second peer. */
const LATE_FACTOR = 2;
const LATE_MIN_MS = 300;
const USUAL_PIECE_WEIGHT = 0.1;

/** Pieces that wait for the disk: beyond these nothing more is asked for until it keeps up. */
const UNSTORED_MAX = 6;

interface DownloadOptions {
  readonly pieceCount: number;
  readonly firstPieces: number;
  readonly earlyPiecesMax: number;
  readonly slots: number;
  readonly random: () => number;
  readonly have: Bitfield;
  readonly peers: ReadonlyMap<number, PeerState>;
  readonly act: (action: SchedulerAction) => void;
}

/** What we take, and from whom: the rarest piece from whoever gives us a turn, `slots` pieces at a time. */
export class DownloadTurns {
  readonly #options: DownloadOptions;
  /** How many peers have each piece. */
  readonly #copies: Uint16Array;
  /** How many peers are sending us each piece. */
  readonly #onTheWay: Uint8Array;
  /** Whole, but not yet checked and stored: lacking, and not to be asked for. */
  readonly #arrived: Set<number> = new Set();
  readonly #downloading = new Set<PeerState>();
  #usualPieceMs: number | undefined;
  #firstPiecesLeft = 0;
  /** Beyond the first pieces: taken before those were whole. */
  #earlyPieces = 0;

  constructor(options: DownloadOptions) {
    this.#options = options;
    for (let piece = 0; piece < options.firstPieces; piece++) {
      if (!options.have.has(piece)) this.#firstPiecesLeft += 1;
    }
    this.#copies = new Uint16Array(options.pieceCount);
    this.#onTheWay = new Uint8Array(options.pieceCount);
  }

  peerLeft(peer: PeerState, nowMs: number): void {
    for (let piece = 0; piece < this.#options.pieceCount; piece++) {
      if (peer.has.has(piece)) this.#copies[piece]! -= 1;
    }
    this.#release(peer);
    this.refresh(nowMs);
  }

  countPiece(peer: PeerState, piece: number): void {
    this.#copies[piece]! += 1;
    if (!this.#options.have.has(piece)) peer.useful += 1;
  }

  peerHas(peer: PeerState, piece: number, nowMs: number): void {
    this.countPiece(peer, piece);
    this.#ask(peer, nowMs);
    this.#tellInterest(peer, this.#takenPieces(), nowMs);
  }

  unchoked(peer: PeerState, nowMs: number): void {
    peer.chokesUs = false;
    if (this.#ask(peer, nowMs)) this.refresh(nowMs);
  }

  choked(peer: PeerState, dropsRequests: boolean, nowMs: number): void {
    peer.chokesUs = true;
    if (!dropsRequests || peer.download === undefined) return;
    this.#release(peer);
    this.refresh(nowMs);
  }

  rejected(peer: PeerState, piece: number, nowMs: number): void {
    if (peer.download?.piece !== piece) return;
    this.#options.act({ kind: "cancel", peer: peer.id, piece });
    this.#release(peer);
    this.refresh(nowMs);
  }

  arrived(peer: PeerState, nowMs: number): void {
    const download = peer.download;
    if (download === undefined) return;
    const tookMs = nowMs - download.startMs;
    const before = this.#usualPieceMs ?? tookMs;
    this.#usualPieceMs = before + USUAL_PIECE_WEIGHT * (tookMs - before);
    if (!this.#options.have.has(download.piece)) this.#arrived.add(download.piece);
    this.#release(peer);
    this.refresh(nowMs);
  }

  stored(piece: number, nowMs: number): void {
    this.#arrived.delete(piece);
    if (piece < this.#options.firstPieces) this.#firstPiecesLeft -= 1;
    else if (this.#firstPiecesLeft > 0) this.#earlyPieces += 1;
    for (const peer of this.#options.peers.values()) {
      if (peer.has.has(piece)) peer.useful -= 1;
      if (peer.download?.piece !== piece) continue;
      this.#options.act({ kind: "cancel", peer: peer.id, piece });
      this.#release(peer);
    }
    this.refresh(nowMs);
  }

  lost(piece: number, nowMs: number): void {
    this.#arrived.delete(piece);
    this.refresh(nowMs);
  }

  tick(nowMs: number): void {
    for (const peer of this.#downloading) {
      const download = peer.download!;
      if (nowMs - download.progressMs <= STALL_MS) continue;
      this.#options.act({ kind: "cancel", peer: peer.id, piece: download.piece });
      peer.snubbedUntilMs = nowMs + SNUB_MS;
      this.#release(peer);
    }
    this.refresh(nowMs);
  }

  /** After any change: uses turns that are open to us, then tells everybody whether we want one. */
  refresh(nowMs: number): void {
    if (this.#options.have.complete) {
      for (const peer of this.#options.peers.values()) this.#setInterest(peer, false);
      return;
    }
    for (const peer of this.#options.peers.values()) this.#ask(peer, nowMs);
    const taken = this.#takenPieces();
    for (const peer of this.#options.peers.values()) this.#tellInterest(peer, taken, nowMs);
  }

  get #full(): boolean {
    return this.#downloading.size >= this.#options.slots || this.#arrived.size >= UNSTORED_MAX;
  }

  #ask(peer: PeerState, nowMs: number): boolean {
    if (peer.chokesUs || peer.download !== undefined || peer.useful === 0) return false;
    if (this.#full || nowMs < peer.snubbedUntilMs) return false;
    const piece = this.#rarestLacking(peer) ?? this.#lateFromAnother(peer, nowMs);
    if (piece === undefined) return false;
    peer.download = { piece, startMs: nowMs, progressMs: nowMs };
    this.#downloading.add(peer);
    this.#onTheWay[piece]! += 1;
    this.#options.act({ kind: "request", peer: peer.id, piece });
    return true;
  }

  #release(peer: PeerState): void {
    if (peer.download === undefined) return;
    this.#onTheWay[peer.download.piece]! -= 1;
    peer.download = undefined;
    this.#downloading.delete(peer);
  }

  #tellInterest(peer: PeerState, taken: readonly number[], nowMs: number): void {
    this.#setInterest(peer, peer.download !== undefined || this.#wants(peer, taken, nowMs));
  }

  #setInterest(peer: PeerState, interested: boolean): void {
    if (peer.weAreInterested === interested) return;
    peer.weAreInterested = interested;
    this.#options.act({ kind: "interested", peer: peer.id, interested });
  }

  /** Lacking, but not to be asked for again: on the way, or waiting for the disk. Each once. */
  #takenPieces(): readonly number[] {
    const taken = [...this.#arrived];
    for (const peer of this.#downloading) {
      const { piece } = peer.download!;
      if (!taken.includes(piece)) taken.push(piece);
    }
    return taken;
  }

  #wants(peer: PeerState, taken: readonly number[], nowMs: number): boolean {
    if (this.#full || peer.useful === 0 || nowMs < peer.snubbedUntilMs) return false;
    let free = peer.useful;
    for (const piece of taken) if (peer.has.has(piece)) free -= 1;
    if (free > 0 && !this.#earlyIsFull) return true;
    if (free > 0 && this.#rarestLacking(peer) !== undefined) return true;
    return this.#lateFromAnother(peer, nowMs) !== undefined;
  }

  /** The first pieces are not whole, and as many others as may wait for them in memory are here or on the way. */
  get #earlyIsFull(): boolean {
    if (this.#firstPiecesLeft === 0) return false;
    const { firstPieces, earlyPiecesMax } = this.#options;
    const coming = this.#takenPieces().filter((piece) => piece >= firstPieces).length;
    return this.#earlyPieces + coming >= earlyPiecesMax;
  }

  #rarestLacking(peer: PeerState): number | undefined {
    const { firstPieces, pieceCount } = this.#options;
    const first = this.#firstPiecesLeft > 0 ? this.#rarestIn(peer, 0, firstPieces) : undefined;
    if (first !== undefined || this.#earlyIsFull) return first;
    return this.#rarestIn(peer, firstPieces, pieceCount);
  }

  #rarestIn(peer: PeerState, from: number, to: number): number | undefined {
    let rarest: number | undefined;
    let rarestCopies = Number.POSITIVE_INFINITY;
    let ties = 0;
    for (let piece = from; piece < to; piece++) {
      const copies = this.#copies[piece]!;
      if (copies > rarestCopies || !peer.has.has(piece)) continue;
      if (this.#onTheWay[piece] !== 0 || this.#options.have.has(piece) || this.#arrived.has(piece)) continue;
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

  /** The end game: of the pieces that one peer alone is sending, one that takes too long. */
  #lateFromAnother(peer: PeerState, nowMs: number): number | undefined {
    if (this.#usualPieceMs === undefined) return undefined;
    const lateMs = Math.max(LATE_MIN_MS, LATE_FACTOR * this.#usualPieceMs);
    for (const other of this.#downloading) {
      const { piece, startMs } = other.download!;
      if (other === peer || this.#onTheWay[piece] !== 1 || !peer.has.has(piece)) continue;
      if (nowMs - startMs > lateMs) return piece;
    }
    return undefined;
  }
}
