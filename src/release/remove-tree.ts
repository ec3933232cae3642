import { chmodSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { diskError, errnoOf } from "./errno.ts";
import type { TimeSlice } from "./time-slice.ts";

const SEPARATOR = Buffer.from("/");

export function below(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, SEPARATOR, name]);
}

/**
 * Removes whatever stands at `path`, of any name and mode: a release may hold directories that nobody may write, which node:fs's `rm`
 * does not empty. Follows no link. What is not there is fine.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE`
 */
export async function removeTree(path: string | Buffer, slice: TimeSlice): Promise<void> {
  const location = Buffer.from(path);
  try {
    await remove(location, slice);
  } catch (cause) {
    throw diskError(cause, "removing", location.toString());
  }
}

async function remove(path: Buffer, slice: TimeSlice): Promise<void> {
  if (slice.over) await slice.next();
  try {
    if (!lstatSync(path).isDirectory()) {
      unlinkSync(path);
      return;
    }
    chmodSync(path, 0o700);
    for (const name of readdirSync(path, { encoding: "buffer" })) await remove(below(path, name), slice);
    rmdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}
