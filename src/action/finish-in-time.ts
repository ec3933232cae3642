import { GOODBYES_CANCELLED_MS, graceAfter } from "./cancelled-time.ts";

/**
 * Waits for the goodbyes, but once `signal` has aborted not for long: who has not answered by then never will, and ends with its
 * connection, which ends with this process. Never throws.
 */
export async function finishInTime(goodbyes: Promise<unknown>, signal: AbortSignal): Promise<void> {
  using grace = graceAfter(signal, GOODBYES_CANCELLED_MS);
  const late = new Promise<void>((resolve) => {
    grace.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([goodbyes.catch(() => {}), late]);
}
