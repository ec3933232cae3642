import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import type { PieceStore } from "../core/piece-store.ts";
import { pieceBytes, pieceCount, type Torrent } from "../core/torrent.ts";
import { diskError, errnoOf } from "./errno.ts";
import { requireSpace } from "./free-space.ts";
import { paced, TimeSlice } from "./time-slice.ts";

export interface WriteTarOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly bytes: number; readonly totalBytes: number }) => void;
}

/**
 * Writes the release's tar to a file that is not there yet. Every piece comes from the store, which has checked it.
 * Returns the SHA-256 of the whole, hex.
 * @throws MurmurationError `DISK_FULL`, `ARTIFACT_NOT_STORED`, and what `readPiece` throws
 */
export async function writeTar(
  torrent: Torrent,
  store: PieceStore,
  path: string,
  { signal, onProgress }: WriteTarOptions,
): Promise<string> {
  const totalBytes = torrent.lengthBytes;
  requireSpace(dirname(path), { bytes: totalBytes, inodes: 1 });
  const report = paced(onProgress);
  const slice = new TimeSlice(signal);
  const sha256 = createHash("sha256");
  const buffer = Buffer.allocUnsafe(torrent.pieceLengthBytes);
  const file = await create(path);
  try {
    for (let piece = 0; piece < pieceCount(torrent); piece++) {
      signal.throwIfAborted();
      const bytes = buffer.subarray(0, pieceBytes(torrent, piece));
      await store.readPiece(piece, bytes);
      sha256.update(bytes);
      await writeWhole(file, bytes, path);
      report({ bytes: piece * torrent.pieceLengthBytes + bytes.length, totalBytes });
      if (slice.over) await slice.next();
    }
    report.flush();
    return sha256.digest("hex");
  } finally {
    await file.close();
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx", 0o600);
  } catch (error) {
    throw cannotWrite(error, path);
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, path: string): Promise<void> {
  let doneBytes = 0;
  try {
    while (doneBytes < bytes.length) {
      doneBytes += (await file.write(bytes, doneBytes)).bytesWritten;
    }
  } catch (error) {
    throw cannotWrite(error, path);
  }
}

function cannotWrite(thrown: unknown, path: string): MurmurationError {
  const error = diskError(thrown, "writing", path);
  if (error.code === "DISK_FULL") return error;
  const why = errnoOf(thrown) ?? messageOf(thrown);
  return new MurmurationError("ARTIFACT_NOT_STORED", `cannot write ${describePath(path)} (${why})`, {
    cause: thrown,
  });
}
