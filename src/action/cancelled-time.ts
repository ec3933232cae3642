import { MurmurationError } from "../core/errors.ts";

/**
 * GitHub gives a cancelled step 7.5 s between the signal that asks it to end and the one that makes it. These two follow each other; what they leave is
 * for the farewells of origin and connections, and for the report.
 */
export const PUT_BACK_CANCELLED_MS = 3_500;
export const GOODBYES_CANCELLED_MS = 1_500;

export interface Grace extends Disposable {
  readonly signal: AbortSignal;
}

/** For what is to be done even in a run that has ended: `signal` aborts so long after that of the run, with a `CANCELLED`. */
export function graceAfter(run: AbortSignal, graceMs: number): Grace {
  const grace = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    const why = `nothing was heard within the ${graceMs / 1_000} s that a cancelled run has left`;
    timer = setTimeout(() => grace.abort(new MurmurationError("CANCELLED", why)), graceMs);
  };
  if (run.aborted) onAbort();
  else run.addEventListener("abort", onAbort, { once: true });
  return {
    signal: grace.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      run.removeEventListener("abort", onAbort);
    },
  };
}
