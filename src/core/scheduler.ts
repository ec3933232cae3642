import { Bitfield } from "./bitfield.ts";
import { Downloads } from "./scheduler-downloads.ts";
import { FirstCopies } from "./scheduler-first-copies.ts";
import { newPeer, type PeerState, type PeerTraits } from "./scheduler-peers.ts";
import { UploadQueue } from "./scheduler-queue.ts";
import { UploadSlots } from "./scheduler-slots.ts";
import { UploadTurns } from "./scheduler-turns.ts";

/** What the scheduler wants done. It does nothing itself: the same code runs on sockets and in virtual time. */
export type SchedulerAction =
  | { readonly kind: "unchoke"; readonly peer: number }
  | { readonly kind: "choke"; readonly peer: number }
  /** Before an `unchoke`: tell the peer which piece to take in its turn. One that does not may take another. */
  | { readonly kind: "suggest"; readonly peer: number; readonly piece: number }
  /** Send what the peer has asked for, or asks for, of this piece. */
  | { readonly kind: "serve"; readonly peer: number; readonly piece: number }
  /** What the peer asks for from now on has to wait for the next `serve`. */
  | { readonly kind: "rest"; readonly peer: number }
  | { readonly kind: "interested"; readonly peer: number; readonly interested: boolean }
  | { readonly kind: "request"; readonly peer: number; readonly piece: number }
  /** Forget what was asked of this peer: tell it (`cancel`), and drop what still comes. */
  | { readonly kind: "cancel"; readonly peer: number; readonly piece: number }
  /** The same, but it has said itself that it sends nothing. */
  | { readonly kind: "drop"; readonly peer: number; readonly piece: number };

export interface SchedulerOptions {
  readonly pieceCount: number;
  /** Length of a piece in bytes. */
  readonly pieceBytes: (piece: number) => number;
  /** Pieces held at the start. */
  readonly have: Bitfield;
  /** `[0, firstPieces)` are asked for before all others. */
  readonly firstPieces: number;
  /** How many others may be taken before the first pieces are there: they wait in memory. At least 1. */
  readonly earlyPiecesMax: number;
  /** Nothing but the first pieces is to be taken until `mayTakeAll`: what they tell may make more of the others needless. */
  readonly firstOnly?: boolean;
  /** When so many wait for the disk, nothing more is asked for until it keeps up. At least 1. */
  readonly unstoredMax: number;
  /** We hold the only copy, and hand each piece out once before any twice. */
  readonly firstSeeder: boolean;
  /** Peers served at once. */
  readonly slots: number;
  /** Peers that may wait beyond these. */
  readonly waitingMax: number;
  /** Pieces taken at once. */
  readonly downloadsMax: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** 32 bits that peers know us by where the fleet has zones; undefined: all are near. */
  readonly zoneKey?: number | undefined;
}

const NOTHING: readonly SchedulerAction[] = [];

/**
 * Who gets the next piece, and which: the swarm by turns.
 *
 * An uploader sends few pieces at a time, so that somebody has a whole one soon, to the poorest of those who ask first: everybody may ask
 * at any time, so that the link is never idle. The first seeder lets itself be asked only in turns, and says which piece to take. A
 * downloader takes the rarest piece that a peer offers and that nobody is sending it, one from each peer, a few at a time.
 *
 * Methods are events; `takeActions` returns what is to be done for them. Time is an argument in milliseconds on any clock
 * that never runs backwards; `tick` must be called every 100 ms or so, since every wait in here ends by it.
 */
export class Scheduler {
  readonly #have: Bitfield;
  readonly #peers = new Map<number, PeerState>();
  readonly #uploads: UploadTurns | UploadQueue;
  readonly #downloads: Downloads;
  /** Peers that have everything. */
  readonly #complete = new Set<number>();
  #actions: SchedulerAction[] = [];

