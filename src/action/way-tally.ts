import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type BlockedEnd, type Endpoint, isBlocked, type ProbeEnd } from "../core/blocked-way.ts";
import type { Target } from "../core/inventory.ts";

/** A target that is cut off waits so long for the others' answers: those that began with it have theirs by then. */
const PATIENCE_MS = 1_000;
const CHECK_MS = 50;

/** A target, as far as it matters here. */
export interface Prober {
  readonly target: Pick<Target, "name">;
  readonly alive: boolean;
  probe(endpoints: readonly Endpoint[], signal: AbortSignal): Promise<readonly ProbeEnd[] | undefined>;
}

export interface BlockedWay {
  readonly session: Prober;
  readonly endpoint: Endpoint;
  readonly end: BlockedEnd;
}

/** From which targets one thing is reached, such as the tracker. */
export class WayTally {
  /** Those that are asked sooner or later. */
  readonly #sessions: readonly Prober[];
  readonly #asked = new Set<Prober>();
  readonly #blocked: BlockedWay[] = [];
  #reached = 0;
  #pending = Number.POSITIVE_INFINITY;
  #countedMs = Number.NEGATIVE_INFINITY;

  constructor(sessions: readonly Prober[]) {
    this.#sessions = sessions;
  }

  get blocked(): readonly BlockedWay[] {
    return this.#blocked;
  }

  /** `end` undefined: it has not answered. Returns the way where it is blocked. */
  note(session: Prober, endpoint: Endpoint, end: ProbeEnd | undefined): BlockedWay | undefined {
    this.#asked.add(session);
    if (end?.kind === "reached") this.#reached += 1;
    if (end === undefined || !isBlocked(end)) return undefined;
    const way = { session, endpoint, end };
    this.#blocked.push(way);
    return way;
  }

  /**
   * Asked by a target that is cut off: whether all are. As soon as one is not, the answer is no. Where some have not answered for long, such as those that
   * wait for a lock, most are enough. Only who is cut off waits for it.
   */
  async isBlockedForAll(): Promise<boolean> {
    const endMs = performance.now() + PATIENCE_MS;
    for (;;) {
      if (this.#reached > 0) return false;
      const pending = this.#countPending();
      const blocked = this.#blocked.length;
      const unknown = pending + this.#asked.size - blocked;
      if (pending === 0 || performance.now() > endMs) return blocked > unknown;
      await sleep(CHECK_MS);
    }
  }

  /** Of a large fleet that is cut off as a whole everybody asks. */
  #countPending(): number {
    const nowMs = performance.now();
    if (nowMs - this.#countedMs >= CHECK_MS) {
      this.#pending = this.#sessions.filter((one) => one.alive && !this.#asked.has(one)).length;
      this.#countedMs = nowMs;
    }
    return this.#pending;
  }
}
