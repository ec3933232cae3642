import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesWildcard } from "../../src/core/wildcard.ts";

test("a text matches the pattern made from it by hiding parts, exactly as a regular expression does", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 12 });
  fc.assert(
    fc.property(letters, pattern, (text, wildcard) => {
      const source = wildcard.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesWildcard(text, wildcard)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 1_000 },
  );
});

test("a pattern of many stars does not take for ever", () => {
  expect(matchesWildcard("a".repeat(1_000), `${"*a".repeat(500)}*b`)).toBe(false);
});
