import { createHash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import { MANIFEST_BYTES_MAX, manifestDigest, parseManifest } from "../core/manifest-text.ts";
import type { PieceStore } from "../core/piece-store.ts";
import { manifestPieces, manifestRange, TarLayout } from "../core/tar-layout.ts";
import { pieceBytes, pieceCount, pieceHash, type Torrent } from "../core/torrent.ts";
import { errnoOf } from "./errno.ts";
import { readRange } from "./file-range.ts";
import { FileReader, OPEN_FOR_READING } from "./file-reader.ts";
import { notTheTar, TarProof } from "./tar-proof.ts";
import { paced, TimeSlice } from "./time-slice.ts";

export interface PackagedTar {
  readonly path: string;
  readonly torrent: Torrent;
  /** `sha256`: hex. */
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
}

export interface OpenTarOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly bytes: number; readonly totalBytes: number }) => void;
}

/** The seeder's store where the release was packed elsewhere: pieces are read from its tar, and checked before anybody gets them. */
export interface TarStore extends PieceStore, AsyncDisposable {
  readonly files: number;
  /** Sum of the files' sizes. */
  readonly sizeBytes: number;
}

/**
 * Reads all of the tar once and proves it against torrent and manifest.
 * @throws MurmurationError `ARTIFACT_DAMAGED` where it is another, or cannot be read; the signal's reason
 */
export async function openTarStore(tar: PackagedTar, options: OpenTarOptions): Promise<TarStore> {
  try {
    const proved = await prove(tar, options);
    return new FileTarStore(tar, openSync(tar.path, OPEN_FOR_READING), proved);
  } catch (cause) {
    const errno = errnoOf(cause);
    if (cause instanceof MurmurationError || errno === undefined) throw cause;
    throw notTheTar(`${describePath(tar.path)} cannot be read (${errno})`, cause);
  }
}

async function prove(
  { path, torrent, manifest }: PackagedTar,
  { signal, onProgress }: OpenTarOptions,
): Promise<{ files: number; sizeBytes: number }> {
  const proof = new TarProof(torrent, await readLayout(path, manifest, torrent.pieceLengthBytes));
  const report = paced(onProgress);
  const totalBytes = torrent.lengthBytes;
  let bytes = 0;
  const readBytes = await new FileReader(new TimeSlice(signal)).read(
    path,
    totalBytes,
    (chunk) => {
      proof.add(chunk);
      bytes += chunk.length;
      report({ bytes, totalBytes });
    },
    ({ size }) => {
      if (Number(size) !== totalBytes) throw notTheTar(`it has ${size} bytes and not ${totalBytes}`);
    },
  );
  if (readBytes !== totalBytes) throw notTheTar(`it ends after ${readBytes} of ${totalBytes} bytes`);
  report.flush();
  return proof.end();
}

async function readLayout(
  path: string,
  manifest: PackagedTar["manifest"],
  pieceLengthBytes: number,
): Promise<TarLayout> {
  const { offsetBytes, lengthBytes } = manifestRange(manifest.lengthBytes);
  if (lengthBytes > MANIFEST_BYTES_MAX) throw notTheTar(`a manifest has at most ${MANIFEST_BYTES_MAX} bytes`);
  const text = Buffer.alloc(lengthBytes);
  const fd = openSync(path, OPEN_FOR_READING);
  try {
    if ((await readRange(fd, text, offsetBytes)) !== lengthBytes) throw notTheTar("it ends in its manifest");
  } finally {
    closeSync(fd);
  }
  if (manifestDigest(text) !== manifest.sha256) throw notTheTar("its manifest is another");
  try {
    return new TarLayout(parseManifest(text), text, pieceLengthBytes);
  } catch (cause) {
    throw notTheTar(messageOf(cause), cause);
  }
}

class FileTarStore implements TarStore {
  readonly have: Bitfield;
  readonly firstPieces: number;
  readonly files: number;
  readonly sizeBytes: number;
  readonly #torrent: Torrent;
  readonly #fd: number;

  constructor(
    { torrent, manifest }: PackagedTar,
    fd: number,
    { files, sizeBytes }: { files: number; sizeBytes: number },
  ) {
    this.#torrent = torrent;
    this.#fd = fd;
    this.files = files;
    this.sizeBytes = sizeBytes;
    this.have = Bitfield.full(pieceCount(torrent));
    this.firstPieces = manifestPieces(manifest.lengthBytes, torrent.pieceLengthBytes);
  }

  async readPiece(piece: number, into: Uint8Array): Promise<void> {
    const torrent = this.#torrent;
    const bytes = into.subarray(0, pieceBytes(torrent, piece));
    const readBytes = await readRange(this.#fd, bytes, piece * torrent.pieceLengthBytes);
    const sha1 = createHash("sha1").update(bytes).digest();
    if (readBytes === bytes.length && sha1.equals(pieceHash(torrent, piece))) return;
    throw notTheTar(`its piece ${piece} changed after it was checked`);
  }

  async writePiece(): Promise<void> {
    throw new MurmurationError("INTERNAL", "somebody tried to write into the source of the release");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    closeSync(this.#fd);
  }
}
