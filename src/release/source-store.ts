import { createHash } from "node:crypto";
import { type BigIntStats, fstatSync, openSync, statSync } from "node:fs";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import type { PieceStore } from "../core/piece-store.ts";
import { manifestPieces } from "../core/tar-layout.ts";
import { pieceBytes, pieceCount, pieceHash } from "../core/torrent.ts";
import { errnoOf } from "./errno.ts";
import { type FileIdentity, identityOf, sameIdentity } from "./file-identity.ts";
import { readRange } from "./file-range.ts";
import { FileReader, OPEN_FOR_READING } from "./file-reader.ts";
import { OpenFiles } from "./open-files.ts";
import type { PackedRelease } from "./pack.ts";
import { TimeSlice } from "./time-slice.ts";

export interface SourceStore extends PieceStore, AsyncDisposable {}

/** The seeder's store: every piece is read from the packed files themselves, and checked before anybody gets it. */
export function openSourceStore(packed: PackedRelease): SourceStore {
  return new FileSourceStore(packed);
}

class FileSourceStore implements SourceStore {
  readonly have: Bitfield;
  readonly firstPieces: number;
  readonly #packed: PackedRelease;
  readonly #identities: (FileIdentity | undefined)[];
  readonly #files: OpenFiles;
  /** A file that was touched is hashed again once, however many pieces of it are asked for meanwhile. */
  readonly #rechecks = new Map<number, Promise<void>>();

  constructor(packed: PackedRelease) {
    this.#packed = packed;
    this.#identities = [...packed.source.identities];
    this.have = Bitfield.full(pieceCount(packed.torrent));
    this.firstPieces = manifestPieces(packed.manifestText.length, packed.torrent.pieceLengthBytes);
    this.#files = new OpenFiles((entry) => this.#open(entry));
  }

  async readPiece(piece: number, into: Uint8Array): Promise<void> {
    const { torrent, layout } = this.#packed;
    const lengthBytes = pieceBytes(torrent, piece);
    const entries: number[] = [];
    let filledBytes = 0;
    for (const segment of layout.segments(piece * torrent.pieceLengthBytes, lengthBytes)) {
      if (segment.kind === "bytes") {
        into.set(segment.bytes, filledBytes);
        filledBytes += segment.bytes.length;
        continue;
      }
      const part = into.subarray(filledBytes, filledBytes + segment.lengthBytes);
      await this.#readUnchanged(segment.entry, part, segment.fileOffsetBytes);
      entries.push(segment.entry);
      filledBytes += part.length;
    }
    const sha1 = createHash("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (sha1.equals(pieceHash(torrent, piece))) return;
    // Written within the time stamps' resolution, or through a memory map.
    const names = entries.map((entry) => describePath(this.#path(entry))).slice(0, 5);
    throw new MurmurationError("SOURCE_CHANGED", `${names.join(" or ")} changed after it was packed`);
  }

  async writePiece(): Promise<void> {
    throw new MurmurationError("INTERNAL", "somebody tried to write into the source of the release");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#files[Symbol.dispose]();
  }

  async #readUnchanged(entry: number, into: Uint8Array, offsetBytes: number): Promise<void> {
    const read = () =>
      this.#files.use(entry, async (fd) => {
        const readBytes = await readRange(fd, into, offsetBytes);
        return readBytes === into.length && this.#isUnchanged(entry, fstatSync(fd, { bigint: true }));
      });
    if (await read()) return;
    await this.#recheck(entry);
    if (!(await read())) throw this.#changed(entry, "keeps changing since it was packed");
  }

  #isUnchanged(entry: number, stats: BigIntStats): boolean {
    const identity = this.#identities[entry];
    return identity !== undefined && sameIdentity(identity, identityOf(stats));
  }

  /** A touched or copied-back file is still what was packed if it has the same mode, size and content. */
  async #recheck(entry: number): Promise<void> {
    let recheck = this.#rechecks.get(entry);
    if (recheck === undefined) {
      this.#files.retire(entry);
      recheck = this.#hashAgain(entry).finally(() => this.#rechecks.delete(entry));
      this.#rechecks.set(entry, recheck);
    }
    await recheck;
  }

  async #hashAgain(index: number): Promise<void> {
    const entry = this.#packed.manifest.entries[index];
    if (entry?.type !== "file")
      throw new MurmurationError("INTERNAL", "the layout has content of what is no file");
    const location = this.#packed.source.locate(entry.path);
    try {
      const identity = identityOf(statSync(location, { bigint: true }));
      if (identity.sizeBytes > entry.sizeBytes) throw this.#changed(index, "grew after it was packed");
      if (identity.sizeBytes < entry.sizeBytes)
        throw this.#changed(index, "became shorter after it was packed");
      const sha256 = createHash("sha256");
      await new FileReader(new TimeSlice()).read(
        location,
        entry.sizeBytes,
        (bytes) => sha256.update(bytes),
        (stats) => {
          const same =
            sameIdentity(identityOf(stats), identity) && Number(stats.mode & 0o7777n) === entry.mode;
          if (!same) throw this.#changed(index, "changed after it was packed");
        },
      );
      if (sha256.digest("hex") !== entry.sha256) throw this.#changed(index, "changed after it was packed");
      this.#identities[index] = identity;
    } catch (cause) {
      throw this.#asChanged(index, cause);
    }
  }

  #open(entry: number): number {
    try {
      return openSync(this.#packed.source.locate(this.#path(entry)), OPEN_FOR_READING);
    } catch (cause) {
      throw this.#asChanged(entry, cause);
    }
  }

  #asChanged(entry: number, cause: unknown): unknown {
    const errno = errnoOf(cause);
    if (cause instanceof MurmurationError || errno === undefined) return cause;
    if (errno === "ENOENT" || errno === "ENOTDIR")
      return this.#changed(entry, "vanished after it was packed", cause);
    if (errno === "ELOOP") return this.#changed(entry, "became a link after it was packed", cause);
    const message = `${describePath(this.#path(entry))} can no longer be read (${errno})`;
    return new MurmurationError("SOURCE_UNREADABLE", message, { cause });
  }

  #changed(entry: number, what: string, cause?: unknown): MurmurationError {
    return new MurmurationError("SOURCE_CHANGED", `${describePath(this.#path(entry))} ${what}`, { cause });
  }

  #path(entry: number): string {
    return this.#packed.manifest.entries[entry]?.path ?? "?";
  }
}
