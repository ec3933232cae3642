import type { FromAgent, MessageOf } from "../contract.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { RunResult } from "../core/outcome.ts";
import { judge, releaseOfMost } from "../core/verdict.ts";
import { type RollbackConfig, runName } from "./config.ts";
import { finishInTime } from "./finish-in-time.ts";
import type { Fleet } from "./fleet.ts";
import { heldResult } from "./held-result.ts";
import { LockOrder } from "./lock-order.ts";
import { fleetOf, type RunTools } from "./run-tools.ts";
import type { TargetSession } from "./target-session.ts";

type Ready = MessageOf<FromAgent, "ready">;

/**
 * Switches the whole fleet to a release that every target holds: asks all, has all re-read it, and only then switches. No byte moves. Where somebody
 * lacks it, nothing is switched anywhere.
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
    holdBackUnlessProved(config, release, fleet, signal);
    await Promise.all(fleet.alive.map((session) => session.activate(signal)));
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
      const options = { run: runName(config.run), activate: true, lockWaitMs };
      const said = await order.prepare(session, options, signal);
      if (said !== undefined) ready.set(session, said);
    }),
  );
  if (ready.size < fleet.sessions.length) {
    holdBack(fleet, signal);
    return null;
  }
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

/** The verdict's own rule, asked before anything is switched. Who differs is told so; the others are held back for it. */
function holdBackUnlessProved(
  config: RollbackConfig,
  release: string,
  fleet: Fleet,
  signal: AbortSignal,
): void {
  const { outcomes } = fleet;
  const targets = config.targets.map(({ name }) => name);
  const most = releaseOfMost(outcomes, release);
  const { status, failures } = judge({ targets, release: most, activate: false, source: "fleet" }, outcomes);
  if (status === "success" && !signal.aborted) return;
  const failureOf = new Map(failures.map(({ target, failure }) => [target, failure]));
  for (const session of fleet.alive) {
    const { name } = session.target;
    const failure = failureOf.get(name);
    if (failure !== undefined)
      session.holdBack(new MurmurationError(failure.code, `${name}: ${failure.message}`));
  }
  holdBack(fleet, signal);
}

function holdBack(fleet: Fleet, signal: AbortSignal): void {
  const { sessions, alive } = fleet;
  const failed = sessions.length - alive.length;
  fleet.holdBack(({ target }) =>
    signal.aborted
      ? asMurmurationError(signal.reason, "CANCELLED")
      : new MurmurationError(
          "FLEET_INCOMPLETE",
          `${target.name}: not rolled back: ${failed} of ${sessions.length} targets failed`,
        ),
  );
}
