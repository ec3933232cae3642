import { closeSync, constants, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import type { TimeSlice } from "./time-slice.ts";

const readAsync = promisify(read);

/** Hashing this much twice (SHA-1 and SHA-256) takes about a millisecond, which peers do not notice. */
const CHUNK_BYTES = 1024 * 1024;
/** A read of this much from the page cache is quicker than a promise. */
const SYNCHRONOUS_BYTES_MAX = 128 * 1024;

/** A link or a FIFO may have taken a file's place since it was scanned: neither is followed or waited for. */
export const OPEN_FOR_READING = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads files one after the other from front to end with two buffers: one is filled while the other is hashed. */
export class FileReader {
  readonly #slice: TimeSlice;
  readonly #buffers: [Buffer, Buffer] = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)];

  constructor(slice: TimeSlice) {
    this.#slice = slice;
  }

  /**
   * Hands the first `sizeBytes` of the file to `onChunk`, whose argument is valid until it returns. `check` sees the open file
   * before and after. Returns how many bytes there were: fewer where the file is shorter.
   * @throws the system's error where it cannot be opened or read.
   */
  async read(
    path: string,
    sizeBytes: number,
    onChunk: (bytes: Buffer) => void,
    check?: (stats: ReturnType<typeof statOf>) => void,
  ): Promise<number> {
    const fd = openSync(path, OPEN_FOR_READING);
    try {
      check?.(statOf(fd));
      const doneBytes =
        sizeBytes <= SYNCHRONOUS_BYTES_MAX
          ? this.#readSmall(fd, sizeBytes, onChunk)
          : await this.#readLarge(fd, sizeBytes, onChunk);
      check?.(statOf(fd));
      return doneBytes;
    } finally {
      closeSync(fd);
    }
  }

  #readSmall(fd: number, sizeBytes: number, onChunk: (bytes: Buffer) => void): number {
    const [buffer] = this.#buffers;
    let doneBytes = 0;
    while (doneBytes < sizeBytes) {
      const readBytes = readSync(fd, buffer, doneBytes, sizeBytes - doneBytes, doneBytes);
      if (readBytes === 0) break;
      doneBytes += readBytes;
    }
    onChunk(buffer.subarray(0, doneBytes));
    return doneBytes;
  }

  async #readLarge(fd: number, sizeBytes: number, onChunk: (bytes: Buffer) => void): Promise<number> {
    let [filling, hashing] = this.#buffers;
    let doneBytes = 0;
    let pending = readAsync(fd, filling, 0, Math.min(CHUNK_BYTES, sizeBytes), 0);
    try {
      while (true) {
        const { bytesRead } = await pending;
        if (bytesRead === 0) return doneBytes;
        [filling, hashing] = [hashing, filling];
        doneBytes += bytesRead;
        const more = Math.min(CHUNK_BYTES, sizeBytes - doneBytes);
        if (more > 0) pending = readAsync(fd, filling, 0, more, doneBytes);
        onChunk(hashing.subarray(0, bytesRead));
        if (more === 0) return doneBytes;
        if (this.#slice.over) await this.#slice.next();
      }
    } finally {
      // The read on its way writes into our buffer and needs the file open.
      await pending.catch(() => {});
    }
  }
}

function statOf(fd: number) {
  return fstatSync(fd, { bigint: true });
}
