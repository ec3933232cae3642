import type { RunResult, TargetOutcome } from "../core/outcome.ts";
import { judge, releaseOfMost } from "../core/verdict.ts";
import type { VerifyConfig } from "./config.ts";
import { finishInTime } from "./finish-in-time.ts";
import { Fleet } from "./fleet.ts";
import { phasesOfTargets, type RolloutTools } from "./rollout.ts";

/** Has every target re-read the release it holds; all must hold the same. Changes nothing. */
export async function verifyFleet(
  config: VerifyConfig,
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
  const { stallTimeoutMs } = config;
  await Promise.all(
    fleet.sessions.map(async (session) => {
      await fleet.connect(session, signal);
      await session.verifyHeld(config.release, { stallTimeoutMs, signal });
    }),
  );
  await finishInTime(fleet.finish(signal), signal);
  return resultOf(config, tools, fleet.outcomes);
}

function resultOf(config: VerifyConfig, tools: RolloutTools, targets: readonly TargetOutcome[]): RunResult {
  const most = releaseOfMost(targets, config.release);
  const expectation = {
    targets: config.targets.map(({ name }) => name),
    release: most,
    activate: false,
    source: "fleet",
  } as const;
  return {
    run: {
      url: config.run.url,
      mode: "verify",
      release: config.release,
      activate: false,
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
