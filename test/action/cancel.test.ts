import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
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
  currentDigest,
  type DeployedState,
  deployedState,
  isRunning,
  originOf,
  untilQuiet,
} from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

/** GitHub's runner waits so long before it becomes rough. */
const CANCEL_MAX_MS = 7_500;
const ASSET_BYTES = 6 * 1024 * 1024;
const SLOW: Inputs = { "upload-limit": "1MiB" };

describeWithOpenSsh("a run that is cancelled", () => {
  let folder: string;
  let source: string;
  let fleet: SshdFleet;
  let before: DeployedState[];
  let builds = 0;
  let actionPid: number;

  const states = () => fleet.targets.map((target) => deployedState(target));
  const deploy = async (inputs: Inputs, options: ActionRunOptions = {}): Promise<ActionRun> => {
    const onStart = (pid: number) => {
      actionPid = pid;
    };
    const all = { ...reachInputs(fleet), path: source, release: `build-${builds}`, ...inputs };
    return await runAction(all, { onStart, ...options });
  };
  /** The next run takes over whatever was left, and needs less than a whole copy for each target. */
  const expectResumed = async () => {
    const run = requirePassed(await deploy({}));
    const whole = (run.report.release?.tarBytes ?? 0) * fleet.targets.length;
    expect(run.report.transfer.bytes).toBeLessThan(whole);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(source));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-cancel-"));
    makeSmallBuild(join(folder, "base"), "base");
    fleet = await startSshdFleet({ count: 3 });
    const inputs = { ...reachInputs(fleet), path: join(folder, "base"), release: "base" };
    requirePassed(await runAction(inputs));
  });
  beforeEach(() => {
    builds += 1;
    source = join(folder, `build-${builds}`);
    makeSmallBuild(source, `cancelled ${builds}`, ASSET_BYTES);
    before = states();
  });
  afterEach(async () => {
    await untilQuiet(fleet);
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("mid-transfer: it ends in time, switches nothing, leaves no process, and the next run resumes", async () => {
    const cancel = new AbortController();
    let cancelledMs = 0;
    let origin: number | undefined;
    const onProgress = onceFetching(() => {
      origin = originOf(actionPid);
      cancelledMs = performance.now();
      cancel.abort();
    });
    const run = await deploy(SLOW, { signal: cancel.signal, onProgress });
    const endedMs = performance.now();
    expect(cancelledMs).toBeGreaterThan(0);
    // With the post step, which finds nothing to do.
    expect(endedMs - cancelledMs).toBeLessThan(CANCEL_MAX_MS);
    expect(run.exitCode).toBe(1);
    expect(run.log).not.toContain("that the step had left behind");
    await untilQuiet(fleet);
    expect(origin).toBeGreaterThan(0);
    expect(isRunning(origin!)).toBe(false);
    expect(states()).toEqual(before);

    expect(run.outputs).toMatchObject({
      status: "failed",
      "targets-total": "3",
      "targets-verified": "0",
      "targets-activated": "0",
      release: `build-${builds}`,
    });
    expect(run.errors[0]).toMatch(/CANCELLED\n.*the run was cancelled \(SIGINT\)/);
    expect(run.report?.status).toBe("failed");
    expect(run.summary).toContain("## Deploy failed");
    await expectResumed();
  });

  test("while it packs: a large build does not hold it", async () => {
    const cancel = new AbortController();
    // Of holes: it takes no disk, and half a minute to hash.
    const large = join(folder, "large");
    writeFileSync(large, "");
    truncateSync(large, 32 * 1024 ** 3);
    let cancelledMs = 0;
    const onLine = (line: string) => {
      if (cancelledMs > 0 || !line.startsWith("pack ")) return;
      cancelledMs = performance.now();
      cancel.abort();
    };
    const run = await deploy({ path: large }, { signal: cancel.signal, onLine });
    expect(cancelledMs).toBeGreaterThan(0);
    expect(performance.now() - cancelledMs).toBeLessThan(CANCEL_MAX_MS);
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ status: "failed", "targets-activated": "0" });
    expect(states()).toEqual(before);
  });

  test("while it connects: a host that never answers does not hold it", async () => {
    const cancel = new AbortController();
    // A closed port that is tried again for minutes.
    const reach = reachInputs(fleet);
    const inputs = { ...reach, targets: `${reach.targets}root@127.0.0.99:9\n`, "ssh-retries": "50" };
    let cancelledMs = 0;
    const onLine = (line: string) => {
      if (cancelledMs > 0 || !line.includes("waiting for 127.0.0.99")) return;
      cancelledMs = performance.now();
      cancel.abort();
    };
    const run = await deploy(inputs, { signal: cancel.signal, onLine });
    expect(cancelledMs).toBeGreaterThan(0);
    expect(performance.now() - cancelledMs).toBeLessThan(CANCEL_MAX_MS);
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toMatch(/CANCELLED/);
    await untilQuiet(fleet);
    expect(states()).toEqual(before);
  });

  test("with a frozen target: it still ends in time", async () => {
    const cancel = new AbortController();
    let cancelledMs = 0;
    const onProgress = onceFetching(() => {
      fleet.freeze(0);
      cancelledMs = performance.now();
      cancel.abort();
    }, fleet.targets[0]!.host);
    try {
      const run = await deploy(SLOW, { signal: cancel.signal, onProgress });
      expect(performance.now() - cancelledMs).toBeLessThan(CANCEL_MAX_MS);
      expect(run.exitCode).toBe(1);
      expect(run.outputs.status).toBe("failed");
    } finally {
      fleet.thaw(0);
    }
    await untilQuiet(fleet);
    expect(states()).toEqual(before);
  });

  test("with a switched target that is frozen, and one whose hook hangs as it is put back: what became of each is published", async () => {
    const cancel = new AbortController();
    const [frozen, hanging, well] = fleet.targets.map(({ host }) => host);
    const running = deploy(
      {
        "after-activate": `case "$MURMURATION_TARGET $MURMURATION_RELEASE" in
          "${frozen} build-${builds}") touch /srv/here; sleep 300;;
          "${hanging} build-${builds}") ;;
          "${hanging} "*) sleep 300;;
        esac`,
      },
      { signal: cancel.signal },
    );
    await eventually(() => existsSync(join(fleet.targets[0]!.rootPath, "srv/here")), 20_000);
    try {
      fleet.freeze(0);
      cancel.abort();
      const run = await running;
      const targets = run.report?.targets.map(({ name, current, error }) => [name, current, error?.code]);
      expect(targets, run.log).toEqual([
        [frozen, "switched", "PUT_BACK_FAILED"],
        [hanging, "put-back", "CANCELLED"],
        // Its hook may or may not have been heard of.
        [well, "put-back", expect.stringMatching(/^(PUT_BACK|CANCELLED)$/)],
      ]);
      expect(run.exitCode).toBe(1);
      expect(run.outputs.status).toBe("failed");
      expect(run.errors.join()).toContain("nothing was heard within the 3.5 s that a cancelled run has left");
      expect(run.rawLog).not.toContain("This is a bug");
    } finally {
      fleet.thaw(0);
    }
    await untilQuiet(fleet);
    // The frozen one may read what it was told when it thaws.
    const liveOnOthers = (all: readonly DeployedState[]) => all.slice(1).map(({ current }) => current);
    expect(liveOnOthers(states())).toEqual(liveOnOthers(before));
  });

  test("a runner that dies takes origin and agents with it, and the next run works", async () => {
    let origin: number | undefined;
    const onProgress = onceFetching(() => {
      origin = originOf(actionPid);
      process.kill(actionPid, "SIGKILL");
    });
    const run = await deploy(SLOW, { withoutPost: true, onProgress });
    expect(run.exitCode).toBeNull();
    expect(origin).toBeGreaterThan(0);
    await eventually(() => !isRunning(origin!));
    await untilQuiet(fleet);
    expect(states()).toEqual(before);
    for (const { rootPath } of fleet.targets) {
      expect(readdirSync(join(rootPath, "srv/app/.murmuration"))).not.toContain("lock");
    }
    await expectResumed();
  });

  test("an origin that outlives its step is ended by the post step", async () => {
    let origin: number | undefined;
    const onProgress = onceFetching(() => {
      origin = originOf(actionPid);
      // Halted it cannot see the end of its stdin.
      process.kill(origin!, "SIGSTOP");
      process.kill(actionPid, "SIGKILL");
    });
    const run = await deploy(SLOW, { onProgress });
    expect(run.exitCode).toBeNull();
    expect(run.log).toContain("Ended a tracker and seeder that the step had left behind");
    await eventually(() => !isRunning(origin!));
  });
});
