import type { Packed } from "../contract.ts";
import { asMurmurationError, type MurmurationError } from "../core/errors.ts";
import type { ReleaseFacts, RunPhase, RunResult, TimeSpan } from "../core/outcome.ts";
import { phasesOfTargets } from "../core/transfer-facts.ts";
import { judge } from "../core/verdict.ts";
import { type DeployConfig, runName } from "./config.ts";
import { expectationOf, proveEnough } from "./enough.ts";
import { finishInTime } from "./finish-in-time.ts";
import type { Fleet } from "./fleet.ts";
import { goLive } from "./go-live.ts";
import { LockOrder } from "./lock-order.ts";
import type { Machine } from "./machine.ts";
import type { OriginSession, OriginSource } from "./origin-session.ts";
import { releaseFacts } from "./release-facts.ts";
import type { ReleaseSwarm } from "./release-swarm.ts";
import { RunStop } from "./run-stop.ts";
import { fleetOf, type RunTools } from "./run-tools.ts";
import type { Seeding } from "./seeding.ts";
import { seedingOf } from "./seeding-of.ts";
import type { TargetSession } from "./target-session.ts";

/** A deploy whose release lies on the runner's disk. */
export type ReadyDeploy = Omit<DeployConfig, "source" | "release"> & {
  readonly source: OriginSource;
  readonly release: string;
};

/**
 * Puts the release on every target: pack and connect at once, fetch as each target is there, and when the whole fleet has
 * verified, commit everywhere, then switch wave by wave. Whatever happens, there is a result.
 */
export async function rollout(
  config: ReadyDeploy,
  origin: OriginSession,
  tools: RunTools,
  signal: AbortSignal,
): Promise<RunResult> {
  const deploy = new Deploy(config, origin, tools, signal);
  return await deploy.run();
}

class Deploy {
  readonly #config: ReadyDeploy;
  readonly #origin: OriginSession;
  readonly #tools: RunTools;
  readonly #stop: RunStop;
  readonly #fleet: Fleet;
  readonly #phases: { [Phase in RunPhase]?: TimeSpan } = {};
  readonly #order: LockOrder;
  readonly #seeding: Seeding;
  #packed: Packed | undefined;
  #isFetched = false;

