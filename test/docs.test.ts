import { expect, test } from "vitest";
import { readActionMetadata, staleDocuments } from "../scripts/docs.ts";
import { INPUT_DEFAULTS } from "../src/action/inputs.ts";

test("the README's tables and the report's schema are what the code says", async () => {
  expect(await staleDocuments()).toEqual([]);
});

test("action.yml and the code know the same inputs with the same defaults", async () => {
  const { inputs } = await readActionMetadata();
  const defaults = Object.entries(inputs).map(([name, input]) => [name, input.default ?? ""]);
  expect(Object.fromEntries(defaults)).toEqual(INPUT_DEFAULTS);
});
