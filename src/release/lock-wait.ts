import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { MurmurationError } from "../core/errors.ts";
import { formatDuration } from "../core/units.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { acquireLock } from "./lock.ts";

/** A deploy takes seconds: whoever waits for its end looks this often. */
const LOOK_AGAIN_MS = 250;

export interface LockWaitOptions {
  readonly run: string;
  /** 0: not at all. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Called each time that somebody else holds the lock, and more is waited, with who that is. */
  readonly onHeld: (by: string) => void;
}

/**
 * The target's lock, as soon as whoever holds it lets go.
 * @throws MurmurationError `LOCK_HELD` where that takes longer than `waitMs`; the signal's reason
 */
export async function acquireLockWithin(
  deployDir: DeployDir,
  { run, waitMs, signal, onHeld }: LockWaitOptions,
): Promise<AsyncDisposable> {
  const untilMs = performance.now() + waitMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await acquireLock(deployDir, { run });
    } catch (error) {
      if (!(error instanceof MurmurationError) || error.code !== "LOCK_HELD" || waitMs === 0) throw error;
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0) {
        const message = `${error.message}; waited ${formatDuration(waitMs)} for it`;
        throw new MurmurationError("LOCK_HELD", message, { cause: error });
      }
      onHeld(error.message);
      // An abort ends it early; its reason is thrown above.
      await sleep(Math.min(LOOK_AGAIN_MS, leftMs), undefined, { signal }).catch(() => {});
    }
  }
}
