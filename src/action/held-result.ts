import type { Failure, Holding, RunResult, TargetOutcome } from "../core/outcome.ts";
import { phasesOfTargets } from "../core/transfer-facts.ts";
import { type Expectation, judge, releaseOfMost } from "../core/verdict.ts";
import type { RollbackConfig, VerifyConfig } from "./config.ts";
import { expectationOf } from "./enough.ts";
import type { RunTools } from "./run-tools.ts";

export interface HeldFacts {
  /** The one that was asked for; null: what most of the fleet holds. */
  readonly release: string | null;
  readonly targets: readonly TargetOutcome[];
  readonly origin?: RunResult["origin"];
  readonly seedHosts?: RunResult["seedHosts"];
  readonly runFailure?: Failure | null;
  readonly holdings?: readonly Holding[];
}

/** What came of a run in which nothing was packed: the targets' own word is compared. */
export function heldResult(
  config: VerifyConfig | RollbackConfig,
  tools: RunTools,
  { release, targets, origin = null, seedHosts, runFailure = null, holdings }: HeldFacts,
): RunResult {
  const most = releaseOfMost(targets, release);
  const { run, mode } = config;
  const activate = mode === "rollback";
  const names = config.targets.map(({ name }) => name);
  const expectation: Expectation =
    mode === "rollback"
      ? expectationOf(config, most, activate, "fleet")
      : { targets: names, release: most, activate, enough: null, source: "fleet" };
  return {
    run: { url: run.url, mode, release, activate, startedAt: tools.startedAt.toISOString() },
    release: most === null ? null : { ...most, tarBytes: null, pieceLengthBytes: null },
    durationMs: tools.clock(),
    phases: phasesOfTargets(targets),
    origin,
    targets,
    ...(seedHosts === undefined ? {} : { seedHosts }),
    ...(holdings === undefined ? {} : { holdings }),
    verdict: judge(expectation, targets, runFailure),
  };
}
