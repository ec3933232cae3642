import type { RunResult } from "../core/outcome.ts";
import type { SwarmLead } from "./lead-watch.ts";
import type { Machine } from "./machine.ts";
import type { OriginSession } from "./origin-session.ts";
import { newSwarmKey, ReleaseSwarm, type SwarmOptions } from "./release-swarm.ts";
import { newToken } from "./tracker-admission.ts";

/** Where the fleet gets a release from that the runner has, or that targets have: who tracks, and who seeds first. */
export interface Seeding extends AsyncDisposable {
  /** A target is prepared, and may be the one that is needed. */
  offer(machine: Machine): void;
  /** All targets are prepared, or have failed. */
  offersEnd(): void;
  /**
   * Gives out what the origin has packed or opened. Undefined where no target will ask.
   * @throws MurmurationError
   */
  give(options: SwarmOptions): Promise<ReleaseSwarm | undefined>;
  /** Only tracks, since targets seed. @throws MurmurationError */
  track(options: SwarmOptions): Promise<ReleaseSwarm | undefined>;
  /** From now on nobody lacks anything: what fails does no harm. */
  settle(): void;
  finish(): Promise<void>;
  readonly figures: Pick<RunResult, "origin" | "seedHosts">;
}

/** Tracker and seeder on the runner: the fleet can dial it. */
export class RunnerSeeding implements Seeding {
  readonly #origin: OriginSession;
  /** The runner's own, on the way to the target that was prepared first. */
  readonly #firstLocalAddress = Promise.withResolvers<string>();

  constructor(origin: OriginSession) {
    this.#origin = origin;
  }

  offer({ session }: Machine): void {
    // Not every client tells it.
    this.#firstLocalAddress.resolve(session.localAddress || "127.0.0.1");
  }

  offersEnd(): void {
    // Nobody will ask, but the origin is still to be told something.
    this.#firstLocalAddress.resolve("127.0.0.1");
  }

  /** Standard clients are told one address; each agent is told the runner's on its own way. */
  async give(options: SwarmOptions): Promise<ReleaseSwarm> {
    const { announceAddress, uploadLimitBytesPerSecond, trackerPorts, seedPorts } = options.config.swarm;
    const announceHost = announceAddress ?? (await this.#firstLocalAddress.promise);
    const key = newSwarmKey(options.config.swarm);
    const swarm = { key, uploadLimitBytesPerSecond };
    const serve = { swarm, token: newToken(), announceHost, trackerPorts, seedPorts };
    const { trackerPort, seedPort } = await this.#origin.serve(serve, options);
    return new ReleaseSwarm(options, this.#lead({ trackerPort, seedPort }, options), key);
  }

  async track(options: SwarmOptions): Promise<ReleaseSwarm> {
    const { trackerPorts } = options.config.swarm;
    const { infoHash } = options.content.torrent;
    const { trackerPort } = await this.#origin.track({ infoHash, trackerPorts }, options);
    return new ReleaseSwarm(options, this.#lead({ trackerPort, seedPort: null }, options));
  }

  settle(): void {}

  async finish(): Promise<void> {}

  get figures(): Pick<RunResult, "origin" | "seedHosts"> {
    return { origin: this.#origin.figures };
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #lead(ports: Pick<SwarmLead, "trackerPort" | "seedPort">, { config }: SwarmOptions): SwarmLead {
    const { announceAddress } = config.swarm;
    const addressFor = ({ session }: Machine) => announceAddress ?? (session.localAddress || "127.0.0.1");
    const seedsThere = ports.seedPort !== null;
    return { tracker: this.#origin, ...ports, seedsThere, host: null, addressFor };
  }
}
