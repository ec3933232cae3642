import { expect, test } from "vitest";
import { scenarioOf } from "../../sim/scenario.ts";
import { readSimOptions } from "../../sim/sim-options.ts";
import { SimSwarm } from "../../sim/sim-swarm.ts";

/** When each sound target had everything, in T*. */
function run(...options: string[]): number[] {
  const { plan, sound, bound } = scenarioOf(readSimOptions(options)!);
  const swarm = new SimSwarm(plan);
  swarm.run(bound.ms * 100);
  return [...sound].map((id) => (swarm.peers[id]!.doneMs ?? Number.POSITIVE_INFINITY) / bound.ms);
}

const FLEET = ["--targets", "80", "--pieces", "200"];

test("the same options give the same run, and another seed another", () => {
  const few = ["--targets", "20", "--pieces", "50"];
  expect(run(...few)).toEqual(run(...few));
  expect(run(...few, "--seed", "2")).not.toEqual(run(...few));
});

test("4, 16 and 80 equal targets are all done soon after the bound", () => {
  expect(Math.max(...run("--targets", "4", "--pieces", "200"))).toBeLessThan(1.1);
  expect(Math.max(...run("--targets", "16", "--pieces", "200"))).toBeLessThan(1.15);
  expect(Math.max(...run(...FLEET))).toBeLessThan(1.2);
});

test.each([
  ["leave", ["--leave", "5"], 1.1],
  // They said that they had everything, so that nothing seemed rare: the others waited for 8.9 times the bound.
  ["send other bytes than they say", ["--lying", "3"], 1.1],
  ["say that they have everything and send nothing", ["--silent", "3"], 1.1],
  // They are the poorest always: they held every slot of the seeder, and first copies of what all others waited for.
  ["have a tenth of the rate", ["--slow", "5"], 1.4],
  ["do each of these", ["--slow", "5", "--leave", "5", "--lying", "1"], 1.4],
] as const)("those that %s hardly cost the others anything", (_, options, factorMax) => {
  const alone = Math.max(...run(...FLEET));
  expect(Math.max(...run(...FLEET, ...options)) / alone).toBeLessThan(factorMax);
});

test("one of 16 at a tenth of the rate does not keep the others", () => {
  const ratios = ["1", "2", "3", "4", "5"].map((seed) => {
    const fleet = ["--targets", "16", "--pieces", "256", "--seed", seed];
    const [without, withOne] = [run(...fleet), run(...fleet, "--slow", "7")];
    expect(withOne).toHaveLength(15);
    return Math.max(...withOne) / Math.max(...without);
  });
  expect(ratios.toSorted()[2]).toBeLessThan(1.1);
});

test("bad options are all named at once", () => {
  expect(() =>
    readSimOptions(["--targets", "0", "--piece", "big", "--slow", "101", "--seed", "1.5"]),
  ).toThrow(/--piece "big".*--seed "1.5".*--targets "0".*--slow "101"/s);
});
