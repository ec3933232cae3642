import type { Manifest } from "../core/manifest.ts";
import type { TarLayout } from "../core/tar-layout.ts";
import type { Torrent, TorrentDigests } from "../core/torrent.ts";
import type { FileIdentity } from "./scan.ts";

export interface PackOptions {
  /** gitignore-style patterns. */
  readonly exclude: readonly string[];
  /** Null: chosen by size. */
  readonly pieceLengthBytes: number | null;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PackProgress) => void;
}

/** `totalBytes` is null while the tree is still being scanned. */
export interface PackProgress {
  readonly files: number;
  readonly bytes: number;
  readonly totalBytes: number | null;
}

export interface PackedRelease {
  readonly manifest: Manifest;
  readonly manifestText: Uint8Array;
  /** Hex. */
  readonly manifestSha256: string;
  readonly layout: TarLayout;
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly files: number;
  /** Sum of the files' sizes. */
  readonly sizeBytes: number;
  readonly source: PackedSource;
}

/** Where the content is, and what the files were when they were hashed. */
export interface PackedSource {
  /** Absolute; an entry's file is `root/entry.path`. */
  readonly root: string;
  /** One for each entry of the manifest; undefined where it is no file. */
  readonly identities: readonly (FileIdentity | undefined)[];
}

/**
 * Scans and hashes `path`, a directory or a single file. Each file is read once.
 * @throws MurmurationError `SOURCE_UNREADABLE`, `SOURCE_UNSUPPORTED`, `SOURCE_CHANGED`, `INPUT_INVALID`
 */
export async function packTree(_path: string, _options: PackOptions): Promise<PackedRelease> {
  throw new Error("not yet");
}
