import { lstatSync } from "node:fs";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { pieceCount, type Torrent, type TorrentDigests } from "../core/torrent.ts";
import { readCurrent } from "./current-link.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { findHeldRelease, releaseTree } from "./held-release.ts";
import { findRecord } from "./release-record.ts";
import { openStagedStore } from "./staged-store.ts";
import { openStaging, type Staging } from "./staging.ts";
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
  readonly verification: TreeVerification;
}

/** A staging directory; `store.have` holds what an earlier run left or other releases have, as soon as the manifest is known. */
export interface StagedRelease extends AsyncDisposable {
  readonly kind: "staged";
  readonly store: TreeStore;
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
  try {
    if (!isThere(deployDir, wanted))
      return await openStaged(deployDir, wanted, { ...options, replacesDamaged: false });
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
 * @throws MurmurationError `RELEASE_CONFLICT` where it holds something else; `RELEASE_DAMAGED` where nobody can say what it holds.
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
  const heldFiles = Bitfield.full(committed.manifest.entries.length);
  const store = new TreeStore({ torrent, manifest, tree, known: { placed: committed, have, heldFiles } });
  return {
    kind: "held",
    store,
    verification,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

async function openStaged(
  deployDir: DeployDir,
  wanted: WantedRelease,
  options: VerifyOptions & { readonly replacesDamaged: boolean },
): Promise<StagedRelease> {
  const { infoSha256 } = wanted.digests;
  const staging = await openStaging(deployDir, { release: wanted.release, infoSha256 }, options.signal);
  const store = await openStagedStore(deployDir, staging, wanted, options);
  return {
    kind: "staged",
    store,
    staging,
    replacesDamaged: options.replacesDamaged,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
