import { randomBytes } from "node:crypto";
import type { Packed, Plan } from "../contract.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { Failure, ReleaseFacts, RunPhase, RunResult, TimeSpan } from "../core/outcome.ts";
import { phasesOfTargets } from "../core/transfer-facts.ts";
import { judge } from "../core/verdict.ts";
import { type DeployConfig, runName } from "./config.ts";
import { expectationOf, proveEnough } from "./enough.ts";
import { finishInTime } from "./finish-in-time.ts";
import type { Fleet } from "./fleet.ts";
import { goLive } from "./go-live.ts";
import { LockOrder } from "./lock-order.ts";
import type { OriginSession, OriginSource } from "./origin-session.ts";
import { releaseFacts } from "./release-facts.ts";
import { fleetOf, type RunTools } from "./run-tools.ts";
import type { TargetSession } from "./target-session.ts";

/** A deploy whose release lies on the runner's disk. */
export type ReadyDeploy = Omit<DeployConfig, "source" | "release"> & {
  readonly source: OriginSource;
  readonly release: string;
};

interface Serving {
  readonly packed: Packed;
  readonly announceHost: string | null;
  readonly trackerPort: number;
  readonly seedPort: number;
  readonly key: string | null;
}

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
  /** Aborts on cancellation and when the origin fails. */
  readonly #stop = new AbortController();
  readonly #fleet: Fleet;
  readonly #phases: { [Phase in RunPhase]?: TimeSpan } = {};
  /** The runner's own, on the way to the target that was reached first. */
  readonly #firstLocalAddress = Promise.withResolvers<string>();
  #packed: Packed | undefined;
  #runFailure: Failure | null = null;

  constructor(config: ReadyDeploy, origin: OriginSession, tools: RunTools, signal: AbortSignal) {
    this.#config = config;
    this.#origin = origin;
    this.#tools = tools;
    this.#fleet = fleetOf(config, tools, this.#stop.signal);
    signal.addEventListener("abort", () => this.#end(asMurmurationError(signal.reason, "CANCELLED")));
    if (signal.aborted) this.#end(asMurmurationError(signal.reason, "CANCELLED"));
    void origin.failed.then((error) => this.#end(error));
  }

  async run(): Promise<RunResult> {
    await using fleet = this.#fleet;
    const serving = this.#serve();
    const order = new LockOrder(fleet.sessions);
    await Promise.all(order.sessions.map((session) => this.#bringToVerified(session, serving, order)));
    // Where nobody was reached nobody will ask, but the origin is still to be told something.
    this.#firstLocalAddress.resolve("127.0.0.1");
    await serving;
    await this.#switchOver();
    await this.#inPhase("finish", async () => {
      const { signal } = this.#stop;
      await finishInTime(Promise.all([fleet.finish(signal), this.#origin.finish()]), signal);
    });
    return this.#result();
  }

  /** The run as a whole has failed: nothing that still runs goes on. */
  #end(error: MurmurationError): void {
    if (this.#stop.signal.aborted) return;
    this.#runFailure = { code: error.code, message: error.message };
    this.#stop.abort(new MurmurationError("CANCELLED", `stopped, because the run failed: ${error.message}`));
  }

  /** Packs the release, and serves it as soon as it is known at which address. Undefined where that failed. */
  async #serve(): Promise<Serving | undefined> {
    const { source, swarm } = this.#config;
    const { signal } = this.#stop;
    try {
      const { pieceLengthBytes } = swarm;
      const packed = await this.#inPhase("pack", () =>
        this.#origin.pack(source, { pieceLengthBytes, signal }),
      );
      this.#packed = packed;
      this.#tools.board.packed(packed);
      const key = swarm.encryption ? randomBytes(32).toString("base64") : null;
      // Standard clients are told this one; each agent is told the address on its own way to the runner.
      const announceHost = swarm.announceAddress ?? (await this.#firstLocalAddress.promise);
      const { uploadLimitBytesPerSecond, trackerPorts, seedPorts } = swarm;
      const { trackerPort, seedPort } = await this.#origin.serve(
        {
          swarm: { key, uploadLimitBytesPerSecond },
          token: newToken(),
          announceHost,
          trackerPorts,
          seedPorts,
        },
        { signal },
      );
      return { packed, announceHost: swarm.announceAddress, trackerPort, seedPort, key };
    } catch (error) {
      this.#end(asMurmurationError(error));
      return undefined;
    }
  }

  async #bringToVerified(
    session: TargetSession,
    serving: Promise<Serving | undefined>,
    order: LockOrder,
  ): Promise<void> {
    const { signal } = this.#stop;
    await this.#fleet.connect(session, signal);
    if (session.localAddress !== undefined) this.#firstLocalAddress.resolve(session.localAddress);
    const { run, activate, lockWaitMs, shared } = this.#config;
    const { files, directories } = shared;
    const ready = await order.prepare(
      session,
      {
        run: runName(run),
        activate,
        lockWaitMs,
        shared: { files: [...files], directories: [...directories] },
      },
      signal,
    );
    if (ready === undefined) return;
    const origin = await serving;
    if (origin === undefined) {
      session.holdBack(asMurmurationError(signal.reason, "CANCELLED"));
      return;
    }
    const token = newToken();
    const { address } = session.target;
    this.#origin.admit({
      token,
      addresses: [
        ...new Set([...ready.addresses, ...(session.remoteAddress ? [session.remoteAddress] : [])]),
      ],
      announceAs: address,
    });
    const plan = this.#planFor(session, origin, token);
    await session.fetchAndVerify(plan, {
      stallTimeoutMs: this.#config.stallTimeoutMs,
      signal: AbortSignal.any([signal, this.#transferTimeout()]),
    });
  }

  #planFor(session: TargetSession, origin: Serving, token: string): Plan {
    const { packed, key, trackerPort, seedPort } = origin;
    const { release, swarm } = this.#config;
    const host = origin.announceHost ?? session.localAddress ?? "127.0.0.1";
    const inUrl = host.includes(":") ? `[${host}]` : host;
    return {
      type: "plan",
      release,
      torrent: packed.torrent,
      manifest: packed.manifest,
      swarm: { key, uploadLimitBytesPerSecond: swarm.uploadLimitBytesPerSecond },
      peerPorts: swarm.peerPorts,
      zone: session.target.zone,
      tracker: { url: `http://${inUrl}:${trackerPort}/announce?token=${token}` },
      seeder: { host, port: seedPort },
    };
  }

  /** One limit for the whole swarm: it runs from the first target's plan on. */
  #transferTimeout(): AbortSignal {
    this.#transferTimeoutSignal ??= timeoutWith(this.#config.swarm.transferTimeoutMs);
    return this.#transferTimeoutSignal;
  }
  #transferTimeoutSignal: AbortSignal | undefined;

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
      origin: this.#origin.figures,
      targets,
      verdict: judge(expectation, targets, this.#runFailure),
    };
  }
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
