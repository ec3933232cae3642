import { defineConfig } from "vitest/config";
import { MixedSequence } from "./test/support/mixed-sequence.ts";

/** What they measure is a rate or a time, which others that compute beside them would spoil. */
const MEASURING = ["test/action/rates.test.ts", "test/bench/lab.test.ts", "test/swarm/engine-rates.test.ts"];

/** They have no state that one could leave to another: a worker serves them one after the other, and loads what they share once. */
const PURE = "test/core/**/*.test.ts";

/** Most tests wait more than they compute: with as many workers as processors a third of the time nobody had anything to do. */
const MOST = { maxWorkers: 3, sequence: { groupOrder: 0 } };

export default defineConfig({
  test: {
    globalSetup: ["test/support/build-dist.ts"],
    // Tests start real servers: a machine of two cores needs time under load, and a hang must still end.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    sequence: { sequencer: MixedSequence },
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: ["test/**/*.test.ts"],
          exclude: [PURE, ...MEASURING],
          ...MOST,
        },
      },
      { extends: true, test: { name: "pure", include: [PURE], isolate: false, ...MOST } },
      {
        extends: true,
        test: { name: "measuring", include: MEASURING, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
