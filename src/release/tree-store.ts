import { createHash } from "node:crypto";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import { type ByteRange, isWithin, rangesBytes } from "../core/missing-ranges.ts";
import type { Adoption, PieceStore } from "../core/piece-store.ts";
import { manifestPieces, manifestRange, type TarSegment } from "../core/tar-layout.ts";
import { pieceBytes, pieceCount, pieceHash, type Torrent } from "../core/torrent.ts";
import { type PlacedManifest, readPlacedManifest } from "./placed-manifest.ts";
import { TimeSlice } from "./time-slice.ts";
import { TreeFiles } from "./tree-files.ts";
import { TreeParts } from "./tree-parts.ts";

export type { PlacedManifest } from "./placed-manifest.ts";

export interface TreeStoreOptions {
  readonly torrent: Torrent;
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
  /** Absolute path of the directory that becomes, or is, the release. */
  readonly tree: string;
  /** Where the manifest is known already: it, and what the tree holds. The tree is prepared then. */
  readonly known?: KnownTree & { readonly placed: PlacedManifest };
  /** Called once when the manifest has come, before the first file is written. */
  readonly onManifest?: (placed: PlacedManifest) => Promise<void>;
  /**
   * Called after it, if there is something to take files from. `onPiece` is to be told of each piece that the tree has by that; what comes back are
   * the files, by entry, that are whole as far as is known. The signal aborts when the store is closed.
   */
  readonly adopt?: (
    placed: PlacedManifest,
    onPiece: (piece: number) => void,
    signal: AbortSignal,
  ) => Promise<Bitfield>;
}

export interface KnownTree {
  /** Pieces that have been hashed and are right. */
  readonly have: Bitfield;
  /** Files, by entry, that are whole as far as is known. */
  readonly heldFiles: Bitfield;
}

/**
 * The target's store: pieces live as files of a tree, and no tar is ever on disk. Until the manifest's pieces are all there,
 * nothing can be placed: what comes is held in memory, and can be read from there. Disposing it closes the files and leaves the tree.
 */
export class TreeStore implements PieceStore, AsyncDisposable {
  readonly have: Bitfield;
  readonly firstPieces: number;
  readonly parts: TreeParts;
  readonly adoption?: Adoption;
  /** Bytes of pieces that did not have to be fetched. */
  bytesReused = 0;
  readonly #options: TreeStoreOptions;
  readonly #files: TreeFiles;
  readonly #held = new Map<number, Uint8Array>();
  readonly #adopted = Promise.withResolvers<void>();
  #tellAdopted: (piece: number) => void = () => {};
  #placed: PlacedManifest | undefined;
  #placing: Promise<void> | undefined;
  readonly #closing = new AbortController();

