import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod/mini";
import { MurmurationError } from "../core/errors.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { diskError, errnoOf } from "./errno.ts";
import { isAlive, ownProcess } from "./process-identity.ts";

const lockSchema = z.object({
  /** Never used twice, so that one lock is told from the next. */
  nonce: z.uuid(),
  pid: z.int().check(z.positive()),
  start: z.nullable(z.string()),
  host: z.string(),
  run: z.string(),
  /** ISO 8601. */
  since: z.string(),
});

type LockContent = z.infer<typeof lockSchema>;

/** What a power loss leaves of a lock that was not on the disk yet. It has no owner any more, and is taken over as that of a dead process. */
interface EmptiedLock {
  readonly nonce: string;
}

/** A lock is whole from its first moment. Only on a network file system may somebody else's look empty, for so long. */
const EMPTY_AT_MOST_MS = 60_000;

/**
 * Takes the target's lock for this process. A lock whose process is gone is taken over. Disposing it releases it, and only if it is
 * still ours.
 * @throws MurmurationError `LOCK_HELD` saying who, since when, which run.
 */
export async function acquireLock(
  deployDir: DeployDir,
  { run }: { readonly run: string },
): Promise<AsyncDisposable> {
  const content: LockContent = {
    nonce: randomUUID(),
    ...ownProcess(),
    run,
    since: new Date().toISOString(),
  };
  try {
    take(deployDir, deployDir.lock, content);
    sweep(deployDir, content);
  } catch (cause) {
    throw diskError(cause, "locking", deployDir.lock);
  }
  return {
    async [Symbol.asyncDispose]() {
      const found = tryReadLock(deployDir.lock);
      if (found !== "none" && found !== "unknown" && found.nonce === content.nonce)
        rmSync(deployDir.lock, { force: true });
    },
  };
}

/**
 * Makes `path` hold our content, whole at every moment. Where it holds a dead process's, its place is taken over by whoever first
 * gets the file that is named for that lock: only its owner may replace it, and a lock once replaced never comes back, so that of
 * several takers exactly one wins. That file is taken the same way, should its owner die too.
 */
function take(deployDir: DeployDir, path: string, content: LockContent): void {
  while (true) {
    const found = tryReadLock(path);
    if (found === "none") {
      if (tryCreate(deployDir, path, content)) return;
      continue;
    }
    if (found === "unknown") {
      throw new MurmurationError(
        "LOCK_HELD",
        `${path} is not a lock that this version understands; remove it if no deploy runs`,
      );
    }
    if (found.nonce === content.nonce) return;
    if (hasOwner(found)) throw heldBy(found, deployDir.lock);

    const successor = `${deployDir.lock}.after-${found.nonce}`;
    take(deployDir, successor, content);
    const now = tryReadLock(path);
    const isStillIt = now !== "none" && now !== "unknown" && now.nonce === found.nonce;
    if (isStillIt) {
      const temporary = writeTemporary(deployDir, content);
      renameSync(temporary, path);
    }
    rmSync(successor, { force: true });
    if (isStillIt) return;
  }
}

/** link(2) fails where the name is taken, and what it links is complete already. */
function tryCreate(deployDir: DeployDir, path: string, content: LockContent): boolean {
  const temporary = writeTemporary(deployDir, content);
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeTemporary(deployDir: DeployDir, content: LockContent): string {
  const temporary = `${deployDir.lock}.${content.nonce}`;
  // Without an fsync a power loss may leave the name and lose the content.
  writeFileSync(temporary, `${JSON.stringify(content)}\n`, { flush: true });
  return temporary;
}

function tryReadLock(path: string): LockContent | EmptiedLock | "none" | "unknown" {
  try {
    const text = readFileSync(path, "utf8");
    if (text === "") return tryReadEmptied(path);
    return lockSchema.parse(JSON.parse(text));
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return "none";
    if (errnoOf(error) !== undefined) throw error;
    return "unknown";
  }
}

function tryReadEmptied(path: string): EmptiedLock | "unknown" {
  const { ino, mtimeMs } = statSync(path);
  if (Math.abs(Date.now() - mtimeMs) < EMPTY_AT_MOST_MS) return "unknown";
  return { nonce: `${ino}-${mtimeMs}` };
}

function hasOwner(found: LockContent | EmptiedLock): found is LockContent {
  return "pid" in found && isAlive(found);
}

/** Removes what takers that died on the way have left. Those that live remove their own. */
function sweep(deployDir: DeployDir, own: LockContent): void {
  for (const name of readdirSync(deployDir.internal)) {
    if (!name.startsWith(`${basename(deployDir.lock)}.`)) continue;
    const path = join(deployDir.internal, name);
    const found = tryReadLock(path);
    if (found === "none" || found === "unknown" || found.nonce === own.nonce || hasOwner(found)) continue;
    rmSync(path, { force: true });
  }
}

function heldBy(lock: LockContent, path: string): MurmurationError {
  return new MurmurationError(
    "LOCK_HELD",
    `${path} is held since ${lock.since} by ${lock.run} (process ${lock.pid} on ${lock.host})`,
  );
}
