import { randomBytes } from "node:crypto";
import type { FromAgent, MessageOf, Plan } from "../contract.ts";
import type { Endpoint } from "../core/blocked-way.ts";
import { MurmurationError } from "../core/errors.ts";
import type { RunContext, SwarmConfig } from "./config.ts";
import { HOSTED_RUNNER } from "./hosted-runner.ts";
import type { OriginSession } from "./origin-session.ts";
import { PeerWays } from "./peer-ways.ts";
import { Preflight } from "./preflight.ts";
import type { TargetSession } from "./target-session.ts";

type Ready = MessageOf<FromAgent, "ready">;

/** What is moved: all of a plan that does not depend on the target. */
export type SwarmContent = Pick<Plan, "release" | "torrent" | "manifest">;

export interface SwarmOptions {
  readonly origin: OriginSession;
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

/** Where the origin runs, for people. */
const ORIGIN_PLACE = "the runner";

interface Served {
  readonly key: string | null;
  readonly trackerPort: number;
  /** Null where only targets seed. */
  readonly seedPort: number | null;
}

/** The swarm of a run as the action leads it: who is let in, and what each target is told. */
export class ReleaseSwarm {
  readonly #options: SwarmOptions;
  readonly #served: Served;
  readonly #preflight: Preflight;
  readonly #peerWays: PeerWays;
  #transferTimeout: AbortSignal | undefined;

  private constructor(options: SwarmOptions, served: Served) {
    this.#options = options;
    this.#served = served;
    const { fetching, giving, config, end, warn, signal } = options;
    const placeHint = config.run.isHosted ? HOSTED_RUNNER : null;
    const place = ORIGIN_PLACE;
    this.#preflight = new Preflight({ fetching, giving, place, placeHint, end, warn, signal });
    this.#peerWays = new PeerWays({ hasSeeder: served.seedPort !== null, warn, signal });
  }

  /**
   * Tracker and seeder on the runner. Standard clients are told `announceHost`; each agent is told the address on its own way to the runner.
   * The origin has packed or opened the content.
   * @throws MurmurationError what the origin told
   */
  static async serve(options: SwarmOptions, announceHost: string): Promise<ReleaseSwarm> {
    const { origin, config, signal } = options;
    const { uploadLimitBytesPerSecond, trackerPorts, seedPorts } = config.swarm;
    const key = newKey(config.swarm);
    const swarm = { key, uploadLimitBytesPerSecond };
    const serve = { swarm, token: newToken(), announceHost, trackerPorts, seedPorts };
    const { trackerPort, seedPort } = await origin.serve(serve, { signal });
    return new ReleaseSwarm(options, { key, trackerPort, seedPort });
  }

  /** A tracker on the runner; it is targets that seed. @throws MurmurationError what the origin told */
  static async track(options: SwarmOptions): Promise<ReleaseSwarm> {
    const { origin, content, config, signal } = options;
    const { trackerPorts } = config.swarm;
    const { infoHash } = content.torrent;
    const { trackerPort } = await origin.track({ infoHash, trackerPorts }, { signal });
    return new ReleaseSwarm(options, { key: newKey(config.swarm), trackerPort, seedPort: null });
  }

  /** Has a target fetch and verify, if it can reach what it needs. Like its session it never throws. */
  async fetch(session: TargetSession, ready: Ready): Promise<void> {
    const { content, config, signal } = this.#options;
    const { swarm, stallTimeoutMs } = config;
    const tracker = this.#admit(session, ready);
    const seeder = this.#seederFor(session);
    if (!(await this.#preflight.isWell(session, { tracker, seeder }))) return;
    this.#watchJoin(session);
    const plan: Plan = {
      type: "plan",
      ...content,
      swarm: this.#membership,
      peerPorts: swarm.peerPorts,
      zone: session.target.zone,
      tracker: { url: tracker.url },
      seeder,
    };
    // One limit for the whole swarm: it runs from the first target's plan on.
    this.#transferTimeout ??= timeoutWith(swarm.transferTimeoutMs);
    await session.fetchAndVerify(plan, {
      stallTimeoutMs,
      signal: AbortSignal.any([signal, this.#transferTimeout]),
      explain: () => this.#explain(session),
    });
  }

  /** Has a target that holds the content give it to the others. Never throws. */
  async seed(session: TargetSession, ready: Ready): Promise<void> {
    const { peerPorts } = this.#options.config.swarm;
    const tracker = this.#admit(session, ready);
    if (!(await this.#preflight.canGive(session, tracker)) || !session.alive) return;
    this.#watchJoin(session);
    session.seed({
      swarm: this.#membership,
      peerPorts,
      zone: session.target.zone,
      trackerUrl: tracker.url,
    });
  }

  /** Tells what is still to be told of ways that are blocked. The targets have to be there until then. */
  async endWays(): Promise<void> {
    this.#preflight.end();
    await this.#peerWays.end();
  }

  #watchJoin(session: TargetSession): void {
    void session.joined.then((address) => this.#peerWays.add(session, address));
  }

  #explain(session: TargetSession): string | undefined {
    const parts = [this.#preflight.explain(session), this.#peerWays.explain(session)];
    const known = parts.filter((part) => part !== undefined);
    return known.length === 0 ? undefined : known.join("; ");
  }

  get #membership(): Plan["swarm"] {
    const { uploadLimitBytesPerSecond } = this.#options.config.swarm;
    return { key: this.#served.key, uploadLimitBytesPerSecond };
  }

  /** Lets it in at the tracker; returns where it announces itself. */
  #admit(session: TargetSession, ready: Ready): Endpoint & { readonly url: string } {
    const token = newToken();
    const { target, remoteAddress } = session;
    const addresses = [...new Set([...ready.addresses, ...(remoteAddress ? [remoteAddress] : [])])];
    this.#options.origin.admit({ token, addresses, announceAs: target.address });
    const host = this.#hostFor(session);
    const inUrl = host.includes(":") ? `[${host}]` : host;
    const port = this.#served.trackerPort;
    return { host, port, url: `http://${inUrl}:${port}/announce?token=${token}` };
  }

  #seederFor(session: TargetSession): Endpoint | null {
    const { seedPort } = this.#served;
    return seedPort === null ? null : { host: this.#hostFor(session), port: seedPort };
  }

  #hostFor({ localAddress }: TargetSession): string {
    return this.#options.config.swarm.announceAddress ?? (localAddress || "127.0.0.1");
  }
}

function newKey({ encryption }: SwarmConfig): string | null {
  return encryption ? randomBytes(32).toString("base64") : null;
}

function newToken(): string {
  return randomBytes(16).toString("hex");
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
