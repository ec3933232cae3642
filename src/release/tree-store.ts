import { createHash } from "node:crypto";
import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import type { PieceStore } from "../core/piece-store.ts";
import { manifestPieces, manifestRange } from "../core/tar-layout.ts";
import { pieceBytes, pieceCount, pieceHash, type Torrent } from "../core/torrent.ts";
import { diskError, errnoOf } from "./errno.ts";
import { readRange, writeRange } from "./file-range.ts";
import { OPEN_FOR_READING } from "./file-reader.ts";
import { OpenFiles } from "./open-files.ts";
import { type PlacedManifest, readPlacedManifest } from "./placed-manifest.ts";
import { entryLocation } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

export type { PlacedManifest } from "./placed-manifest.ts";

export interface TreeStoreOptions {
  readonly torrent: Torrent;
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
  /** Absolute path of the directory that becomes, or is, the release. */
  readonly tree: string;
  /** Where the manifest is known already: it, and the pieces that the tree holds. The tree is prepared then. */
  readonly known?: { readonly placed: PlacedManifest; readonly have: Bitfield };
  /** Called once when the manifest has come, before the first file is written. */
  readonly onManifest?: (placed: PlacedManifest) => Promise<void>;
}

const OPEN_FOR_WRITING = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
const STAGED_FILE_MODE = 0o600;
/** A file this small that comes whole is written and closed at once instead of kept open. */
const SMALL_FILE_BYTES_MAX = 64 * 1024;

/**
 * The target's store: pieces live as files of a tree, and no tar is ever on disk. Until the manifest's pieces are all there,
 * nothing can be placed: what comes is held in memory, and can be read from there. Disposing it closes the files and leaves the tree.
 */
export class TreeStore implements PieceStore, AsyncDisposable {
  readonly have: Bitfield;
  readonly firstPieces: number;
  readonly #options: TreeStoreOptions;
  readonly #held = new Map<number, Uint8Array>();
  readonly #readers = new OpenFiles((entry) => openSync(this.#location(entry), OPEN_FOR_READING));
  readonly #writers = new OpenFiles((entry) =>
    openSync(this.#location(entry), OPEN_FOR_WRITING, STAGED_FILE_MODE),
  );
  #tree: string;
  #placed: PlacedManifest | undefined;
  #placing: Promise<void> | undefined;

  constructor(options: TreeStoreOptions) {
    this.#options = options;
    this.#tree = options.tree;
    this.#placed = options.known?.placed;
    this.have = options.known?.have ?? new Bitfield(pieceCount(options.torrent));
    this.firstPieces = manifestPieces(options.manifest.lengthBytes, options.torrent.pieceLengthBytes);
  }

  /** Undefined until the manifest's pieces have come. */
  get placed(): PlacedManifest | undefined {
    return this.#placed;
  }

  /** Absolute path of the tree. */
  get tree(): string {
    return this.#tree;
  }

  /** The tree was renamed, just now: nothing else has run since. */
  movedTo(tree: string): void {
    this.#tree = tree;
  }

  /** Closes what was open for writing; a complete tree is only read. */
  endWriting(): void {
    this.#writers.retireAll();
  }

