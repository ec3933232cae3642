/** Pieces told in one message to a peer that lacks them: fewer cost a message each, more make it wait. */
const PIECES_TOGETHER = 8;
const LACKING_MIN_MS = 2;
const LACKING_MAX_MS = 300;
/** To who has the piece itself and only counts by ours. */
const COUNTING_MS = 250;
const INTERVAL_WEIGHT = 0.2;

/**
 * When peers are told of a piece. Whoever sent it is told at once: it begins with its next turn then. The others are told with what else
 * they are sent, or after as long as some pieces take: on a quick link a release is here before a fixed delay is over.
 */
export class HavePace {
  #intervalMs = 0;
  #lastMs: number | undefined;

  /** A piece was stored. */
  note(nowMs: number): void {
    if (this.#lastMs !== undefined)
      this.#intervalMs += INTERVAL_WEIGHT * (nowMs - this.#lastMs - this.#intervalMs);
    this.#lastMs = nowMs;
  }

  /** Milliseconds until the peer is told, if nothing else is sent to it before. */
  delayMs(peer: "sent it" | "lacks it" | "has it"): number {
    if (peer === "sent it") return 0;
    if (peer === "has it") return COUNTING_MS;
    return Math.min(LACKING_MAX_MS, Math.max(LACKING_MIN_MS, PIECES_TOGETHER * this.#intervalMs));
  }
}
