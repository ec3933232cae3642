import { chmodSync, closeSync, constants, copyFileSync, openSync, rmSync } from "node:fs";
import { diskError, errnoOf } from "./errno.ts";
import { readRange, writeRange } from "./file-range.ts";
import { OPEN_FOR_READING } from "./file-reader.ts";
import type { TimeSlice } from "./time-slice.ts";

const OPEN_FOR_COPY = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
/** Files of a staging are for their owner alone until they are sealed. */
export const STAGED_FILE_MODE = 0o600;
const CHUNK_BYTES = 1024 * 1024;

const CANNOT_CLONE = new Set(["ENOTSUP", "EOPNOTSUPP", "EXDEV", "EINVAL", "ENOTTY", "ENOSYS"]);

/**
 * Takes files over from another release: as a clone that shares its blocks where the file system can, else as a copy. Never as a hard link: an
 * application that writes into one release would change the other.
 *
 * Copies by reading and writing, since what is copied has to be read anyway to be hashed, and copy_file_range(2) took three times as
 * long on ext4 with files of 100 KB.
 */
export class FileCopier {
  readonly #slice: TimeSlice;
  readonly #buffers: [Buffer, Buffer] = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)];
  #clones = true;

  constructor(slice: TimeSlice) {
    this.#slice = slice;
  }

  /** False where that cannot be: a copy then tells why. A file system that has no clones is not asked again. `to` is replaced. */
  tryClone(from: string, to: string): boolean {
    if (!this.#clones) return false;
    try {
      rmSync(to, { force: true });
      copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
      chmodSync(to, STAGED_FILE_MODE);
      return true;
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      this.#clones = !CANNOT_CLONE.has(errnoOf(error) ?? "");
      return false;
    }
  }

  /**
   * Copies the first `sizeBytes`, and hands what it reads to `onChunk`, whose argument is valid until it returns. Returns how many bytes
   * there were: fewer where the file is shorter.
   * @throws the system's error where `from` cannot be opened or read; MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE` for `to`.
   */
  async copy(from: string, to: string, sizeBytes: number, onChunk: (bytes: Buffer) => void): Promise<number> {
    const source = openSync(from, OPEN_FOR_READING);
    try {
      const target = orDiskError(to, () => openSync(to, OPEN_FOR_COPY, STAGED_FILE_MODE));
      try {
        return await this.#copyContent(source, { fd: target, path: to }, sizeBytes, onChunk);
      } finally {
        closeSync(target);
      }
    } finally {
      closeSync(source);
    }
  }

  /** A chunk is handed on when it is written, since it may complete a piece that peers ask for, and while the next one is copied. */
  async #copyContent(
    source: number,
    target: { readonly fd: number; readonly path: string },
    sizeBytes: number,
    onChunk: (bytes: Buffer) => void,
  ): Promise<number> {
    let [copying, hashing] = this.#buffers;
    const copyChunk = async (atBytes: number): Promise<Buffer> => {
      const wanted = copying.subarray(0, Math.min(CHUNK_BYTES, sizeBytes - atBytes));
      const chunk = wanted.subarray(0, await readRange(source, wanted, atBytes));
      try {
        await writeRange(target.fd, chunk, atBytes);
      } catch (cause) {
        throw diskError(cause, "copying to", target.path);
      }
      return chunk;
    };
    let doneBytes = 0;
    let pending = copyChunk(0);
    try {
      while (true) {
        const chunk = await pending;
        doneBytes += chunk.length;
        const isMore = chunk.length > 0 && doneBytes < sizeBytes;
        [copying, hashing] = [hashing, copying];
        if (isMore) pending = copyChunk(doneBytes);
        onChunk(chunk);
        if (!isMore) return doneBytes;
        if (this.#slice.over) await this.#slice.next();
      }
    } finally {
      // What is on its way needs our buffer and the open files.
      await pending.catch(() => {});
    }
  }
}

function orDiskError<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw diskError(cause, "creating", path);
  }
}
