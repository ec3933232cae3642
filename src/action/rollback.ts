import type { FromAgent, MessageOf } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import type { RunResult } from "../core/outcome.ts";
import { releaseOfMost } from "../core/verdict.ts";
import { type RollbackConfig, runName } from "./config.ts";
import { areEnough, proveEnough } from "./enough.ts";
import { finishInTime } from "./finish-in-time.ts";
import type { Fleet } from "./fleet.ts";
import { goLive } from "./go-live.ts";
import { heldResult } from "./held-result.ts";
import { LockOrder } from "./lock-order.ts";
import { fleetOf, type RunTools } from "./run-tools.ts";
import type { TargetSession } from "./target-session.ts";

type Ready = MessageOf<FromAgent, "ready">;

const UNDONE = "not rolled back";

/**
 * Switches the fleet to a release that its targets hold: asks all, has all re-read it, and only then switches, wave by wave. No byte moves. Where too many
 * lack it, nothing is switched anywhere.
 */
export async function rollBack(
  config: RollbackConfig,
  tools: RunTools,
  signal: AbortSignal,
): Promise<RunResult> {
  await using fleet = fleetOf(config, tools, signal);
  const release = await chooseRelease(config, fleet, signal);
  if (release !== null) {
    const { stallTimeoutMs } = config;
    await Promise.all(fleet.alive.map((session) => session.recall(release, { stallTimeoutMs, signal })));
    const held = releaseOfMost(fleet.outcomes, release);
    if (proveEnough(fleet, config, held, { source: "fleet", undone: UNDONE, signal }))
      await goLive(fleet, release, config, tools, signal);
  }
  await finishInTime(fleet.finish(signal), signal);
  return heldResult(config, tools, release ?? config.rollbackTo, fleet.outcomes);
}

/** Null where there is none that could be the whole fleet's; every target that is well is told why then. */
async function chooseRelease(
  config: RollbackConfig,
  fleet: Fleet,
  signal: AbortSignal,
): Promise<string | null> {
  const order = new LockOrder(fleet.sessions);
  const { lockWaitMs, rollbackTo } = config;
  const ready = new Map<TargetSession, Ready>();
  await Promise.all(
    order.sessions.map(async (session) => {
      await fleet.connect(session, signal);
      const shared = { files: [], directories: [] };
      const options = { run: runName(config.run), activate: true, lockWaitMs, shared };
      const said = await order.prepare(session, options, signal);
      if (said !== undefined) ready.set(session, said);
    }),
  );
  if (!areEnough(fleet, config.switching, UNDONE, signal)) return null;
  if (rollbackTo !== null) return rollbackTo;
  // The fleet's, never what each host happens to have had.
  const [only, ...others] = new Set([...ready.values()].map(({ previousRelease }) => previousRelease));
  if (typeof only === "string" && others.length === 0) return only;
  fleet.holdBack((session) => noCommonRelease(session, ready.get(session)!));
  return null;
}

function noCommonRelease(
  { target }: TargetSession,
  { currentRelease, previousRelease }: Ready,
): MurmurationError {
  const now = currentRelease === null ? "nothing is live" : `${currentRelease} is live`;
  const before = previousRelease === null ? "no release that it holds" : previousRelease;
  return new MurmurationError(
    "ROLLBACK_UNCLEAR",
    `${target.name}: ${now}, and before it was ${before}; the targets do not all have the same one to go back to`,
  );
}
