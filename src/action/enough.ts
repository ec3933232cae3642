import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import { leastOf } from "../core/fleet-share.ts";
import type { ReleaseIdentity } from "../core/outcome.ts";
import { type Expectation, judge } from "../core/verdict.ts";
import type { FleetConfig, SwitchConfig } from "./config.ts";
import type { Fleet } from "./fleet.ts";

type Source = Expectation["source"];
type SwitchingConfig = Pick<FleetConfig, "targets"> & { readonly switching: SwitchConfig };

/** What the verdict is to expect of a run that switches. */
export function expectationOf(
  config: SwitchingConfig,
  release: ReleaseIdentity | null,
  activate: boolean,
  source: Source,
): Expectation {
  const { minVerified, allowFailures } = config.switching;
  const targets = config.targets.map(({ name }) => name);
  const enough = allowFailures ? leastOf(minVerified, targets.length) : null;
  return { targets, release, activate, enough, source };
}

/**
 * Asks before something is switched what the verdict will ask afterwards: who does not prove the release has failed, and the others go on
 * only where they are enough.
 */
export function proveEnough(
  fleet: Fleet,
  config: SwitchingConfig,
  release: ReleaseIdentity | null,
  { source, undone, signal }: { source: Source; undone: string; signal: AbortSignal },
): boolean {
  const { failures } = judge(expectationOf(config, release, false, source), fleet.outcomes);
  const failureOf = new Map(failures.map(({ target, failure }) => [target, failure]));
  for (const session of fleet.alive) {
    const { name } = session.target;
    const failure = failureOf.get(name);
    if (failure !== undefined)
      session.holdBack(new MurmurationError(failure.code, `${name}: ${failure.message}`));
  }
  return areEnough(fleet, config.switching, undone, signal);
}

/**
 * Whether as many targets are well as `min-verified` asks for. Where they are not, all are held back; `undone` says what was not done
 * with them: `verified, but not activated`.
 */
export function areEnough(
  fleet: Fleet,
  { minVerified }: SwitchConfig,
  undone: string,
  signal: AbortSignal,
): boolean {
  const { sessions, alive } = fleet;
  const least = leastOf(minVerified, sessions.length);
  if (alive.length >= least && alive.length > 0 && !signal.aborted) return true;
  const failed = sessions.length - alive.length;
  const wanted = least < sessions.length ? `, and min-verified asks for ${least}` : "";
  fleet.holdBack(({ target }) =>
    signal.aborted
      ? asMurmurationError(signal.reason, "CANCELLED")
      : new MurmurationError(
          "FLEET_INCOMPLETE",
          `${target.name}: ${undone}: ${failed} of ${sessions.length} targets failed${wanted}`,
        ),
  );
  return false;
}
