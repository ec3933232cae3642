import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest, untilQuiet } from "../support/deployed-state.ts";
import { describeWithNetworks } from "../support/describe-with-open-ssh.ts";
import { startNetFleet } from "../support/net-fleet.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MANY_TARGETS = 100;
const MANY_FILES = 20_000;
const FILES_A_FOLDER = 200;
/** Two cores run everything here: the runner, each target's sshd and its agent. A hang must still end. */
const TIMEOUT_MS = 180_000;

describeWithNetworks("a deploy", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-scale-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    "to 100 targets behind one bastion, whose sshd has its stock limits, takes one login there and verifies every one",
    async () => {
      const source = join(folder, "build");
      makeSmallBuild(source, "scale", 600_000);
      await using fleet = await startNetFleet({
        count: MANY_TARGETS,
        bastions: 1,
        joined: true,
        srvSize: "64m",
        homeSize: "16m",
      });
      const { runner, bastions, targets } = fleet;
      // Targets fetch from the runner, as by a VPN, but the way to their sshd is the bastion.
      await fleet.block({ from: runner, to: targets, port: 22 });
      const inputs = {
        ...reachInputs(fleet),
        "jump-hosts": fleet.jumpHostsText,
        path: source,
        release: "r",
        // A hundred agents tell each other of each piece on two cores; with many pieces that talk alone would be the test.
        "piece-length": "64KiB",
      };
      const { outputs, warnings } = requirePassed(await runAction(inputs, { commandPrefix: runner.prefix }));
      // A hundred on two cores are slow, but nothing is blocked between them.
      expect(warnings).toEqual([]);
      expect(outputs).toMatchObject({ "targets-verified": "100", "targets-activated": "100" });
      const [bastion] = bastions;
      expect(bastion!.log().match(/Accepted publickey/g)).toHaveLength(1);
      // By its own configuration file, which stands in its title.
      const limits = bastion!.inside(
        `/usr/sbin/sshd -T -f "$(ps ax -o args= | sed -n 's/^sshd: .* -f \\([^ ]*\\).*listener.*/\\1/p')"`,
      );
      expect(limits.match(/^max(startups|sessions) .*$/gm)).toEqual([
        "maxsessions 10",
        "maxstartups 10:30:100",
      ]);
      const expected = treeDigest(source);
      for (const host of targets) expect(currentDigest(host)).toBe(expected);
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
