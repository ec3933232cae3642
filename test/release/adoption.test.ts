import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sealAndVerify } from "../../src/release/commit.ts";
import type { DeployDir } from "../../src/release/deploy-dir.ts";
import { openRelease } from "../../src/release/open-release.ts";
import { recordedManifestPath, recordPath } from "../../src/release/release-record.ts";
import { makeOddTree, noise } from "../support/odd-tree.ts";
import { treeDigest, treeListing } from "../support/tree-digest.ts";
import { asUser, NOBODY } from "./as-user.ts";
import {
  deployBy,
  type Fetched,
  fetchMissing,
  fetchPieces,
  never,
  newDeployDir,
  pack,
  wantedOf,
} from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";
import { mountTmpfs } from "./tmpfs.ts";

const PIECE_BYTES = 64 * 1024;
const FILES = 60;
const FILE_BYTES = 20_000;
const MANIFEST_BYTES_MAX = 8 * 1024;

/** Files of 20 kB, one of 1 MB and a small one: pieces with several files, and files with several pieces. */
function makeTree(root: string): void {
  mkdirSync(`${root}/some`, { recursive: true });
  for (let index = 0; index < FILES; index++)
    writeFileSync(`${root}/some/${index}`, noise(`file ${index}`, FILE_BYTES));
  writeFileSync(`${root}/large`, noise("large", 1_000_000));
  writeFileSync(`${root}/empty`, "");
}

/** Two deploys to one target: the first release, then what `change` makes of the tree, after `meanwhile` on the target. */
async function deployTwice(
  change: (tree: string) => void,
  meanwhile: (held: string, deployDir: DeployDir) => void = () => {},
): Promise<Fetched & { readonly wantedDigest: string; readonly digest: string }> {
  using dir = tempDir();
  const tree = `${dir.path}/tree`;
  makeTree(tree);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  const first = await deployBy(fetchMissing, deployDir, await pack(tree, PIECE_BYTES), "r1");
  expect(first.bytes).toBeGreaterThan(FILES * FILE_BYTES + 1_000_000);
  change(tree);
  meanwhile(`${deployDir.releases}/r1`, deployDir);
  const fetched = await deployBy(fetchMissing, deployDir, await pack(tree, PIECE_BYTES), "r2");
  return { ...fetched, wantedDigest: treeDigest(tree), digest: treeDigest(`${deployDir.root}/current/.`) };
}

/** Turns the byte over, and leaves size and time as they were. */
function mutate(path: string, atBytes: number): void {
  const { atime, mtime } = statSync(path);
  const content = readFileSync(path);
  content[atBytes] = content[atBytes]! ^ 1;
  writeFileSync(path, content);
  utimesSync(path, atime, mtime);
}

