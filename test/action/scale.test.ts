import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MANY_TARGETS = 50;
const MANY_FILES = 20_000;
const FILES_A_FOLDER = 200;
/** Two cores run everything here: the runner, each target's sshd and its agent. A hang must still end. */
const TIMEOUT_MS = 180_000;

describeWithOpenSsh("a deploy", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-scale-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    "to 50 sshd targets verifies every one, and leaves no process on any",
    async () => {
      const source = join(folder, "build");
      makeSmallBuild(source, "scale", 4 * 1024 * 1024);
      await using fleet = await startSshdFleet({ count: MANY_TARGETS, srvSize: "64m", homeSize: "16m" });
      // Fifty agents tell each other of each piece on two cores; with smaller pieces that talk alone would be the test.
      const inputs = { ...reachInputs(fleet), path: source, release: "r", "piece-length": "64KiB" };
      const { outputs } = requirePassed(await runAction(inputs));
      expect(outputs).toMatchObject({ "targets-verified": "50", "targets-activated": "50" });
      const expected = treeDigest(source);
      for (const host of fleet.targets) expect(currentDigest(host)).toBe(expected);
      await untilQuiet(fleet);
    },
    TIMEOUT_MS,
  );

  test(
    "of 20,000 small files to 4 targets loses none",
    async () => {
      const source = join(folder, "many");
      for (let first = 0; first < MANY_FILES; first += FILES_A_FOLDER) {
        const below = join(source, `folder-${first}`);
        mkdirSync(below, { recursive: true });
        for (let index = first; index < first + FILES_A_FOLDER; index++) {
          writeFileSync(join(below, `${index}.txt`), `file ${index}\n`.repeat(index % 40));
        }
      }
      await using fleet = await startSshdFleet({ count: 4 });
      const inputs = { ...reachInputs(fleet), path: source, release: "r" };
      const { report } = requirePassed(await runAction(inputs));
      expect(report.release?.files).toBe(MANY_FILES);
      const expected = treeDigest(source);
      for (const host of fleet.targets) expect(currentDigest(host)).toBe(expected);
      await untilQuiet(fleet);
    },
    TIMEOUT_MS,
  );
});
