import type { Bitfield } from "./bitfield.ts";
import type { PeerState } from "./scheduler-peers.ts";

/** When nothing has come for this long, pieces are taken from wherever they are to be had. */
const PATIENCE_MS = 2_000;
/** And for this long from then on: whoever keeps its zone waiting will do so again. */
const OPEN_MS = 10_000;

interface BorderOptions {
  readonly have: Bitfield;
  readonly peers: readonly PeerState[];
  /** 32 bits that the neighbours know us by. */
  readonly ownKey: number;
  /** What the peer has may have come into use for us, or gone out of it. */
  readonly onUse: (peer: PeerState) => void;
}

/**
 * What may be taken from peers of other zones: only what nobody in our own zone has. The links between zones are long, thin or paid for, so each
 * piece should cross once and be passed on inside.
 *
 * Who of a zone fetches a piece from outside is settled without a word: the one in whom the hash of key and piece is highest (rendezvous
 * hashing; Thaler and Ravishankar 1998). Neighbours who see each other agree, and of any set somebody is highest, so that no piece is left
 * to nobody.
 */
export class Border {
  readonly #options: BorderOptions;
  /** How many peers of our zone have each piece. Those that let one stall do not count. */
  readonly #inside: Uint16Array;
  /** The highest hash of a neighbour in our zone, for each piece. */
  readonly #highest: Uint32Array;
  #lastPieceMs: number | undefined;
  #openUntilMs = Number.NEGATIVE_INFINITY;
  #open = false;

  constructor(options: BorderOptions) {
    this.#options = options;
    this.#inside = new Uint16Array(options.have.size);
    this.#highest = new Uint32Array(options.have.size);
  }

  peerJoined(peer: PeerState): void {
    if (!peer.near) return;
    this.#raise(peer.key);
    this.#recount();
  }

  /** It is no longer among the peers. */
  peerLeft(peer: PeerState): void {
    if (!peer.near) return;
    if (!peer.stalled) this.#countAll(peer, -1);
    this.#highest.fill(0);
    for (const other of this.#options.peers) if (other.near) this.#raise(other.key);
    this.#recount();
  }

  peerHas(peer: PeerState, piece: number): void {
    if (!peer.near) {
      if (this.#isForUs(piece)) peer.imports += 1;
      return;
    }
    if (peer.stalled) return;
    if (this.#isForUs(piece)) this.#noLongerForUs(piece);
    this.#inside[piece]! += 1;
  }

  /** To be called before the piece is among those that we have. */
  stored(piece: number): void {
    if (this.#isForUs(piece)) this.#noLongerForUs(piece);
  }

  setStalled(peer: PeerState, stalled: boolean): void {
    if (peer.stalled === stalled) return;
    peer.stalled = stalled;
    if (!peer.near) return;
    this.#countAll(peer, stalled ? -1 : 1);
    this.#recount();
  }

  pieceArrived(nowMs: number): void {
    this.#lastPieceMs = nowMs;
  }

  tick(nowMs: number): void {
    this.#lastPieceMs ??= nowMs;
    if (nowMs - this.#lastPieceMs > PATIENCE_MS) this.#openUntilMs = nowMs + OPEN_MS;
    const open = nowMs < this.#openUntilMs;
    if (open === this.#open) return;
    this.#open = open;
    for (const peer of this.#options.peers) if (!peer.near) this.#options.onUse(peer);
  }

  /** Whether this piece may be taken from this peer. `told`: the peer has chosen it for us. */
  lets(peer: PeerState, piece: number, told: boolean): boolean {
    if (peer.near || this.#open) return true;
    return this.#inside[piece] === 0 && (told || this.#isForUs(piece));
  }

  /** How many of the peer's pieces we would take from it unasked. */
  worth(peer: PeerState): number {
    return peer.near || this.#open ? peer.useful : peer.imports;
  }

  #isForUs(piece: number): boolean {
    const { have, ownKey } = this.#options;
    return this.#inside[piece] === 0 && !have.has(piece) && hash(ownKey, piece) >= this.#highest[piece]!;
  }

  #noLongerForUs(piece: number): void {
    for (const peer of this.#options.peers) {
      if (peer.near || !peer.has.has(piece)) continue;
      peer.imports -= 1;
      this.#options.onUse(peer);
    }
  }

  #raise(key: number): void {
    for (let piece = 0; piece < this.#highest.length; piece++)
      this.#highest[piece] = Math.max(this.#highest[piece]!, hash(key, piece));
  }

  #countAll(peer: PeerState, by: number): void {
    for (let piece = 0; piece < this.#inside.length; piece++)
      if (peer.has.has(piece)) this.#inside[piece]! += by;
  }

  #recount(): void {
    const far = this.#options.peers.filter((peer) => !peer.near);
    for (const peer of far) peer.imports = 0;
    for (let piece = 0; piece < this.#inside.length; piece++) {
      if (!this.#isForUs(piece)) continue;
      for (const peer of far) if (peer.has.has(piece)) peer.imports += 1;
    }
    for (const peer of far) this.#options.onUse(peer);
  }
}

/** Murmur3's finaliser over both: 32 bits that look random. */
function hash(key: number, piece: number): number {
  let bits = (key ^ Math.imul(piece + 1, 0x9e3779b1)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
