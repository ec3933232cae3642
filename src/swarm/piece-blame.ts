import { createHash } from "node:crypto";
import type { Wire } from "webtorrent";

/** While a piece that went wrong is asked from one peer alone; a peer that does not send it delays it by no more. */
const ALONE_MS = 5_000;
/** Blocks that are remembered of one piece: some attempts of the largest. */
const SUSPECTS_MAX = 4_096;

interface Block<Peer> {
  readonly peer: Peer;
  readonly bytes: Uint8Array;
}

interface Suspect<Peer> {
  readonly peer: Peer;
  readonly offset: number;
  readonly length: number;
  readonly sha1: Buffer;
}

/**
 * Finds out who sent bad bytes, which webtorrent does not: it takes the blocks of a piece from several peers, and where the piece is wrong it just asks
 * again. Where they came from one peer it is that one. Else the piece is asked from one of them alone, and as soon as it is right, its blocks tell who sent others.
 */
export class PieceBlame<Peer extends object> {
  readonly #onGuilty: (peer: Peer, piece: number) => void;
  /** Of pieces on their way, by offset. */
  readonly #blocks = new Map<number, Map<number, Block<Peer>>>();
  /** Blocks of attempts that failed. */
  readonly #suspects = new Map<number, Suspect<Peer>[]>();
  /** Who alone is asked for a piece now. */
  readonly #alone = new Map<number, { readonly peer: Peer; readonly untilMs: number }>();
  readonly #asked = new WeakMap<Wire, Wire["peerPieces"]>();
  readonly #guilty = new WeakSet<Peer>();

  constructor(onGuilty: (peer: Peer, piece: number) => void) {
    this.#onGuilty = onGuilty;
  }

  /** From now on it is known what comes over this connection. */
  watch(wire: Wire, peer: Peer): void {
    const request = wire.request;
    wire.request = (piece, offset, length, callback) => {
      this.#hideOthersPieces(wire, peer);
      request.call(wire, piece, offset, length, (error, block) => {
        if (!error && block) this.#note(piece, offset, { peer, bytes: block });
        callback(error, block);
      });
    };
  }

  /** All its blocks are there, and its hash is wrong. */
  bad(piece: number): void {
    const blocks = this.#blocks.get(piece) ?? new Map<number, Block<Peer>>();
    this.#blocks.delete(piece);
    const peers = [...new Set([...blocks.values()].map(({ peer }) => peer))];
    if (peers.length === 1) {
      this.#alone.delete(piece);
      this.#condemn(peers[0]!, piece);
      return;
    }
    // Blocks that came before it was found out.
    if (peers.some((peer) => this.#guilty.has(peer))) return;
    const suspects = this.#suspects.get(piece) ?? [];
    for (const [offset, { peer, bytes }] of blocks)
      suspects.push({ peer, offset, length: bytes.length, sha1: sha1(bytes) });
    this.#suspects.set(piece, suspects.slice(-SUSPECTS_MAX));
    const peer = peers[Math.floor(Math.random() * peers.length)];
    if (peer !== undefined) this.#alone.set(piece, { peer, untilMs: performance.now() + ALONE_MS });
  }

  good(piece: number, bytes: Uint8Array): void {
    this.#blocks.delete(piece);
    this.#alone.delete(piece);
    const guilty = new Set<Peer>();
    for (const { peer, offset, length, sha1: digest } of this.#suspects.get(piece) ?? []) {
      if (!sha1(bytes.subarray(offset, offset + length)).equals(digest)) guilty.add(peer);
    }
    this.#suspects.delete(piece);
    for (const peer of guilty) this.#condemn(peer, piece);
  }

  left(peer: Peer): void {
    for (const [piece, alone] of this.#alone) if (alone.peer === peer) this.#alone.delete(piece);
  }

  #condemn(peer: Peer, piece: number): void {
    if (this.#guilty.has(peer)) return;
    this.#guilty.add(peer);
    this.#onGuilty(peer, piece);
  }

  /** webtorrent keeps the block that came first. */
  #note(piece: number, offset: number, block: Block<Peer>): void {
    const blocks = this.#blocks.get(piece) ?? new Map<number, Block<Peer>>();
    this.#blocks.set(piece, blocks);
    if (!blocks.has(offset)) blocks.set(offset, block);
  }

  /** It asks a connection for what that says it has. There is a new set of pieces with each message that names all. */
  #hideOthersPieces(wire: Wire, peer: Peer): void {
    const pieces = wire.peerPieces;
    if (this.#asked.get(wire) === pieces) return;
    this.#asked.set(wire, pieces);
    const has = pieces.get.bind(pieces);
    pieces.get = (piece) => has(piece) && this.#mayAsk(piece, peer);
  }

  #mayAsk(piece: number, peer: Peer): boolean {
    const alone = this.#alone.get(piece);
    return alone === undefined || alone.peer === peer || performance.now() > alone.untilMs;
  }
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash("sha1").update(bytes).digest();
}