describe("of the next release comes from the swarm", () => {
  test("nothing but the manifest and the files that changed", async () => {
    const { bytes, mixed, digest, wantedDigest } = await deployTwice((tree) => {
      for (const index of [7, 23, 24])
        writeFileSync(`${tree}/some/${index}`, noise(`new ${index}`, FILE_BYTES));
    });
    expect(digest).toBe(wantedDigest);
    expect(mixed).toEqual([]);
    expect(bytes).toBeGreaterThan(3 * FILE_BYTES);
    expect(bytes).toBeLessThan(3 * FILE_BYTES + MANIFEST_BYTES_MAX);
  });

  test("nothing but the manifest where files were renamed, moved, doubled, removed, and got other modes", async () => {
    const { bytes, digest, wantedDigest } = await deployTwice((tree) => {
      renameSync(`${tree}/large`, `${tree}/some/a larger one`);
      mkdirSync(`${tree}/other`);
      for (let index = 0; index < 10; index++) renameSync(`${tree}/some/${index}`, `${tree}/other/${index}`);
      copyFileSync(`${tree}/some/20`, `${tree}/some/twenty`);
      chmodSync(`${tree}/some/30`, 0o755);
      rmSync(`${tree}/some/40`);
      writeFileSync(`${tree}/also empty`, "");
    });
    expect(digest).toBe(wantedDigest);
    expect(bytes).toBeLessThan(MANIFEST_BYTES_MAX);
  });

  test("nothing but a file that was changed under the same size and time, alone in its pieces", async () => {
    const { bytes, digest, wantedDigest } = await deployTwice(
      (tree) => writeFileSync(`${tree}/some/7`, noise("new", FILE_BYTES)),
      (held) => mutate(`${held}/large`, 500_000),
    );
    expect(digest).toBe(wantedDigest);
    expect(bytes).toBeLessThan(FILE_BYTES + PIECE_BYTES + MANIFEST_BYTES_MAX);
  });

  test("its range alone where such a file shares a piece with others that are right", async () => {
    const { bytes, mixed, digest, wantedDigest } = await deployTwice(
      (tree) => writeFileSync(`${tree}/unrelated`, "x"),
      (held) => mutate(`${held}/some/33`, 10_000),
    );
    expect(digest).toBe(wantedDigest);
    expect(mixed).toEqual([]);
    // It stands in two pieces at most, and in each it alone is missing.
    expect(bytes).toBeLessThan(FILE_BYTES + 1_000 + MANIFEST_BYTES_MAX);
  });

  test("such a file that shares its piece with one that is missing, when the piece has turned out wrong", async () => {
    const changed = Array.from({ length: FILES }, (_, index) => index).filter((index) => index % 2 === 0);
    const { bytes, mixed, digest, wantedDigest } = await deployTwice(
      (tree) => {
        for (const index of changed)
          writeFileSync(`${tree}/some/${index}`, noise(`new ${index}`, FILE_BYTES));
      },
      (held) => mutate(`${held}/some/33`, 10_000),
    );
    expect(digest).toBe(wantedDigest);
    expect(mixed.length).toBe(1);
    // One piece comes again.
    expect(bytes).toBeLessThan((changed.length + 1) * FILE_BYTES + PIECE_BYTES + MANIFEST_BYTES_MAX);
  });

  test("a file that is gone, shorter, longer, a link or a directory on the target", async () => {
    const { bytes, digest, wantedDigest } = await deployTwice(
      (tree) => chmodSync(`${tree}/large`, 0o600),
      (held) => {
        rmSync(`${held}/some/1`);
        truncateSync(`${held}/some/2`, 100);
        writeFileSync(`${held}/some/3`, noise("longer", FILE_BYTES + 1));
        rmSync(`${held}/some/4`);
        symlinkSync("5", `${held}/some/4`);
        rmSync(`${held}/some/6`);
        mkdirSync(`${held}/some/6`);
      },
    );
    expect(digest).toBe(wantedDigest);
    expect(bytes).toBeGreaterThan(5 * FILE_BYTES);
    expect(bytes).toBeLessThan(5 * FILE_BYTES + MANIFEST_BYTES_MAX);
  });

  test.each([
    ["record", (deployDir: DeployDir) => recordPath(deployDir, "r1")],
    ["manifest", (deployDir: DeployDir) => recordedManifestPath(deployDir, "r1")],
  ])("all of it where the only release's %s is damaged", async (_what, path) => {
    const { bytes, digest, wantedDigest } = await deployTwice(
      (tree) => chmodSync(`${tree}/large`, 0o600),
      (_held, deployDir) => writeFileSync(path(deployDir), "half a fi"),
    );
    expect(digest).toBe(wantedDigest);
    expect(bytes).toBeGreaterThan(FILES * FILE_BYTES + 1_000_000);
  });

  test("nothing at all where only the id is another", async () => {
    const { bytes, digest, wantedDigest } = await deployTwice(() => {});
    expect(digest).toBe(wantedDigest);
    expect(bytes).toBe(0);
  });
});

test("a file that is taken over is nobody else's: who writes into one release changes no other", async () => {
  using dir = tempDir();
  makeTree(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`, PIECE_BYTES), "r1");
  writeFileSync(`${dir.path}/tree/new`, "new");
  await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`, PIECE_BYTES), "r2");
  for (const release of ["r1", "r2"])
    for (const name of readdirSync(`${deployDir.releases}/${release}/some`))
      expect(lstatSync(`${deployDir.releases}/${release}/some/${name}`).nlink).toBe(1);
  mutate(`${deployDir.releases}/r2/some/1`, 0);
  expect(readFileSync(`${deployDir.releases}/r1/some/1`)).toEqual(noise("file 1", FILE_BYTES));
});

