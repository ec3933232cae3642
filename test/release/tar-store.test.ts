import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pieceBytes, pieceCount, type Torrent } from "../../src/core/torrent.ts";
import type { PackedRelease } from "../../src/release/pack.ts";
import { openSourceStore } from "../../src/release/source-store.ts";
import { openTarStore, type PackagedTar } from "../../src/release/tar-store.ts";
import { writeTar } from "../../src/release/write-tar.ts";
import { makeOddTree, noise } from "../support/odd-tree.ts";
import { allPieces, never, pack } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";
import { mountTmpfs } from "./tmpfs.ts";

let dir: ReturnType<typeof tempDir>;
let packed: PackedRelease;
let tar: PackagedTar;

beforeEach(async () => {
  dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  packed = await pack(`${dir.path}/tree`);
  tar = await write(packed, `${dir.path}/release.tar`);
});
afterEach(() => dir[Symbol.dispose]());

async function write(release: PackedRelease, path: string): Promise<PackagedTar> {
  await using store = openSourceStore(release);
  const sha256 = await writeTar(release.torrent, store, path, { signal: never });
  expect(sha256).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
  const manifest = { lengthBytes: release.manifestText.length, sha256: release.manifestSha256 };
  return { path, torrent: release.torrent, manifest };
}

/** A torrent of the tar as it lies there now: what somebody makes who wants it to be believed. */
function torrentOf(path: string, torrent: Torrent): Torrent {
  const content = readFileSync(path);
  const hashes = Array.from({ length: Math.ceil(content.length / torrent.pieceLengthBytes) }, (_, piece) => {
    const start = piece * torrent.pieceLengthBytes;
    return createHash("sha1")
      .update(content.subarray(start, start + torrent.pieceLengthBytes))
      .digest();
  });
  return { ...torrent, lengthBytes: content.length, pieces: Buffer.concat(hashes) };
}

function changeByte(path: string, at: number): void {
  const content = readFileSync(path);
  content[at]! ^= 1;
  writeFileSync(path, content);
}

async function refusal(what: PackagedTar): Promise<string> {
  try {
    await using _store = await openTarStore(what, { signal: never });
  } catch (error) {
    expect(error).toMatchObject({ code: "ARTIFACT_DAMAGED" });
    return (error as Error).message;
  }
  throw new Error("it was accepted");
}

test("gives the pieces that the tree gives, and knows what is in them", async () => {
  const progress: number[] = [];
  await using store = await openTarStore(tar, {
    signal: never,
    onProgress: ({ bytes }) => progress.push(bytes),
  });
  expect(store).toMatchObject({ files: packed.files, sizeBytes: packed.sizeBytes });
  expect(progress.at(-1)).toBe(packed.torrent.lengthBytes);
  for (const [piece, expected] of (await allPieces(packed)).entries()) {
    const into = Buffer.alloc(pieceBytes(packed.torrent, piece));
    await store.readPiece(piece, into);
    expect(into.equals(expected)).toBe(true);
  }
  expect(store.have.count).toBe(pieceCount(packed.torrent));
  await expect(store.writePiece(0, new Uint8Array(1))).rejects.toMatchObject({ code: "INTERNAL" });
});

test("a torrent that lies about one byte of its tar is refused, and names the piece", async () => {
  changeByte(tar.path, packed.torrent.lengthBytes - 100_000);
  expect(await refusal(tar)).toMatch(
    /the package's tar is not what its torrent says: its piece \d+ is another/,
  );
});

test("a tar with a torrent made for it is refused where it differs from its manifest", async () => {
  const headerAt = packed.layout.contentOffsetBytes;
  changeByte(tar.path, headerAt);
  expect(await refusal({ ...tar, torrent: torrentOf(tar.path, packed.torrent) })).toMatch(
    /its headers differ from its manifest near byte/,
  );
  changeByte(tar.path, headerAt);
  const contentAt = readFileSync(tar.path).indexOf("deny from all");
  changeByte(tar.path, contentAt);
  expect(await refusal({ ...tar, torrent: torrentOf(tar.path, packed.torrent) })).toMatch(
    /its "\.htaccess" has not the content that its manifest says/,
  );
});

test("another manifest, a shorter tar and none at all are each told", async () => {
  expect(await refusal({ ...tar, manifest: { ...tar.manifest, sha256: "0".repeat(64) } })).toMatch(
    /its manifest is another/,
  );
  truncateSync(tar.path, packed.torrent.lengthBytes - 1);
  expect(await refusal(tar)).toMatch(/it has \d+ bytes and not \d+/);
  rmSync(tar.path);
  expect(await refusal(tar)).toMatch(/cannot be read \(ENOENT\)/);
});

test("a piece that changes after it was checked never leaves", async () => {
  await using store = await openTarStore(tar, { signal: never });
  changeByte(tar.path, 0);
  const into = Buffer.alloc(pieceBytes(packed.torrent, 0));
  await expect(store.readPiece(0, into)).rejects.toMatchObject({ code: "ARTIFACT_DAMAGED" });
});

test("a tar is never written over what is there, nor from a tree that changed", async () => {
  await using store = openSourceStore(packed);
  await expect(writeTar(packed.torrent, store, tar.path, { signal: never })).rejects.toMatchObject({
    code: "ARTIFACT_NOT_STORED",
    message: expect.stringContaining("EEXIST"),
  });
  writeFileSync(`${dir.path}/tree/large`, "short");
  const elsewhere = `${dir.path}/other.tar`;
  await expect(writeTar(packed.torrent, store, elsewhere, { signal: never })).rejects.toMatchObject({
    code: "SOURCE_CHANGED",
  });
});

test("writing ends with its signal", async () => {
  await using store = openSourceStore(packed);
  const signal = AbortSignal.abort(new Error("over"));
  await expect(writeTar(packed.torrent, store, `${dir.path}/other.tar`, { signal })).rejects.toThrow("over");
});

// Only root may mount; elsewhere the test command says so.
describe.runIf(process.getuid?.() === 0)("a small disk", () => {
  test("that is too small for the tar is found before the first byte; one that fills up meanwhile is named", async () => {
    using disk = tempDir();
    mkdirSync(`${disk.path}/small`);
    using _disk = mountTmpfs(`${disk.path}/small`, "size=2m");
    await using store = openSourceStore(packed);
    const path = `${disk.path}/small/release.tar`;
    await expect(writeTar(packed.torrent, store, path, { signal: never })).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/needs 3\.\d MiB more, and 2\.0 MiB are free/),
    });
    const readPiece = async (piece: number, into: Uint8Array) => {
      if (piece === 1) writeFileSync(`${disk.path}/small/else`, noise("else", 1024 * 1024 + 900_000));
      into.fill(piece);
    };
    const torrent = { ...packed.torrent, lengthBytes: 1_900_000 };
    const filling = { have: store.have, firstPieces: 0, readPiece, writePiece: store.writePiece };
    await expect(writeTar(torrent, filling, path, { signal: never })).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringContaining("release.tar"),
    });
  });
});
