import { randomBytes } from "node:crypto";
import type { Plan } from "../contract.ts";
import { type ErrorCode, MurmurationError } from "../core/errors.ts";
import type { RunContext, SwarmConfig } from "./config.ts";
import { HOSTED_RUNNER } from "./hosted-runner.ts";
import { LeadWatch, type SwarmLead } from "./lead-watch.ts";
import type { Machine } from "./machine.ts";
import { PeerWays } from "./peer-ways.ts";
import { Preflight, type Ways } from "./preflight.ts";
import type { TargetSession } from "./target-session.ts";
import { TrackerAdmission } from "./tracker-admission.ts";

/** What is moved: all of a plan that does not depend on the target. */
export type SwarmContent = Pick<Plan, "release" | "torrent" | "manifest">;

export interface SwarmOptions {
  readonly content: SwarmContent;
  readonly config: {
    readonly swarm: SwarmConfig;
    readonly stallTimeoutMs: number;
    readonly run: Pick<RunContext, "isHosted">;
  };
  /** Those that are to fetch, now or later. */
  readonly fetching: readonly TargetSession[];
  /** Those that have the content and are to give it. */
  readonly giving: readonly TargetSession[];
  /** Ends the run, where nobody can get anything. */
  readonly end: (error: MurmurationError) => void;
  readonly warn: (line: string) => void;
  readonly signal: AbortSignal;
}

const TOO_SLOW: ReadonlySet<ErrorCode> = new Set(["TRANSFER_STALLED", "TRANSFER_TIMEOUT"]);

/** The swarm of a run as the action leads it: what each target is told, once it is known to reach what it needs. */
export class ReleaseSwarm {
  readonly #options: SwarmOptions;
  readonly #key: string | null;
  readonly #preflight: Preflight;
  readonly #peerWays: PeerWays;
  readonly #lead: LeadWatch;
  readonly #admission: TrackerAdmission;
  #transferTimeout: AbortSignal | undefined;

