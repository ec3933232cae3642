import fc from "fast-check";
import { expect, test } from "vitest";
import { RateLimiter } from "../../src/core/rate-limiter.ts";

test("whoever asks, and however late, the rate holds over any time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 10_000_000 }),
      fc.array(
        fc.record({ bytes: fc.integer({ min: 1, max: 65_536 }), lateMs: fc.integer({ min: 0, max: 200 }) }),
        {
          minLength: 5,
          maxLength: 50,
        },
      ),
      (bytesPerSecond, sends) => {
        const limiter = new RateLimiter(bytesPerSecond);
        let nowMs = 0;
        let sent = 0;
        for (const { bytes, lateMs } of sends) {
          nowMs += limiter.waitMs(nowMs) + lateMs;
          // What was sent before this moment, less a burst of 50 ms and the one that is being sent.
          expect(sent).toBeLessThanOrEqual((bytesPerSecond * (nowMs + 50)) / 1000 + 1);
          limiter.spend(bytes, nowMs);
          sent += bytes;
        }
      },
    ),
  );
});

test("a sender that is always ready uses the whole rate", () => {
  const limiter = new RateLimiter(1_000_000);
  let nowMs = 0;
  let sent = 0;
  while (sent < 5_000_000) {
    nowMs += Math.ceil(limiter.waitMs(nowMs));
    limiter.spend(16_384, nowMs);
    sent += 16_384;
  }
  expect(sent / nowMs).toBeGreaterThan(990);
});

test("no limit never waits", () => {
  const limiter = new RateLimiter(0);
  limiter.spend(1e12, 0);
  expect(limiter.waitMs(0)).toBe(0);
});
