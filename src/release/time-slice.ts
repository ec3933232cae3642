import { setImmediate as nextTurn } from "node:timers/promises";

/** The event loop also answers pings and peers; nobody notices a pause of this length. */
const SLICE_MS = 8;

/** What the work leaves for others to do, who can be behind. */
export interface Backlog {
  readonly isFull: boolean;
  room(): Promise<void>;
}

/**
 * Lets long work of many small synchronous steps share the event loop. Synchronous calls are several times faster than promises for
 * small files, but thousands of them in a row would hold everything else up. A slice is over, too, when the backlog is full.
 */
export class TimeSlice {
  readonly #signal: AbortSignal | undefined;
  readonly #backlog: Backlog | undefined;
  #endsAtMs = performance.now() + SLICE_MS;

  constructor(signal?: AbortSignal, backlog?: Backlog) {
    this.#signal = signal;
    this.#backlog = backlog;
  }

  get over(): boolean {
    return this.#backlog?.isFull === true || performance.now() >= this.#endsAtMs;
  }

  /** Lets others run, then begins the next slice. Throws where the work was cancelled. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await nextTurn();
    if (this.#backlog?.isFull === true) await this.#backlog.room();
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
