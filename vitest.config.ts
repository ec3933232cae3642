import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/build-dist.ts"],
    // Tests start real servers: a machine of two cores needs time under load, and a hang must still end.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // They wait more than they compute: with as many workers as processors a third of the time nobody had anything to do.
    maxWorkers: 3,
  },
});
