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
  return missing.length;
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
  const wanted = wantedOf(packed, release);
  await using opened = await openRelease(deployDir, wanted, { signal: never });
  const fetched = await fetchPieces(packed, opened.store);
  await sealAndVerify(opened, wanted, { signal: never });
  await commitRelease(deployDir, opened, wanted, {
    ...{ run: "a test", signal: never },
    toActivate: options.activate !== false,
  });
  if (options.activate !== false) await activateRelease(deployDir, release);
  return fetched;
}
