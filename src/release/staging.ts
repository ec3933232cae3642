import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { DeployDir } from "./deploy-dir.ts";
import { replaceFile } from "./durable-file.ts";
import { diskError, errnoOf } from "./errno.ts";
import { removeTree } from "./remove-tree.ts";
import { TimeSlice } from "./time-slice.ts";

/** `.murmuration/staging/<id>`: where a release comes to be. Only its owner may enter, so that nobody can put links in the way. */
export interface Staging {
  readonly root: string;
  readonly tree: string;
  readonly manifest: string;
  readonly state: string;
  /** Where a damaged release is put aside before the rebuilt one takes its place. */
  readonly replaced: string;
}

/** `infoSha256` alone says what the pieces are; everything else on the disk is hashed again before it counts. */
const stateSchema = z.object({ version: z.literal(1), infoSha256: z.string() });

export function stagingAt(deployDir: DeployDir, release: string): Staging {
  const root = join(deployDir.staging, release);
  return {
    root,
    tree: join(root, "tree"),
    manifest: join(root, "manifest"),
    state: join(root, "state.json"),
    replaced: join(root, "replaced"),
  };
}

/**
 * The staging directory of this release: what an earlier run of the same info-hash left, under whatever id, or a new one.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export async function openStaging(
  deployDir: DeployDir,
  wanted: { readonly release: string; readonly infoSha256: string },
  signal: AbortSignal,
): Promise<Staging> {
  const staging = stagingAt(deployDir, wanted.release);
  const left = findStagingOf(deployDir, wanted);
  if (left === wanted.release) return staging;
  await removeTree(staging.root, new TimeSlice(signal));
  try {
    if (left !== undefined) {
      renameSync(stagingAt(deployDir, left).root, staging.root);
      return staging;
    }
    mkdirSync(staging.root, { mode: 0o700 });
    mkdirSync(staging.tree, { mode: 0o700 });
    const state: z.infer<typeof stateSchema> = { version: 1, infoSha256: wanted.infoSha256 };
    replaceFile(staging.state, Buffer.from(`${JSON.stringify(state)}\n`));
    return staging;
  } catch (cause) {
    throw diskError(cause, "creating", staging.root);
  }
}

/** Removes all stagings. The caller holds the lock, so that nobody works in one. */
export async function removeStagings(deployDir: DeployDir): Promise<void> {
  for (const name of stagingNames(deployDir)) {
    await removeTree(Buffer.concat([Buffer.from(`${deployDir.staging}/`), name]), new TimeSlice());
  }
}

/** Prefers the one of the same id. */
function findStagingOf(
  deployDir: DeployDir,
  wanted: { readonly release: string; readonly infoSha256: string },
): string | undefined {
  const names = stagingNames(deployDir).map((name) => name.toString());
  const ordered = names.sort((a, b) => Number(b === wanted.release) - Number(a === wanted.release));
  return ordered.find((name) => tryReadInfoSha256(stagingAt(deployDir, name)) === wanted.infoSha256);
}

function stagingNames(deployDir: DeployDir): Buffer[] {
  try {
    return readdirSync(deployDir.staging, { encoding: "buffer" });
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return [];
    throw diskError(cause, "listing", deployDir.staging);
  }
}

function tryReadInfoSha256(staging: Staging): string | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(staging.state, "utf8"))).infoSha256;
  } catch {
    // Unreadable or half a file: nothing of ours that could be resumed, so that it goes with the other leftovers.
    return undefined;
  }
}
