import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TargetProgress } from "../../demo/fleet-progress.ts";
import {
  type ActionRun,
  type ActionRunOptions,
  type Inputs,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import {
  currentDigest,
  currentLink,
  deployedState,
  originOf,
  untilQuiet,
} from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const ASSET_BYTES = 4 * 1024 * 1024;

describeWithOpenSsh("two steps at once", () => {
  let folder: string;
  let fleet: SshdFleet;

  const sourceOf = (name: string) => join(folder, name);
  const deploy = async (name: string, inputs: Inputs, options?: ActionRunOptions): Promise<ActionRun> =>
    await runAction({ ...reachInputs(fleet), path: sourceOf(name), release: name, ...inputs }, options);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-side-by-side-"));
    for (const name of ["shop", "blog", "one", "other", "long", "after"])
      makeSmallBuild(sourceOf(name), name, ASSET_BYTES);
    fleet = await startSshdFleet({ count: 3 });
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("to different folders on the same hosts both pass, though both push the agent", async () => {
    const runs = await Promise.all([
      deploy("shop", { "deploy-to": "/srv/shop" }),
      deploy("blog", { "deploy-to": "/srv/blog" }),
    ]);
    for (const run of runs) requirePassed(run);
    for (const host of fleet.targets) {
      expect(currentDigest(host, "/srv/shop")).toBe(treeDigest(sourceOf("shop")));
      expect(currentDigest(host, "/srv/blog")).toBe(treeDigest(sourceOf("blog")));
    }
    await untilQuiet(fleet);
  });

  test("to the same folder one wins, and the other is told who holds the lock, since when and by which run", async () => {
    const environment = {
      GITHUB_SERVER_URL: "https://git.example.com",
      GITHUB_REPOSITORY: "acme/site",
      GITHUB_RUN_ID: "4711",
      GITHUB_RUN_ATTEMPT: "2",
    };
    const loser = Promise.withResolvers<ActionRun>();
    let actionPid = 0;
    let origin = 0;
    const onStart = (pid: number) => {
      actionPid = pid;
    };
    const locked = new Set<string>();
    // Once the winner has every lock, its seeder is halted until the other has ended, however slow this machine is.
    const onProgress = ({ target, step }: TargetProgress) => {
      if (step === "fetch") locked.add(target);
      if (origin !== 0 || locked.size < fleet.targets.length) return;
      origin = originOf(actionPid)!;
      process.kill(origin, "SIGSTOP");
      loser.resolve(deploy("other", {}).finally(() => process.kill(origin, "SIGCONT")));
    };
    const options = { environment, onStart, onProgress };
    const winner = requirePassed(await deploy("one", { "upload-limit": "512KiB" }, options));
    expect(origin).toBeGreaterThan(0);
    const run = await loser.promise;
    expect(run.exitCode).toBe(1);
    expect(run.outputs["targets-verified"]).toBe("0");
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toEqual(fleet.targets.map(({ host }) => host));
    for (const { error } of run.report?.targets ?? []) {
      expect(error?.code).toBe("LOCK_HELD");
      expect(error?.message).toMatch(
        /\/srv\/app\/\.murmuration\/lock is held since \d{4}-\d\d-\d\dT\S+Z by https:\/\/git\.example\.com\/acme\/site\/actions\/runs\/4711\/attempts\/2 \(process \d+ on \S+\)/,
      );
    }
    expect(run.errors[0]).toContain("Wait until it has ended");
    expect(winner.outputs["targets-activated"]).toBe("3");
    await untilQuiet(fleet);
    for (const host of fleet.targets) {
      const { current, releases } = deployedState(host);
      expect({ current, ids: Object.keys(releases) }).toEqual({ current: "releases/one", ids: ["one"] });
    }
  });

  test("with lock-wait the other waits for the winner to end, says for whom, and passes after it", async () => {
    const run = { GITHUB_SERVER_URL: "https://git.example.com", GITHUB_REPOSITORY: "acme/site" };
    const other = Promise.withResolvers<ActionRun>();
    let begun = false;
    const onProgress = ({ step }: TargetProgress) => {
      if (step !== "fetch" || begun) return;
      begun = true;
      other.resolve(deploy("after", { "lock-wait": "2m" }));
    };
    const environment = { ...run, GITHUB_RUN_ID: "4711", GITHUB_RUN_ATTEMPT: "1" };
    requirePassed(await deploy("long", { "upload-limit": "512KiB" }, { environment, onProgress }));
    const waited = requirePassed(await other.promise);
    expect(waited.log).toMatch(
      /lock .*: .*is held since .* by https:\/\/git\.example\.com\/acme\/site\/actions\/runs\/4711/,
    );
    await untilQuiet(fleet);
    for (const host of fleet.targets) expect(currentLink(host)).toBe("releases/after");
  });
});

describeWithOpenSsh("two runs for the same 6 targets, at the same moment", () => {
  let folder: string;
  let fleet: SshdFleet;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-at-once-"));
    for (const name of ["left", "right"]) makeSmallBuild(join(folder, name), name, 64 * 1024);
    fleet = await startSshdFleet({ count: 6 });
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("20 times over: never a mixture, never a deadlock, and the loser names the winner", async () => {
    const names = ["left", "right"] as const;
    const digests = Object.fromEntries(names.map((name) => [name, treeDigest(join(folder, name))]));
    const urlOf = (name: string, round: number) =>
      `https://git.example.com/acme/${name}/actions/runs/${round}`;
    for (let round = 1; round <= 20; round++) {
      const runs = await Promise.all(
        names.map((name) => {
          const environment = {
            ...{ GITHUB_SERVER_URL: "https://git.example.com", GITHUB_REPOSITORY: `acme/${name}` },
            ...{ GITHUB_RUN_ID: String(round), GITHUB_RUN_ATTEMPT: "1" },
          };
          const inputs = { ...reachInputs(fleet), path: join(folder, name), release: `${name}-${round}` };
          // Who holds what is settled before the post step, which comes with every other run of these tests.
          return runAction(inputs, { environment, withoutPost: true });
        }),
      );
      const winners = names.filter((_, index) => runs[index]!.exitCode === 0);
      expect(winners.length, `round ${round}`).toBeGreaterThan(0);
      const current = new Set(fleet.targets.map((host) => currentLink(host)));
      expect(current.size, `round ${round}: ${[...current].join(", ")}`).toBe(1);
      // Where one was quicker than the other began, both have passed, and the later one is there.
      const [live] = [...current].map((link) => names.find((name) => link === `releases/${name}-${round}`));
      expect(winners).toContain(live);
      for (const host of fleet.targets) expect(currentDigest(host)).toBe(digests[live!]);
      const lost = runs.find(({ exitCode }) => exitCode !== 0);
      if (lost === undefined) continue;
      const named = lost.report!.targets.map(({ error }) => error?.message ?? "");
      for (const message of named) expect(message).toContain(urlOf(winners[0]!, round));
    }
    await untilQuiet(fleet);
  }, 300_000);
});
