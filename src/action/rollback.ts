import type { FromAgent, MessageOf } from "../contract.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { RunResult, TargetOutcome } from "../core/outcome.ts";
import { judge, releaseOfMost } from "../core/verdict.ts";
import { type RollbackConfig, runName } from "./config.ts";
import { finishInTime } from "./finish-in-time.ts";
import { Fleet } from "./fleet.ts";
import { LockOrder } from "./lock-order.ts";
import { phasesOfTargets, type RolloutTools } from "./rollout.ts";
import type { TargetSession } from "./target-session.ts";

type Ready = MessageOf<FromAgent, "ready">;

/**
 * Switches the whole fleet to a release that every target holds: asks all, has all re-read it, and only then switches. No byte moves. Where somebody
 * lacks it, nothing is switched anywhere.
 */
export async function rollBack(
  config: RollbackConfig,
  tools: RolloutTools,
  signal: AbortSignal,
): Promise<RunResult> {
  await using fleet = new Fleet({
    targets: config.targets,
    clock: tools.clock,
    concurrency: config.ssh.concurrency,
    reach: (target) => tools.reach(target, signal),
    onProgress: (progress) => tools.board.target(progress),
  });
  const release = await chooseRelease(config, fleet, signal);
  if (release !== null) {
    const { stallTimeoutMs } = config;
    await Promise.all(fleet.alive.map((session) => session.recall(release, { stallTimeoutMs, signal })));
    if (isProved(config, release, fleet.outcomes) && !signal.aborted)
      await Promise.all(fleet.alive.map((session) => session.activate(signal)));
    else holdBack(fleet, signal);
  }
  await finishInTime(fleet.finish(signal), signal);
  return resultOf(config, tools, release, fleet.outcomes);
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

function isProved(config: RollbackConfig, release: string, outcomes: readonly TargetOutcome[]): boolean {
  const targets = config.targets.map(({ name }) => name);
  const most = releaseOfMost(outcomes, release);
  return judge({ targets, release: most, activate: false, source: "fleet" }, outcomes).status === "success";
}

function holdBack(fleet: Fleet, signal: AbortSignal): void {
  const { sessions, alive } = fleet;
  const failed = sessions.length - alive.length;
  fleet.holdBack(({ target }) =>
    signal.aborted
      ? asMurmurationError(signal.reason, "CANCELLED")
      : new MurmurationError(
          "FLEET_INCOMPLETE",
          `${target.name}: not rolled back: ${failed === 0 ? "the targets hold different releases of that id" : `${failed} of ${sessions.length} targets failed`}`,
        ),
  );
}

function resultOf(
  config: RollbackConfig,
  tools: RolloutTools,
  release: string | null,
  targets: readonly TargetOutcome[],
): RunResult {
  const most = releaseOfMost(targets, release);
  const expectation = {
    targets: config.targets.map(({ name }) => name),
    release: most,
    activate: true,
    source: "fleet",
  } as const;
  return {
    run: {
      url: config.run.url,
      mode: "rollback",
      release: release ?? config.rollbackTo,
      activate: true,
      startedAt: tools.startedAt.toISOString(),
    },
    release: most === null ? null : { ...most, tarBytes: null, pieceLengthBytes: null },
    durationMs: tools.clock(),
    phases: phasesOfTargets(targets),
    origin: null,
    targets,
    verdict: judge(expectation, targets),
  };
}
