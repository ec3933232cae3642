import type { Bitfield } from "./bitfield.ts";
import type { SchedulerAction } from "./scheduler.ts";
import { Border } from "./scheduler-border.ts";
import { Coming, STRANGER_BYTES_MAX } from "./scheduler-coming.ts";
import { Pace } from "./scheduler-pace.ts";
import type { PeerState } from "./scheduler-peers.ts";
import { Pieces } from "./scheduler-pieces.ts";

/** A piece of which no byte comes for this long is asked of somebody else. */
const STALL_MS = 2_000;
/** How long a peer that let a piece stall, or was too slow, is asked for nothing. */
const SNUB_MS = 10_000;
/** How long a peer that refused is asked for nothing: it has a queue that soon is shorter. Longer each time in a row. */
const REFUSED_MS = 20;
const REFUSED_LONGEST_MS = 1_000;
/** A seeder that tells us what to take ahead of its turns knows what it sends to others: what we chose ourselves would often leave it twice. */
const CHOOSES_MS = 250;
/** More than a seeder of this project tells at once. */
const SUGGESTED_MAX = 64;

/** Peers that are looked at by chance before all are: mostly one of the first can be asked. */
const RANDOM_TRIES = 6;

interface DownloadOptions {
  readonly pieceCount: number;
  readonly pieceBytes: (piece: number) => number;
  readonly firstPieces: number;
  readonly earlyPiecesMax: number;
  readonly firstOnly?: boolean;
  readonly unstoredMax: number;
  readonly downloadsMax: number;
  readonly random: () => number;
  readonly zoneKey?: number | undefined;
  readonly have: Bitfield;
  readonly act: (action: SchedulerAction) => void;
}

/**
 * What we take, and from whom: of peers at random the rarest piece, one from each, `downloadsMax` at a time. Strangers are asked for
 * more beyond that.
 */
export class Downloads {
  readonly #options: DownloadOptions;
  readonly #pieces: Pieces;
  readonly #pace = new Pace();
  readonly #coming: Coming;
  readonly #border: Border | undefined;
  /** Whose offers are or were for now. */
  readonly #forNow = new Set<PeerState>();
  readonly #all: PeerState[] = [];
  #firstPiecesLeft = 0;
  #firstOnly: boolean;
  /** Beyond the first pieces: taken before those were whole. */
  #earlyPieces = 0;

  constructor(options: DownloadOptions) {
    this.#options = options;
    this.#pieces = new Pieces(options);
    this.#coming = new Coming({ ...options, pieces: this.#pieces, pace: this.#pace });
    this.#firstOnly = options.firstOnly ?? false;
    for (let piece = 0; piece < options.firstPieces; piece++)
      if (!options.have.has(piece)) this.#firstPiecesLeft += 1;
    const { zoneKey } = options;
    if (zoneKey === undefined) return;
    const onUse = (peer: PeerState) => this.#updateInterest(peer);
    this.#border = new Border({ ...options, peers: this.#all, ownKey: zoneKey, onUse });
  }

  peerJoined(peer: PeerState): void {
    this.#all.push(peer);
    this.#border?.peerJoined(peer);
  }

  /** How many peers have the piece. */
  copies(piece: number): number {
    return this.#pieces.copies(piece);
  }

  peerLeft(peer: PeerState, nowMs: number): void {
    this.#pieces.peerLeft(peer.has);
    this.#forNow.delete(peer);
    this.#all.splice(this.#all.indexOf(peer), 1);
    this.#coming.endAll(peer);
    this.#border?.peerLeft(peer);
    this.refresh(nowMs);
  }

