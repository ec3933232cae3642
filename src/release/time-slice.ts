import { setImmediate as nextTurn } from "node:timers/promises";

/** The event loop also answers pings and peers; nobody notices a pause of this length. */
const SLICE_MS = 8;

/**
 * Lets long work of many small synchronous steps share the event loop. Synchronous calls are several times faster than promises for
 * small files, but thousands of them in a row would hold everything else up.
 */
export class TimeSlice {
  readonly #signal: AbortSignal | undefined;
  #endsAtMs = performance.now() + SLICE_MS;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  get over(): boolean {
    return performance.now() >= this.#endsAtMs;
  }

  /** Lets others run, then begins the next slice. Throws where the work was cancelled. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#endsAtMs = performance.now() + SLICE_MS;
  }
}

/** Calls `report` at most once in `intervalMs`; `flush` reports what was held back. */
export function paced<Progress>(
  report: ((progress: Progress) => void) | undefined,
  intervalMs = 100,
): { (progress: Progress): void; flush(): void } {
  let heldBack: { progress: Progress } | undefined;
  let nextAtMs = 0;
  const flush = () => {
    if (heldBack === undefined) return;
    nextAtMs = performance.now() + intervalMs;
    report?.(heldBack.progress);
    heldBack = undefined;
  };
  const take = (progress: Progress) => {
    heldBack = { progress };
    if (performance.now() >= nextAtMs) flush();
  };
  return Object.assign(take, { flush });
}
