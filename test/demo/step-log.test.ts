import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCommandFile } from "../../demo/command-file.ts";
import { tryParseProgress } from "../../demo/fleet-progress.ts";
import { parseLogLine, readableLine } from "../../demo/workflow-command.ts";

/** As @actions/core's command.ts escapes them. */
const escapeData = (text: string) =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string) => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

test("an error's title and message survive any text in them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (title, message) => {
      const line = `::error title=${escapeProperty(title)},line=3::${escapeData(message)}`;
      expect(parseLogLine(line)).toEqual({ kind: "command", command: "error", title, message });
    }),
  );
});

test("text that only looks like a command stays text", () => {
  for (const text of ["a ::error:: b", " ::debug::x", "::", ":::", "12:30::15", ""]) {
    expect(parseLogLine(text)).toEqual({ kind: "text", text });
  }
});

test("secrets and debug lines are not shown, errors are", () => {
  expect(readableLine(parseLogLine("::add-mask::secret"))).toBeUndefined();
  expect(readableLine(parseLogLine("::debug::{}"))).toBeUndefined();
  expect(readableLine(parseLogLine("::error title=web-3::gone"))).toBe("✗ web-3: gone");
});

test("a debug line that is no progress, or broken, is passed over", () => {
  expect(tryParseProgress("hello")).toBeUndefined();
  expect(tryParseProgress('{"progress":{')).toBeUndefined();
  expect(tryParseProgress('{"progress":{"target":"a"}}')).toBeUndefined();
});

test("outputs of several lines and with equals signs are read whole", () => {
  const text = "plain=a=b\nlong<<ghadelimiter_1\none\n\ntwo\nghadelimiter_1\nlast=\n";
  expect(parseCommandFile(text)).toEqual({ plain: "a=b", long: "one\n\ntwo", last: "" });
});
