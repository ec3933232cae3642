import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type BlockedEnd, type Endpoint, isBlocked, type ProbeEnd } from "../core/blocked-way.ts";
import type { TargetSession } from "./target-session.ts";

/** A target that is cut off waits so long for the others' answers: those that began with it have theirs by then. */
const PATIENCE_MS = 1_000;
const CHECK_MS = 50;

export interface BlockedWay {
  readonly session: TargetSession;
  readonly endpoint: Endpoint;
  readonly end: BlockedEnd;
}

/** From which targets one thing is reached, such as the tracker. */
export class WayTally {
  /** Those that are asked sooner or later. */
  readonly #sessions: readonly TargetSession[];
  readonly #asked = new Set<TargetSession>();
  readonly #blocked: BlockedWay[] = [];

  constructor(sessions: readonly TargetSession[]) {
    this.#sessions = sessions;
  }

  get blocked(): readonly BlockedWay[] {
    return this.#blocked;
  }

  /** `end` undefined: it has not answered. The way where it is blocked. */
  note(session: TargetSession, endpoint: Endpoint, end: ProbeEnd | undefined): BlockedWay | undefined {
    this.#asked.add(session);
    if (end === undefined || !isBlocked(end)) return undefined;
    const way = { session, endpoint, end };
    this.#blocked.push(way);
    return way;
  }

  /**
   * Asked by a target that is cut off: whether all are. As soon as one is not, the answer is no. Where some have not been asked for long, such as those that
   * wait for a lock, most are enough. Only who is cut off waits for it.
   */
  async isBlockedForAll(): Promise<boolean> {
    const endMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const blocked = this.#blocked.length;
      if (this.#asked.size > blocked) return false;
      const pending = this.#sessions.filter((one) => one.alive && !this.#asked.has(one)).length;
      if (pending === 0) return true;
      if (performance.now() > endMs) return blocked > pending;
      await sleep(CHECK_MS);
    }
  }
}