  constructor(options: SwarmOptions, lead: SwarmLead, key = newSwarmKey(options.config.swarm)) {
    const { fetching, giving, config, end, warn, signal } = options;
    const { host } = lead;
    this.#options = options;
    this.#key = key;
    this.#lead = new LeadWatch(lead, { stallTimeoutMs: config.stallTimeoutMs, signal });
    this.#admission = new TrackerAdmission(this.#lead);
    // On its own machine it reaches both, which says nothing about the others.
    const others = (sessions: readonly TargetSession[]) =>
      sessions.filter((session) => session !== host?.session);
    this.#preflight = new Preflight({
      fetching: others(fetching),
      giving: others(giving),
      place: () => this.#lead.place,
      seederPort: config.swarm.seedFrom.kind === "first-target" ? "peer-port" : "seed-port",
      placeHint: host === null && config.run.isHosted ? HOSTED_RUNNER : null,
      ...{ end, warn, signal },
    });
    this.#peerWays = new PeerWays({ hasSeeder: lead.seedsThere, warn, signal });
  }

  get infoHash(): string {
    return this.#options.content.torrent.infoHash;
  }

  /**
   * Has a target fetch and verify, if it can reach what it needs. Like its session it never throws. `named`: the release has another id there.
   */
  async fetch(machine: Machine, named?: string): Promise<void> {
    const { content, config, signal } = this.#options;
    const { swarm, stallTimeoutMs } = config;
    const { session } = machine;
    if (this.#lead.hostOn(session) === undefined) {
      await this.#lead.untilSeederKnown();
      if (!(await this.#preflight.isWell(session, this.#waysOf(machine)))) return;
    }
    const host = this.#lead.hostOn(session);
    // The ways to a seed host are those to tracker and seeder: each target has tried its own address of it.
    if (host === undefined) this.#watchJoin(session);
    const plan: Plan = {
      type: "plan",
      ...content,
      ...(named === undefined ? {} : { release: named }),
      swarm: this.#membership,
      peerPorts: host?.ports ?? swarm.peerPorts,
      zone: session.target.zone,
      tracker: { url: this.#admission.trackerOf(machine).url },
      seeder: this.#lead.seederFor(machine),
      firstSeeder: host !== undefined,
    };
    // One limit for the whole swarm: it runs from the first target's plan on.
    this.#transferTimeout ??= timeoutWith(swarm.transferTimeoutMs);
    await session.fetchAndVerify(plan, {
      stallTimeoutMs,
      signal: AbortSignal.any([signal, this.#transferTimeout]),
      explain: (error) => (TOO_SLOW.has(error.code) ? this.#explain(session, error) : error),
    });
  }

  /** Has a target that holds the content give it to the others. Never throws. */
  async seed(machine: Machine): Promise<void> {
    const { session } = machine;
    const { peerPorts } = this.#options.config.swarm;
    const isElsewhere = this.#lead.hostOn(session) === undefined;
    if (isElsewhere && !(await this.#preflight.canGive(session, this.#givingWaysOf(machine)))) return;
    if (!session.alive) return;
    this.#watchJoin(session);
    session.seed({
      swarm: this.#membership,
      peerPorts,
      zone: session.target.zone,
      trackerUrl: this.#admission.trackerOf(machine).url,
    });
  }

  /** From now on it is led from there, and whoever takes part is told so. */
  moveTo(lead: SwarmLead): void {
    this.#lead.moveTo(lead);
    for (const machine of this.#admission.machines) {
      const { session } = machine;
      if (!session.alive || session.isLost) continue;
      const { url } = this.#admission.trackerOf(machine);
      // Who has not been told where to fetch is told of this one then.
      if (session.isPlanned) session.follow({ trackerUrl: url, seeder: this.#lead.seederFor(machine) });
    }
  }

  /** The machine that leads is gone, and until `moveTo` there is none: who waits in vain is told why. */
  isLost(why: MurmurationError): void {
    this.#lead.isLost(why);
  }

  /** Tells what is still to be told of ways that are blocked. The targets have to be there until then. */
  async endWays(): Promise<void> {
    this.#preflight.end();
    await this.#peerWays.end();
  }

  #watchJoin(session: TargetSession): void {
    void session.joined.then((address) => this.#peerWays.add(session, address));
  }

  #explain(session: TargetSession, error: MurmurationError): MurmurationError {
    const loss = this.#lead.explainLoss();
    if (loss !== undefined) return loss;
    const parts = [this.#preflight.explain(session), this.#peerWays.explain(session)];
    const known = [error.message, ...parts.filter((part) => part !== undefined)];
    return new MurmurationError(error.code, known.join("; "));
  }

  get #membership(): Plan["swarm"] {
    const { uploadLimitBytesPerSecond } = this.#options.config.swarm;
    return { key: this.#key, uploadLimitBytesPerSecond };
  }

  #waysOf(machine: Machine): Ways {
    let tried = this.#lead.now;
    return {
      now: () => {
        tried = this.#lead.now;
        return { tracker: this.#admission.trackerOf(machine), seeder: this.#lead.seederFor(machine) };
      },
      areReplaced: () => this.#lead.isReplaced(tried),
    };
  }

  /** It needs no seeder. */
  #givingWaysOf(machine: Machine): Ways {
    const ways = this.#waysOf(machine);
    return { ...ways, now: () => ({ ...ways.now(), seeder: null }) };
  }
}

/** Null where the swarm is open to everybody. */
export function newSwarmKey({ encryption }: SwarmConfig): string | null {
  return encryption ? randomBytes(32).toString("base64") : null;
}

function timeoutWith(timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  const error = new MurmurationError(
    "TRANSFER_TIMEOUT",
    `the transfer took longer than ${timeoutMs / 1000} s`,
  );
  setTimeout(() => controller.abort(error), timeoutMs).unref();
  return controller.signal;
}
