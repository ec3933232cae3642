import type { Endpoint } from "../core/blocked-way.ts";
import { MurmurationError } from "../core/errors.ts";
import type { PortRange } from "./config.ts";
import type { Machine } from "./machine.ts";
import type { OriginSession } from "./origin-session.ts";
import type { TargetSession } from "./target-session.ts";
import { withinTime } from "./within-time.ts";

/** Where the origin runs, for people, if not on a seed host. */
const ORIGIN_PLACE = "the runner";
/** Where an agent on the tracker's own machine finds it. */
const LOOPBACK = "127.0.0.1";
/** A seed host is the cause where nothing was heard of it for this part of `stall-timeout`. It tells something once a second. */
const SILENT_SHARE = 0.5;
/** A seeder that takes longer until it can be dialled, since it hashes what it holds, is told to the others later. */
const SEEDER_WAIT_MS = 10_000;

/** Where tracker and seeder are. */
export interface SwarmLead {
  readonly tracker: OriginSession;
  readonly trackerPort: number;
  /** Null where there is no seeder beside the tracker, or it is not known yet. */
  readonly seedPort: number | null;
  /** Whether there is a seeder beside the tracker, now or soon. */
  readonly seedsThere: boolean;
  /** Null: the runner. */
  readonly host: LeadingHost | null;
  /** At which address a target reaches it. */
  addressFor(machine: Machine): string;
}

export interface LeadingHost {
  readonly session: TargetSession;
  /** Of its agent. */
  readonly ports: PortRange;
  /** What others are told of it by the tracker, which sees it come from its own machine. */
  readonly announceAs: string;
}

export interface LeadWatchOptions {
  readonly stallTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** Who leads the swarm now, where each machine finds tracker and seeder then, and whether the one that leads is lost or about to be replaced. */
export class LeadWatch {
  readonly #options: LeadWatchOptions;
  readonly #seederKnown = Promise.withResolvers<void>();
  #now: SwarmLead;
  /** When it is led from elsewhere. */
  #moved = Promise.withResolvers<void>();
  #lost: MurmurationError | undefined;

  constructor(lead: SwarmLead, options: LeadWatchOptions) {
    this.#now = lead;
    this.#options = options;
    if (!lead.seedsThere || lead.seedPort !== null) this.#seederKnown.resolve();
  }

  get now(): SwarmLead {
    return this.#now;
  }

  /** Where tracker and seeder are, for people: `the runner`. */
  get place(): string {
    return this.#now.host?.session.target.name ?? ORIGIN_PLACE;
  }

  /** Undefined where the swarm is led from another machine. */
  hostOn(session: TargetSession): LeadingHost | undefined {
    const { host } = this.#now;
    return host?.session === session ? host : undefined;
  }

  trackerFor(machine: Machine): Endpoint {
    const isThere = this.hostOn(machine.session) !== undefined;
    const host = isThere ? LOOPBACK : this.#now.addressFor(machine);
    return { host, port: this.#now.trackerPort };
  }

  /** Null where there is none, it is not known yet, or it is the machine itself. */
  seederFor(machine: Machine): Endpoint | null {
    const { seedPort } = this.#now;
    if (seedPort === null || this.hostOn(machine.session) !== undefined) return null;
    return { host: this.#now.addressFor(machine), port: seedPort };
  }

  moveTo(lead: SwarmLead): void {
    this.#now = lead;
    this.#moved.resolve();
    this.#moved = Promise.withResolvers();
    this.#lost = undefined;
    if (lead.seedPort !== null) this.#seederKnown.resolve();
  }

  /** The machine that leads is gone, and until `moveTo` there is none. */
  isLost(why: MurmurationError): void {
    this.#lost ??= why;
  }

  /** What keeps everybody from what comes by way of the machine that leads; undefined where nothing is wrong with it. */
  explainLoss(): MurmurationError | undefined {
    const { host, seedsThere } = this.#now;
    if (host === null) return undefined;
    const { target, silentMs, isPlanned } = host.session;
    const { name } = target;
    const lost = this.#lost;
    // One that only tracks, or has nothing to fetch yet, says nothing where all is well.
    const isSilent = seedsThere && isPlanned && silentMs >= this.#options.stallTimeoutMs * SILENT_SHARE;
    if (lost === undefined && !isSilent) return undefined;
    const silence = `${name}: nothing was heard of it for ${Math.round(silentMs / 1_000)} s`;
    const why = lost === undefined ? silence : `${lost.message}, and it was not reached again`;
    return new MurmurationError("SEED_HOST_LOST", why, { jumpHost: name });
  }

  /** Resolves when a seeder can be dialled, or is not worth waiting for. Never rejects. */
  async untilSeederKnown(): Promise<void> {
    await this.#waitFor(this.#seederKnown.promise, SEEDER_WAIT_MS, "the seeder");
  }

  /** Whether there is another one than that, or is soon. Never rejects. */
  async isReplaced(lead: SwarmLead): Promise<boolean> {
    const { host, trackerPort } = lead;
    if (this.#now === lead && host !== null) {
      const { signal, stallTimeoutMs } = this.#options;
      const moved = this.#moved.promise;
      const itself = { host: LOOPBACK, port: trackerPort };
      const ends = host.session.isLost ? undefined : await host.session.probe([itself], signal);
      // Where it does not reach its own tracker, it is lost or about to be, and another one is to come.
      if (this.#now === lead && ends?.[0]?.kind !== "reached") {
        await this.#waitFor(moved, stallTimeoutMs, "the next one");
      }
    }
    return this.#now !== lead;
  }

  async #waitFor(event: Promise<void>, limitMs: number, what: string): Promise<void> {
    const { signal } = this.#options;
    await withinTime(event, { limitMs, signal, what }).catch(() => {});
  }
}
