import type { Torrent, TorrentDigests } from "../core/torrent.ts";
import type { DeployDir } from "./deploy-dir.ts";
import type { PlacedManifest } from "./tree-store.ts";

/** A committed release on this target. */
export interface HeldRelease extends PlacedManifest {
  readonly release: string;
  /** Absolute path of the tree. */
  readonly tree: string;
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly manifestSha256: string;
}

/**
 * The release of this id, or the current one for null. Undefined where the target holds none.
 * @throws MurmurationError `RELEASE_DAMAGED` where its record or manifest cannot be read.
 */
export async function findHeldRelease(
  _deployDir: DeployDir,
  _release: string | null,
): Promise<HeldRelease | undefined> {
  throw new Error("not yet");
}
