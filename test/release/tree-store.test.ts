import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import type { Manifest } from "../../src/core/manifest.ts";
import { encodeManifest, manifestDigest } from "../../src/core/manifest-text.ts";
import { TarLayout } from "../../src/core/tar-layout.ts";
import { pieceBytes, pieceCount, torrentDigests } from "../../src/core/torrent.ts";
import { sealAndVerify } from "../../src/release/commit.ts";
import { openRelease, type WantedRelease } from "../../src/release/open-release.ts";
import { openSourceStore } from "../../src/release/source-store.ts";
import { makeOddTree, noise } from "../support/odd-tree.ts";
import { treeDigest } from "../support/tree-digest.ts";
import { fetchPieces, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

test("pieces that come before the manifest are held, can be read, and are placed when it is there", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`, 16 * 1024);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
  const { store } = opened;
  const last = pieceCount(packed.torrent) - 1;
  expect(await fetchPieces(packed, store, (piece) => piece > last - 20)).toBe(20);
  expect(store.placed).toBeUndefined();
  expect(store.have.count).toBe(20);
  expect(readdirSync(store.tree)).toEqual([]);
  await using source = openSourceStore(packed);
  const [held, original] = [
    Buffer.alloc(pieceBytes(packed.torrent, last)),
    Buffer.alloc(pieceBytes(packed.torrent, last)),
  ];
  await store.readPiece(last, held);
  await source.readPiece(last, original);
  expect(held).toEqual(original);
  await fetchPieces(packed, store, (piece) => piece < store.firstPieces);
  expect(store.placed?.manifest).toEqual(packed.manifest);
  await fetchPieces(packed, store);
  expect(await sealAndVerify(opened, wantedOf(packed, "r1"), { signal: never })).toMatchObject({
    problemCount: 0,
  });
});

test("pieces that are written all at once are all placed", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`, 16 * 1024);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
  await using source = openSourceStore(packed);
  await Promise.all(
    Array.from({ length: pieceCount(packed.torrent) }, async (_, piece) => {
      const bytes = Buffer.alloc(pieceBytes(packed.torrent, piece));
      await source.readPiece(piece, bytes);
      await opened.store.writePiece(piece, bytes);
      await opened.store.writePiece(piece, bytes);
    }),
  );
  await sealAndVerify(opened, wantedOf(packed, "r1"), { signal: never });
  expect(treeDigest(opened.store.tree)).toBe(treeDigest(`${dir.path}/tree`));
});

test("an interrupted fetch is resumed from what the disk holds, under another id too, whatever was done to it", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`, 16 * 1024);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  {
    await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
    await fetchPieces(packed, opened.store, (piece) => piece < opened.store.firstPieces || piece % 2 === 0);
    const { tree } = opened.store;
    // What must not survive: strays of any name, links in the way, wrong types, files too long, a changed byte.
    writeFileSync(Buffer.concat([Buffer.from(`${tree}/`), Buffer.from([0xfe, 0x0a])]), "");
    mkdirSync(`${tree}/stray/deep`, { recursive: true });
    rmSync(`${tree}/bin`, { recursive: true });
    symlinkSync("/etc", `${tree}/bin`);
    rmSync(`${tree}/zero`, { force: true });
    mkdirSync(`${tree}/zero`);
    rmSync(`${tree}/secret`, { force: true });
    symlinkSync(`${dir.path}/victim`, `${tree}/secret`);
    writeFileSync(`${tree}/read only`, "far too long");
    const large = readFileSync(`${tree}/large`);
    large[1_000_000] = (large[1_000_000] ?? 0) ^ 1;
    writeFileSync(`${tree}/large`, large);
  }
  const seen: number[] = [];
  await using opened = await openRelease(deployDir, wantedOf(packed, "r2"), {
    signal: never,
    onProgress: ({ piecesDone }) => seen.push(piecesDone),
  });
  expect(opened.kind).toBe("staged");
  expect(seen.at(-1)).toBe(pieceCount(packed.torrent));
  expect(opened.store.bytesReused).toBeGreaterThan(packed.torrent.lengthBytes * 0.4);
  expect(opened.store.bytesReused).toBeLessThan(packed.torrent.lengthBytes * 0.6);
  expect(readdirSync(deployDir.staging)).toEqual(["r2"]);
  await fetchPieces(packed, opened.store);
  await sealAndVerify(opened, wantedOf(packed, "r2"), { signal: never });
  expect(treeDigest(opened.store.tree)).toBe(treeDigest(`${dir.path}/tree`));
  expect(existsSync(`${dir.path}/victim`)).toBe(false);
});

test("a staging that was sealed already is resumed whole", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const wanted = wantedOf(packed, "r1");
  const deployDir = await newDeployDir(`${dir.path}/app`);
  {
    await using opened = await openRelease(deployDir, wanted, { signal: never });
    await fetchPieces(packed, opened.store);
    await sealAndVerify(opened, wanted, { signal: never });
  }
  await using opened = await openRelease(deployDir, wanted, { signal: never });
  expect(opened.store.have.complete).toBe(true);
  await sealAndVerify(opened, wanted, { signal: never });
  expect(treeDigest(opened.store.tree)).toBe(treeDigest(`${dir.path}/tree`));
});

test("a file that changes on the disk after it was written is never served, and is named", async () => {
  using dir = tempDir();
  mkdirSync(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/a`, noise("a", 200_000));
  const packed = await pack(`${dir.path}/tree`, 16 * 1024);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
  await fetchPieces(packed, opened.store);
  const path = `${opened.store.tree}/a`;
  const content = readFileSync(path);
  content[100_000] = (content[100_000] ?? 0) ^ 1;
  writeFileSync(path, content);
  const into = Buffer.alloc(16 * 1024);
  await expect(opened.store.readPiece(7, into)).rejects.toMatchObject({
    code: "VERIFY_FAILED",
    message: expect.stringContaining(`${path}" changed`),
  });
  truncateSync(path, 10);
  await expect(opened.store.readPiece(9, into)).rejects.toThrow(/became shorter/);
  await expect(sealAndVerify(opened, wantedOf(packed, "r1"), { signal: never })).rejects.toMatchObject({
    code: "VERIFY_FAILED",
    message: expect.stringMatching(/"a" has 10 bytes, not 200000/),
  });
});

