import { createHash, randomBytes } from "node:crypto";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { PieceStore } from "../../src/core/piece-store.ts";
import {
  pieceBytes,
  pieceCount,
  type Torrent,
  type TorrentDigests,
  torrentDigests,
} from "../../src/core/torrent.ts";

export interface TestTorrent {
  readonly content: Buffer;
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
}

/** A torrent of random bytes, without a tree behind it: for tests of the wire alone. */
export function randomTorrent(lengthBytes: number, pieceLengthBytes: number): TestTorrent {
  const content = randomBytes(lengthBytes);
  const hashes: Buffer[] = [];
  for (let at = 0; at < lengthBytes; at += pieceLengthBytes) {
    hashes.push(
      createHash("sha1")
        .update(content.subarray(at, at + pieceLengthBytes))
        .digest(),
    );
  }
  const torrent: Torrent = {
    name: "random.bin",
    lengthBytes,
    pieceLengthBytes,
    pieces: Buffer.concat(hashes),
  };
  return { content, torrent, digests: torrentDigests(torrent) };
}

/** A store in memory. */
export class MemoryStore implements PieceStore {
  readonly have: Bitfield;
  readonly firstPieces: number;
  readonly content: Buffer;
  /** How often a piece was read. */
  reads = 0;
  readonly #torrent: Torrent;

  /** `content`: holds all of it from the start. */
  constructor(torrent: Torrent, content?: Buffer, firstPieces = 1) {
    const pieces = pieceCount(torrent);
    this.#torrent = torrent;
    this.firstPieces = firstPieces;
    this.content = content ?? Buffer.alloc(torrent.lengthBytes);
    this.have = content ? Bitfield.full(pieces) : new Bitfield(pieces);
  }

  async readPiece(piece: number, into: Uint8Array): Promise<void> {
    this.reads += 1;
    const start = piece * this.#torrent.pieceLengthBytes;
    into.set(this.content.subarray(start, start + pieceBytes(this.#torrent, piece)));
  }

  async writePiece(piece: number, bytes: Uint8Array): Promise<void> {
    this.content.set(bytes, piece * this.#torrent.pieceLengthBytes);
    this.have.add(piece);
  }
}

/** Holds everything, and hands out every piece with one bit wrong. */
export class LyingStore extends MemoryStore {
  override async readPiece(piece: number, into: Uint8Array): Promise<void> {
    await super.readPiece(piece, into);
    into[0] = (into[0] ?? 0) ^ 1;
  }
}

/** A disk that fails. */
export class BrokenStore extends MemoryStore {
  readonly #broken: "reading" | "writing";

  constructor(test: TestTorrent, broken: "reading" | "writing") {
    super(test.torrent, broken === "reading" ? test.content : undefined);
    this.#broken = broken;
  }

  override async readPiece(piece: number, into: Uint8Array): Promise<void> {
    if (this.#broken === "reading") throw new Error("the disk is gone");
    await super.readPiece(piece, into);
  }

  override async writePiece(piece: number, bytes: Uint8Array): Promise<void> {
    if (this.#broken === "writing") throw new Error("the disk is full");
    await super.writePiece(piece, bytes);
  }
}
