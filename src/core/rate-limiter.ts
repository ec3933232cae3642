/** A sender that was idle may be this far ahead: less makes a timer's jitter cost rate, more is a burst. */
const BURST_MS = 50;

/** Spreads bytes over time so that the rate holds, whoever sends them. */
export class RateLimiter {
  readonly #bytesPerSecond: number;
  #freeAtMs = Number.NEGATIVE_INFINITY;

  /** 0: no limit. */
  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Milliseconds until something may be sent; 0: now. */
  waitMs(nowMs: number): number {
    return this.#bytesPerSecond === 0 ? 0 : Math.max(0, this.#freeAtMs - nowMs);
  }

  /** To be called for what is sent after `waitMs` answered 0. */
  spend(bytes: number, nowMs: number): void {
    if (this.#bytesPerSecond === 0) return;
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs - BURST_MS) + (bytes / this.#bytesPerSecond) * 1000;
  }
}