  countPiece(peer: PeerState, piece: number): void {
    this.#pieces.peerHas(piece);
    this.#border?.peerHas(peer, piece);
    if (this.#options.have.has(piece)) return;
    peer.useful += 1;
    this.#updateInterest(peer);
  }

  /** It offers more than before. */
  ask(peer: PeerState, nowMs: number): void {
    this.#ask(peer, nowMs);
  }

  /** For its next turn, or, where it sends us something already, for after that. */
  suggested(peer: PeerState, piece: number, nowMs: number): void {
    peer.toldForTurn = peer.chokesUs;
    if (!peer.chokesUs) peer.choosesUntilMs = nowMs + CHOOSES_MS;
    if (peer.suggested.length < SUGGESTED_MAX) peer.suggested.push(piece);
    this.#forNow.add(peer);
    this.#ask(peer, nowMs);
    this.#takeToldAhead(peer, nowMs);
  }

  unchoked(peer: PeerState, nowMs: number): void {
    peer.chokesUs = false;
    this.#ask(peer, nowMs);
    this.#askAhead(peer, nowMs);
  }

  choked(peer: PeerState, dropsRequests: boolean, nowMs: number): void {
    peer.givesTurns = true;
    this.#forNow.add(peer);
    peer.chokesUs = true;
    // Told again, or to somebody else, when the next turn begins.
    peer.suggested.length = 0;
    peer.choosesUntilMs = 0;
    if (!dropsRequests || peer.download === undefined) return;
    this.#coming.endAll(peer);
    this.refresh(nowMs);
  }

  rejected(peer: PeerState, piece: number, nowMs: number): void {
    if (!this.#coming.ends(peer, piece, nowMs)) return;
    this.#options.act({ kind: "drop", peer: peer.id, piece });
    // A turn taken back is told before its rejects. Who rejects with the turn still open has enough to do, or would do so for ever.
    if (!peer.chokesUs) {
      peer.pausedUntilMs = nowMs + Math.min(REFUSED_LONGEST_MS, REFUSED_MS * 2 ** peer.refusals);
      peer.refusals += 1;
    }
    this.refresh(nowMs);
  }

  received(peer: PeerState, nowMs: number): void {
    peer.refusals = 0;
    if (peer.download !== undefined) peer.download.progressMs = nowMs;
    // It was the network that had stalled: what was on its way comes after all.
    else if (peer.stalled) this.#forgive(peer);
  }

  progressed(peer: PeerState, piece: number, share: number): void {
    if (peer.download?.piece === piece) peer.download.share = share;
  }

  arrived(peer: PeerState | undefined, piece: number, nowMs: number): void {
    this.#pieces.arrives(piece);
    this.#border?.pieceArrived(nowMs);
    if (peer?.download?.piece === piece) this.#pace.arrived(peer.download, nowMs);
    if (peer !== undefined) {
      this.#coming.ends(peer, piece, nowMs);
      // Of a piece of which we fetched a part the seeder waits to hear that we have it. Then it tells us the next one.
      if (peer.toldForTurn && !peer.chokesUs) peer.choosesUntilMs = nowMs + CHOOSES_MS;
      peer.toldForTurn = false;
    }
    this.refresh(nowMs);
  }

  /** Before the piece is among those that we have. */
  storing(piece: number): void {
    this.#border?.stored(piece);
  }

  stored(piece: number, nowMs: number): void {
    this.#pieces.stored(piece);
    if (piece < this.#options.firstPieces) this.#firstPiecesLeft -= 1;
    else if (this.#firstPiecesLeft > 0) this.#earlyPieces += 1;
    const nothingForNow = piece < this.#options.firstPieces && this.#takesNothing;
    for (const peer of this.#all) {
      if (peer.has.has(piece)) peer.useful -= 1;
      else if (!nothingForNow) continue;
      this.#updateInterest(peer);
    }
    for (const peer of [...this.#coming.senders]) {
      if (this.#coming.ends(peer, piece, nowMs)) this.#options.act({ kind: "cancel", peer: peer.id, piece });
    }
    this.refresh(nowMs);
  }

  mayTakeAll(nowMs: number): void {
    this.#firstOnly = false;
    for (const peer of this.#all) this.#updateInterest(peer);
    this.refresh(nowMs);
  }

  lost(piece: number, nowMs: number): void {
    this.#pieces.lost(piece);
    this.refresh(nowMs);
  }

  tick(nowMs: number): void {
    for (const peer of this.#coming.senders) {
      if (nowMs - peer.download!.progressMs <= STALL_MS) continue;
      this.#setStalled(peer, true);
      this.#giveUp(peer, nowMs);
    }
    this.#border?.tick(nowMs);
    this.refresh(nowMs);
    this.#replaceSlow(nowMs);
  }

  #replaceSlow(nowMs: number): void {
    // Who is idle now has found no room, or all that it has is on its way: it takes the place of one that is too slow. What that one has sent of
    // its piece is lost, since a piece has one sender, whom its hash blames: so where nobody is idle all go on.
    for (const peer of [...this.#coming.senders]) {
      const download = peer.download!;
      if (!this.#pace.isTooSlow(download, nowMs)) continue;
      if (!this.#all.some((other) => this.#mayAsk(other, nowMs) && this.#mayTake(other, download.piece)))
        continue;
      this.#giveUp(peer, nowMs);
      this.refresh(nowMs);
    }
  }

  /** After any change: asks whoever may be asked, as long as more may be taken. */
  refresh(nowMs: number): void {
    if (this.#options.have.complete || this.#coming.hasNoRoom) return;
    for (const peer of this.#forNow)
      if (peer.givesTurns || peer.suggested.length > 0) {
        this.#ask(peer, nowMs);
        this.#takeToldAhead(peer, nowMs);
      }
    this.#askSome(nowMs);
    for (const peer of this.#coming.senders) this.#askAhead(peer, nowMs);
  }

  /** Whoever stood first would be asked by everybody, so that its link is full and the others' idle. */
  #askSome(nowMs: number): void {
    for (let tries = 0; tries < RANDOM_TRIES && this.#all.length > 0; tries++) {
      if (this.#coming.isFull(nowMs)) return;
      this.#ask(this.#all[this.#randomBelow(this.#all.length)]!, nowMs);
    }
    this.#askEachAble(nowMs);
  }

  #askEachAble(nowMs: number): void {
    if (this.#coming.isFull(nowMs)) return;
    const able = this.#all.filter((peer) => this.#mayAsk(peer, nowMs));
    while (able.length > 0 && !this.#coming.isFull(nowMs)) {
      const at = this.#randomBelow(able.length);
      const peer = able[at]!;
      able[at] = able.at(-1)!;
      able.pop();
      this.#ask(peer, nowMs);
    }
  }

  isFull(nowMs: number): boolean {
    return this.#coming.isFull(nowMs);
  }

  #randomBelow(limit: number): number {
    return Math.floor(this.#options.random() * limit);
  }

  #forgive(peer: PeerState): void {
    this.#setStalled(peer, false);
    peer.pausedUntilMs = 0;
  }

  #mayAsk(peer: PeerState, nowMs: number): boolean {
    if (peer.chokesUs || peer.download !== undefined || nowMs < peer.pausedUntilMs) return false;
    if (peer.suggested.length === 0 && nowMs < peer.choosesUntilMs) return false;
    return this.#worth(peer) > 0 || (peer.useful > 0 && (peer.suggested.length > 0 || !peer.declined));
  }

  #ask(peer: PeerState, nowMs: number): void {
    if (!this.#mayAsk(peer, nowMs)) return;
    const isForNow = peer.givesTurns || peer.suggested.length > 0;
    if (isForNow ? this.#coming.hasNoRoom : this.#coming.isFull(nowMs)) return;
    const piece =
      this.#takeSuggested(peer) ?? this.#rarestLacking(peer) ?? this.#lateFromAnother(peer, nowMs);
    if (piece === undefined) {
      this.#decline(peer);
      return;
    }
    this.#setStalled(peer, false);
    this.#coming.begins(peer, piece, nowMs);
    this.#options.act({ kind: "request", peer: peer.id, piece });
  }

  /** What it told us beyond what it sends us already, as far as there is room. */
  #takeToldAhead(peer: PeerState, nowMs: number): void {
    if (peer.chokesUs || peer.download === undefined || nowMs < peer.pausedUntilMs) return;
    while (peer.suggested.length > 0 && this.#coming.hasRoomAhead) {
      const piece = this.#takeSuggested(peer);
      if (piece !== undefined) this.#takeAhead(peer, piece);
    }
  }

  /** After all others have been asked, since what waits at one peer another might send sooner. */
  #askAhead(peer: PeerState, nowMs: number): void {
    if (!peer.isStranger || peer.download === undefined) return;
    const { pieceBytes } = this.#options;
    if (peer.chokesUs || nowMs < peer.pausedUntilMs || this.#firstPiecesLeft > 0) return;
    let askedBytes = pieceBytes(peer.download.piece);
    for (const piece of peer.ahead) askedBytes += pieceBytes(piece);
    while (this.#coming.hasRoomAhead) {
      const piece = this.#rarestLacking(peer);
      if (piece === undefined) return;
      askedBytes += pieceBytes(piece);
      if (askedBytes > STRANGER_BYTES_MAX) return;
      this.#takeAhead(peer, piece);
    }
  }

  #takeAhead(peer: PeerState, piece: number): void {
    this.#coming.beginsAhead(peer, piece);
    this.#options.act({ kind: "request", peer: peer.id, piece });
  }

  #giveUp(peer: PeerState, nowMs: number): void {
    for (const piece of [peer.download!.piece, ...peer.ahead])
      this.#options.act({ kind: "cancel", peer: peer.id, piece });
    peer.pausedUntilMs = nowMs + SNUB_MS;
    this.#coming.endAll(peer);
  }

  /** How many of the peer's pieces we would take from it unasked. */
  #worth(peer: PeerState): number {
    return this.#border?.worth(peer) ?? peer.useful;
  }

  #setStalled(peer: PeerState, stalled: boolean): void {
    if (this.#border === undefined) peer.stalled = stalled;
    else this.#border.setStalled(peer, stalled);
  }

  /** A turn of the first seeder that we have no use for is given back at once. */
  #decline(peer: PeerState): void {
    if (peer.near || peer.declined) return;
    peer.declined = true;
    this.#updateInterest(peer);
  }

  #updateInterest(peer: PeerState): void {
    const interested = !this.#takesNothing && peer.useful > 0 && (!peer.declined || this.#worth(peer) > 0);
    if (peer.weAreInterested === interested) return;
    peer.weAreInterested = interested;
    this.#options.act({ kind: "interested", peer: peer.id, interested });
  }

  /** We have the first pieces and must wait: a turn that we were given now would be in vain. */
  get #takesNothing(): boolean {
    return this.#firstOnly && this.#firstPiecesLeft === 0;
  }

  /** The first pieces are not whole, and as many others as may wait for them in memory are here or on the way. */
  get #earlyIsFull(): boolean {
    if (this.#firstOnly) return true;
    if (this.#firstPiecesLeft === 0) return false;
    const { firstPieces, earlyPiecesMax } = this.#options;
    let coming = 0;
    for (const piece of this.#pieces.arrived) if (piece >= firstPieces) coming += 1;
    for (const { download, ahead } of this.#coming.senders) {
      for (const piece of [download!.piece, ...ahead]) if (piece >= firstPieces) coming += 1;
    }
    return this.#earlyPieces + coming >= earlyPiecesMax;
  }

  /** Its word is better than our guess, where it is of use to us: it knows what it sends to others. It holds for one turn. */
  #takeSuggested(peer: PeerState): number | undefined {
    for (let piece = peer.suggested.shift(); piece !== undefined; piece = peer.suggested.shift())
      if (this.#mayBeTold(peer, piece)) return piece;
    return undefined;
  }

  #mayBeTold(peer: PeerState, piece: number): boolean {
    if (!peer.has.has(piece) || this.#pieces.isTaken(piece)) return false;
    if (this.#border?.lets(peer, piece, true) === false) return false;
    return piece < this.#options.firstPieces || !this.#earlyIsFull;
  }

  #rarestLacking(peer: PeerState): number | undefined {
    if (this.#worth(peer) === 0) return undefined;
    const { firstPieces, pieceCount } = this.#options;
    const first = this.#firstPiecesLeft > 0 ? this.#rarestIn(peer, 0, firstPieces) : undefined;
    if (first !== undefined || this.#earlyIsFull) return first;
    return this.#rarestIn(peer, firstPieces, pieceCount);
  }

  #rarestIn(peer: PeerState, from: number, to: number): number | undefined {
    return this.#pieces.rarest(peer.has, from, to, (piece) => this.#mayTake(peer, piece));
  }

  #mayTake(peer: PeerState, piece: number): boolean {
    return peer.has.has(piece) && this.#border?.lets(peer, piece, false) !== false;
  }

  /** The end game. */
  #lateFromAnother(peer: PeerState, nowMs: number): number | undefined {
    const coming = this.#pieces.arrived.size + this.#coming.pieceCount;
    if (this.#options.have.count + coming < this.#options.pieceCount) return undefined;
    // A piece that takes too long from all that send it, one or two.
    const inTime = new Set<number>();
    for (const { download } of this.#coming.senders)
      if (!this.#pace.isLate(download!, nowMs)) inTime.add(download!.piece);
    for (const other of this.#coming.senders) {
      const { piece: first } = other.download!;
      if (other === peer || inTime.has(first)) continue;
      for (const piece of [first, ...other.ahead]) {
        if (inTime.has(piece) || this.#pieces.senders(piece) > 2 || this.#pieces.arrived.has(piece)) continue;
        if (this.#mayTake(peer, piece)) return piece;
      }
    }
    return undefined;
  }
}
