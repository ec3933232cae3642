import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { deployedState } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";

function anyFileOf(folder: string): string {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).find((entry) =>
    entry.isFile(),
  )!;
  return relative(folder, join(found.parentPath, found.name));
}

describeWithOpenSsh("old releases", () => {
  let folder: string;
  let fleet: SshdFleet;

  const deploy = async (release: string, keep: string) => {
    const source = join(folder, release);
    makeSmallBuild(source, release, 64 * 1024);
    const inputs = { ...reachInputs(fleet), path: source, release, "keep-releases": keep };
    return requirePassed(await runAction(inputs));
  };
  const heldBy = (index: number) => Object.keys(deployedState(fleet.targets[index]!).releases);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-retention-"));
    fleet = await startSshdFleet({ count: 2 });
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("go once the new one is live on the whole fleet, and the one before never does", async () => {
    const first = await deploy("v1", "2");
    expect(first.outputs["previous-release"]).toBe("");
    for (const release of ["v2", "v3"]) {
      const run = await deploy(release, "2");
      expect(run.outputs["previous-release"]).toBe(release === "v2" ? "v1" : "v2");
    }
    for (const index of [0, 1]) expect(heldBy(index)).toEqual(["v2", "v3"]);
    await deploy("v4", "1");
    for (const index of [0, 1]) expect(heldBy(index)).toEqual(["v3", "v4"]);
  });

  test.runIf(process.getuid?.() === 0)(
    "that can't be removed are a warning, since the new one is live",
    async () => {
      const { rootPath, host } = fleet.targets[1]!;
      for (const release of ["w1", "w2"]) await deploy(release, "2");
      // Not even root removes an immutable file.
      const app = join(rootPath, "srv/app");
      const immutable = join(app, "releases/w1", anyFileOf(join(app, "releases/w1")));
      execFileSync("chattr", ["+i", immutable]);
      try {
        const run = await deploy("w3", "1");
        expect(run.warnings).toEqual([
          expect.stringContaining(`old releases could not be removed: ${host}: `),
        ]);
        for (const index of [0, 1]) expect(heldBy(index)).toEqual(["w2", "w3"]);
      } finally {
        execFileSync("find", [app, "-type", "f", "-exec", "chattr", "-i", "{}", "+"]);
      }
      // What was left goes with the next deploy.
      await deploy("w4", "1");
      expect(readdirSync(join(rootPath, "srv/app/.murmuration/staging"))).toEqual([]);
    },
  );
});
