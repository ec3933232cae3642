import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, logLine, markdownText } from "../../src/report/escape.ts";
import { outcomeTable } from "../../src/report/outcome-table.ts";
import { progressLine, type TargetProgress } from "../../src/report/progress-line.ts";
import { failedTarget, rightTarget, runOf } from "./sample-run.ts";

function fetching(target: string, piecesDone: number): TargetProgress {
  return { target, step: "fetch", piecesDone, piecesTotal: 100 };
}
const done = (target: string): TargetProgress => ({
  target,
  step: "done",
  piecesDone: 100,
  piecesTotal: 100,
});
const fleet = { elapsedMs: 3_100, packing: null, wave: null, fleetRateBytesPerSecond: 432_013_312 };

test("while many fetch, the line tells how far the fleet is and who is slowest", () => {
  const targets = [
    done("web-1"),
    fetching("web-2", 41),
    fetching("web-3", 55),
    fetching("web-4", 52),
    fetching("web-5", 60),
  ];
  expect(progressLine({ ...fleet, targets })).toBe(
    "fetch  61%  1/5 done · 412 MiB/s fleet · slowest web-2 41% · 3.1 s",
  );
});

test("when few are left, the line names them", () => {
  const connecting: TargetProgress = { target: "web-3", step: "connect", piecesDone: 0, piecesTotal: 0 };
  const failed: TargetProgress = { ...connecting, target: "web-4", step: "failed" };
  const targets = [done("web-1"), fetching("web-2", 99), connecting, failed];
  expect(progressLine({ ...fleet, fleetRateBytesPerSecond: 0, targets })).toBe(
    "connect  1/4 done · 1 failed · waiting for web-2 99%, web-3 (connect) · 3.1 s",
  );
});

test("while another deploy has the lock, the line tells which", () => {
  const waiting: TargetProgress = { target: "web-2", step: "lock", piecesDone: 0, piecesTotal: 0 };
  const targets: TargetProgress[] = [
    { target: "web-1", step: "connect", piecesDone: 0, piecesTotal: 0 },
    { ...waiting, waitsFor: "/srv/app/.murmuration/lock is held since noon by run 7" },
    { target: "web-3", step: "connect", piecesDone: 0, piecesTotal: 0 },
  ];
  expect(progressLine({ ...fleet, fleetRateBytesPerSecond: 0, targets })).toBe(
    "lock  0/3 done · web-2: /srv/app/.murmuration/lock is held since noon by run 7 · 3.1 s",
  );
});

test("before the transfer the line tells what is packed and who is connected", () => {
  const targets: TargetProgress[] = [
    { target: "web-1", step: "connect", piecesDone: 0, piecesTotal: 0 },
    { target: "web-2", step: "preflight", piecesDone: 0, piecesTotal: 0 },
  ];
  const download = { bytes: 3 * 1024 ** 2, totalBytes: 12 * 1024 ** 2 };
  expect(progressLine({ ...fleet, download, targets })).toBe("download 25%  3.0 MiB of 12.0 MiB · 3.1 s");
  const packing = { bytes: 5 * 1024 ** 2, totalBytes: 10 * 1024 ** 2 };
  expect(progressLine({ elapsedMs: 400, packing, wave: null, fleetRateBytesPerSecond: 0, targets })).toBe(
    "pack 50%  5.0 MiB hashed, 1/2 targets connected · 400 ms",
  );
});

test("a fleet that has failed whole, or has no target, still gives a line", () => {
  const failed: TargetProgress = { target: "web-1", step: "failed", piecesDone: 0, piecesTotal: 0 };
  expect(progressLine({ ...fleet, targets: [failed] })).toContain("0/1 done · 1 failed");
  expect(progressLine({ ...fleet, targets: [] })).toContain("0/0 done");
});

test("the table is aligned, and a failed target's line is followed by what went wrong", () => {
  const lost = { code: "SSH_LOST", message: "web-22: the connection broke" } as const;
  const lines = outcomeTable(runOf([rightTarget("web-1"), failedTarget("web-22", lost)]));
  expect(lines).toEqual([
    "target  state      connect  transfer  verify  commit  activate   seeder     peers  reused",
    "web-22  failed      30.0 s         –       –       –         –      0 B       0 B     0 B",
    "    SSH_LOST while fetching: the connection broke",
    "web-1   activated   250 ms     6.4 s  700 ms  100 ms         –  2.0 MiB  30.0 MiB     0 B",
  ]);
});

test.each([
  ["::add-mask::x", ": :add-mask::x"],
  ["  ::error::x", ": :error::x"],
  ["x\n::error::y", "x ::error::y"],
  ["x ##[error]y", "x # #[error]y"],
  ["\u001b[2Jx\u202e", "\\u001b[2Jx\\u202e"],
])("no line of the log is a command to the runner: %j", (text, expected) => {
  expect(logLine(text)).toBe(expected);
});

test("no text whatever leaves its line or its cell, or speaks to the runner", () => {
  const hostile = fc.array(
    fc.constantFrom("::", "##[", "|", "\\", "<", "`", "\n", "\r", " ", "\u0085", "x", "é", "🐦"),
  );
  fc.assert(
    fc.property(hostile, fc.string({ unit: "binary" }), fc.nat(40), (parts, noise, lengthMax) => {
      const text = cut(parts.join("") + noise, lengthMax + 1);
      expect(Array.from(text).length).toBeLessThanOrEqual(lengthMax + 1);
      expect(logLine(text)).not.toMatch(/[\n\r\u0085\u2028]|^\s*::|##\[/);
      // A character after a backslash is text; what is left must not hold a cell's end or a tag's start.
      expect(markdownText(text).replace(/\\[\s\S]/g, "")).not.toMatch(/[|<>`\n\r]/);
    }),
  );
});
