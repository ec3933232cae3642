import { createHash } from "node:crypto";
import { MurmurationError } from "../core/errors.ts";
import type { ManifestEntry } from "../core/manifest.ts";
import { pieceHash, type Torrent } from "../core/torrent.ts";
import { errnoOf } from "./errno.ts";
import { FileReader } from "./file-reader.ts";
import { PieceHasher } from "./piece-hasher.ts";
import type { PlacedManifest } from "./placed-manifest.ts";
import { entryLocation } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

/** What the disk holds of a file. `short`: fewer bytes than the manifest says. */
export type FileOnDisk =
  | { readonly kind: "whole"; readonly sha256: string }
  | { readonly kind: "short"; readonly sizeBytes: number }
  | { readonly kind: "unreadable"; readonly errno: string };

export interface HashTreeOptions {
  readonly signal: AbortSignal;
  /** Every piece, in order. */
  readonly onPiece: (piece: number, isRight: boolean) => void;
  /** Every file that has content, by its entry. Without it no SHA-256 is made. */
  readonly onFile?: (entry: number, found: FileOnDisk) => void;
  /**
   * Reads the first `sizeBytes` of a file, as `FileReader.read` does, which reads it from the tree. What it throws with an errno makes the
   * file unreadable, what it throws as MurmurationError ends the pass.
   */
  readonly readFile?: (
    entry: number,
    file: Extract<ManifestEntry, { type: "file" }>,
    onChunk: (bytes: Buffer) => void,
  ) => Promise<number>;
}

/** One pass over a tree on disk, as the tar that it stands for. What is missing makes its pieces wrong, not an error. */
export async function hashTree(
  tree: string,
  { manifest, layout }: PlacedManifest,
  torrent: Torrent,
  { signal, onPiece, onFile, ...options }: HashTreeOptions,
): Promise<void> {
  const slice = new TimeSlice(signal);
  const reader = new FileReader(slice);
  const readFile =
    options.readFile ??
    ((_index, { path, sizeBytes }, onChunk) => reader.read(entryLocation(tree, path), sizeBytes, onChunk));
  const hasher = new PieceHasher({
    firstPiece: 0,
    pieceLengthBytes: torrent.pieceLengthBytes,
    onPiece: (piece, sha1) => onPiece(piece, sha1?.equals(pieceHash(torrent, piece)) ?? false),
  });
  for (const segment of layout.segments(0, layout.lengthBytes)) {
    if (segment.kind === "bytes") {
      hasher.update(segment.bytes);
      continue;
    }
    if (slice.over) await slice.next();
    const entry = manifest.entries[segment.entry];
    if (entry?.type !== "file")
      throw new MurmurationError("INTERNAL", "the layout has content of what is no file");
    const sha256 = onFile === undefined ? undefined : createHash("sha256");
    let readBytes = 0;
    let errno: string | undefined;
    try {
      await readFile(segment.entry, entry, (bytes) => {
        sha256?.update(bytes);
        hasher.update(bytes);
        readBytes += bytes.length;
      });
    } catch (error) {
      errno = errnoOf(error);
      if (error instanceof MurmurationError || errno === undefined) throw error;
    }
    hasher.skip(entry.sizeBytes - readBytes);
    if (errno !== undefined) onFile?.(segment.entry, { kind: "unreadable", errno });
    else if (readBytes < entry.sizeBytes) onFile?.(segment.entry, { kind: "short", sizeBytes: readBytes });
    else if (sha256 !== undefined) onFile?.(segment.entry, { kind: "whole", sha256: sha256.digest("hex") });
  }
  hasher.end();
}
