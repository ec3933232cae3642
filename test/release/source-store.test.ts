import {
  closeSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { expect, test } from "vitest";
import { pieceBytes, pieceCount } from "../../src/core/torrent.ts";
import { packTree } from "../../src/release/pack.ts";
import { openSourceStore, type SourceStore } from "../../src/release/source-store.ts";
import { noise } from "../support/odd-tree.ts";
import { tempDir } from "./temp-dir.ts";

const SIZE = 5 * 1024 * 1024;

/** Packs a tree of `a` and `large`, changes it while the store is open and has read of it, and reads everything again. */
async function seedWhile(change: (large: string) => void): Promise<void> {
  using dir = tempDir();
  writeFileSync(`${dir.path}/a`, "a");
  writeFileSync(`${dir.path}/large`, noise("large", SIZE));
  const packed = await packTree(dir.path, {
    exclude: [],
    pieceLengthBytes: 1024 * 1024,
    signal: new AbortController().signal,
  });
  const readAll = async (store: SourceStore) => {
    for (let piece = 0; piece < pieceCount(packed.torrent); piece++) {
      await store.readPiece(piece, Buffer.alloc(pieceBytes(packed.torrent, piece)));
    }
  };
  await using store = openSourceStore(packed);
  await readAll(store);
  change(`${dir.path}/large`);
  await readAll(store);
}

test.each<[string, (large: string) => void, RegExp]>([
  ["truncated", (large) => truncateSync(large, SIZE - 1), /"large" became shorter/],
  ["deleted", (large) => rmSync(large), /"large" vanished/],
  ["made longer", (large) => writeFileSync(large, "more", { flag: "a" }), /"large" grew/],
  [
    "replaced by another of the same size",
    (large) => {
      writeFileSync(`${large}.new`, noise("other", SIZE));
      renameSync(`${large}.new`, large);
    },
    /"large" changed/,
  ],
  [
    "replaced by a link",
    (large) => {
      renameSync(large, `${large}.moved`);
      symlinkSync("large.moved", large);
    },
    /"large" became a link/,
  ],
  [
    "changed in one byte",
    (large) => {
      const fd = openSync(large, "r+");
      writeSync(fd, Buffer.from([0]), 0, 1, 3_000_000);
      closeSync(fd);
    },
    /"large" changed/,
  ],
])("a file %s during seeding is named", async (_what, change, message) => {
  await expect(seedWhile(change)).rejects.toMatchObject({
    code: "SOURCE_CHANGED",
    message: expect.stringMatching(message),
  });
});

test.each<[string, (large: string) => void]>([
  ["touched", (large) => utimesSync(large, 1, 1)],
  [
    "copied over with the same content",
    (large) => {
      writeFileSync(`${large}.new`, noise("large", SIZE));
      renameSync(`${large}.new`, large);
    },
  ],
])("a file merely %s during seeding is no reason to fail", async (_what, change) => {
  await seedWhile(change);
});

test("writing into the source is refused", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/a`, "a");
  const packed = await packTree(dir.path, {
    exclude: [],
    pieceLengthBytes: null,
    signal: new AbortController().signal,
  });
  await using store = openSourceStore(packed);
  await expect(store.writePiece(0, new Uint8Array(1))).rejects.toMatchObject({ code: "INTERNAL" });
});
