import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TargetWatch } from "../../src/action/target-watch.ts";
import type { FromAgent, MessageOf } from "../../src/contract.ts";
import { NO_TRANSFER } from "../../src/core/outcome.ts";

type Told = Pick<MessageOf<FromAgent, "progress">, "step" | "piecesDone">;

const STALL_MS = 60_000;

/** Time is the test's: it passes as fast as it can. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What becomes of a verification in which the agent tells one of these a second. */
async function verifyWith(told: (second: number) => Told, seconds: number): Promise<string> {
  const watch = new TargetWatch("web-1", () => Date.now());
  watch.begins("verify");
  const { signal } = new AbortController();
  const work = async (stalled: AbortSignal) => {
    for (let second = 1; second <= seconds; second++) {
      vi.advanceTimersByTime(1_000);
      if (stalled.aborted) return `${stalled.reason.code} after ${second} s`;
      watch.take({ type: "progress", trouble: null, ...NO_TRANSFER, ...told(second) });
    }
    return "goes on";
  };
  return await watch.over(work, { stallTimeoutMs: STALL_MS, signal });
}

test.each<[string, (second: number) => Told, number]>([
  ["to and fro", (second) => ({ step: "verify", piecesDone: 1 + (second % 2) }), 600],
  [
    "to and fro by way of other steps",
    (second) => ({ step: second % 2 === 0 ? "verify" : "resume", piecesDone: second % 2 === 0 ? 1 : second }),
    600,
  ],
  ["nowhere, and says for ever that it writes out", () => ({ step: "flush", piecesDone: 0 }), 600],
])("a target whose verification gets %s stalls", async (_how, told, seconds) => {
  expect(await verifyWith(told, seconds)).toMatch(/^TRANSFER_STALLED after/);
});

test("a verification that is slow, after a disk that took two minutes to write out and a last word of the fetch, does not stall", async () => {
  const told = (second: number): Told => {
    if (second === 1) return { step: "fetch", piecesDone: 500 };
    if (second <= 121) return { step: "flush", piecesDone: 0 };
    return { step: "verify", piecesDone: Math.floor((second - 121) / 50) };
  };
  expect(await verifyWith(told, 600)).toBe("goes on");
});
