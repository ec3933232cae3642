import { performance } from "node:perf_hooks";
import pLimit from "p-limit";
import type { MurmurationError } from "../core/errors.ts";
import type { Target } from "../core/inventory.ts";
import type { TargetOutcome } from "../core/outcome.ts";
import { type ReachedTarget, TargetSession } from "./target-session.ts";
import type { SessionProgress } from "./target-watch.ts";

export interface FleetOptions {
  readonly targets: readonly Target[];
  readonly clock: () => number;
  /** Handshakes in flight at once. */
  readonly concurrency: number;
  /** `onWait` is called where it is connected, but has to wait for others: then it is the next one's turn. */
  readonly reach: (target: Target, signal: AbortSignal, onWait: () => void) => Promise<ReachedTarget>;
  readonly onProgress: (progress: SessionProgress) => void;
}

/** All targets of a run. Disposing it closes every connection. */
export class Fleet implements AsyncDisposable {
  readonly sessions: readonly TargetSession[];
  readonly #options: FleetOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #further: TargetSession[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#limit = pLimit(options.concurrency);
    this.sessions = options.targets.map((target) => this.#sessionOf(target));
  }

  /** A further session with a target whose first was lost. It ends with the others, and has no outcome of its own. */
  newSession(target: Target): TargetSession {
    const session = this.#sessionOf(target);
    this.#further.push(session);
    return session;
  }

  get alive(): TargetSession[] {
    return this.sessions.filter((session) => session.alive);
  }

  get outcomes(): TargetOutcome[] {
    return this.sessions.map((session) => session.outcome);
  }

  async connect(session: TargetSession, signal: AbortSignal): Promise<void> {
    const { reach } = this.#options;
    let connecting: Promise<void> | undefined;
    await this.#limit(
      () =>
        new Promise<void>((onWait) => {
          const reachIt = () => reach(session.target, signal, onWait);
          connecting = session.connect(reachIt, signal).finally(onWait);
        }),
    );
    await connecting;
  }

  holdBack(error: (session: TargetSession) => MurmurationError): void {
    for (const session of this.alive) session.holdBack(error(session));
  }

  async finish(signal: AbortSignal): Promise<void> {
    const all = [...this.sessions, ...this.#further];
    await Promise.all(all.map((session) => session.finish(signal)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.sessions, ...this.#further];
    await Promise.all(all.map((session) => session[Symbol.asyncDispose]()));
  }

  #sessionOf(target: Target): TargetSession {
    const { clock, onProgress } = this.#options;
    return new TargetSession({ target, clock, onProgress });
  }
}

/** Milliseconds since now. */
export function startClock(): () => number {
  const startMs = performance.now();
  return () => performance.now() - startMs;
}
