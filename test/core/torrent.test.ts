import { createHash } from "node:crypto";
import bencode from "bencode";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  autoPieceLengthBytes,
  infoDictionary,
  metainfoFile,
  PIECE_LENGTH_MAX_BYTES,
  PIECE_LENGTH_MIN_BYTES,
  PIECES_MAX,
  pieceBytes,
  pieceCount,
  pieceHash,
  type Torrent,
  torrentDigests,
} from "../../src/core/torrent.ts";

function torrentOf(lengthBytes: number, pieceLengthBytes: number): Torrent {
  const count = Math.ceil(lengthBytes / pieceLengthBytes);
  return {
    name: "build-1.tar",
    lengthBytes,
    pieceLengthBytes,
    pieces: new Uint8Array(count * 20).fill(0xff),
  };
}

test("pieces cover the length without gap or overlap", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 14, max: 24 }),
      (length, power) => {
        const torrent = torrentOf(length, 2 ** power);
        let sum = 0;
        for (let piece = 0; piece < pieceCount(torrent); piece++) {
          expect(pieceBytes(torrent, piece)).toBeGreaterThan(0);
          expect(pieceHash(torrent, piece)).toHaveLength(20);
          sum += pieceBytes(torrent, piece);
        }
        expect(sum).toBe(length);
        expect(pieceHash(torrent, pieceCount(torrent) - 1)).toHaveLength(20);
      },
    ),
  );
});

test("whatever the size, the piece length is a power of two in range and the plan stays small", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (length) => {
      const pieceLength = autoPieceLengthBytes(length);
      expect(Math.log2(pieceLength) % 1).toBe(0);
      expect(pieceLength).toBeGreaterThanOrEqual(PIECE_LENGTH_MIN_BYTES);
      expect(pieceLength).toBeLessThanOrEqual(PIECE_LENGTH_MAX_BYTES);
      expect(length / pieceLength).toBeLessThanOrEqual(PIECES_MAX);
    }),
  );
});

test("headers on top of a round size do not halve the number of pieces, and small releases keep their pieces large", () => {
  const mib = 1024 * 1024;
  expect(autoPieceLengthBytes(32 * mib)).toBe(64 * 1024);
  expect(autoPieceLengthBytes(32 * mib + 300_000)).toBe(64 * 1024);
  expect(autoPieceLengthBytes(mib)).toBe(64 * 1024);
});

test("the info dictionary is canonical: sorted keys, binary hashes, private", () => {
  const torrent = torrentOf(100_000, 65_536);
  const text = Buffer.from(infoDictionary(torrent)).toString("latin1");
  expect(text).toBe(
    `d6:lengthi100000e4:name11:build-1.tar12:piece lengthi65536e6:pieces40:${"\xff".repeat(40)}7:privatei1ee`,
  );
  expect(torrentDigests(torrent).infoHash).toBe(createHash("sha1").update(text, "latin1").digest("hex"));
});

test("the metainfo file holds the very info dictionary that the info-hash is of", () => {
  const torrent = torrentOf(100_000, 65_536);
  const file = Buffer.from(metainfoFile(torrent, "http://runner.example.com:1234/announce?token=abc"));
  expect(file.includes(Buffer.from(infoDictionary(torrent)))).toBe(true);
  const parsed = bencode.decode(file) as { announce: Uint8Array };
  expect(Buffer.from(parsed.announce).toString()).toBe("http://runner.example.com:1234/announce?token=abc");
});
