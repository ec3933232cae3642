import { setTimeout as sleep } from "node:timers/promises";
import { asMurmurationError, type ErrorCode, MurmurationError } from "../core/errors.ts";
import type { RunResult, SeedHostFigures } from "../core/outcome.ts";
import type { SwarmConfig } from "./config.ts";
import type { SwarmLead } from "./lead-watch.ts";
import type { Machine } from "./machine.ts";
import { OriginSession } from "./origin-session.ts";
import { ReleaseSwarm, type SwarmOptions } from "./release-swarm.ts";
import type { RunStop } from "./run-stop.ts";
import { addressForTarget, addressOf } from "./seed-address.ts";
import type { Seeding } from "./seeding.ts";
import { keepUplink } from "./uplink-keeper.ts";

/** Between one seed host and the next. */
const NEXT_PAUSE_MS = 500;
/** An agent whose pipe broke is given as long to say why. */
const CAUSE_WAIT_MS = 2_500;

const never = new Promise<never>(() => {});

/** What may have passed when the machine is reached again, or another one is. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  "HOST_UNREACHABLE",
  "SSH_LOST",
  "AGENT_FAILED",
  "ORIGIN_FAILED",
  "TARGET_SILENT",
  "LOCK_HELD",
  "JUMP_LOST",
]);

/** Which machine beside the targets, or of them, seeds. */
export interface SeedHostChoice extends AsyncDisposable {
  readonly isLastJump: boolean;
  /** A target is itself of the fleet: its failure is its own row, and another one can take its place. */
  readonly isTarget: boolean;
  readonly ports: SwarmConfig["seedPorts"];
  offer(machine: Machine): void;
  offersEnd(): void;
  /**
   * The next one, prepared. Undefined: nobody is left who could need it. `before`: why the one before can't any more.
   * @throws MurmurationError, which may be `before`; the signal's reason
   */
  next(signal: AbortSignal, before: MurmurationError | undefined): Promise<Machine | undefined>;
  /** Has it fetch the release, where nobody else sees to that. Never throws. */
  fetch(machine: Machine, swarm: ReleaseSwarm): Promise<void>;
  finish(signal: AbortSignal): Promise<void>;
}

export interface SeedHostOptions {
  readonly choice: SeedHostChoice;
  readonly origin: OriginSession;
  readonly stop: RunStop;
  readonly warn: (line: string) => void;
  /** Told whom the release goes to. */
  readonly onHost: (name: string) => void;
}

/**
 * Tracker and seeder on a machine that the fleet can dial, where it can't dial the runner. The release crosses the runner's link once: by an uplink to an agent
 * there, which gives it to the others while it comes. When the machine is lost, it is reached again, or another one takes its place, and everybody is told.
 */
export class SeedHost implements Seeding {
  readonly #options: SeedHostOptions;
  readonly #settled = new AbortController();
  readonly #closing = new AbortController();
  readonly #hosts: Machine[] = [];
  #tracker: OriginSession | undefined;
  #swarm: ReleaseSwarm | undefined;
  #leading: Promise<void> | undefined;

  constructor(options: SeedHostOptions) {
    this.#options = options;
  }

  offer(machine: Machine): void {
    this.#options.choice.offer(machine);
  }

  offersEnd(): void {
    this.#options.choice.offersEnd();
  }

  async give(options: SwarmOptions): Promise<ReleaseSwarm | undefined> {
    const { uploadLimitBytesPerSecond } = options.config.swarm;
    const { uplinkPath } = await this.#options.origin.feed({ uploadLimitBytesPerSecond }, options);
    return await this.#begin(options, uplinkPath);
  }

  async track(options: SwarmOptions): Promise<ReleaseSwarm | undefined> {
    return await this.#begin(options, null);
  }

  settle(): void {
    this.#settled.abort();
  }

  async finish(): Promise<void> {
    this.settle();
    await this.#tracker?.finish();
    await this.#options.choice.finish(this.#options.stop.signal);
  }