  async readPiece(piece: number, into: Uint8Array): Promise<void> {
    const held = this.#held.get(piece);
    if (held !== undefined) {
      into.set(held);
      return;
    }
    const placed = this.#placed;
    if (placed === undefined || !this.have.has(piece)) {
      throw new MurmurationError("INTERNAL", `piece ${piece} was asked for and is not there`);
    }
    const { torrent } = this.#options;
    const lengthBytes = pieceBytes(torrent, piece);
    let filledBytes = 0;
    for (const segment of placed.layout.segments(piece * torrent.pieceLengthBytes, lengthBytes)) {
      if (segment.kind === "bytes") {
        into.set(segment.bytes, filledBytes);
        filledBytes += segment.bytes.length;
        continue;
      }
      const part = into.subarray(filledBytes, filledBytes + segment.lengthBytes);
      await this.#readFile(segment.entry, part, segment.fileOffsetBytes);
      filledBytes += part.length;
    }
    const sha1 = createHash("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (!sha1.equals(pieceHash(torrent, piece))) throw this.#noLongerThere(piece);
  }

  async writePiece(piece: number, bytes: Uint8Array): Promise<void> {
    if (this.have.has(piece)) return;
    if (this.#placed === undefined && this.#placing === undefined) {
      this.#held.set(piece, new Uint8Array(bytes));
      this.have.add(piece);
      if (!this.#manifestIsHeld()) return;
      this.#placing = this.#placeHeld();
      return this.#placing;
    }
    // Where placing failed, every later piece fails with the same error.
    await this.#placing;
    await this.#place(piece, bytes);
    this.have.add(piece);
    if (this.have.complete) this.endWriting();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#readers[Symbol.dispose]();
    this.#writers[Symbol.dispose]();
  }

  #manifestIsHeld(): boolean {
    for (let piece = 0; piece < this.firstPieces; piece++) {
      if (!this.#held.has(piece)) return false;
    }
    return true;
  }

  async #placeHeld(): Promise<void> {
    const { manifest, torrent, onManifest } = this.#options;
    const placed = readPlacedManifest(this.#heldManifest(), manifest.sha256, torrent);
    await onManifest?.(placed);
    this.#placed = placed;
    for (const [piece, bytes] of this.#held) {
      await this.#place(piece, bytes);
      this.#held.delete(piece);
    }
    if (this.have.complete) this.endWriting();
  }

  #heldManifest(): Uint8Array {
    const { offsetBytes, lengthBytes } = manifestRange(this.#options.manifest.lengthBytes);
    const text = new Uint8Array(lengthBytes);
    for (let piece = 0; piece < this.firstPieces; piece++) {
      const pieceOffsetBytes = piece * this.#options.torrent.pieceLengthBytes;
      const bytes = this.#held.get(piece)!;
      const start = Math.max(0, offsetBytes - pieceOffsetBytes);
      const end = Math.min(bytes.length, offsetBytes + lengthBytes - pieceOffsetBytes);
      text.set(bytes.subarray(start, end), pieceOffsetBytes + start - offsetBytes);
    }
    return text;
  }

  async #place(piece: number, bytes: Uint8Array): Promise<void> {
    const { layout } = this.#placed!;
    const { torrent } = this.#options;
    const slice = new TimeSlice();
    let doneBytes = 0;
    for (const segment of layout.segments(piece * torrent.pieceLengthBytes, bytes.length)) {
      if (slice.over) await slice.next();
      if (segment.kind === "bytes") {
        const given = bytes.subarray(doneBytes, doneBytes + segment.bytes.length);
        if (Buffer.compare(given, segment.bytes) !== 0) {
          throw new MurmurationError(
            "CONTRACT_VIOLATED",
            `piece ${piece} of the release is not what its manifest says: the release was packed by another version`,
          );
        }
        doneBytes += segment.bytes.length;
        continue;
      }
      const part = bytes.subarray(doneBytes, doneBytes + segment.lengthBytes);
      await this.#writeFile(segment.entry, part, segment.fileOffsetBytes);
      doneBytes += part.length;
    }
  }

  async #writeFile(entry: number, bytes: Uint8Array, offsetBytes: number): Promise<void> {
    const file = this.#placed?.manifest.entries[entry];
    const isWhole = file?.type === "file" && file.sizeBytes === bytes.length;
    try {
      if (isWhole && bytes.length <= SMALL_FILE_BYTES_MAX) this.#writeSmallFile(entry, bytes);
      else await this.#writers.use(entry, (fd) => writeRange(fd, bytes, offsetBytes));
    } catch (cause) {
      throw diskError(cause, "writing", this.#location(entry));
    }
  }

  #writeSmallFile(entry: number, bytes: Uint8Array): void {
    const fd = openSync(this.#location(entry), OPEN_FOR_WRITING, STAGED_FILE_MODE);
    try {
      writeFileSync(fd, bytes);
    } finally {
      closeSync(fd);
    }
  }

  async #readFile(entry: number, into: Uint8Array, offsetBytes: number): Promise<void> {
    const path = describePath(this.#location(entry));
    try {
      const readBytes = await this.#readers.use(entry, (fd) => readRange(fd, into, offsetBytes));
      if (readBytes === into.length) return;
    } catch (cause) {
      const errno = errnoOf(cause);
      if (errno === undefined) throw cause;
      throw new MurmurationError(
        "VERIFY_FAILED",
        `${path} was written and can no longer be read (${errno})`,
        { cause },
      );
    }
    throw new MurmurationError("VERIFY_FAILED", `${path} became shorter after it was written`);
  }

  #noLongerThere(piece: number): MurmurationError {
    const { torrent } = this.#options;
    const range = [piece * torrent.pieceLengthBytes, pieceBytes(torrent, piece)] as const;
    const names = new Set<string>();
    for (const segment of this.#placed!.layout.segments(...range)) {
      if (segment.kind === "file") names.add(describePath(this.#location(segment.entry)));
    }
    const named = [...names].slice(0, 5).join(" or ");
    return new MurmurationError("VERIFY_FAILED", `${named} changed on the disk after it was written`);
  }

  #location(entry: number): string {
    return entryLocation(this.#tree, this.#placed?.manifest.entries[entry]?.path ?? "?");
  }
}
