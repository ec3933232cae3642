import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActionRun, type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { describeWithNetworks } from "../support/describe-with-open-ssh.ts";
import { type NetFleet, startNetFleet } from "../support/net-fleet.ts";
import type { BlockedPath } from "../support/networks.ts";
import { makeSmallBuild } from "../support/small-build.ts";

/** As README.md promises. */
const TOLD_WITHIN_MS = 10_000;
/** Until its preflight a run keeps a processor busy, and delays what others are to tell. From then on it waits. */
const STARTING_AT_ONCE = 3;

interface WatchedRun extends ActionRun {
  /** From the first target's preflight to the first warning or error; infinite where there was none. */
  readonly toldAfterMs: number;
}

/** Who takes part in which run: nobody in two. */
const GROUPS = {
  tracker: [0, 1],
  seeder: [2, 3],
  oneSeeder: [4, 5, 6],
  peers: [7, 8, 9],
  inbound: [10, 11, 12],
  rejected: [13],
  alone: [14, 15, 16],
  well: [17, 18, 19],
  rollback: [20, 21, 22],
} as const;
const HOSTED = { RUNNER_ENVIRONMENT: "github-hosted" };
type Group = keyof typeof GROUPS;
const COUNT = 23;

describeWithNetworks("a blocked path", () => {
  let folder: string;
  let fleet: NetFleet;
  let runs: Record<Group, Promise<WatchedRun>>;

  const host = (group: Group, index = 0) => fleet.targets[GROUPS[group][index]!]!;
  const hosts = (group: Group) => GROUPS[group].map((index) => fleet.targets[index]!);
  const address = (group: Group, index = 0) => host(group, index).host;

  const starting = pLimit(STARTING_AT_ONCE);
  const run = async (group: Group, inputs: Inputs, environment = {}): Promise<WatchedRun> => {
    const { promise: isBegun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: isFree, resolve: start } = Promise.withResolvers<void>();
    void starting(async () => {
      start();
      await isBegun;
    });
    await isFree;
    let begunMs = Number.POSITIVE_INFINITY;
    let toldMs = Number.POSITIVE_INFINITY;
    const done = await runAction(
      { ...reachInputs(fleet, GROUPS[group]), ...inputs },
      {
        environment,
        commandPrefix: fleet.runner.prefix,
        onProgress: ({ step }) => {
          if (step !== "preflight") return;
          begunMs = Math.min(begunMs, performance.now());
          begin();
        },
        onLine: (line) => {
          const isAbout = /^::(warning|error)/.test(line) && begunMs < Number.POSITIVE_INFINITY;
          if (isAbout) toldMs = Math.min(toldMs, performance.now());
        },
      },
    ).finally(begin);
    return { ...done, toldAfterMs: toldMs - begunMs };
  };
  const deploy = async (group: Group, inputs: Inputs, blocks: readonly BlockedPath[], environment = {}) => {
    for (const path of blocks) await fleet.block(path);
    return await run(group, { path: join(folder, "build"), release: "one", ...inputs }, environment);
  };
  /** To what the last one lacks, the first one holds but cannot offer, and the second one gives. */
  const rollBack = async (group: Group): Promise<WatchedRun> => {
    for (const release of ["v1", "v2"]) {
      makeSmallBuild(join(folder, release), release);
      requirePassed(await run(group, { path: join(folder, release), release }));
    }
    rmSync(join(host(group, 2).rootPath, "srv/app/releases/v1"), { recursive: true });
    await fleet.block({ from: host(group), to: fleet.runner, port: 7010 });
    return await run(group, { mode: "rollback", "rollback-to": "v1", "tracker-port": "7010" });
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-preflight-"));
    makeSmallBuild(join(folder, "build"), "build");
    fleet = await startNetFleet({ count: COUNT });
    const { runner } = fleet;
    const rest = hosts("alone").slice(1);
    runs = {
      // The two that take longest begin first.
      alone: deploy("alone", { "seed-port": "7007", "peer-port": "7008", "stall-timeout": "9s" }, [
        { from: host("alone"), to: runner, port: 7007, how: "reject" },
        { from: host("alone"), to: rest, port: 7008 },
        // The seeder dials it too, as soon as the tracker has named it.
        { to: host("alone"), port: 7008 },
      ]),
      rollback: rollBack("rollback"),
      tracker: deploy("tracker", { "tracker-port": "7001" }, [{ to: runner, port: 7001 }]),
      seeder: deploy("seeder", { "seed-port": "7002" }, [{ to: runner, port: 7002 }], HOSTED),
      oneSeeder: deploy("oneSeeder", { "seed-port": "7003" }, [
        { from: host("oneSeeder"), to: runner, port: 7003 },
      ]),
      peers: deploy("peers", { "peer-port": "7004" }, [{ to: hosts("peers"), port: 7004 }]),
      inbound: deploy("inbound", { "peer-port": "7005" }, [{ to: host("inbound", 1), port: 7005 }]),
      rejected: deploy("rejected", { "tracker-port": "7006" }, [{ to: runner, port: 7006, how: "reject" }]),
      well: deploy("well", { "peer-port": "7009" }, []),
    };
    for (const run of Object.values(runs)) run.catch(() => {});
  }, 60_000);
  afterAll(async () => {
    await Promise.allSettled(Object.values(runs ?? {}));
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const failedInPreflight = async (group: Group, code: string): Promise<WatchedRun> => {
    const run = await runs[group];
    expect(run.exitCode, run.log).toBe(1);
    expect(run.toldAfterMs, run.log).toBeLessThan(TOLD_WITHIN_MS);
    expect(run.errors).toHaveLength(2);
    expect(run.report?.error?.code).toBe(code);
    for (const { error, failedDuring } of run.report?.targets ?? [])
      expect([error?.code, failedDuring]).toEqual([code, "preflight"]);
    return run;
  };
  const passedWithOneWarning = async (group: Group) => {
    const run = await runs[group];
    requirePassed(run);
    expect(run.toldAfterMs, run.log).toBeLessThan(TOLD_WITHIN_MS);
    expect(run.warnings, run.log).toHaveLength(1);
    return { ...run, warning: run.warnings[0]! };
  };

  test("to the tracker is told once for all that are behind it, with address and port and what to set", async () => {
    const { errors, warnings } = await failedInPreflight("tracker", "TRACKER_UNREACHABLE");
    expect(warnings).toEqual([]);
    const runner = fleet.runner.addresses[0];
    expect(errors[0]).toMatch(/^TRACKER_UNREACHABLE\nnone of the 2 targets that tried reaches the tracker/);
    expect(errors[0]).toMatch(new RegExp(`on the runner, such as .* at ${runner}:7001: no answer`));
    expect(errors[0]).toMatch(/`tracker-port`.*`announce-address`.*`seed-from: bastion`/);
  });

  test("to the seeder from everybody ends the run, since nobody has anything to pass on", async () => {
    const { errors } = await failedInPreflight("seeder", "SEEDER_UNREACHABLE");
    const runner = fleet.runner.addresses[0];
    expect(errors[0]).toMatch(/^SEEDER_UNREACHABLE\nnone of the 2 targets that tried reaches the seeder/);
    expect(errors[0]).toMatch(new RegExp(`at ${runner}:7002: no answer`));
    expect(errors[0]).toMatch(/`seed-port`.*`announce-address`.*`seed-from: bastion`/);
  });

  test("from everywhere to a runner of GitHub's is foretold, and the error says so again", async () => {
    const { rawLog, warnings, errors } = await failedInPreflight("seeder", "SEEDER_UNREACHABLE");
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /seed-from: runner will not work here\. This runner is hosted by GitHub.*`seed-from: bastion`/,
    );
    expect(rawLog.indexOf("::warning")).toBeLessThan(rawLog.indexOf('"step":"connect"'));
    expect(errors[0]).toMatch(/no answer .*This runner is hosted by GitHub.*`seed-from: first-target`/);
  });

  test("to the seeder from one target is a warning, and it gets everything from the others", async () => {
    const { warning, report } = await passedWithOneWarning("oneSeeder");
    expect(warning).toMatch(
      `${address("oneSeeder")} does not reach the seeder on the runner at ${fleet.runner.addresses[0]}:7003: no answer`,
    );
    expect(warning).toContain("`seed-port`");
    const cutOff = report?.targets.find(({ name }) => name === address("oneSeeder"));
    expect(cutOff?.bytes.fromSeeder).toBe(0);
    expect(cutOff?.bytes.fromPeers).toBeGreaterThan(300_000);
  });

  test("between all targets is a warning, and everything comes from the seeder", async () => {
    const { warning, report } = await passedWithOneWarning("peers");
    expect(warning).toMatch(
      /None of the 3 targets that tried reaches another, such as .* to .* at .*:7004: no answer/,
    );
    expect(warning).toMatch(/Everything has to come from the seeder.*`peer-port`/);
    for (const { bytes } of report?.targets ?? []) expect(bytes.fromPeers).toBe(0);
  });

  test("to one target is a warning that names it, and nobody else", async () => {
    const { warning } = await passedWithOneWarning("inbound");
    const closed = address("inbound", 1);
    expect(warning).toContain(`${closed} is not reached by its peers at ${closed}:7005, tried by `);
    expect(warning).not.toMatch(/reaches none|do not reach each other/);
    expect(warning.match(/is not reached/g)).toHaveLength(1);
  });

  test("that is rejected is told in other words than one that is dropped", async () => {
    const { errors } = await failedInPreflight("rejected", "TRACKER_UNREACHABLE");
    expect(errors[0]).toMatch(
      `${address("rejected")} does not reach the tracker on the runner at ${fleet.runner.addresses[0]}:7006: no route`,
    );
  });

  test("to everything but the tracker is told as the reason of the stall", async () => {
    const run = await runs.alone;
    expect(run.exitCode, run.log).toBe(1);
    expect(run.toldAfterMs, run.log).toBeLessThan(TOLD_WITHIN_MS);
    const name = address("alone");
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toEqual([name]);
    const error = run.report?.targets.find((target) => target.name === name)?.error;
    expect(error?.code).toBe("TRANSFER_STALLED");
    expect(error?.message).toMatch(/does not reach the seeder on the runner at .*:7007: no route/);
    expect(error?.message).toContain(`${name} reaches none of its peers, and none reaches it`);
    expect(run.warnings.join("\n")).toContain(`${name} does not reach the seeder`);
    // The warning comes as soon as something is known; that the third target reaches neither way may be known later.
    expect(run.warnings.join("\n")).toMatch(
      new RegExp(`${name} (reaches none of its peers, and none reaches it|is not reached by its peers)`),
    );
  });

  test("from a target that is to give others a release is a warning, and another gives it", async () => {
    const { warning, report } = await passedWithOneWarning("rollback");
    expect(warning).toContain(
      `${address("rollback")} holds the release, but does not reach the tracker on the runner at ${fleet.runner.addresses[0]}:7010`,
    );
    const given = report?.targets.map(({ bytes }) => bytes.fromPeers > 0);
    expect(given).toEqual([false, false, true]);
  });

  test("where there is none nothing is told", async () => {
    const run = requirePassed(await runs.well);
    expect([...run.warnings, ...run.errors]).toEqual([]);
  });
});
