import { rangesBytes } from "../../src/core/missing-ranges.ts";
import { pieceBytes, pieceCount } from "../../src/core/torrent.ts";
import { activateRelease } from "../../src/release/activate.ts";
import { commitRelease, sealAndVerify } from "../../src/release/commit.ts";
import { type DeployDir, deployDirAt, probeDeployDir } from "../../src/release/deploy-dir.ts";
import { openRelease, type WantedRelease } from "../../src/release/open-release.ts";
import { type PackedRelease, packTree } from "../../src/release/pack.ts";
import { openSourceStore } from "../../src/release/source-store.ts";
import type { TreeStore } from "../../src/release/tree-store.ts";

export const never = new AbortController().signal;

export async function pack(path: string, pieceLengthBytes = 64 * 1024): Promise<PackedRelease> {
  return packTree(path, { exclude: [".git"], pieceLengthBytes, signal: never });
}

export async function newDeployDir(path: string): Promise<DeployDir> {
  await probeDeployDir(path);
  return deployDirAt(path);
}

export function wantedOf(packed: PackedRelease, release: string): WantedRelease {
  const { torrent, digests, manifestText, manifestSha256 } = packed;
  return {
    release,
    torrent,
    digests,
    manifest: { lengthBytes: manifestText.length, sha256: manifestSha256 },
  };
}

/** Copies pieces from the source, those that `pick` names, in a random order. Returns how many were missing and came. */
export async function fetchPieces(
  packed: PackedRelease,
  store: TreeStore,
  pick: (piece: number) => boolean = () => true,
): Promise<number> {
  await using source = openSourceStore(packed);
  const missing = Array.from({ length: pieceCount(packed.torrent) }, (_, piece) => piece)
    .filter((piece) => !store.have.has(piece) && pick(piece))
    .map((piece) => ({ piece, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank);
  const buffer = Buffer.alloc(packed.torrent.pieceLengthBytes);
  for (const { piece } of missing) {
    const bytes = buffer.subarray(0, pieceBytes(packed.torrent, piece));
    await source.readPiece(piece, bytes);
    await store.writePiece(piece, bytes);
    // A store keeps nothing of what it was given.
    bytes.fill(0xff);
  }
  // Where the manifest's pieces came last, as no engine asks for them, the others are still on their way to the disk.
  if (missing.length > 0 && store.have.complete) await store.adoption?.over;
  return missing.length;
}

export interface Fetched {
  /** Bytes that came from the source. */
  readonly bytes: number;
  /** Pieces that had to be asked for again, since what was filled in was wrong. */
  readonly mixed: readonly number[];
}

/** As an engine does that fetches parts of pieces. */
export async function fetchMissing(packed: PackedRelease, store: TreeStore): Promise<Fetched> {
  await using source = openSourceStore(packed);
  let bytes = 0;
  const mixed: number[] = [];
  const fetch = async (piece: number) => {
    const whole = Buffer.alloc(pieceBytes(packed.torrent, piece));
    await source.readPiece(piece, whole);
    const fetched = store.parts.missing(piece);
    bytes += fetched === undefined ? whole.length : rangesBytes(fetched);
    if (fetched === undefined) return await store.writePiece(piece, whole);
    // What was not asked for is whatever was in memory before.
    const received = Buffer.alloc(whole.length, 0xff);
    for (const { startBytes, endBytes } of fetched) whole.copy(received, startBytes, startBytes, endBytes);
    await store.parts.fill(piece, received, fetched);
    if (received.equals(whole)) return await store.writePiece(piece, received, fetched);
    mixed.push(piece);
    if (await store.parts.recheck(piece, fetched)) throw new Error(`piece ${piece} is wrong for no reason`);
    await fetch(piece);
  };
  for (let piece = 0; piece < store.have.size; piece++) {
    if (piece === store.firstPieces) await store.adoption?.over;
    if (!store.have.has(piece)) await fetch(piece);
  }
  return { bytes, mixed };
}

export async function allPieces(packed: PackedRelease): Promise<Buffer[]> {
  await using source = openSourceStore(packed);
  const pieces: Buffer[] = [];
  for (let piece = 0; piece < pieceCount(packed.torrent); piece++) {
    const bytes = Buffer.alloc(pieceBytes(packed.torrent, piece));
    await source.readPiece(piece, bytes);
    pieces.push(bytes);
  }
  return pieces;
}

/** A whole deploy. Returns how many pieces had to come. */
export async function deploy(
  deployDir: DeployDir,
  packed: PackedRelease,
  release: string,
  options: { readonly activate?: boolean } = {},
): Promise<number> {
  return await deployBy(fetchPieces, deployDir, packed, release, options);
}

/** A whole deploy. Returns what `fetch` does. */
export async function deployBy<Fetched>(
  fetch: (packed: PackedRelease, store: TreeStore) => Promise<Fetched>,
  deployDir: DeployDir,
  packed: PackedRelease,
  release: string,
  options: { readonly activate?: boolean } = {},
): Promise<Fetched> {
  const wanted = wantedOf(packed, release);
  await using opened = await openRelease(deployDir, wanted, { signal: never });
  const fetched = await fetch(packed, opened.store);
  await sealAndVerify(opened, wanted, { signal: never });
  await commitRelease(deployDir, opened, wanted, {
    ...{ run: "a test", signal: never },
    toActivate: options.activate !== false,
  });
  if (options.activate !== false) await activateRelease(deployDir, release);
  return fetched;
}
