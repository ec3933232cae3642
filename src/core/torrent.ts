import { createHash } from "node:crypto";
import bencode from "bencode";

/**
 * What identifies the bytes of a release, in the terms of BEP 3. It is a single-file torrent of the release's tar.
 * `pieces` is the concatenation of the 20-byte SHA-1 of every piece.
 */
export interface Torrent {
  readonly name: string;
  readonly lengthBytes: number;
  readonly pieceLengthBytes: number;
  readonly pieces: Uint8Array;
}

export const PIECE_HASH_BYTES = 20;
export const BLOCK_LENGTH_BYTES = 16 * 1024;
export const PIECE_LENGTH_MIN_BYTES = 16 * 1024;
export const PIECE_LENGTH_MAX_BYTES = 16 * 1024 * 1024;
/** 65,536 pieces are 1.3 MB of hashes: the most that a plan carries to each target. */
export const PIECES_MAX = 65_536;
/** Below, what is said of each piece costs a fleet more than it gains. */
const AUTO_MIN_BYTES = 64 * 1024;
/**
 * About 512, as near as powers of two come: 363 to 724. With 256 pieces a fleet of 1,000 costs 4 % over one target (Mundinger, Weber, Weiss
 * 2008); on links whose queues are full every piece is late by several others, so that half as many cost 7 % more (docs/benchmarks.md). More
 * pieces cost more turns, and with those more messages to every neighbour. Above 4 MiB a piece costs memory (an agent holds about a dozen), so there the number grows to
 * 2,048 first.
 */
const PIECES_WANTED = [
  { upToPieceLengthBytes: 4 * 1024 * 1024, pieces: 724 },
  { upToPieceLengthBytes: PIECE_LENGTH_MAX_BYTES, pieces: 2_048 },
] as const;

export function autoPieceLengthBytes(lengthBytes: number): number {
  let pieceLengthBytes = AUTO_MIN_BYTES;
  for (const { upToPieceLengthBytes, pieces } of PIECES_WANTED) {
    while (pieceLengthBytes < upToPieceLengthBytes && lengthBytes / pieceLengthBytes > pieces)
      pieceLengthBytes *= 2;
  }
  return pieceLengthBytes;
}

export function pieceCount(torrent: Torrent): number {
  return Math.ceil(torrent.lengthBytes / torrent.pieceLengthBytes);
}

/** Length of one piece in bytes: the last may be shorter. */
export function pieceBytes(
  torrent: Pick<Torrent, "lengthBytes" | "pieceLengthBytes">,
  piece: number,
): number {
  return Math.min(torrent.pieceLengthBytes, torrent.lengthBytes - piece * torrent.pieceLengthBytes);
}

export function pieceHash(torrent: Torrent, piece: number): Uint8Array {
  return torrent.pieces.subarray(piece * PIECE_HASH_BYTES, (piece + 1) * PIECE_HASH_BYTES);
}

/** The bencoded info dictionary (BEP 3), private (BEP 27): peers come from our tracker only. */
export function infoDictionary(torrent: Torrent): Uint8Array {
  return bencode.encode({
    length: torrent.lengthBytes,
    name: torrent.name,
    "piece length": torrent.pieceLengthBytes,
    pieces: torrent.pieces,
    private: 1,
  });
}

/** A whole `.torrent` file for standard clients. */
export function metainfoFile(torrent: Torrent, announceUrl: string): Uint8Array {
  return bencode.encode({ announce: announceUrl, info: bencode.decode(infoDictionary(torrent)) });
}

export interface TorrentDigests {
  /** SHA-1 of the info dictionary, hex: the protocol's info-hash. */
  readonly infoHash: string;
  /** SHA-256 of the same bytes, hex: what we trust. */
  readonly infoSha256: string;
}

export function torrentDigests(torrent: Torrent): TorrentDigests {
  const info = infoDictionary(torrent);
  return {
    infoHash: createHash("sha1").update(info).digest("hex"),
    infoSha256: createHash("sha256").update(info).digest("hex"),
  };
}
