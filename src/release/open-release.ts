import type { Torrent, TorrentDigests } from "../core/torrent.ts";
import type { DeployDir } from "./deploy-dir.ts";
import type { TreeStore } from "./tree-store.ts";

/** What the plan says: everything about the release but its content. */
export interface WantedRelease {
  readonly release: string;
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
}

/**
 * `held`: `releases/<id>` was there with the same info-hash, has been verified in place, and there is nothing to fetch, seal or commit.
 * `staged`: a staging directory; `store.have` holds what an earlier run or another release of the same info-hash left.
 */
export interface OpenedRelease extends AsyncDisposable {
  readonly kind: "held" | "staged";
  readonly store: TreeStore;
  /** Bytes of the pieces that need not be fetched. */
  readonly bytesReused: number;
}

/**
 * Finds or makes the place where the release comes to be. The caller holds the lock.
 * @throws MurmurationError `RELEASE_CONFLICT`, `RELEASE_DAMAGED`, `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function openRelease(
  _deployDir: DeployDir,
  _wanted: WantedRelease,
  _options: {
    readonly signal: AbortSignal;
    readonly onProgress?: (progress: { piecesDone: number; piecesTotal: number }) => void;
  },
): Promise<OpenedRelease> {
  throw new Error("not yet");
}
