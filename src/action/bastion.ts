import { createHash } from "node:crypto";
import type { Target } from "../core/inventory.ts";
import { hostAndPort } from "../core/ip-address.ts";
import { type BastionConfig, type PortRange, type RunContext, runName } from "./config.ts";
import { type LockOrder, OWN_LOCK_MS } from "./lock-order.ts";
import type { Machine } from "./machine.ts";
import type { ReleaseSwarm } from "./release-swarm.ts";
import type { RunTools } from "./run-tools.ts";
import type { SeedHostChoice } from "./seed-host.ts";
import { TargetSession } from "./target-session.ts";
import type { SessionProgress } from "./target-watch.ts";

/** What a bastion keeps, so that only changes cross the next time: this release and the one before. */
const KEPT_RELEASES = 2;

export interface BastionOptions {
  readonly bastion: BastionConfig;
  readonly targets: readonly Target[];
  readonly agentDir: string;
  readonly run: RunContext;
  readonly lockWaitMs: number;
  readonly ports: PortRange;
  readonly order: LockOrder;
  readonly clock: () => number;
  readonly reach: RunTools["reach"];
  readonly onProgress: (progress: SessionProgress) => void;
  readonly warn: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A machine beside the fleet that the targets can dial: the release is stored there, and kept for the next time. */
export class Bastion implements SeedHostChoice {
  readonly isTarget = false;
  readonly isLastJump: boolean;
  readonly ports: PortRange;
  readonly #options: BastionOptions;
  readonly #target: Target;
  #session: TargetSession | undefined;
  /** It is reached while the release is packed. */
  #early: Promise<Machine> | undefined;

  constructor(options: BastionOptions) {
    this.#options = options;
    this.#target = bastionTarget(options);
    this.#early = this.#prepare(options.signal);
    this.#early.catch(() => {});
    this.ports = options.ports;
    this.isLastJump = options.bastion.isLastJump;
  }

  offer(): void {}

  offersEnd(): void {}

  async next(signal: AbortSignal): Promise<Machine> {
    const early = this.#early;
    this.#early = undefined;
    return await (early ?? this.#prepare(signal));
  }

  /** Under its info-hash: the same content under another id is there already, and another content under the same id does not stand in the way. */
  async fetch({ session, ready }: Machine, swarm: ReleaseSwarm): Promise<void> {
    const { signal, warn } = this.#options;
    await swarm.fetch({ session, ready }, swarm.infoHash);
    await session.commit(signal);
    if (!session.alive) return;
    session.isAt("done");
    const trouble = await session.switch.pruneStore(KEPT_RELEASES, signal);
    if (trouble !== undefined && !signal.aborted) warn(`old releases could not be removed: ${trouble}`);
  }

  async finish(signal: AbortSignal): Promise<void> {
    await this.#session?.finish(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session?.[Symbol.asyncDispose]();
  }

  async #prepare(signal: AbortSignal): Promise<Machine> {
    const { run, lockWaitMs, order, clock, onProgress, reach } = this.#options;
    const isAgain = this.#session !== undefined;
    await this.#session?.[Symbol.asyncDispose]();
    const session = new TargetSession({ target: this.#target, clock, onProgress });
    this.#session = session;
    // There is no turn that it could keep others from.
    const onWait = () => {};
    await session.connect(() => reach(this.#target, signal, onWait), signal);
    const ready = await order.prepare(
      session,
      {
        run: runName(run),
        activate: false,
        lockWaitMs: isAgain ? Math.max(OWN_LOCK_MS, lockWaitMs) : lockWaitMs,
        shared: { files: [], directories: [] },
      },
      signal,
    );
    if (ready === undefined) throw session.failure;
    return { session, ready };
  }
}

/** The bastion as a machine to deploy to. Each fleet has a store of its own there, so that jobs for several fleets do not wait for each other. */
function bastionTarget({ bastion, targets, agentDir, run }: BastionOptions): Target {
  const places = targets.map(({ host, port, deployTo }) => `${host}\0${port}\0${deployTo}`).sort();
  const store = createHash("sha256")
    .update(JSON.stringify([run.repository, places]))
    .digest("hex");
  const { user, host, port, written } = bastion;
  return {
    name: `bastion ${user}@${hostAndPort(bastion)}`,
    host,
    user,
    port,
    written,
    address: null,
    deployTo: `${agentDir.replace(/\/+$/, "")}/seed/${store.slice(0, 32)}`,
    zone: null,
    rack: null,
    group: null,
    line: 0,
  };
}