/** A release whose manifest says what `change` makes of it, with the pieces of its own tar. */
async function deployForged(change: {
  readonly manifest?: (manifest: Manifest) => Manifest;
  readonly wanted?: (wanted: WantedRelease) => WantedRelease;
  readonly piece?: (bytes: Buffer) => void;
}): Promise<void> {
  using dir = tempDir();
  mkdirSync(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/a`, noise("a", 1_000));
  const packed = await pack(`${dir.path}/tree`, 16 * 1024);
  const manifest = change.manifest?.(packed.manifest) ?? packed.manifest;
  const text = encodeManifest(manifest);
  const layout = new TarLayout(manifest, text, 16 * 1024);
  const whole = Buffer.concat(
    [...layout.segments(0, layout.lengthBytes)].map((segment) =>
      segment.kind === "bytes" ? segment.bytes : Buffer.alloc(segment.lengthBytes),
    ),
  );
  change.piece?.(whole);
  const torrent = { ...packed.torrent, lengthBytes: whole.length };
  const wanted: WantedRelease = {
    release: "r1",
    torrent,
    digests: torrentDigests(torrent),
    manifest: { lengthBytes: text.length, sha256: manifestDigest(text) },
  };
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await using opened = await openRelease(deployDir, change.wanted?.(wanted) ?? wanted, { signal: never });
  try {
    for (let piece = 0; piece < pieceCount(torrent); piece++)
      await opened.store.writePiece(piece, whole.subarray(piece * 16 * 1024, (piece + 1) * 16 * 1024));
  } finally {
    expect(readdirSync(dir.path).sort()).toEqual(["app", "tree"]);
  }
}

test.each<[string, Parameters<typeof deployForged>[0]]>([
  [
    "whose manifest writes through a link",
    {
      manifest: ({ entries }) => ({
        entries: [
          entries[0]!,
          { type: "link", path: "a", target: "../../../../.." },
          { type: "file", path: "a/victim", mode: 0o644, sizeBytes: 0, sha256: "0".repeat(64) },
        ],
      }),
    },
  ],
  [
    "whose manifest is not the one of the plan",
    { wanted: (wanted) => ({ ...wanted, manifest: { ...wanted.manifest, sha256: "0".repeat(64) } }) },
  ],
  [
    "whose tar is longer than its manifest says",
    {
      wanted: (wanted) => ({
        ...wanted,
        torrent: { ...wanted.torrent, lengthBytes: wanted.torrent.lengthBytes + 512 },
      }),
    },
  ],
  ["with a header that its manifest does not make", { piece: (bytes) => bytes.fill(1, bytes.length - 20) }],
])("a release %s is refused before anything is placed", async (_what, change) => {
  await expect(deployForged(change)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
});
