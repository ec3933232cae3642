import type { RunResult } from "../core/outcome.ts";
import type { Machine } from "./machine.ts";
import type { OriginSession } from "./origin-session.ts";
import { ReleaseSwarm, type SwarmOptions } from "./release-swarm.ts";

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

  async give(options: SwarmOptions): Promise<ReleaseSwarm> {
    const announceHost = options.config.swarm.announceAddress ?? (await this.#firstLocalAddress.promise);
    return await ReleaseSwarm.serve(this.#origin, options, announceHost);
  }

  async track(options: SwarmOptions): Promise<ReleaseSwarm> {
    return await ReleaseSwarm.track(this.#origin, options);
  }

  settle(): void {}

  async finish(): Promise<void> {}

  get figures(): Pick<RunResult, "origin" | "seedHosts"> {
    return { origin: this.#origin.figures };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
