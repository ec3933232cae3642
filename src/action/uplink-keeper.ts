import { setTimeout as sleep } from "node:timers/promises";
import { asMurmurationError, type MurmurationError } from "../core/errors.ts";
import type { TargetSession } from "./target-session.ts";

/** One that broke is opened again at once, and then with growing pauses. */
const PAUSE_MS = 500;
const ATTEMPTS_MAX = 5;

export interface UplinkKeeperOptions {
  readonly signal: AbortSignal;
  /** The agent is in the swarm, and listens for its peers on this port. */
  readonly onListening: (peerPort: number) => void;
}

/**
 * Gives the release to a target by an uplink, and opens it again as often as it breaks. Resolves with why that can't be done any more, which may be that the
 * signal has aborted. Never throws.
 */
export async function keepUplink(
  session: TargetSession,
  localPath: string,
  { signal, onListening }: UplinkKeeperOptions,
): Promise<MurmurationError> {
  let attempts = 0;
  try {
    const { peerPort, uplinkPath } = await session.takeUplink(signal);
    onListening(peerPort);
    for (;;) {
      try {
        await using uplink = await session.openUplink({ localPath, remotePath: uplinkPath }, signal);
        attempts = 0;
        await untilEnded(uplink.ended, signal);
      } catch (error) {
        attempts += 1;
        if (attempts >= ATTEMPTS_MAX) throw error;
      }
      signal.throwIfAborted();
      await sleep(PAUSE_MS * attempts, undefined, { signal });
    }
  } catch (error) {
    return asMurmurationError(signal.aborted ? signal.reason : error);
  }
}

async function untilEnded(ended: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => aborted.resolve(), { once: true });
  if (signal.aborted) return;
  await Promise.race([ended, aborted.promise]);
}
