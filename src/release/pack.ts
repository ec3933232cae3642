import { createHash } from "node:crypto";
import { MurmurationError } from "../core/errors.ts";
import { describePath, type Manifest, type ManifestEntry } from "../core/manifest.ts";
import { encodeManifest, manifestDigest } from "../core/manifest-text.ts";
import { TAR_BLOCK_BYTES } from "../core/tar-header.ts";
import { TarLayout } from "../core/tar-layout.ts";
import { type Torrent, type TorrentDigests, torrentDigests } from "../core/torrent.ts";
import { errnoOf } from "./errno.ts";
import { type FileIdentity, identityOf, sameIdentity } from "./file-identity.ts";
import { FileReader } from "./file-reader.ts";
import { choosePieceLengthBytes } from "./piece-length.ts";
import { type ScannedEntry, type ScannedTree, scanTree } from "./scan.ts";
import { TarPieces } from "./tar-pieces.ts";
import { paced, TimeSlice } from "./time-slice.ts";

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
  /** Absolute path of an entry. */
  readonly locate: (path: string) => string;
  /** One for each entry of the manifest; undefined where it is no file. */
  readonly identities: readonly (FileIdentity | undefined)[];
}

/** Stands in for a hash until the file has been read: the text's length, and so the layout, is the same. */
const UNKNOWN_SHA256 = "0".repeat(64);
const EMPTY_SHA256 = createHash("sha256").digest("hex");

/**
 * Scans and hashes `path`, a directory or a single file. Each file is read once: where it stands in the tar follows from the scan.
 * @throws MurmurationError `SOURCE_UNREADABLE`, `SOURCE_UNSUPPORTED`, `SOURCE_CHANGED`, `INPUT_INVALID`
 */
export async function packTree(path: string, options: PackOptions): Promise<PackedRelease> {
  const report = paced(options.onProgress);
  const scanned = await scanTree(path, {
    exclude: options.exclude,
    signal: options.signal,
    onFiles: (files) => report({ files, bytes: 0, totalBytes: null }),
  });
  const draft = draftManifest(scanned.entries);
  const draftText = encodeManifest(draft);
  const unfilledBytes = new TarLayout(draft, draftText, TAR_BLOCK_BYTES).lengthBytes;
  const pieceLengthBytes = choosePieceLengthBytes(unfilledBytes, options.pieceLengthBytes);
  const draftLayout = new TarLayout(draft, draftText, pieceLengthBytes);
  const content = await hashContent(scanned, draftLayout, { ...options, pieceLengthBytes, report });

  const manifest = {
    entries: draft.entries.map((entry, index) => withSha256(entry, content.sha256s[index])),
  };
  const manifestText = encodeManifest(manifest);
  const manifestSha256 = manifestDigest(manifestText);
  const layout = new TarLayout(manifest, manifestText, pieceLengthBytes);
  const pieces = content.pieces.complete(layout);
  const torrent: Torrent = {
    name: `release-${manifestSha256.slice(0, 12)}.tar`,
    lengthBytes: layout.lengthBytes,
    pieceLengthBytes,
    pieces,
  };
  report.flush();
  return {
    manifest,
    manifestText,
    manifestSha256,
    layout,
    torrent,
    digests: torrentDigests(torrent),
    files: content.files,
    sizeBytes: content.sizeBytes,
    source: {
      locate: scanned.locate,
      identities: scanned.entries.map((entry) => (entry.type === "file" ? entry.identity : undefined)),
    },
  };
}

function draftManifest(entries: readonly ScannedEntry[]): Manifest {
  return {
    entries: entries.map((entry) => {
      if (entry.type !== "file") return entry;
      const { type, path, mode, identity } = entry;
      return { type, path, mode, sizeBytes: identity.sizeBytes, sha256: UNKNOWN_SHA256 };
    }),
  };
}

function withSha256(entry: ManifestEntry, sha256: string | undefined): ManifestEntry {
  return entry.type === "file" && sha256 !== undefined ? { ...entry, sha256 } : entry;
}

interface HashedContent {
  /** By entry; undefined where it is no file. */
  readonly sha256s: readonly (string | undefined)[];
  readonly pieces: TarPieces;
  readonly files: number;
  readonly sizeBytes: number;
}

/** One pass over the tar behind the manifest. */
async function hashContent(
  scanned: ScannedTree,
  layout: TarLayout,
  options: {
    readonly pieceLengthBytes: number;
    readonly signal: AbortSignal;
    readonly report: (progress: PackProgress) => void;
  },
): Promise<HashedContent> {
  const sizes = scanned.entries.flatMap((entry) => (entry.type === "file" ? [entry.identity.sizeBytes] : []));
  const totalBytes = sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  const sha256s = scanned.entries.map((entry) => (entry.type === "file" ? EMPTY_SHA256 : undefined));
  const pieces = new TarPieces(layout, options.pieceLengthBytes);
  const slice = new TimeSlice(options.signal);
  const reader = new FileReader(slice);
  const startBytes = layout.contentOffsetBytes;
  let files = 0;
  let bytes = 0;
  for (const segment of layout.segments(startBytes, layout.lengthBytes - startBytes)) {
    if (segment.kind === "bytes") {
      pieces.add(segment.bytes);
      continue;
    }
    if (slice.over) await slice.next();
    const entry = scanned.entries[segment.entry];
    if (entry?.type !== "file")
      throw new MurmurationError("INTERNAL", "the layout has content of what is no file");
    const sha256 = createHash("sha256");
    await readUnchanged(reader, scanned.locate(entry.path), entry, (chunk) => {
      sha256.update(chunk);
      pieces.add(chunk);
      bytes += chunk.length;
      options.report({ files, bytes, totalBytes });
    });
    sha256s[segment.entry] = sha256.digest("hex");
    files += 1;
  }
  options.report({ files: sizes.length, bytes, totalBytes });
  return { sha256s, pieces, files: sizes.length, sizeBytes: totalBytes };
}

async function readUnchanged(
  reader: FileReader,
  location: string,
  entry: Extract<ScannedEntry, { type: "file" }>,
  onChunk: (bytes: Buffer) => void,
): Promise<void> {
  const changed = (what: string, cause?: unknown) =>
    new MurmurationError("SOURCE_CHANGED", `${describePath(entry.path)} ${what} while it was packed`, {
      cause,
    });
  try {
    const readBytes = await reader.read(location, entry.identity.sizeBytes, onChunk, (stats) => {
      if (!sameIdentity(identityOf(stats), entry.identity)) throw changed("changed");
    });
    if (readBytes < entry.identity.sizeBytes) throw changed("became shorter");
  } catch (cause) {
    const errno = errnoOf(cause);
    if (cause instanceof MurmurationError || errno === undefined) throw cause;
    if (errno === "ENOENT" || errno === "ENOTDIR") throw changed("vanished", cause);
    if (errno === "ELOOP") throw changed("became a link", cause);
    const why = errno === "EACCES" ? "permission denied" : errno;
    throw new MurmurationError("SOURCE_UNREADABLE", `${describePath(entry.path)} cannot be read (${why})`, {
      cause,
    });
  }
}
