import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { Failure } from "../core/outcome.ts";

/** Ends a run as a whole: on its user's signal, or when what it cannot do without has failed. */
export class RunStop {
  readonly #stop = new AbortController();
  #failure: Failure | null = null;

  constructor(cancelled: AbortSignal) {
    const onAbort = () => this.end(asMurmurationError(cancelled.reason, "CANCELLED"));
    cancelled.addEventListener("abort", onAbort);
    if (cancelled.aborted) onAbort();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Null where the run was not ended. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Nothing that still runs goes on. The first reason counts. */
  end({ code, message }: MurmurationError): void {
    if (this.signal.aborted) return;
    this.#failure = { code, message };
    this.#stop.abort(new MurmurationError("CANCELLED", `stopped, because the run failed: ${message}`));
  }
}
