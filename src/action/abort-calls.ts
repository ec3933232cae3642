/**
 * Calls whoever waits when its signal aborts. Thousands wait by one signal: as listeners of its own each of them would be looked at whenever another is added, so that all together
 * are one listener.
 */
export class AbortCalls {
  readonly #bySignal = new Map<AbortSignal, SignalCalls>();

  /** Until the result is disposed, `call` is called where the signal aborts. */
  add(signal: AbortSignal, call: () => void): Disposable {
    const known = this.#bySignal.get(signal);
    const { calls, onAbort } = known ?? signalCalls();
    if (known === undefined) {
      this.#bySignal.set(signal, { calls, onAbort });
      signal.addEventListener("abort", onAbort);
    }
    calls.add(call);
    return {
      [Symbol.dispose]: () => {
        calls.delete(call);
        if (calls.size > 0 || !this.#bySignal.delete(signal)) return;
        signal.removeEventListener("abort", onAbort);
      },
    };
  }
}

interface SignalCalls {
  readonly calls: Set<() => void>;
  readonly onAbort: () => void;
}

function signalCalls(): SignalCalls {
  const calls = new Set<() => void>();
  const onAbort = () => {
    for (const call of calls) call();
  };
  return { calls, onAbort };
}
