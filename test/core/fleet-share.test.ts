import fc from "fast-check";
import { expect, test } from "vitest";
import { leastOf, parseFleetShare, waveSizes } from "../../src/core/fleet-share.ts";

const share = (text: string) => parseFleetShare(text)!;

test("a share of a fleet is a number or a percentage, and never nothing", () => {
  expect(share("14")).toEqual({ kind: "count", count: 14 });
  expect(share("99.5%")).toEqual({ kind: "percent", percent: 99.5 });
  for (const wrong of ["0", "0%", "101%", "-1", "1.5", "ten", "", "50 %", "1e3", "0.0001%"])
    expect(parseFleetShare(wrong), wrong).toBeUndefined();
});

test("what has to be reached is rounded up", () => {
  expect(leastOf(share("95%"), 16)).toBe(16);
  expect(leastOf(share("50%"), 16)).toBe(8);
  expect(leastOf(share("99.9%"), 1_000)).toBe(999);
  expect(leastOf(share("14"), 16)).toBe(14);
});

test("1,10%,100% is one target, a tenth, and the rest", () => {
  expect(waveSizes(40, ["1", "10%", "100%"].map(share))).toEqual([1, 4, 35]);
  expect(waveSizes(10, [share("25%")])).toEqual([2, 2, 2, 2, 2]);
  expect(waveSizes(3, [share("10%")])).toEqual([1, 1, 1]);
  expect(waveSizes(3, [share("100%")])).toEqual([3]);
  expect(waveSizes(0, [share("1")])).toEqual([]);
});

test("waves have every target once, and at least one each", () => {
  const shares = fc.oneof(
    fc.integer({ min: 1, max: 50 }).map((count) => ({ kind: "count", count }) as const),
    fc
      .double({ min: 0.001, max: 100, noNaN: true })
      .map((percent) => ({ kind: "percent", percent }) as const),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000 }), fc.array(shares, { minLength: 1 }), (total, sizes) => {
      const waves = waveSizes(total, sizes);
      expect(waves.reduce((sum, size) => sum + size, 0)).toBe(total);
      expect(waves.every((size) => size >= 1)).toBe(true);
    }),
  );
});
