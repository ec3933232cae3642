import { read, readSync, write, writeSync } from "node:fs";
import { promisify } from "node:util";

const readAsync = promisify(read);
const writeAsync = promisify(write);

/** From the page cache this is quicker than a promise; more could make peers wait for the disk. */
const SYNCHRONOUS_BYTES_MAX = 128 * 1024;

/** Fills `into` from the file's offset. Returns how many bytes there were. */
export async function readRange(fd: number, into: Uint8Array, offsetBytes: number): Promise<number> {
  let doneBytes = 0;
  while (doneBytes < into.length) {
    const rest = into.length - doneBytes;
    const at = offsetBytes + doneBytes;
    const readBytes =
      into.length <= SYNCHRONOUS_BYTES_MAX
        ? readSync(fd, into, doneBytes, rest, at)
        : (await readAsync(fd, into, doneBytes, rest, at)).bytesRead;
    if (readBytes === 0) break;
    doneBytes += readBytes;
  }
  return doneBytes;
}

/** Writes all of `bytes` at the file's offset. */
export async function writeRange(fd: number, bytes: Uint8Array, offsetBytes: number): Promise<void> {
  let doneBytes = 0;
  while (doneBytes < bytes.length) {
    const rest = bytes.length - doneBytes;
    const at = offsetBytes + doneBytes;
    doneBytes +=
      bytes.length <= SYNCHRONOUS_BYTES_MAX
        ? writeSync(fd, bytes, doneBytes, rest, at)
        : (await writeAsync(fd, bytes, doneBytes, rest, at)).bytesWritten;
  }
}
