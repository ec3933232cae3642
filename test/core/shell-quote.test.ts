import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "../../src/core/shell-quote.ts";

const HOSTILE = [
  "",
  "'",
  "''",
  `'"'"'`,
  "$(touch /tmp/x)",
  "`id`",
  "a\nb\n",
  "\\",
  "\\'",
  "!!",
  "*",
  "~",
  "-rf",
  "é ✓ \u{1f426}",
  "a;b|c&d>e<f",
  "\t \r",
  "#x",
];

/** The words as a real shell hands them to a program; each is followed by a NUL. */
function throughShell(command: string): string[] {
  const printed = execFileSync("sh", ["-c", command], { encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}

test("hostile text reaches a program unchanged through a real sh", () => {
  const command = `printf '%s\\0' ${HOSTILE.map(shellQuote).join(" ")}`;
  expect(throughShell(command)).toEqual(HOSTILE);
});

test("any text reaches a program unchanged, also when a quoted script is quoted again", () => {
  const word = fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const script = `printf '%s\\0' ${words.map(shellQuote).join(" ")}`;
      expect(throughShell(`exec sh -c ${shellQuote(script)}`)).toEqual(words);
    }),
    { numRuns: 40 },
  );
});

test("quoting adds no backslash, exclamation mark or line break, which other login shells would read", () => {
  expect(shellQuote('it\'s "here" and $there')).not.toMatch(/[\\!\n]/);
});

test("a NUL is refused, since no argument can carry it", () => {
  expect(() => shellQuote("a\0b")).toThrow(RangeError);
});
