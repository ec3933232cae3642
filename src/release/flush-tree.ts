import { spawn } from "node:child_process";
import { MurmurationError } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import { OutputTail } from "./output-tail.ts";

/** A target with a slow disk gets this long to write out what is in its cache; then the deploy goes on without. */
const FLUSH_TIMEOUT_MS = 120_000;
const WORDS_CHARACTERS_MAX = 300;
/** `env`: there is no such program. */
const NOT_FOUND = 127;

/**
 * Writes the file system that holds `directory` out to the disk. Node has no syncfs(2), and an fsync for each of many small files takes
 * minutes; coreutils' `sync -f` does it in one call. Where there is none, or one that knows no `-f`, the system writes it out in its own
 * time: a crash of the machine is then found by the next verification.
 *
 * What could not be written stays in the cache and reads as right, and this is told once only: whoever gets the error may not trust
 * anything that was written before it.
 * @throws MurmurationError `VERIFY_FAILED`, `DISK_FULL` where the disk did not take it
 */
export async function flushFileSystem(directory: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const failure = await new Promise<string | undefined>((resolve) => {
    // In the directory, so that its words hold no path, and in the language that is looked for in them. On the signal it ends at once
    // by `error`, also where the program itself hangs in the kernel.
    const child = spawn("env", ["LC_ALL=C", "sync", "-f", "."], {
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
      signal: AbortSignal.any([signal, AbortSignal.timeout(FLUSH_TIMEOUT_MS)]),
    });
    const words = new OutputTail(WORDS_CHARACTERS_MAX);
    // Not there where no file could be opened any more; `error` follows.
    child.stderr?.on("data", (chunk: Buffer) => words.add(chunk));
    child.on("error", () => resolve(undefined));
    child.once("close", (code, killedBy) => {
      const text = words.text.trim();
      const isUnable = code === NOT_FOUND || /\boption\b/i.test(text);
      resolve(code === 0 || isUnable ? undefined : text || `sync ended with ${code ?? killedBy}`);
    });
  });
  signal.throwIfAborted();
  if (failure === undefined) return;
  const code = /no space left|quota exceeded/i.test(failure) ? "DISK_FULL" : "VERIFY_FAILED";
  throw new MurmurationError(code, `writing ${describePath(directory)} out to the disk: ${failure}`);
}
