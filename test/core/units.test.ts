import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DURATION_MAX_MS,
  formatBitRate,
  formatByteRate,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  parseDurationMs,
  parseRateBytesPerSecond,
  parseSizeBytes,
} from "../../src/core/units.ts";

test.each([
  ["30s", 30_000],
  ["5m", 300_000],
  ["1h30m", 5_400_000],
  ["1h0m5s", 3_605_000],
  ["0s", 0],
  ["90m", 5_400_000],
])("the duration %s is read", (text, expected) => {
  expect(parseDurationMs(text)).toBe(expected);
});

test.each([
  "",
  "s",
  "5",
  "5 m",
  "-5m",
  "1.5h",
  "5M",
  "30s5m",
  "5ms",
  "1e3s",
  "NaN",
  "600h",
  `${"9".repeat(400)}s`,
])("the duration %j is refused, not made a default", (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test("no duration is longer than a timer can wait", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(\d{1,8}h)?(\d{1,8}m)?(\d{1,8}s)?$/), (text) => {
      const parsed = parseDurationMs(text);
      if (parsed === undefined) return;
      expect(Number.isSafeInteger(parsed)).toBe(true);
      expect(parsed).toBeLessThanOrEqual(DURATION_MAX_MS);
    }),
  );
});

test.each([
  ["0", 0],
  ["17", 17],
  ["64KiB", 65_536],
  ["4MiB", 4_194_304],
  ["1GiB", 1_073_741_824],
])("the size %s is read", (text, expected) => {
  expect(parseSizeBytes(text)).toBe(expected);
});

test.each(["", "KiB", "4MB", "4mib", "4 MiB", "-1", "1.5MiB", "0x10", "1e6", "9".repeat(30), "99999999TiB"])(
  "the size %j is refused",
  (text) => {
    expect(parseSizeBytes(text)).toBeUndefined();
  },
);

test("a rate may be written with or without /s", () => {
  expect(parseRateBytesPerSecond("4MiB")).toBe(4_194_304);
  expect(parseRateBytesPerSecond("4MiB/s")).toBe(4_194_304);
  expect(parseRateBytesPerSecond("4MiB/m")).toBeUndefined();
});

test.each([
  [0, "0 B"],
  [512, "512 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [12_897_485, "12.3 MiB"],
  [1024 ** 2 - 1, "1.0 MiB"],
  [104_857_600, "100 MiB"],
  [1024 ** 3, "1.0 GiB"],
])("%d bytes read well", (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([
  [0, "0 ms"],
  [850, "850 ms"],
  [999.7, "1.0 s"],
  [4_230, "4.2 s"],
  [59_949, "59.9 s"],
  [59_950, "1 m 00 s"],
  [65_000, "1 m 05 s"],
  [3_599_600, "1 h 00 m"],
  [7_380_000, "2 h 03 m"],
])("%d ms read well", (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});

test("rates, shares and counts read well", () => {
  expect(formatBitRate(6_262_500)).toBe("50.1 Mbit/s");
  expect(formatBitRate(125_000_000)).toBe("1.0 Gbit/s");
  expect(formatByteRate(432_013_312)).toBe("412 MiB/s");
  expect(formatShare(999, 1000)).toBe("99%");
  expect(formatShare(1000, 1000)).toBe("100%");
  expect(formatShare(0, 0)).toBe("0%");
  expect(formatCount(1, "target")).toBe("1 target");
  expect(formatCount(20_000, "file")).toBe("20,000 files");
});
