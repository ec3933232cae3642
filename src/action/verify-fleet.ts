import type { RunResult } from "../core/outcome.ts";
import { releaseOfMost } from "../core/verdict.ts";
import type { VerifyConfig } from "./config.ts";
import { finishInTime } from "./finish-in-time.ts";
import { heldResult } from "./held-result.ts";
import { fleetOf, type RunTools } from "./run-tools.ts";

/** Has every target re-read the release it holds; all must hold the same. Changes nothing. */
export async function verifyFleet(
  config: VerifyConfig,
  tools: RunTools,
  signal: AbortSignal,
): Promise<RunResult> {
  await using fleet = fleetOf(config, tools);
  const { stallTimeoutMs } = config;
  await Promise.all(
    fleet.sessions.map(async (session) => {
      await fleet.connect(session, signal);
      await session.verifyHeld(config.release, { stallTimeoutMs, signal });
    }),
  );
  await finishInTime(fleet.finish(signal), signal);
  const { release } = config;
  const targets = fleet.outcomes;
  const expected = { release: releaseOfMost(targets, release).most, source: "fleet" } as const;
  return heldResult(config, tools, { release, targets, expected });
}