  get figures(): Pick<RunResult, "origin" | "seedHosts"> {
    const { origin } = this.#options;
    const seedHosts = this.#hosts.map(({ session }): SeedHostFigures => {
      const { bytesFromSeeder, bytesReused, bytesUploaded } = session.figures;
      return { name: session.target.name, bytesFromRunner: bytesFromSeeder, bytesReused, bytesUploaded };
    });
    return { origin: origin.figures, seedHosts };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.settle();
    this.#closing.abort(new MurmurationError("CANCELLED", "the run is over"));
    await this.#leading;
    await this.#options.choice[Symbol.asyncDispose]();
  }

  /** Resolves when the first machine tracks. */
  async #begin(options: SwarmOptions, uplinkPath: string | null): Promise<ReleaseSwarm | undefined> {
    const begun = Promise.withResolvers<ReleaseSwarm | undefined>();
    this.#leading = this.#lead(options, uplinkPath, begun.resolve).catch((error) => {
      if (this.#swarm === undefined) begun.reject(error);
      else if (!this.#settled.signal.aborted) this.#options.stop.end(asMurmurationError(error));
    });
    void this.#leading.then(() => begun.resolve(this.#swarm));
    return await begun.promise;
  }

  /** One machine after the other, until nobody lacks anything. @throws MurmurationError where there can be none any more */
  async #lead(
    options: SwarmOptions,
    uplinkPath: string | null,
    onBegun: (swarm: ReleaseSwarm) => void,
  ): Promise<void> {
    const { choice, stop, warn } = this.#options;
    const signal = AbortSignal.any([stop.signal, this.#closing.signal]);
    let lostAtMs: number | undefined;
    let why: MurmurationError | undefined;
    for (;;) {
      let name: string | undefined;
      try {
        const machine = await choice.next(signal, why);
        // Meanwhile the others may have finished among themselves.
        if (machine === undefined || this.#settled.signal.aborted) return;
        name = machine.session.target.name;
        why = await this.#leadFrom(machine, options, uplinkPath, (swarm) => {
          lostAtMs = undefined;
          onBegun(swarm);
        });
      } catch (error) {
        why = asMurmurationError(error);
      }
      if (signal.aborted || this.#settled.signal.aborted) return;
      // Whether a machine that never worked is told as an error or passed over is for the one who chooses.
      const mayPass = choice.isTarget
        ? name !== undefined
        : PASSING.has(why.code) && this.#swarm !== undefined;
      if (!mayPass) throw why;
      lostAtMs ??= performance.now();
      if (performance.now() - lostAtMs > options.config.stallTimeoutMs) throw why;
      // Another target takes its place at once, or there is none; a bastion may be gone for longer.
      if (!choice.isTarget) this.#swarm?.isLost(why);
      const what = choice.isTarget ? "looking for another" : "trying to reach it again";
      warn(`the release has lost its way from the runner: ${why.message}; ${what}`);
      await sleep(NEXT_PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** Resolves with why it can't be led from there any more. @throws MurmurationError where it never could */
  async #leadFrom(
    machine: Machine,
    options: SwarmOptions,
    uplinkPath: string | null,
    onLeading: (swarm: ReleaseSwarm) => void,
  ): Promise<MurmurationError> {
    const { choice, stop, onHost } = this.#options;
    const { session } = machine;
    const { name } = session.target;
    const { trackerPorts } = options.config.swarm;
    const { infoHash } = options.content.torrent;
    using life = new Life(AbortSignal.any([stop.signal, this.#closing.signal]));
    await using tracker = new OriginSession(await session.startOrigin(life.signal), () => {});
    this.#tracker = tracker;
    const { trackerPort } = await tracker.track({ infoHash, trackerPorts }, life);
    this.#hosts.push(machine);
    const lead = this.#leadOver(machine, { tracker, trackerPort, seedsThere: uplinkPath !== null }, options);
    const isNew = this.#swarm === undefined;
    this.#swarm ??= new ReleaseSwarm(options, lead);
    const swarm = this.#swarm;
    if (!isNew) swarm.moveTo(lead);
    onHost(name);
    onLeading(swarm);
    if (uplinkPath !== null) void choice.fetch(machine, swarm);
    const uplink =
      uplinkPath === null
        ? never
        : this.#feed(machine, uplinkPath, life.signal, (seedPort) => swarm.moveTo({ ...lead, seedPort }));
    const told = await Promise.race([
      tracker.failed.then(({ message }) => new MurmurationError("ORIGIN_FAILED", `${name}: ${message}`)),
      session.failed.then(() => session.failure),
      uplink,
      life.over,
    ]);
    life.end();
    const { signal } = this.#closing;
    // What the session says names the cause, and may come a moment after what else breaks.
    const late = sleep(CAUSE_WAIT_MS, undefined, { signal }).catch(() => {});
    await Promise.race([session.failed, late]);
    return session.failure ?? asMurmurationError(told);
  }

  /** Resolves with why it can't be fed any more, where it still has to be. */
  async #feed(
    { session }: Machine,
    uplinkPath: string,
    life: AbortSignal,
    onListening: (seedPort: number) => void,
  ): Promise<MurmurationError> {
    const settled = this.#settled.signal;
    const signal = AbortSignal.any([life, settled]);
    const why = await keepUplink(session, uplinkPath, { signal, onListening });
    return settled.aborted ? await never : why;
  }

  #leadOver(
    machine: Machine,
    own: Pick<SwarmLead, "tracker" | "trackerPort" | "seedsThere">,
    { config }: SwarmOptions,
  ): SwarmLead {
    const { ports, isLastJump } = this.#options.choice;
    const place = { announceAddress: config.swarm.announceAddress, isLastJump };
    const host = { session: machine.session, ports, announceAs: addressOf(machine, place) };
    const addressFor = (target: Machine) => addressForTarget(machine, target, place);
    return { ...own, seedPort: null, host, addressFor };
  }
}

/** As long as a machine leads. */
class Life implements Disposable {
  readonly #ended = new AbortController();
  readonly signal: AbortSignal;
  /** Resolves with the reason when the signal aborts. */
  readonly over: Promise<unknown>;

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#ended.signal]);
    this.over = new Promise((resolve) => {
      if (this.signal.aborted) resolve(this.signal.reason);
      this.signal.addEventListener("abort", () => resolve(this.signal.reason), { once: true });
    });
  }

  end(): void {
    this.#ended.abort(new MurmurationError("CANCELLED", "the machine seeds no more"));
  }

  [Symbol.dispose](): void {
    this.end();
  }
}