test("every oddity of a tree is taken over, and by a user without root's rights what it can read", async () => {
  using dir = tempDir();
  chmodSync(dir.path, 0o755);
  makeOddTree(`${dir.path}/tree`);
  const first = await pack(`${dir.path}/tree`, PIECE_BYTES);
  mkdirSync(`${dir.path}/app`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deployBy(fetchMissing, deployDir, first, "r1");
  writeFileSync(`${dir.path}/tree/more`, "more");
  const second = await pack(`${dir.path}/tree`, PIECE_BYTES);
  const { bytes } = await deployBy(fetchMissing, deployDir, second, "r2");
  expect(bytes).toBeLessThan(20_000);
  expect(treeListing(`${deployDir.releases}/r2`)).toEqual(treeListing(`${dir.path}/tree`));

  chmodSync(`${deployDir.releases}/r1/assets/app.js`, 0o000);
  chmodSync(`${deployDir.releases}/r2/assets/app.js`, 0o000);
  writeFileSync(`${dir.path}/tree/more`, "even more");
  execFileSync("chown", ["-R", `${NOBODY}:${NOBODY}`, `${dir.path}/app`]);
  const third = await pack(`${dir.path}/tree`, PIECE_BYTES);
  await asUser(async () => {
    await using opened = await openRelease(deployDir, wantedOf(third, "r3"), { signal: never });
    // The source is root's alone.
    await fetchPiecesOf(third, opened.store.firstPieces, opened.store);
    await opened.store.adoption?.over;
    expect(opened.store.bytesReused).toBeGreaterThan(0.9 * third.torrent.lengthBytes - 200_000);
    expect(opened.store.have.complete).toBe(false);
  }, `${dir.path}/app`);
});

async function fetchPiecesOf(
  packed: Awaited<ReturnType<typeof pack>>,
  firstPieces: number,
  store: Parameters<typeof fetchPieces>[1],
): Promise<void> {
  await fetchPieces(packed, store, (piece) => piece < firstPieces);
}

test("adoption that is interrupted goes on from what it has copied, and copies nothing twice", async () => {
  using dir = tempDir();
  makeTree(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`, PIECE_BYTES), "r1");
  writeFileSync(`${dir.path}/tree/some/50`, noise("new", FILE_BYTES));
  const packed = await pack(`${dir.path}/tree`, PIECE_BYTES);
  const wanted = wantedOf(packed, "r2");
  const staged = join(deployDir.staging, "r2/tree");
  {
    await using opened = await openRelease(deployDir, wanted, { signal: never });
    await fetchPieces(packed, opened.store, (piece) => piece < opened.store.firstPieces);
    await opened.store.adoption?.over;
  }
  // As after a kill: one file half copied, one wrong although it is as long as it should be, one not there yet.
  truncateSync(`${staged}/some/10`, 9_000);
  mutate(`${staged}/some/11`, 3);
  rmSync(`${staged}/some/12`);
  const { ino } = statSync(`${staged}/some/20`);
  const before = statSync(`${staged}/some/20`).ctimeMs;
  await using opened = await openRelease(deployDir, wanted, { signal: never });
  expect(statSync(`${staged}/some/20`).ino).toBe(ino);
  expect(statSync(`${staged}/some/20`).mtimeMs).toBeLessThanOrEqual(before);
  const { bytes } = await fetchMissing(packed, opened.store);
  expect(bytes).toBe(FILE_BYTES);
  await sealAndVerify(opened, wanted, { signal: never });
  expect(treeDigest(opened.store.tree)).toBe(treeDigest(`${dir.path}/tree`));
});

test("pieces that are adopted are told one by one and can be read while the rest is still copied", async () => {
  using dir = tempDir();
  makeTree(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/large`, noise("large", 20_000_000));
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`, PIECE_BYTES), "r1");
  writeFileSync(`${dir.path}/tree/some/50`, noise("new", FILE_BYTES));
  const packed = await pack(`${dir.path}/tree`, PIECE_BYTES);
  await using opened = await openRelease(deployDir, wantedOf(packed, "r2"), { signal: never });
  const { store } = opened;
  const told: number[] = [];
  let isOver = false;
  const reads: Promise<void>[] = [];
  store.adoption?.listen((piece) => {
    told.push(piece);
    if (!isOver && told.length % 50 === 1) reads.push(store.readPiece(piece, Buffer.alloc(PIECE_BYTES)));
  });
  await fetchPieces(packed, store, (piece) => piece < store.firstPieces);
  await store.adoption?.over;
  isOver = true;
  expect(reads.length).toBeGreaterThan(3);
  await Promise.all(reads);
  expect(told.length).toBe(store.have.count - store.firstPieces);
  expect(store.bytesReused).toBeGreaterThan(20_000_000);
});

test("adoption that is cancelled stops, also when the store is closed", async () => {
  using dir = tempDir();
  makeTree(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/large`, noise("large", 100_000_000));
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`, 1024 * 1024), "r1");
  writeFileSync(`${dir.path}/tree/new`, "new");
  const packed = await pack(`${dir.path}/tree`, 1024 * 1024);
  const cancel = new AbortController();
  await using opened = await openRelease(deployDir, wantedOf(packed, "r2"), { signal: cancel.signal });
  await fetchPieces(packed, opened.store, (piece) => piece < opened.store.firstPieces);
  cancel.abort(new Error("cancelled"));
  await expect(opened.store.adoption?.over).rejects.toThrow("cancelled");

  const other = await openRelease(deployDir, wantedOf(packed, "r3"), { signal: never });
  const { store } = other;
  let told = 0;
  store.adoption?.listen(() => {
    told += 1;
  });
  await fetchPieces(packed, store, (piece) => piece < store.firstPieces);
  await other[Symbol.asyncDispose]();
  expect(told).toBeLessThan(90);
});

describe.runIf(process.getuid?.() === 0)("a small disk", () => {
  test("that fills up while files are copied is told as full", async () => {
    using dir = tempDir();
    makeTree(`${dir.path}/tree`);
    using _disk = mountTmpfs(`${dir.path}/disk`, "size=6m");
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`, PIECE_BYTES), "r1");
    writeFileSync(`${dir.path}/tree/new`, "new");
    const packed = await pack(`${dir.path}/tree`, PIECE_BYTES);
    await using opened = await openRelease(deployDir, wantedOf(packed, "r2"), { signal: never });
    const { store } = opened;
    store.adoption?.listen((piece) => {
      if (piece === store.firstPieces) writeFileSync(`${dir.path}/disk/else`, Buffer.alloc(2_500_000));
    });
    await fetchPieces(packed, store, (piece) => piece < store.firstPieces);
    await expect(store.adoption?.over).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringContaining("copying to"),
    });
  });
});
