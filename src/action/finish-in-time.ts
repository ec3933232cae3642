/** GitHub gives a cancelled step 7.5 s in all: the origin's end and the report need some of them too. */
const CANCELLED_FINISH_MAX_MS = 2_500;

/**
 * Waits for the goodbyes, but once `signal` has aborted not for long: who has not answered by then never will, and ends with its
 * connection, which ends with this process. Never throws.
 */
export async function finishInTime(goodbyes: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = Promise.withResolvers<void>();
  const hurry = () => {
    timer = setTimeout(late.resolve, CANCELLED_FINISH_MAX_MS);
  };
  if (signal.aborted) hurry();
  else signal.addEventListener("abort", hurry, { once: true });
  try {
    await Promise.race([goodbyes.catch(() => {}), late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", hurry);
  }
}