  constructor(options: SchedulerOptions) {
    this.#have = new Bitfield(options.pieceCount);
    for (let piece = 0; piece < options.pieceCount; piece++) {
      if (options.have.has(piece)) this.#have.add(piece);
    }
    const act = (action: SchedulerAction) => void this.#actions.push(action);
    this.#downloads = new Downloads({ ...options, have: this.#have, act });
    const slots = new UploadSlots(options);
    const isElsewhere = (piece: number) => this.#downloads.copies(piece) > this.#complete.size;
    const firstCopies = new FirstCopies({ have: this.#have, isElsewhere });
    this.#uploads = options.firstSeeder
      ? new UploadTurns({ ...options, slots, firstCopies, act })
      : new UploadQueue({ ...options, slots, act });
  }

  takeActions(): readonly SchedulerAction[] {
    const actions = this.#actions;
    if (actions.length === 0) return NOTHING;
    this.#actions = [];
    return actions;
  }

  /** Pieces held and checked. */
  get have(): Bitfield {
    return this.#have;
  }

  peerJoined(peer: number, traits: PeerTraits): void {
    const state = newPeer(peer, new Bitfield(this.#have.size), traits);
    this.#peers.set(peer, state);
    this.#downloads.peerJoined(state);
    this.#uploads.peerJoined(state);
  }

  peerLeft(peer: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state === undefined) return;
    this.#peers.delete(peer);
    this.#complete.delete(peer);
    // First, since what it held counts no longer when its turn goes to the next.
    this.#downloads.peerLeft(state, nowMs);
    this.#uploads.peerLeft(state, nowMs);
  }

  /** As many pieces are on their way as may be. */
  isFull(nowMs: number): boolean {
    return this.#downloads.isFull(nowMs);
  }

  peerHolds(peer: number, piece: number): boolean {
    return this.#peers.get(peer)?.has.has(piece) ?? false;
  }

  peerHas(peer: number, piece: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state === undefined || !this.#peerHas(state, piece, nowMs)) return;
    this.#downloads.ask(state, nowMs);
  }

  /** The same for `pieces[from]` up to `pieces[to - 1]`, told together. */
  peerHasThese(peer: number, pieces: ArrayLike<number>, from: number, to: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state === undefined) return;
    for (let index = from; index < to; index++) this.#peerHas(state, pieces[index]!, nowMs);
    this.#downloads.ask(state, nowMs);
  }

  /** False where that was known. */
  #peerHas(state: PeerState, piece: number, nowMs: number): boolean {
    if (!state.has.add(piece)) return false;
    if (state.has.complete) this.#complete.add(state.id);
    this.#downloads.countPiece(state, piece);
    this.#uploads.peerHas(state, piece, nowMs);
    return true;
  }

  peerHasAll(peer: number, pieces: Bitfield, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state === undefined) return;
    const before = state.has.count;
    for (let piece = 0; piece < pieces.size; piece++) {
      if (pieces.has(piece) && state.has.add(piece)) this.#downloads.countPiece(state, piece);
    }
    // Said again and again it would cost us, and tell nothing.
    if (state.has.count === before) return;
    if (state.has.complete) this.#complete.add(peer);
    this.#downloads.refresh(nowMs);
  }

  peerInterested(peer: number, interested: boolean, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#uploads.peerInterested(state, interested, nowMs);
  }

  /** The peer asks for `bytes` of `piece`. False: it is not its turn, reject the request. */
  peerRequested(peer: number, piece: number, bytes: number, nowMs: number): boolean {
    const state = this.#peers.get(peer);
    return (
      state !== undefined && this.#have.has(piece) && this.#uploads.requested(state, piece, bytes, nowMs)
    );
  }

  /** All that was accepted of the piece that this peer is being served has been handed to its socket. */
  served(peer: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#uploads.served(state, nowMs);
  }

  /** The peer took back what it had asked for of this piece, and nothing of it is left to be handed to its socket. */
  peerCancelled(peer: number, piece: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#uploads.cancelled(state, piece, nowMs);
  }

  /** Bytes have left the socket; `drained`: none is queued any more. */
  uploaded(peer: number, drained: boolean, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#uploads.uploaded(state, drained, nowMs);
  }

  /** The peer tells us (BEP 6) which piece to take in its next turn. */
  suggested(peer: number, piece: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#downloads.suggested(state, piece, nowMs);
  }

  unchoked(peer: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#downloads.unchoked(state, nowMs);
  }

  /** `dropsRequests`: the peer does not speak BEP 6, so what it was asked for will not come. */
  choked(peer: number, dropsRequests: boolean, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#downloads.choked(state, dropsRequests, nowMs);
  }

  /** The peer said (BEP 6) that it will not send this piece. */
  rejected(peer: number, piece: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#downloads.rejected(state, piece, nowMs);
  }

  /** Bytes of blocks have come from this peer. */
  received(peer: number, nowMs: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#downloads.received(state, nowMs);
  }

  /** This much, from 0 to 1, of what the peer was asked for of the piece has come. */
  progressed(peer: number, piece: number, share: number): void {
    const state = this.#peers.get(peer);
    if (state !== undefined) this.#downloads.progressed(state, piece, share);
  }

  /**
   * All blocks of the piece have come and are being checked: its place is free for the next. The peer may have left since.
   * `pieceStored` or `pieceLost` must follow.
   */
  pieceArrived(peer: number, piece: number, nowMs: number): void {
    this.#downloads.arrived(this.#peers.get(peer), piece, nowMs);
  }

  /** The piece was checked and the store has it, wherever it came from. */
  pieceStored(piece: number, nowMs: number): void {
    if (this.#have.has(piece)) return;
    this.#downloads.storing(piece);
    this.#have.add(piece);
    this.#downloads.stored(piece, nowMs);
  }

  /** With `firstOnly`: all other pieces may be taken from now on. */
  mayTakeAll(nowMs: number): void {
    this.#downloads.mayTakeAll(nowMs);
  }

  /** The piece that arrived was bad, or cannot be had: it is lacking again. */
  pieceLost(piece: number, nowMs: number): void {
    this.#downloads.lost(piece, nowMs);
  }

  tick(nowMs: number): void {
    this.#uploads.tick(nowMs);
    this.#downloads.tick(nowMs);
  }
}
