import { lstatSync, readFileSync } from "node:fs";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { pieceBytes, pieceCount, type Torrent, type TorrentDigests } from "../core/torrent.ts";
import { readCurrent } from "./current-link.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { replaceFile } from "./durable-file.ts";
import { diskError, errnoOf } from "./errno.ts";
import { requireSpace } from "./free-space.ts";
import { hashTree } from "./hash-tree.ts";
import { findHeldRelease, findTwin, releaseTree } from "./held-release.ts";
import { type PlacedManifest, readPlacedManifest } from "./placed-manifest.ts";
import { prepareTree } from "./prepare-tree.ts";
import { findRecord } from "./release-record.ts";
import { copyFromTwin } from "./reuse-twin.ts";
import { openStaging, type Staging } from "./staging.ts";
import { paced } from "./time-slice.ts";
import { TreeStore } from "./tree-store.ts";
import { requireVerified, type TreeVerification, type VerifyOptions, verifyTree } from "./verify-tree.ts";

/** What the plan says: everything about the release but its content. */
export interface WantedRelease {
  readonly release: string;
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
}

/** `releases/<id>` was there with the same info-hash, has been verified in place, and there is nothing to fetch, seal or commit. */
export interface ReleaseInPlace extends AsyncDisposable {
  readonly kind: "held";
  readonly store: TreeStore;
  readonly bytesReused: number;
  readonly verification: TreeVerification;
}

/** A staging directory; `store.have` holds what an earlier run or another release of the same info-hash left. */
export interface StagedRelease extends AsyncDisposable {
  readonly kind: "staged";
  readonly store: TreeStore;
  /** Bytes of the pieces that need not be fetched. */
  readonly bytesReused: number;
  readonly staging: Staging;
  /** `releases/<id>` is there, of the same info-hash, damaged, and nothing runs from it. */
  readonly replacesDamaged: boolean;
}

export type OpenedRelease = ReleaseInPlace | StagedRelease;

/**
 * Finds or makes the place where the release comes to be. The caller holds the lock.
 * @throws MurmurationError `RELEASE_CONFLICT`, `RELEASE_DAMAGED`, `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function openRelease(
  deployDir: DeployDir,
  wanted: WantedRelease,
  options: VerifyOptions,
): Promise<OpenedRelease> {
  if (!isThere(deployDir, wanted))
    return openStaged(deployDir, wanted, { ...options, replacesDamaged: false });
  try {
    return await openHeld(deployDir, wanted, options);
  } catch (error) {
    const isDamaged = error instanceof MurmurationError && error.code === "RELEASE_DAMAGED";
    const current = readCurrent(deployDir);
    if (!isDamaged || (current.kind === "release" && current.release === wanted.release)) throw error;
    // Nothing runs from it: it is built again from what is still right of it, and swapped.
    return openStaged(deployDir, wanted, { ...options, replacesDamaged: true });
  }
}

/**
 * Whether `releases/<id>` is there, with the content that is wanted.
 * @throws MurmurationError `RELEASE_CONFLICT` where it holds something else.
 */
function isThere(deployDir: DeployDir, wanted: WantedRelease): boolean {
  const tree = releaseTree(deployDir, wanted.release);
  if (lstatSync(tree, { throwIfNoEntry: false }) === undefined) return false;
  const record = findRecord(deployDir, wanted.release);
  if (record === undefined) {
    throw new MurmurationError("RELEASE_CONFLICT", `${tree} is there, and no deploy has put it there`);
  }
  if (record.infoSha256 === wanted.digests.infoSha256) return true;
  throw new MurmurationError(
    "RELEASE_CONFLICT",
    `${tree} holds other contents: info-hash ${record.infoHash}, now wanted is ${wanted.digests.infoHash}`,
  );
}

/**
 * A release that is there, verified in place.
 * @throws MurmurationError `RELEASE_DAMAGED`
 */
export async function openHeld(
  deployDir: DeployDir,
  { release, torrent, manifest }: WantedRelease,
  options: VerifyOptions,
): Promise<ReleaseInPlace> {
  const tree = releaseTree(deployDir, release);
  const committed = await findHeldRelease(deployDir, release);
  if (committed === undefined)
    throw new MurmurationError("RELEASE_DAMAGED", `${tree} is no directory any more`);
  const verification = await verifyTree(tree, committed, torrent, options);
  requireVerified(verification, { code: "RELEASE_DAMAGED", extras: "allow", root: tree });
  const have = Bitfield.full(pieceCount(torrent));
  const store = new TreeStore({ torrent, manifest, tree, known: { placed: committed, have } });
  return {
    kind: "held",
    store,
    verification,
    bytesReused: torrent.lengthBytes,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

async function openStaged(
  deployDir: DeployDir,
  wanted: WantedRelease,
  options: VerifyOptions & { readonly replacesDamaged: boolean },
): Promise<StagedRelease> {
  const { torrent, manifest } = wanted;
  const { infoSha256 } = wanted.digests;
  const staging = await openStaging(deployDir, { release: wanted.release, infoSha256 }, options.signal);
  const onManifest = async (placed: PlacedManifest) => {
    keepManifest(staging, placed.text);
    await prepareTree(staging.tree, placed.manifest, options.signal);
  };

  const twin = findTwin(deployDir, infoSha256);
  const placed = tryReadManifest(staging, wanted) ?? twin;
  let have = new Bitfield(pieceCount(torrent));
  if (placed !== undefined) {
    await onManifest(placed);
    if (twin !== undefined) await copyFromTwin(twin, staging.tree, options.signal);
    have = await hashLeftovers(staging, placed, torrent, options);
  }
  const bytesReused = bytesOf(have, torrent);
  // With the manifest the exact need has been checked; without it, this is what is known.
  if (placed === undefined) requireSpace(staging.root, { bytes: torrent.lengthBytes, inodes: 0 });
  const known = placed === undefined ? {} : { known: { placed, have } };
  const store = new TreeStore({ torrent, manifest, tree: staging.tree, onManifest, ...known });
  return {
    kind: "staged",
    store,
    staging,
    bytesReused,
    replacesDamaged: options.replacesDamaged,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

function keepManifest(staging: Staging, text: Uint8Array): void {
  try {
    replaceFile(staging.manifest, text);
  } catch (cause) {
    throw diskError(cause, "writing", staging.manifest);
  }
}

/** What an earlier run left; undefined where it left none, or not a whole one. */
function tryReadManifest(staging: Staging, { manifest, torrent }: WantedRelease): PlacedManifest | undefined {
  try {
    return readPlacedManifest(readFileSync(staging.manifest), manifest.sha256, torrent);
  } catch (error) {
    if (error instanceof MurmurationError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}

/** Nothing on the disk counts before it has been hashed. */
async function hashLeftovers(
  staging: Staging,
  placed: PlacedManifest,
  torrent: Torrent,
  { signal, onProgress }: VerifyOptions,
): Promise<Bitfield> {
  const piecesTotal = pieceCount(torrent);
  const have = new Bitfield(piecesTotal);
  const report = paced(onProgress);
  await hashTree(staging.tree, placed, torrent, {
    signal,
    onPiece: (piece, isRight) => {
      if (isRight) have.add(piece);
      report({ piecesDone: piece + 1, piecesTotal });
    },
  });
  report.flush();
  return have;
}

function bytesOf(have: Bitfield, torrent: Torrent): number {
  let bytes = 0;
  for (let piece = 0; piece < have.size; piece++) if (have.has(piece)) bytes += pieceBytes(torrent, piece);
  return bytes;
}
