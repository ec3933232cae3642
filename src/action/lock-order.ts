import { type FromAgent, type MessageOf, SILENCE_MAX_MS } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import type { PrepareOptions, TargetSession } from "./target-session.ts";

/** An agent whose connection broke without a word notices by its silence, and holds the lock until then. */
export const OWN_LOCK_MS = SILENCE_MAX_MS + 15_000;
/** A leader that is not reached by then costs the others no more time. */
const LEADER_PATIENCE_MS = 10_000;

/**
 * In which order a run takes its targets' locks: one target's first, the same one for every run with these targets. Of two runs one gets that lock, and with
 * it all others'; each would have some, and both would fail, or wait for each other.
 */
export class LockOrder {
  /** The leader first. */
  readonly sessions: readonly TargetSession[];
  readonly #leader: TargetSession;
  /** It has its lock, or has failed, or is not reached. */
  readonly #leaderIsSettled = Promise.withResolvers<void>();

  constructor(sessions: readonly TargetSession[]) {
    const placeOf = ({ target }: TargetSession) => `${target.host}\0${target.port}\0${target.deployTo}`;
    const leader = sessions.reduce((first, session) => (placeOf(session) < placeOf(first) ? session : first));
    this.#leader = leader;
    this.sessions = [leader, ...sessions.filter((session) => session !== leader)];
    const patience = setTimeout(() => {
      if (leader.localAddress === undefined) this.#leaderIsSettled.resolve();
    }, LEADER_PATIENCE_MS);
    patience.unref();
  }

  /** To be called for every session once it is connected, or has failed to. */
  async prepare(
    session: TargetSession,
    options: PrepareOptions,
    signal: AbortSignal,
  ): Promise<MessageOf<FromAgent, "ready"> | undefined> {
    if (session !== this.#leader) {
      await this.#leaderIsSettled.promise;
      const held = this.#leader.lockHeld;
      if (held !== undefined)
        session.holdBack(new MurmurationError("LOCK_HELD", `${session.target.name}: not begun: ${held}`));
    }
    const ready = await session.prepare(options, signal);
    if (session === this.#leader) this.#leaderIsSettled.resolve();
    return ready;
  }
}
