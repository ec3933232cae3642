import type { RunResult, TargetOutcome } from "../core/outcome.ts";
import { phasesOfTargets } from "../core/transfer-facts.ts";
import { judge, releaseOfMost } from "../core/verdict.ts";
import type { RollbackConfig, VerifyConfig } from "./config.ts";
import { expectationOf } from "./enough.ts";
import type { RunTools } from "./run-tools.ts";

/** What came of a run in which nothing was packed: the targets' own word is compared, for the release that was asked for, or null. */
export function heldResult(
  config: VerifyConfig | RollbackConfig,
  tools: RunTools,
  release: string | null,
  targets: readonly TargetOutcome[],
): RunResult {
  const most = releaseOfMost(targets, release);
  const activate = config.mode === "rollback";
  return {
    run: {
      url: config.run.url,
      mode: config.mode,
      release,
      activate,
      startedAt: tools.startedAt.toISOString(),
    },
    release: most === null ? null : { ...most, tarBytes: null, pieceLengthBytes: null },
    durationMs: tools.clock(),
    phases: phasesOfTargets(targets),
    origin: null,
    targets,
    verdict: judge(
      config.mode === "rollback"
        ? expectationOf(config, most, true, "fleet")
        : {
            targets: config.targets.map(({ name }) => name),
            release: most,
            activate,
            enough: null,
            source: "fleet",
          },
      targets,
    ),
  };
}
