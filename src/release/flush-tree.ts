import { spawn } from "node:child_process";

/** A target with a slow disk gets this long to write out what is in its cache; then the deploy goes on without. */
const FLUSH_TIMEOUT_MS = 120_000;

/**
 * Writes the file system that holds `path` out to the disk. Node has no syncfs(2), and an fsync for each of many small files takes
 * minutes; coreutils' `sync -f` does it in one call. Where there is none, the system writes it out in its own time: a crash of
 * the machine is then found by the next verification.
 */
export async function flushFileSystem(path: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const child = spawn("sync", ["-f", "--", path], { stdio: "ignore", timeout: FLUSH_TIMEOUT_MS, signal });
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
  signal.throwIfAborted();
}
