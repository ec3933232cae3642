import { createHash, randomBytes } from "node:crypto";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { PieceStore } from "../../src/core/piece-store.ts";
import { pieceBytes, type Torrent, torrentDigests } from "../../src/core/torrent.ts";

/** A torrent of random bytes, without a tree behind it: for tests of the wire alone. */
export function randomTorrent(lengthBytes: number, pieceLengthBytes: number) {
  const content = randomBytes(lengthBytes);
  const hashes: Buffer[] = [];
  for (let at = 0; at < lengthBytes; at += pieceLengthBytes) {
    hashes.push(createHash("sha1").update(content.subarray(at, at + pieceLengthBytes)).digest());
  }
  const torrent: Torrent = { name: "random.bin", lengthBytes, pieceLengthBytes, pieces: Buffer.concat(hashes) };
  return { content, torrent, digests: torrentDigests(torrent) };
}

/** A store in memory. */
export class MemoryStore implements PieceStore {
  readonly have: Bitfield;
  readonly firstPieces: number;
  readonly content: Buffer;
  readonly #torrent: Torrent;

  constructor(torrent: Torrent, content?: Buffer, firstPieces = 1) {
    const pieces = Math.ceil(torrent.lengthBytes / torrent.pieceLengthBytes);
    this.#torrent = torrent;
    this.firstPieces = firstPieces;
    this.content = content ?? Buffer.alloc(torrent.lengthBytes);
    this.have = content ? Bitfield.full(pieces) : new Bitfield(pieces);
  }

  async readPiece(piece: number, into: Uint8Array): Promise<void> {
    const start = piece * this.#torrent.pieceLengthBytes;
    into.set(this.content.subarray(start, start + pieceBytes(this.#torrent, piece)));
  }

  async writePiece(piece: number, bytes: Uint8Array): Promise<void> {
    this.content.set(bytes, piece * this.#torrent.pieceLengthBytes);
    this.have.add(piece);
  }
}
