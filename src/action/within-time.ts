/**
 * Waits for work that cannot be cancelled, but not for longer than `limitMs`, and no longer than `signal` lets it. What it still does after that is
 * nobody's concern.
 * @throws what `work` throws; the signal's reason; an Error that says how long `what` took
 */
export async function withinTime<T>(
  work: Promise<T>,
  { limitMs, signal, what }: { limitMs: number; signal: AbortSignal; what: string },
): Promise<T> {
  // It may end after nobody waits any more.
  work.catch(() => {});
  const { promise: over, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  const tooLong = () => reject(new Error(`${what} took longer than ${Math.round(limitMs / 1_000)} s`));
  const timer = setTimeout(tooLong, limitMs);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
