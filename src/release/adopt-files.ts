import { createHash } from "node:crypto";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import type { ManifestEntry } from "../core/manifest.ts";
import { pieceBytes, type Torrent } from "../core/torrent.ts";
import { errnoOf } from "./errno.ts";
import { FileCopier } from "./file-copy.ts";
import { FileReader } from "./file-reader.ts";
import { type FileSources, isFileOf } from "./file-sources.ts";
import { hashTree } from "./hash-tree.ts";
import type { PlacedManifest } from "./placed-manifest.ts";
import { entryLocation } from "./stray-entries.ts";
import { TimeSlice } from "./time-slice.ts";

export interface AdoptOptions {
  readonly signal: AbortSignal;
  /** Every piece, in order, as soon as it can be read. Nothing on the disk counts before it has been hashed. */
  readonly onPiece: (piece: number, isRight: boolean) => void;
}

type FileEntry = Extract<ManifestEntry, { type: "file" }>;

/**
 * Makes of a prepared staging tree what can be made without the network: what an earlier run left stays, and files that another release has are
 * taken over, in one pass that hashes the pieces too. Returns the files, by entry, that are whole as far as is known: those that an earlier
 * run left have been hashed, those that were taken over only where a piece of nothing else was wrong. The hash of the piece
 * that they are part of finds out about the rest (`recheckFiles`).
 * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function adoptFiles(
  tree: string,
  placed: PlacedManifest,
  torrent: Torrent,
  sources: FileSources,
  { signal, onPiece }: AdoptOptions,
): Promise<Bitfield> {
  const files = new AdoptedFiles(tree, sources, placed.manifest.entries.length, signal);
  const wrongPieces: number[] = [];
  await hashTree(tree, placed, torrent, {
    signal,
    readFile: (index, entry, onChunk) => files.read(index, entry, onChunk),
    onPiece: (piece, isRight) => {
      if (!isRight) wrongPieces.push(piece);
      onPiece(piece, isRight);
    },
  });
  const suspects = new Set<number>();
  for (const piece of wrongPieces) {
    const entries = entriesOf(placed, torrent, piece);
    if (entries.every((entry) => files.held.has(entry))) for (const entry of entries) suspects.add(entry);
  }
  for (const entry of await findChangedFiles(tree, placed, suspects, signal)) files.held.remove(entry);
  return files.held;
}

/** The files, by entry, that a piece has content of. */
function entriesOf({ layout }: PlacedManifest, torrent: Torrent, piece: number): number[] {
  const entries: number[] = [];
  for (const segment of layout.segments(piece * torrent.pieceLengthBytes, pieceBytes(torrent, piece)))
    if (segment.kind === "file") entries.push(segment.entry);
  return entries;
}

/** Which of these files are not what the manifest says, or cannot be read. */
export async function findChangedFiles(
  tree: string,
  { manifest }: PlacedManifest,
  suspects: Iterable<number>,
  signal?: AbortSignal,
): Promise<number[]> {
  const slice = new TimeSlice(signal);
  const reader = new FileReader(slice);
  const changed: number[] = [];
  for (const index of suspects) {
    const entry = manifest.entries[index];
    if (slice.over) await slice.next();
    if (entry?.type === "file" && !(await isRight(reader, entryLocation(tree, entry.path), entry)))
      changed.push(index);
  }
  return changed;
}

async function isRight(reader: FileReader, location: string, entry: FileEntry): Promise<boolean> {
  const sha256 = createHash("sha256");
  try {
    await reader.read(location, entry.sizeBytes, (bytes) => sha256.update(bytes));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
  return sha256.digest("hex") === entry.sha256;
}

/** Reads the files of a staging tree, after it has taken them from elsewhere where they lack. */
class AdoptedFiles {
  readonly held: Bitfield;
  readonly #tree: string;
  readonly #sources: FileSources;
  readonly #reader: FileReader;
  readonly #copier: FileCopier;

  constructor(tree: string, sources: FileSources, entries: number, signal: AbortSignal) {
    const slice = new TimeSlice(signal);
    this.held = new Bitfield(entries);
    this.#tree = tree;
    this.#sources = sources;
    this.#reader = new FileReader(slice);
    this.#copier = new FileCopier(slice);
  }

  async read(index: number, entry: FileEntry, onChunk: (bytes: Buffer) => void): Promise<number> {
    const location = entryLocation(this.#tree, entry.path);
    const readHere = () => this.#reader.read(location, entry.sizeBytes, onChunk);
    // Left by an earlier run. One that the swarm has filled in parts has its full size long before it is whole.
    if (isFileOf(location, entry.sizeBytes) && (await isRight(this.#reader, location, entry))) {
      this.held.add(index);
      return await readHere();
    }
    const source = this.#sources.get(entry.sha256);
    if (source === undefined) return await readHere();
    const readBytes = this.#copier.tryClone(source, location)
      ? await readHere()
      : await this.#copyOrRead(source, location, entry, onChunk);
    if (readBytes === entry.sizeBytes) this.held.add(index);
    return readBytes;
  }

  /** Where the source is gone or unreadable, what is there already is all there is. */
  async #copyOrRead(
    source: string,
    location: string,
    entry: FileEntry,
    onChunk: (bytes: Buffer) => void,
  ): Promise<number> {
    let readBytes = 0;
    try {
      return await this.#copier.copy(source, location, entry.sizeBytes, (bytes) => {
        readBytes += bytes.length;
        onChunk(bytes);
      });
    } catch (error) {
      if (error instanceof MurmurationError || errnoOf(error) === undefined) throw error;
      if (readBytes > 0) return readBytes;
      return await this.#reader.read(location, entry.sizeBytes, onChunk);
    }
  }
}
