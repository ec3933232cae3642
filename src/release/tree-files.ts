import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { MurmurationError } from "../core/errors.ts";
import { describePath, type Manifest } from "../core/manifest.ts";
import { diskError, errnoOf } from "./errno.ts";
import { STAGED_FILE_MODE } from "./file-copy.ts";
import { readRange, writeRange } from "./file-range.ts";
import { OPEN_FOR_READING } from "./file-reader.ts";
import { OpenFiles } from "./open-files.ts";
import { entryLocation } from "./stray-entries.ts";

const OPEN_FOR_WRITING = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
/** A file this small that comes whole is written and closed at once instead of kept open. */
const SMALL_FILE_BYTES_MAX = 64 * 1024;

/** Ranges of the files of a tree, by their entries, read and written. Disposing it closes what is open. */
export class TreeFiles implements Disposable {
  readonly #readers = new OpenFiles((entry) => openSync(this.location(entry), OPEN_FOR_READING));
  readonly #writers = new OpenFiles((entry) =>
    openSync(this.location(entry), OPEN_FOR_WRITING, STAGED_FILE_MODE),
  );
  #tree: string;
  #manifest: Manifest | undefined;

  /** `tree`: absolute path. */
  constructor(tree: string) {
    this.#tree = tree;
  }

  get tree(): string {
    return this.#tree;
  }

  /** Before any file is asked for. */
  knows(manifest: Manifest): void {
    this.#manifest = manifest;
  }

  /** The tree was renamed, just now: nothing else has run since. */
  movedTo(tree: string): void {
    this.#tree = tree;
  }

  /** Closes what was open for writing; a complete tree is only read. */
  endWriting(): void {
    this.#writers.retireAll();
  }

  [Symbol.dispose](): void {
    this.#readers[Symbol.dispose]();
    this.#writers[Symbol.dispose]();
  }

  /** @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE` */
  async write(entry: number, bytes: Uint8Array, offsetBytes: number): Promise<void> {
    const file = this.#manifest?.entries[entry];
    const isWhole = file?.type === "file" && file.sizeBytes === bytes.length;
    try {
      if (isWhole && bytes.length <= SMALL_FILE_BYTES_MAX) this.#writeSmall(entry, bytes);
      else await this.#writers.use(entry, (fd) => writeRange(fd, bytes, offsetBytes));
    } catch (cause) {
      throw diskError(cause, "writing", this.location(entry));
    }
  }

  /** @throws MurmurationError `VERIFY_FAILED` where it is not there, or not as long. */
  async read(entry: number, into: Uint8Array, offsetBytes: number): Promise<void> {
    const path = describePath(this.location(entry));
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

  location(entry: number): string {
    return entryLocation(this.#tree, this.#manifest?.entries[entry]?.path ?? "?");
  }

  #writeSmall(entry: number, bytes: Uint8Array): void {
    const fd = openSync(this.location(entry), OPEN_FOR_WRITING, STAGED_FILE_MODE);
    try {
      writeFileSync(fd, bytes);
    } finally {
      closeSync(fd);
    }
  }
}
