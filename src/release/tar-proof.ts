import { createHash, type Hash } from "node:crypto";
import { MurmurationError } from "../core/errors.ts";
import { describePath, type Manifest } from "../core/manifest.ts";
import type { TarLayout } from "../core/tar-layout.ts";
import { pieceHash, type Torrent } from "../core/torrent.ts";
import { PieceHasher } from "./piece-hasher.ts";

const EMPTY_SHA256 = createHash("sha256").digest("hex");

/**
 * Proves a tar that comes in order, in chunks of any length: that its pieces are the torrent's, and that it is what its manifest
 * says: headers and padding byte for byte, content by SHA-256.
 */
export class TarProof {
  readonly #layout: TarLayout;
  readonly #pieces: PieceHasher;
  #atBytes = 0;
  /** Of the file that is being read. */
  #entry = -1;
  #content: Hash | undefined;

  /** @throws MurmurationError `ARTIFACT_DAMAGED`, as all methods do */
  constructor(torrent: Torrent, layout: TarLayout) {
    if (layout.lengthBytes !== torrent.lengthBytes)
      throw notTheTar(
        `its manifest makes ${layout.lengthBytes} bytes, the torrent has ${torrent.lengthBytes}`,
      );
    this.#layout = layout;
    this.#pieces = new PieceHasher({
      firstPiece: 0,
      pieceLengthBytes: torrent.pieceLengthBytes,
      onPiece: (piece, sha1) => {
        if (!sha1?.equals(pieceHash(torrent, piece))) throw notTheTar(`its piece ${piece} is another`);
      },
    });
  }

  add(bytes: Uint8Array): void {
    this.#pieces.update(bytes);
    let start = 0;
    for (const segment of this.#layout.segments(this.#atBytes, bytes.length)) {
      const lengthBytes = segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
      const part = bytes.subarray(start, start + lengthBytes);
      if (segment.kind === "file") this.#addContent(segment.entry, part);
      else if (Buffer.compare(segment.bytes, part) !== 0)
        throw notTheTar(`its headers differ from its manifest near byte ${this.#atBytes + start}`);
      start += lengthBytes;
    }
    this.#atBytes += bytes.length;
  }

  /** To be called when everything was added. Returns how many files there are, and the sum of their sizes. */
  end(): { readonly files: number; readonly sizeBytes: number } {
    this.#pieces.end();
    this.#endContent();
    if (this.#atBytes !== this.#layout.lengthBytes) throw notTheTar("it ends early");
    return filesOf(this.#layout.manifest);
  }

  #addContent(entry: number, bytes: Uint8Array): void {
    if (entry !== this.#entry) {
      this.#endContent();
      this.#entry = entry;
      this.#content = createHash("sha256");
    }
    this.#content?.update(bytes);
  }

  #endContent(): void {
    if (this.#content === undefined) return;
    requireSha256(this.#layout.manifest, this.#entry, this.#content.digest("hex"));
    this.#content = undefined;
  }
}

function filesOf(manifest: Manifest): { files: number; sizeBytes: number } {
  let files = 0;
  let sizeBytes = 0;
  for (const [index, entry] of manifest.entries.entries()) {
    if (entry.type !== "file") continue;
    if (entry.sizeBytes === 0) requireSha256(manifest, index, EMPTY_SHA256);
    files += 1;
    sizeBytes += entry.sizeBytes;
  }
  return { files, sizeBytes };
}

function requireSha256(manifest: Manifest, index: number, sha256: string): void {
  const entry = manifest.entries[index];
  if (entry?.type === "file" && entry.sha256 === sha256) return;
  throw notTheTar(`its ${describePath(entry?.path ?? "?")} has not the content that its manifest says`);
}

export function notTheTar(why: string, cause?: unknown): MurmurationError {
  return new MurmurationError("ARTIFACT_DAMAGED", `the package's tar is not what its torrent says: ${why}`, {
    cause,
  });
}
