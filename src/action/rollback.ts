import { MurmurationError } from "../core/errors.ts";
import type { Holding, RunResult } from "../core/outcome.ts";
import { releaseOfMost } from "../core/verdict.ts";
import { type RollbackConfig, runName } from "./config.ts";
import type { DeployTools } from "./deploy.ts";
import { areEnough, proveEnough } from "./enough.ts";
import { finishInTime } from "./finish-in-time.ts";
import type { Fleet } from "./fleet.ts";
import { goLive } from "./go-live.ts";
import { type Expected, heldResult } from "./held-result.ts";
import { LockOrder } from "./lock-order.ts";
import type { Ready } from "./machine.ts";
import { RunStop } from "./run-stop.ts";
import { fleetOf } from "./run-tools.ts";
import { type Supply, supply } from "./supply.ts";
import type { TargetSession } from "./target-session.ts";

const UNDONE = "not rolled back";

/**
 * Switches the fleet to a release that it holds: asks all, has all re-read it, has those fetch it who lack it, and only then switches, wave by wave. Where it
 * cannot be brought to enough of them, nothing is switched anywhere.
 */
export async function rollBack(
  config: RollbackConfig,
  tools: DeployTools,
  signal: AbortSignal,
): Promise<RunResult> {
  return await new Rollback(config, tools, signal).run();
}

class Rollback {
  readonly #config: RollbackConfig;
  readonly #tools: DeployTools;
  readonly #stop: RunStop;
  readonly #fleet: Fleet;
  readonly #ready = new Map<TargetSession, Ready>();
  readonly #order: LockOrder;
  #supply: Supply | undefined;
  /** Known before anybody fetches it: who brings it cannot change what it is. */
  #expected: Expected = { release: null, source: "fleet" };

  constructor(config: RollbackConfig, tools: DeployTools, signal: AbortSignal) {
    this.#config = config;
    this.#tools = tools;
    this.#stop = new RunStop(signal);
    this.#fleet = fleetOf(config, tools);
    this.#order = new LockOrder(this.#fleet.sessions);
  }

  async run(): Promise<RunResult> {
    await using fleet = this.#fleet;
    const { signal } = this.#stop;
    await this.#prepareAll();
    const release = this.#chooseRelease();
    if (release !== null) await this.#returnTo(release);
    await this.#supply?.endWays();
    await finishInTime(Promise.all([fleet.finish(signal), this.#supply?.finish()]), signal);
    await this.#supply?.[Symbol.asyncDispose]();
    return heldResult(this.#config, this.#tools, {
      release: release ?? this.#config.rollbackTo,
      targets: fleet.outcomes,
      expected: this.#expected,
      origin: null,
      ...this.#supply?.figures,
      runFailure: this.#stop.failure,
      holdings: this.#holdings(),
    });
  }

  async #prepareAll(): Promise<void> {
    const { signal } = this.#stop;
    const order = this.#order;
    const { run, lockWaitMs } = this.#config;
    const shared = { files: [], directories: [] };
    await Promise.all(
      order.sessions.map(async (session) => {
        await this.#fleet.connect(session, signal);
        const options = { run: runName(run), activate: true, lockWaitMs, shared };
        const said = await order.prepare(session, options, signal);
        if (said !== undefined) this.#ready.set(session, said);
      }),
    );
  }

  /** Null where there is none that could be the whole fleet's; every target that is well is told why then. */
  #chooseRelease(): string | null {
    const { rollbackTo, switching } = this.#config;
    if (!areEnough(this.#fleet, switching, UNDONE, this.#stop.signal)) return null;
    if (rollbackTo !== null) return rollbackTo;
    // The fleet's, never what each host happens to have had.
    const before = [...this.#ready.values()].map(({ previousRelease }) => previousRelease);
    const [only, ...others] = new Set(before);
    if (typeof only === "string" && others.length === 0) return only;
    this.#fleet.holdBack((session) => noCommonRelease(session, this.#ready.get(session)!));
    return null;
  }

  async #returnTo(release: string): Promise<void> {
    const fleet = this.#fleet;
    const config = this.#config;
    const { signal } = this.#stop;
    const lacking = await this.#recall(release);
    const { most: held, isTied } = releaseOfMost(fleet.outcomes, release);
    this.#expected = { release: held, source: "fleet" };
    if (isTied) {
      fleet.holdBack(({ target }) => undecided(target.name, release));
      return;
    }
    if (lacking.size > 0) {
      const [tools, ready, stop, order] = [this.#tools, this.#ready, this.#stop, this.#order];
      this.#supply = await supply({ release, fleet, ready, held, lacking, config, tools, stop, order });
      if (this.#supply !== undefined) this.#expected = this.#supply.expected;
    }
    const isProved = () => {
      const { release: proved, source } = this.#expected;
      return proveEnough(fleet, config, proved, { source, undone: UNDONE, signal });
    };
    if (!isProved()) return;
    if (lacking.size > 0) {
      await Promise.all([...lacking.keys()].map((session) => session.commit(signal)));
      if (!isProved()) return;
    }
    await goLive(fleet, release, config, this.#tools, signal);
  }

  /** Who lacks it, and why. */
  async #recall(release: string): Promise<Map<TargetSession, MurmurationError>> {
    const { stallTimeoutMs } = this.#config;
    const { signal } = this.#stop;
    const lacking = new Map<TargetSession, MurmurationError>();
    await Promise.all(
      this.#fleet.alive.map(async (session) => {
        const why = await session.recall(release, { stallTimeoutMs, signal });
        if (why !== undefined) lacking.set(session, why);
      }),
    );
    return lacking;
  }

  #holdings(): Holding[] {
    return [...this.#ready].map(([{ target }, { currentRelease, previousRelease, heldReleases }]) => ({
      target: target.name,
      current: currentRelease,
      previous: previousRelease,
      releases: heldReleases,
    }));
  }
}

function undecided(target: string, release: string): MurmurationError {
  return new MurmurationError(
    "RELEASE_DIFFERS",
    `${target}: not rolled back: as many targets hold one build under the id ${release} as hold another, and which is meant is not clear`,
  );
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
