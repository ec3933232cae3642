import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Long enough that equal bytes in the target's file are the release's and no accident. */
const PROBE_BYTES = 4_096;
const PROBE_STEP_BYTES = 64 * 1024;

/**
 * Changes one byte in a file that the target has written and not yet verified, as a bad disk would. Returns the file's path in
 * the release, or undefined where nothing of the release has reached the target's disk yet.
 */
export async function tryCorruptStaged(deployTo: string, source: string): Promise<string | undefined> {
  const staging = join(deployTo, ".murmuration", "staging");
  for (const path of await largestFiles(source)) {
    for (const id of await list(staging)) {
      const changed = await tryFlipByte(join(staging, id, "tree", path), join(source, path));
      if (changed) return path;
    }
  }
  return undefined;
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Not there yet.
    return [];
  }
}

/** Relative paths; the largest have most of the pieces, so something of them arrives first. */
async function largestFiles(source: string): Promise<string[]> {
  const sizes = new Map<string, number>();
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await using handle = await open(path);
    const { size } = await handle.stat();
    if (size >= PROBE_BYTES) sizes.set(path.slice(source.length + 1), size);
  }
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([path]) => path);
}

/** Looks for a place where the staged file already holds the source's bytes, and changes the first of them. */
async function tryFlipByte(stagedPath: string, sourcePath: string): Promise<boolean> {
  try {
    await using staged = await open(stagedPath, "r+");
    await using source = await open(sourcePath);
    const { size } = await source.stat();
    for (let offset = 0; offset + PROBE_BYTES <= size; offset += PROBE_STEP_BYTES) {
      const [ours, theirs] = [Buffer.alloc(PROBE_BYTES), Buffer.alloc(PROBE_BYTES)];
      await source.read(ours, 0, PROBE_BYTES, offset);
      await staged.read(theirs, 0, PROBE_BYTES, offset);
      if (!ours.equals(theirs)) continue;
      await staged.write(Buffer.of(ours[0]! ^ 1), 0, 1, offset);
      return true;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return false;
}
