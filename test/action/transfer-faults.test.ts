import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { TargetProgress } from "../../demo/fleet-progress.ts";
import { tryCorruptStaged } from "../../demo/sabotage.ts";
import {
  type ActionRun,
  type ActionRunOptions,
  type Inputs,
  onceFetching,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import {
  agentsOn,
  currentDigest,
  type DeployedState,
  deployedState,
  originOf,
  untilQuiet,
} from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { expectFault } from "../support/expect-fault.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, type SshdHost, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;
const ASSET_BYTES = 6 * MIB;
/** Slow enough that something can happen in between: the transfer takes about three seconds. */
const SLOW: Inputs = { "upload-limit": "2MiB" };
const VICTIM = 2;
const FLEET = [0, 1, VICTIM];
/** With a disk for one build and a half. */
const SMALL_DISK = 3;
/** Stopped in a test, and not there afterwards. */
const MORTAL = 4;
/** Frozen while the other tests run, and a witness: it takes long until that is noticed. */
const [FROZEN, WITNESS] = [5, 6];

describeWithOpenSsh("a fault during the transfer", () => {
  let folder: string;
  let fleet: SshdFleet;
  let before: DeployedState[];
  let builds = 0;
  let source: string;
  let frozen: Promise<ActionRun>;

  const host = (index: number): SshdHost => fleet.targets[index]!;
  const nameOf = (index: number): string => host(index).host;
  const states = (indexes = FLEET) => indexes.map((index) => deployedState(host(index)));
  const deploy = async (options: ActionRunOptions, inputs: Inputs = {}): Promise<ActionRun> => {
    const release = `build-${builds}`;
    return await runAction(
      { ...reachInputs(fleet, FLEET), path: source, release, ...SLOW, ...inputs },
      options,
    );
  };
  /** Does something to the run as soon as the target has a part of the release. */
  const deployAnd = async (then: (actionPid: number) => void, inputs: Inputs = {}, victim = VICTIM) => {
    let actionPid = 0;
    const onStart = (pid: number) => {
      actionPid = pid;
    };
    const onProgress = onceFetching(() => then(actionPid), nameOf(victim));
    return await deploy({ onStart, onProgress }, inputs);
  };

  const deployAndFreeze = async (): Promise<ActionRun> => {
    const path = join(folder, "frozen");
    makeSmallBuild(path, "frozen", ASSET_BYTES);
    const inputs = {
      ...reachInputs(fleet, [FROZEN, WITNESS]),
      path,
      release: "frozen",
      "stall-timeout": "10m",
    };
    const onProgress = onceFetching(() => fleet.freeze(FROZEN), nameOf(FROZEN));
    try {
      return await runAction({ ...inputs, ...SLOW }, { onProgress });
    } finally {
      fleet.thaw(FROZEN);
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-transfer-faults-"));
    makeSmallBuild(join(folder, "base"), "base");
    fleet = await startSshdFleet({ count: 7, targets: { [SMALL_DISK]: { srvSize: "9m" } } });
    const inputs = { ...reachInputs(fleet), path: join(folder, "base"), release: "base" };
    requirePassed(await runAction(inputs));
    frozen = deployAndFreeze();
    frozen.catch(() => {});
  });
  beforeEach(() => {
    // Another build each time: what an earlier test has staged is nothing to resume from.
    builds += 1;
    source = join(folder, `build-${builds}`);
    makeSmallBuild(source, `build ${builds}`, ASSET_BYTES);
    before = states();
  });
  afterEach(async () => {
    rmSync(source, { recursive: true, force: true });
    await untilQuiet(fleet, FLEET);
  });
  afterAll(async () => {
    await Promise.allSettled([frozen]);
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("a killed agent fails its target with its end, and the next run resumes what it has", async () => {
    const run = await deployAnd(() => agentsOn(fleet, VICTIM).forEach(kill));
    const says = /while fetching: the agent was killed by (SIG)?KILL/;
    expectFault(run, { target: nameOf(VICTIM), code: "AGENT_FAILED", says });
    expect(states()).toEqual(before);

    const again = requirePassed(await deploy({}, { "upload-limit": "0" }));
    const tarBytes = again.report.release?.tarBytes ?? 0;
    const [one, other, victim] = again.report.targets.map(({ bytes }) => bytes);
    expect([one?.reused, other?.reused]).toEqual([tarBytes, tarBytes]);
    expect(victim?.reused).toBeGreaterThan(0);
    expect(again.report.transfer.bytes).toBeLessThan(tarBytes);
    for (const index of FLEET) expect(currentDigest(host(index))).toBe(treeDigest(source));
  });

  test("a target whose power fails is lost at once, and the others verify", async () => {
    const targets = reachInputs(fleet, [0, 1, MORTAL]);
    const run = await deployAnd(() => void fleet.stop(MORTAL), targets, MORTAL);
    const says = /while fetching: the connection was lost: /;
    expectFault(run, { target: nameOf(MORTAL), code: "SSH_LOST", says, withinMs: 30_000 });
    expect(states()).toEqual(before);
  });

  test("a target that freezes is given up after stall-timeout, and its agent ends when it wakes up", async () => {
    try {
      const run = await deployAnd(() => fleet.freeze(VICTIM), { "stall-timeout": "3s" });
      const says = /while fetching: no progress for 3 s, \d+ of \d+ pieces are there/;
      expectFault(run, { target: nameOf(VICTIM), code: "TRANSFER_STALLED", says, withinMs: 35_000 });
    } finally {
      fleet.thaw(VICTIM);
    }
    expect(states()).toEqual(before);
  });

  test("a target that freezes is noticed by its silent connection where stall-timeout is long", async () => {
    const says = /while fetching: the connection was lost: Keepalive timeout/;
    expectFault(await frozen, { target: nameOf(FROZEN), code: "SSH_LOST", says, withinMs: 50_000 });
    const base = { current: "releases/base", releases: { base: treeDigest(join(folder, "base")) } };
    for (const index of [FROZEN, WITNESS]) expect(deployedState(host(index))).toEqual(base);
    await untilQuiet(fleet, [FROZEN, WITNESS]);
  });

  test("what else fills the disk meanwhile fails the target, and no half of the release is left in releases/", async () => {
    const targets = reachInputs(fleet, [0, 1, SMALL_DISK]);
    const smallBefore = deployedState(host(SMALL_DISK));
    const fill = () =>
      void host(SMALL_DISK).inside("dd if=/dev/zero of=/srv/log bs=1M count=64 2>/dev/null || true");
    const run = await deployAnd(fill, targets, SMALL_DISK);
    const says = /while fetching: writing .*app\.js.*no space or no inode is left \(ENOSPC\)/;
    expectFault(run, { target: nameOf(SMALL_DISK), code: "DISK_FULL", says });
    expect(states()).toEqual(before);
    expect(deployedState(host(SMALL_DISK))).toEqual(smallBefore);
  });

  test("bytes that change on one target's disk before it has verified are named", async () => {
    const staged = join(host(VICTIM).rootPath, "srv/app");
    const corrupting = Promise.withResolvers<string | undefined>();
    const run = await deployAnd(() => corrupting.resolve(tryCorruptStaged(staged, source)));
    expect(await corrupting.promise).toBe("assets/app.js");
    const says = /while (fetching|verifying): .*app\.js.*(changed on the disk|has other content)/;
    expectFault(run, { target: nameOf(VICTIM), code: "VERIFY_FAILED", says });
    expect(states()).toEqual(before);
  });

  test("a file that changes while it is deployed fails the job and is named", async () => {
    const run = await deployAnd(() => writeFileSync(join(source, "assets/app.js"), "another build"));
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toMatch(/^SOURCE_CHANGED\n.*"assets\/app\.js" became shorter after it was packed/);
    expect(run.errors[0]).toMatch(/Let the build finish first/);
    expect(run.report?.error?.code).toBe("SOURCE_CHANGED");
    expect(run.outputs).toMatchObject({ status: "failed", "targets-activated": "0" });
    expect(states()).toEqual(before);
    expect(run.wallMs).toBeLessThan(20_000);
  });

  test("a file that is touched or written again with the same content does not fail the job", async () => {
    const run = await deployAnd(() => {
      const file = join(source, "assets/app.js");
      utimesSync(file, 1_000_000_000, 1_000_000_000);
      writeFileSync(join(source, "index.html"), readFileSync(join(source, "index.html")));
    });
    requirePassed(run);
    for (const index of FLEET) expect(currentDigest(host(index))).toBe(treeDigest(source));
  });

  test("an origin that dies fails the job with its end", async () => {
    const run = await deployAnd((actionPid) => kill(originOf(actionPid)!));
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toMatch(/^ORIGIN_FAILED\n.*tracker and seeder was killed by SIGKILL/);
    expect(run.report?.error?.code).toBe("ORIGIN_FAILED");
    expect(run.outputs).toMatchObject({ status: "failed", "targets-activated": "0" });
    expect(states()).toEqual(before);
    expect(run.wallMs).toBeLessThan(20_000);
  });

  test("a swarm that needs longer than transfer-timeout fails on every target", async () => {
    const run = await deploy({}, { "upload-limit": "64KiB", "transfer-timeout": "3s" });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toEqual(FLEET.map(nameOf));
    for (const { error, failedDuring } of run.report?.targets ?? []) {
      expect(error?.code).toBe("TRANSFER_TIMEOUT");
      expect(error?.message).toMatch(/the transfer took longer than 3 s/);
      expect(failedDuring).toBe("transfer");
    }
    expect(states()).toEqual(before);
    expect(run.wallMs).toBeLessThan(20_000);
  });

  test("a target that dies after it has verified stops the switch everywhere", async () => {
    const first = { ...reachInputs(fleet, [VICTIM]), "upload-limit": "0", activate: "false" };
    requirePassed(await deploy({}, first));
    let isKilled = false;
    const onProgress = ({ target, step }: TargetProgress) => {
      // It holds the release already, so that it has verified while the others still fetch.
      if (isKilled || target !== nameOf(VICTIM) || step !== "done") return;
      isKilled = true;
      agentsOn(fleet, VICTIM).forEach(kill);
    };
    const run = await deploy({ onProgress });
    expect(isKilled).toBe(true);
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toEqual([nameOf(VICTIM)]);
    expect(run.outputs).toMatchObject({
      status: "failed",
      "targets-verified": "3",
      "targets-activated": "0",
    });
    expect(run.errors[0]).toMatch(/AGENT_FAILED\n.*the agent was killed by (SIG)?KILL/);
    expect(states().map(({ current }) => current)).toEqual(before.map(({ current }) => current));
  });

  test("an address at which nobody reaches tracker and seeder is one message, with what to set", async () => {
    const run = await deploy({}, { "announce-address": "240.0.0.1" });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(2);
    expect(run.errors[0]).toMatch(
      /^TRACKER_UNREACHABLE\nnone of the 3 targets that tried reaches the tracker on the runner, such as .* at 240\.0\.0\.1:\d+: /,
    );
    expect(run.errors[0]).toMatch(/tracker-port.*announce-address.*seed-from: bastion/s);
    expect(run.errors[1]).toContain("0 of 3 targets verified");
    for (const { error, failedDuring } of run.report?.targets ?? [])
      expect([error?.code, failedDuring]).toEqual(["TRACKER_UNREACHABLE", "preflight"]);
    expect(states()).toEqual(before);
  });
});

function kill(pid: number): void {
  process.kill(pid, "SIGKILL");
}
