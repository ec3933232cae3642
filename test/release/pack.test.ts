import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MANIFEST_MEMBER_NAME } from "../../src/core/manifest.ts";
import { parseManifest } from "../../src/core/manifest-text.ts";
import { packTree } from "../../src/release/pack.ts";
import { makeOddTree, noise } from "../support/odd-tree.ts";
import { treeDigest, treeListing } from "../support/tree-digest.ts";
import { allPieces } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

const options = { exclude: [".git"], pieceLengthBytes: null, signal: new AbortController().signal };

test("the same tree has the same info-hash wherever, whenever and in which order it was made", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/one`);
  makeOddTree(`${dir.path}/elsewhere/two`, { reversed: true });
  expect(treeListing(`${dir.path}/one`)).toEqual(treeListing(`${dir.path}/elsewhere/two`));
  const one = await packTree(`${dir.path}/one`, options);
  const two = await packTree(`${dir.path}/elsewhere/two`, options);
  expect(two.digests).toEqual(one.digests);
  expect(two.torrent.name).toBe(`release-${one.manifestSha256.slice(0, 12)}.tar`);
  expect(parseManifest(two.manifestText)).toEqual(one.manifest);
  chmodSync(`${dir.path}/one/zero`, 0o640);
  expect((await packTree(`${dir.path}/one`, options)).digests).not.toEqual(two.digests);
});

test.each([16 * 1024, 1024 * 1024, 16 * 1024 * 1024])(
  "the tar, in pieces of %i bytes, opens with tar and is the tree",
  async (pieceLengthBytes) => {
    using dir = tempDir();
    makeOddTree(`${dir.path}/tree`);
    const packed = await packTree(`${dir.path}/tree`, { ...options, pieceLengthBytes });
    writeFileSync(`${dir.path}/release.tar`, Buffer.concat(await allPieces(packed)));
    mkdirSync(`${dir.path}/out`);
    const tar = spawnSync("tar", ["xpf", "../release.tar"], { cwd: `${dir.path}/out`, encoding: "utf8" });
    expect(tar.stderr).toBe("");
    const without = [MANIFEST_MEMBER_NAME];
    expect(treeListing(`${dir.path}/out`, { without })).toEqual(treeListing(`${dir.path}/tree`));
    expect(treeDigest(`${dir.path}/out`, { without })).toBe(treeDigest(`${dir.path}/tree`));
  },
);

test("Python's tarfile lists every entry of the tar", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await packTree(`${dir.path}/tree`, options);
  writeFileSync(`${dir.path}/release.tar`, Buffer.concat(await allPieces(packed)));
  const script =
    "import json, sys, tarfile; print(json.dumps([m.name for m in tarfile.open(sys.argv[1], 'r:')]))";
  const python = spawnSync("python3", ["-c", script, `${dir.path}/release.tar`], { encoding: "utf8" });
  expect(JSON.parse(python.stdout)).toEqual([
    MANIFEST_MEMBER_NAME,
    ...packed.manifest.entries.map((entry) => entry.path),
  ]);
});

test("a piece length that makes too many pieces is refused with the one to choose", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/sparse`, "");
  truncateSync(`${dir.path}/sparse`, 3 * 1024 ** 3);
  await expect(packTree(dir.path, { ...options, pieceLengthBytes: 16 * 1024 })).rejects.toMatchObject({
    code: "INPUT_INVALID",
    message: expect.stringContaining("choose 64KiB or more"),
  });
  await expect(packTree(dir.path, { ...options, pieceLengthBytes: 100_000 })).rejects.toThrow(/power of two/);
});

test("a file that is written while it is packed is named", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/a`, noise("a", 8 * 1024 * 1024));
  writeFileSync(`${dir.path}/b`, "b");
  const packing = packTree(dir.path, {
    ...options,
    onProgress: ({ bytes }) => {
      if (bytes > 0) appendFileSync(`${dir.path}/b`, "more");
    },
  });
  await expect(packing).rejects.toMatchObject({
    code: "SOURCE_CHANGED",
    message: expect.stringContaining('"b" changed'),
  });
});

test("packing says how far it is and ends with all of it", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const seen: { files: number; bytes: number; totalBytes: number | null }[] = [];
  const packed = await packTree(`${dir.path}/tree`, {
    ...options,
    onProgress: (progress) => seen.push(progress),
  });
  expect(seen.at(-1)).toEqual({ files: packed.files, bytes: packed.sizeBytes, totalBytes: packed.sizeBytes });
});

test("packing that is cancelled stops", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/a`, "");
  truncateSync(`${dir.path}/a`, 1024 ** 3);
  const cancel = new AbortController();
  const packing = packTree(dir.path, { ...options, signal: cancel.signal });
  setTimeout(() => cancel.abort(new Error("cancelled")), 50);
  await expect(packing).rejects.toThrow("cancelled");
});