  constructor(config: ReadyDeploy, origin: OriginSession, tools: RunTools, signal: AbortSignal) {
    this.#config = config;
    this.#origin = origin;
    this.#tools = tools;
    this.#stop = new RunStop(signal);
    this.#fleet = fleetOf(config, tools);
    this.#order = new LockOrder(this.#fleet.sessions);
    this.#seeding = seedingOf(config, { origin, tools, stop: this.#stop, order: this.#order });
    void origin.failed.then((error) => this.#originFailed(error));
  }

  async run(): Promise<RunResult> {
    await using fleet = this.#fleet;
    await using seeding = this.#seeding;
    const serving = this.#serve();
    const { sessions } = this.#order;
    const preparing = sessions.map((session) => this.#prepare(session));
    void Promise.all(preparing).then(() => seeding.offersEnd());
    await Promise.all(
      preparing.map(async (prepared) => {
        const machine = await prepared;
        if (machine !== undefined) await this.#bringToVerified(machine, serving);
      }),
    );
    const swarm = await serving;
    this.#isFetched = true;
    seeding.settle();
    await this.#switchOver();
    await swarm?.endWays();
    await this.#inPhase("finish", async () => {
      const { signal } = this.#stop;
      await finishInTime(
        Promise.all([fleet.finish(signal), this.#origin.finish(), seeding.finish()]),
        signal,
      );
    });
    return this.#result();
  }

  /** Without it nothing can be fetched; what everybody has does not need it any more. */
  #originFailed(error: MurmurationError): void {
    if (this.#isFetched) this.#tools.warn(`${error.message} (when it was not needed any more)`);
    else this.#stop.end(error);
  }

  /** Packs the release, and serves it as soon as it is known from where. Undefined where that failed, or nobody will ask. */
  async #serve(): Promise<ReleaseSwarm | undefined> {
    const { source, swarm, release } = this.#config;
    const { signal } = this.#stop;
    const origin = this.#origin;
    try {
      const { pieceLengthBytes } = swarm;
      const packed = await this.#inPhase("pack", () => origin.pack(source, { pieceLengthBytes, signal }));
      this.#packed = packed;
      this.#tools.board.packed(packed);
      const content = { release, torrent: packed.torrent, manifest: packed.manifest };
      return await this.#seeding.give({
        ...{ content, config: this.#config, signal },
        ...{ fetching: this.#fleet.sessions, giving: [] },
        end: (error: MurmurationError) => this.#stop.end(error),
        warn: this.#tools.warn,
      });
    } catch (error) {
      this.#stop.end(asMurmurationError(error));
      return undefined;
    }
  }

  /** Undefined where it failed. */
  async #prepare(session: TargetSession): Promise<Machine | undefined> {
    const { signal } = this.#stop;
    await this.#fleet.connect(session, signal);
    const { run, activate, lockWaitMs, shared } = this.#config;
    const { files, directories } = shared;
    const ready = await this.#order.prepare(
      session,
      {
        run: runName(run),
        activate,
        lockWaitMs,
        shared: { files: [...files], directories: [...directories] },
      },
      signal,
    );
    if (ready === undefined) return undefined;
    const machine = { session, ready };
    this.#seeding.offer(machine);
    return machine;
  }

  async #bringToVerified(machine: Machine, serving: Promise<ReleaseSwarm | undefined>): Promise<void> {
    const swarm = await serving;
    const { signal } = this.#stop;
    if (swarm === undefined) machine.session.holdBack(asMurmurationError(signal.reason, "CANCELLED"));
    else await swarm.fetch(machine);
  }

  /** Nothing is switched anywhere until the fleet has verified, and then committed. */
  async #switchOver(): Promise<void> {
    const { signal } = this.#stop;
    const fleet = this.#fleet;
    const { activate, release } = this.#config;
    if (!this.#proveEnough()) return;
    await Promise.all(fleet.alive.map((session) => session.commit(signal)));
    if (!this.#proveEnough()) return;
    if (!activate) for (const session of fleet.alive) session.isAt("done");
    else if (await goLive(fleet, release, this.#config, this.#tools, signal)) await this.#prune();
  }

  #proveEnough(): boolean {
    const release = this.#packed === undefined ? null : this.#releaseFacts(this.#packed);
    const { signal } = this.#stop;
    const undone = "verified, but not activated";
    return proveEnough(this.#fleet, this.#config, release, { source: "runner", undone, signal });
  }

  /** Everything is live: what can't be removed is a warning. */
  async #prune(): Promise<void> {
    const { keepReleases } = this.#config;
    const { signal } = this.#stop;
    const told = await Promise.all(
      this.#fleet.alive.map((session) => session.switch.prune(keepReleases, signal)),
    );
    const troubles = told.filter((trouble) => trouble !== undefined);
    if (troubles.length === 0 || signal.aborted) return;
    const more = troubles.length === 1 ? "" : `, and ${troubles.length - 1} more`;
    this.#tools.warn(`old releases could not be removed: ${troubles[0]}${more}`);
  }

  async #inPhase<T>(phase: RunPhase, work: () => Promise<T>): Promise<T> {
    const { clock } = this.#tools;
    const startMs = clock();
    try {
      return await work();
    } finally {
      this.#phases[phase] = { startMs, endMs: clock() };
    }
  }

  #releaseFacts(packed: Packed): ReleaseFacts {
    return releaseFacts(packed, this.#config.release);
  }

  #result(): RunResult {
    const { config, tools } = { config: this.#config, tools: this.#tools };
    const targets = this.#fleet.outcomes;
    const release = this.#packed === undefined ? null : this.#releaseFacts(this.#packed);
    const expectation = expectationOf(config, release, config.activate, "runner");
    return {
      run: {
        url: config.run.url,
        mode: "deploy",
        release: config.release,
        activate: config.activate,
        startedAt: tools.startedAt.toISOString(),
      },
      release,
      durationMs: tools.clock(),
      phases: { ...phasesOfTargets(targets), ...this.#phases },
      ...this.#seeding.figures,
      targets,
      verdict: judge(expectation, targets, this.#stop.failure),
    };
  }
}
