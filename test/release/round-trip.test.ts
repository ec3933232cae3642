import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import { pieceBytes, pieceCount, pieceHash } from "../../src/core/torrent.ts";
import { activateRelease } from "../../src/release/activate.ts";
import { commitRelease, removeStaleStagings, sealAndVerify } from "../../src/release/commit.ts";
import { findHeldRelease } from "../../src/release/held-release.ts";
import { openRelease } from "../../src/release/open-release.ts";
import type { TreeStore } from "../../src/release/tree-store.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { treeDigest, treeListing } from "../support/tree-digest.ts";
import { deploy, fetchPieces, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

async function expectServesAll(store: TreeStore, torrent: Parameters<typeof pieceHash>[0]): Promise<void> {
  for (let piece = 0; piece < pieceCount(torrent); piece++) {
    const into = Buffer.alloc(pieceBytes(torrent, piece));
    await store.readPiece(piece, into);
    expect(createHash("sha1").update(into).digest()).toEqual(Buffer.from(pieceHash(torrent, piece)));
  }
}

test.each([16 * 1024, 64 * 1024, 4 * 1024 * 1024])(
  "an odd tree arrives as it was, in pieces of %i bytes in any order, and is served at every step",
  async (pieceLengthBytes) => {
    using dir = tempDir();
    makeOddTree(`${dir.path}/tree`);
    const packed = await pack(`${dir.path}/tree`, pieceLengthBytes);
    const deployDir = await newDeployDir(`${dir.path}/srv/app`);
    const wanted = wantedOf(packed, "r1");

    await using opened = await openRelease(deployDir, wanted, { signal: never });
    expect(opened).toMatchObject({ kind: "staged", store: { bytesReused: 0 } });
    await fetchPieces(packed, opened.store);
    expect(opened.store.have.complete).toBe(true);
    await expectServesAll(opened.store, packed.torrent);

    const verification = await sealAndVerify(opened, wanted, { signal: never });
    expect(verification).toMatchObject({
      piecesRight: pieceCount(packed.torrent),
      piecesTotal: pieceCount(packed.torrent),
      files: packed.files,
      sizeBytes: packed.sizeBytes,
      problemCount: 0,
      extraEntries: 0,
    });
    expect(existsSync(`${deployDir.releases}/r1`)).toBe(false);
    await expectServesAll(opened.store, packed.torrent);

    await commitRelease(deployDir, opened, wanted, { run: "a test", toActivate: true, signal: never });
    await expectServesAll(opened.store, packed.torrent);
    expect(existsSync(deployDir.current)).toBe(false);

    expect(await activateRelease(deployDir, "r1")).toEqual({ kind: "none" });
    expect(readlinkSync(deployDir.current)).toBe("releases/r1");
    expect(treeListing(`${deployDir.root}/releases/r1`)).toEqual(treeListing(`${dir.path}/tree`));
    expect(treeDigest(`${deployDir.root}/releases/r1`)).toBe(treeDigest(`${dir.path}/tree`));
    await removeStaleStagings(deployDir);
    expect(readdirSync(deployDir.internal).sort()).toEqual(["releases", "staging"]);
    expect(readdirSync(deployDir.staging)).toEqual([]);
    expect(readdirSync(deployDir.records).sort()).toEqual(["r1.json", "r1.manifest"]);
  },
);

test("while it is staged nobody else may look into it, and no link is there", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
  await fetchPieces(packed, opened.store);
  expect(statSync(`${deployDir.staging}/r1`).mode & 0o777).toBe(0o700);
  const links = readdirSync(opened.store.tree, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isSymbolicLink(),
  );
  expect(links).toEqual([]);
});

test("the same release again, under the same id, is verified in place and moves nothing", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, packed, "r1");
  const inode = statSync(`${deployDir.releases}/r1/large`).ino;
  writeFileSync(`${deployDir.releases}/r1/cache-of-the-application`, "x");

  await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
  expect(opened).toMatchObject({ kind: "held", store: { bytesReused: packed.torrent.lengthBytes } });
  await expectServesAll(opened.store, packed.torrent);
  expect(await sealAndVerify(opened, wantedOf(packed, "r1"), { signal: never })).toMatchObject({
    problemCount: 0,
  });
  expect(await deploy(deployDir, packed, "r1")).toBe(0);
  expect(statSync(`${deployDir.releases}/r1/large`).ino).toBe(inode);
});

test("the same content under another id is copied on the target, not linked, and moves nothing", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, packed, "r1");
  expect(await deploy(deployDir, packed, "r2")).toBe(0);
  expect(treeDigest(`${deployDir.releases}/r2`)).toBe(treeDigest(`${dir.path}/tree`));
  expect(lstatSync(`${deployDir.releases}/r2/large`).nlink).toBe(1);
  expect(readlinkSync(deployDir.current)).toBe("releases/r2");
});

test("a release that is there is found by its id or as the current one", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  expect(await findHeldRelease(deployDir, null)).toBeUndefined();
  await deploy(deployDir, packed, "r1");
  await deploy(deployDir, packed, "r2", { activate: false });
  expect(await findHeldRelease(deployDir, null)).toMatchObject({ release: "r1", digests: packed.digests });
  expect(await findHeldRelease(deployDir, "r2")).toMatchObject({
    release: "r2",
    tree: `${deployDir.releases}/r2`,
    manifestSha256: packed.manifestSha256,
  });
  expect(await findHeldRelease(deployDir, "r3")).toBeUndefined();
  expect(JSON.parse(readFileSync(`${deployDir.records}/r1.json`, "utf8"))).toMatchObject({
    release: "r1",
    infoHash: packed.digests.infoHash,
    good: true,
    files: packed.files,
  });
});
