import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MurmurationError, messageOf } from "../core/errors.ts";
import type { Torrent, TorrentDigests } from "../core/torrent.ts";
import { readCurrent } from "./current-link.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { errnoOf } from "./errno.ts";
import { type PlacedManifest, readPlacedManifest } from "./placed-manifest.ts";
import { findRecord, type ReleaseRecord, recordedManifestPath, torrentOf } from "./release-record.ts";

/** A committed release on this target. */
export interface HeldRelease extends PlacedManifest {
  readonly release: string;
  /** Absolute path of the tree. */
  readonly tree: string;
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly manifestSha256: string;
}

export function releaseTree(deployDir: DeployDir, release: string): string {
  return join(deployDir.releases, release);
}

/**
 * The release of this id, or the current one for null. Undefined where the target holds none that a deploy committed.
 * @throws MurmurationError `RELEASE_DAMAGED` where its record or manifest cannot be read.
 */
export async function findHeldRelease(
  deployDir: DeployDir,
  release: string | null,
): Promise<HeldRelease | undefined> {
  const id = release ?? currentRelease(deployDir);
  if (id === undefined || !isDirectory(releaseTree(deployDir, id))) return undefined;
  const record = findRecord(deployDir, id);
  return record === undefined ? undefined : readHeldRelease(deployDir, record);
}

/** The ids of all committed releases, in the order of their names, which is that of time where no other were given. */
export function heldReleases(deployDir: DeployDir): string[] {
  return recordNames(deployDir)
    .map((name) => name.slice(0, -".json".length))
    .filter((release) => isDirectory(releaseTree(deployDir, release)))
    .sort();
}

/** The manifest of this SHA-256 (hex), if a committed release has it, whole or not. */
export function findHeldManifest(
  deployDir: DeployDir,
  sha256: string,
  torrent: Torrent,
): PlacedManifest | undefined {
  for (const release of heldReleases(deployDir)) {
    try {
      const record = findRecord(deployDir, release);
      if (record?.manifest.sha256 !== sha256) continue;
      return readPlacedManifest(readFileSync(recordedManifestPath(deployDir, release)), sha256, torrent);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      // A damaged record is nothing to take from; it matters when somebody asks for that release.
    }
  }
  return undefined;
}

/** @throws MurmurationError `RELEASE_DAMAGED` */
function readHeldRelease(deployDir: DeployDir, record: ReleaseRecord): HeldRelease {
  const torrent = torrentOf(record);
  const path = recordedManifestPath(deployDir, record.release);
  try {
    return {
      ...readPlacedManifest(readFileSync(path), record.manifest.sha256, torrent),
      release: record.release,
      tree: releaseTree(deployDir, record.release),
      torrent,
      digests: { infoHash: record.infoHash, infoSha256: record.infoSha256 },
      manifestSha256: record.manifest.sha256,
    };
  } catch (cause) {
    const message = `the manifest of release ${record.release} cannot be read: ${messageOf(cause)}`;
    throw new MurmurationError("RELEASE_DAMAGED", message, { cause });
  }
}

function currentRelease(deployDir: DeployDir): string | undefined {
  const current = readCurrent(deployDir);
  return current.kind === "release" ? current.release : undefined;
}

function recordNames(deployDir: DeployDir): string[] {
  try {
    return readdirSync(deployDir.records).filter((name) => name.endsWith(".json"));
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
}

function isDirectory(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}
