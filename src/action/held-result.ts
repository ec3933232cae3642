import type { Failure, Holding, RunResult, TargetOutcome, Verification } from "../core/outcome.ts";
import { phasesOfTargets } from "../core/transfer-facts.ts";
import { type Expectation, judge } from "../core/verdict.ts";
import type { RollbackConfig, VerifyConfig } from "./config.ts";
import { expectationOf } from "./enough.ts";
import type { RunTools } from "./run-tools.ts";

/** What every target has to prove, and whose word it is. */
export interface Expected extends Pick<Expectation, "source"> {
  readonly release: Verification | null;
}

export interface HeldFacts {
  /** The one that was asked for; null: what most of the fleet holds. */
  readonly release: string | null;
  readonly targets: readonly TargetOutcome[];
  readonly expected: Expected;
  readonly origin?: RunResult["origin"];
  readonly seedHosts?: RunResult["seedHosts"];
  readonly runFailure?: Failure | null;
  readonly holdings?: readonly Holding[];
}

/** What came of a run in which nothing was packed. */
export function heldResult(
  config: VerifyConfig | RollbackConfig,
  tools: RunTools,
  { release, targets, expected, origin = null, seedHosts, runFailure = null, holdings }: HeldFacts,
): RunResult {
  const most = expected.release;
  const { run, mode } = config;
  const activate = mode === "rollback";
  const names = config.targets.map(({ name }) => name);
  const expectation: Expectation =
    mode === "rollback"
      ? expectationOf(config, most, activate, expected.source)
      : { targets: names, activate, enough: null, ...expected };
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
