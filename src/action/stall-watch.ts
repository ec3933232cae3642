import { MurmurationError } from "../core/errors.ts";

const CHECK_MS = 500;

/** Ends work in which nothing moves any more. */
export class StallWatch {
  readonly #clock: () => number;
  #movedMs = 0;

  /** `clock`: milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  moved(): void {
    this.#movedMs = this.#clock();
  }

  /** @throws MurmurationError `TRANSFER_STALLED` with what `describe` says where nothing has moved for `limitMs`, by way of the work's signal */
  async over<T>(
    work: (signal: AbortSignal) => Promise<T>,
    { limitMs, signal, describe }: { limitMs: number; signal: AbortSignal; describe: () => string },
  ): Promise<T> {
    this.moved();
    const stalled = new AbortController();
    const timer = setInterval(() => {
      if (this.#clock() - this.#movedMs > limitMs)
        stalled.abort(new MurmurationError("TRANSFER_STALLED", describe()));
    }, CHECK_MS);
    try {
      return await work(AbortSignal.any([signal, stalled.signal]));
    } finally {
      clearInterval(timer);
    }
  }
}
