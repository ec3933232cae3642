import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readActionMetadata } from "../../scripts/docs.ts";
import { parseInventory } from "../../src/core/inventory.ts";
import { readWorkflow } from "../support/workflow/workflow-file.ts";

/** What can be said of the examples without running them. That they work, the other files of this folder show. */

const EXAMPLES = join(import.meta.dirname, "../../examples");
const workflows = readdirSync(EXAMPLES).filter((file) => file.endsWith(".yml"));
const inventories = readdirSync(join(EXAMPLES, "fleet"));

test.each(workflows)("%s uses inputs and outputs that the action has", async (file) => {
  const { inputs, outputs } = await readActionMetadata();
  const steps = Object.values(readWorkflow(join(EXAMPLES, file)).jobs).flatMap((job) => job.steps);
  const ours = steps.filter(({ uses }) => uses?.startsWith("OWNER/murmuration@"));
  expect(ours.length).toBeGreaterThan(0);
  for (const { with: given } of ours) {
    for (const name of Object.keys(given)) expect(Object.keys(inputs)).toContain(name);
  }
  const ids = new Set(ours.map(({ id }) => id));
  const text = readFileSync(join(EXAMPLES, file), "utf8");
  for (const [, id, output] of text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
    expect(ids).toContain(id);
    expect(Object.keys(outputs)).toContain(output);
  }
});

test.each(workflows)(
  "%s is in the list, holds no more rights than it needs, and one runs at a time",
  (file) => {
    const { permissions, concurrency } = readWorkflow(join(EXAMPLES, file));
    expect(permissions).toEqual({ contents: "read" });
    expect(concurrency).toEqual({ group: "deploy", "cancel-in-progress": false });
    expect(readFileSync(join(EXAMPLES, "README.md"), "utf8")).toContain(`[${file}](${file})`);
  },
);

test.each(inventories)("fleet/%s is an inventory", (file) => {
  const text = readFileSync(join(EXAMPLES, "fleet", file), "utf8");
  const { problems, targets } = parseInventory(text, { user: "runner", port: 22, deployTo: "/srv/app" });
  expect(problems).toEqual([]);
  expect(targets.length).toBeGreaterThan(1);
});