  constructor(options: TreeStoreOptions) {
    const { torrent, manifest, known } = options;
    this.#options = options;
    this.#files = new TreeFiles(options.tree);
    this.have = known?.have ?? new Bitfield(pieceCount(torrent));
    this.firstPieces = manifestPieces(manifest.lengthBytes, torrent.pieceLengthBytes);
    this.parts = new TreeParts(torrent, manifest.lengthBytes, this.#files);
    // Whoever wrote the manifest's pieces, or listens to the adoption, is told.
    this.#adopted.promise.catch(() => {});
    if (known !== undefined) {
      this.#knows(known.placed);
      this.parts.knows(known.placed, known.heldFiles);
      for (let piece = 0; piece < this.have.size; piece++)
        if (this.have.has(piece)) this.bytesReused += pieceBytes(torrent, piece);
    } else if (options.adopt !== undefined) {
      this.adoption = {
        over: this.#adopted.promise,
        listen: (listener) => {
          this.#tellAdopted = listener;
        },
      };
    }
  }

  /** Undefined until the manifest's pieces have come. */
  get placed(): PlacedManifest | undefined {
    return this.#placed;
  }

  /** Absolute path of the tree. */
  get tree(): string {
    return this.#files.tree;
  }

  /** The tree was renamed, just now: nothing else has run since. */
  movedTo(tree: string): void {
    this.#files.movedTo(tree);
  }

  /** Closes what was open for writing; a complete tree is only read. */
  endWriting(): void {
    this.#files.endWriting();
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
      await this.#files.read(segment.entry, part, segment.fileOffsetBytes);
      filledBytes += part.length;
    }
    const sha1 = createHash("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (!sha1.equals(pieceHash(torrent, piece))) throw this.#noLongerThere(piece);
  }

  async writePiece(piece: number, bytes: Uint8Array, fetched?: readonly ByteRange[]): Promise<void> {
    if (this.have.has(piece)) return;
    if (this.#placed === undefined && this.#placing === undefined) {
      this.#held.set(piece, new Uint8Array(bytes));
      this.have.add(piece);
      if (!this.#manifestIsHeld()) return;
      this.#placing = this.#placeHeld();
      // Others may have the manifest from us while we look for what to take over.
      return this.adoption === undefined ? this.#placing : undefined;
    }
    // Where placing failed, every later piece fails with the same error.
    await this.#placing;
    if (this.have.has(piece)) return;
    await this.#place(piece, bytes, fetched);
    if (!this.have.add(piece)) return;
    if (fetched !== undefined) this.bytesReused += bytes.length - rangesBytes(fetched);
    if (this.have.complete) this.endWriting();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#placing?.catch(() => {});
    this.#files[Symbol.dispose]();
  }

  #manifestIsHeld(): boolean {
    for (let piece = 0; piece < this.firstPieces; piece++) {
      if (!this.#held.has(piece)) return false;
    }
    return true;
  }

  #placeHeld(): Promise<void> {
    const placing = this.#placeHeldNow();
    placing.then(this.#adopted.resolve, this.#adopted.reject);
    return placing;
  }

  async #placeHeldNow(): Promise<void> {
    const { manifest, torrent, onManifest } = this.#options;
    const placed = readPlacedManifest(this.#heldManifest(), manifest.sha256, torrent);
    await onManifest?.(placed);
    this.#knows(placed);
    for (const [piece, bytes] of this.#held) {
      await this.#place(piece, bytes);
      this.#held.delete(piece);
    }
    await this.#adopt(placed);
    if (this.have.complete) this.endWriting();
  }

  async #adopt(placed: PlacedManifest): Promise<void> {
    const onPiece = (piece: number) => {
      if (!this.have.add(piece)) return;
      this.bytesReused += pieceBytes(this.#options.torrent, piece);
      this.#tellAdopted(piece);
    };
    const held = await this.#options.adopt?.(placed, onPiece, this.#closing.signal);
    this.parts.knows(placed, held ?? new Bitfield(placed.manifest.entries.length));
  }

  #knows(placed: PlacedManifest): void {
    this.#placed = placed;
    this.#files.knows(placed.manifest);
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

  /** `fetched`: only that is written, since the rest was read from the tree and is right. */
  async #place(piece: number, bytes: Uint8Array, fetched?: readonly ByteRange[]): Promise<void> {
    const { layout } = this.#placed!;
    const { torrent } = this.#options;
    const slice = new TimeSlice();
    let doneBytes = 0;
    for (const segment of layout.segments(piece * torrent.pieceLengthBytes, bytes.length)) {
      if (slice.over) await slice.next();
      const lengthBytes = segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
      const isNew = fetched === undefined || isWithin(fetched, doneBytes);
      if (isNew) await this.#placeSegment(piece, segment, bytes.subarray(doneBytes, doneBytes + lengthBytes));
      doneBytes += lengthBytes;
    }
  }

  async #placeSegment(piece: number, segment: TarSegment, given: Uint8Array): Promise<void> {
    if (segment.kind === "file")
      return await this.#files.write(segment.entry, given, segment.fileOffsetBytes);
    if (Buffer.compare(given, segment.bytes) === 0) return;
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      `piece ${piece} of the release is not what its manifest says: the release was packed by another version`,
    );
  }

  #noLongerThere(piece: number): MurmurationError {
    const { torrent } = this.#options;
    const range = [piece * torrent.pieceLengthBytes, pieceBytes(torrent, piece)] as const;
    const names = new Set<string>();
    for (const segment of this.#placed!.layout.segments(...range)) {
      if (segment.kind === "file") names.add(describePath(this.#files.location(segment.entry)));
    }
    const named = [...names].slice(0, 5).join(" or ");
    return new MurmurationError("VERIFY_FAILED", `${named} changed on the disk after it was written`);
  }
}
