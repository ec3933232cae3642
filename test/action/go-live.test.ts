import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ActionRun, type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { agentsOn, currentDigest, currentLink, originOf, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { saveState } from "../support/saved-state.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const TARGETS = 5;
/** Every hook leaves a line with what it was told, outside of the release. */
const noted = (what: string) =>
  `echo "${what} $MURMURATION_RELEASE after $MURMURATION_PREVIOUS in $(basename "$PWD") is $(basename "$(readlink "$MURMURATION_CURRENT")")" >> /srv/notes`;

describeWithOpenSsh("going live", () => {
  let folder: string;
  let fleet: SshdFleet;
  let backToV1: () => void;

  const sourceOf = (release: string) => join(folder, release);
  const deploy = async (release: string, inputs: Inputs = {}, options = {}): Promise<ActionRun> => {
    makeSmallBuild(sourceOf(release), release, 64 * 1024);
    return await runAction({ ...reachInputs(fleet), path: sourceOf(release), release, ...inputs }, options);
  };
  const at = (index: number, path: string) => join(fleet.targets[index]!.rootPath, path);
  const live = () => fleet.targets.map((host) => currentLink(host)?.replace("releases/", ""));
  const all = (release: string) => Array(TARGETS).fill(release);
  const notes = (index: number): string[] => {
    const path = at(index, "srv/notes");
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  };
  const isGood = (index: number, release: string): boolean =>
    JSON.parse(readFileSync(at(index, `srv/app/.murmuration/releases/${release}.json`), "utf8")).good;
  /** Makes a hook on one target do something else. */
  const only = (index: number, command: string) =>
    `if [ "$MURMURATION_TARGET" = ${fleet.targets[index]!.host} ]; then ${command}; fi`;
  const errorsOf = (run: ActionRun) => run.report!.targets.map(({ error }) => error?.code ?? null);
  const currentOf = (run: ActionRun) => run.report!.targets.map(({ current }) => current);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-live-"));
    fleet = await startSshdFleet({ count: TARGETS });
    requirePassed(await deploy("v1"));
    backToV1 = saveState(fleet);
  });
  afterEach(async () => {
    for (const release of readdirSync(folder)) rmSync(sourceOf(release), { recursive: true });
    await untilQuiet(fleet);
    backToV1();
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("runs each hook once on every target, around the switch, in the release's directory", async () => {
    const run = requirePassed(
      await deploy("v2", {
        "before-activate": noted("before"),
        "after-activate": `${noted("after")}; echo restarted; echo warned >&2`,
        "health-check": noted("health"),
      }),
    );
    for (let index = 0; index < TARGETS; index++)
      expect(notes(index)).toEqual([
        "before v2 after v1 in v2 is v1",
        "after v2 after v1 in v2 is v2",
        "health v2 after v1 in v2 is v2",
      ]);
    expect(live()).toEqual(all("v2"));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(sourceOf("v2")));
    const hooks = run.report.targets[0]!.hooks;
    expect(hooks.map(({ name }) => name)).toEqual(["before-activate", "after-activate", "health-check"]);
    expect(hooks[1]).toMatchObject({ passed: true, exitCode: 0, output: "restarted\nwarned\n" });
    expect(run.report.phases.map(({ name }) => name)).toContain("health");
    await untilQuiet(fleet);
  });

  test("a hook before the switch that fails on one target switches nobody", async () => {
    const run = await deploy("v2", {
      "before-activate": only(2, "echo 'no database' >&2; exit 3"),
      "after-activate": noted("after"),
    });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(all("v1"));
    expect(run.outputs).toMatchObject({ status: "failed", "targets-activated": "0" });
    expect(JSON.parse(run.outputs["failed-targets"]!)).toEqual([fleet.targets[2]!.host]);
    expect(run.errors).toHaveLength(2);
    expect(run.errors[0]).toMatch(
      /HOOK_FAILED\n.*while activating: before-activate ended with exit code 3; it wrote: no database/,
    );
    expect(currentOf(run)).toEqual(Array(TARGETS).fill("kept"));
    for (let index = 0; index < TARGETS; index++) expect(notes(index)).toEqual([]);
  });

  test("a failure in a wave stops the next, and puts back every target that had switched, by name", async () => {
    const run = await deploy("v2", {
      "batch-size": "1,2,100%",
      "after-activate": noted("after"),
      "health-check": `${only(1, "echo 502; exit 22")}`,
      "health-timeout": "2s",
    });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(all("v1"));
    expect(run.outputs).toMatchObject({ status: "rolled-back", "targets-activated": "0" });
    const name = fleet.targets[1]!.host;
    expect(JSON.parse(run.outputs["failed-targets"]!)).toEqual([name]);
    expect(errorsOf(run)).toEqual([
      "PUT_BACK",
      "HEALTH_CHECK_FAILED",
      "PUT_BACK",
      "FLEET_INCOMPLETE",
      "FLEET_INCOMPLETE",
    ]);
    expect(currentOf(run)).toEqual(["put-back", "put-back", "put-back", "kept", "kept"]);
    const messages = run.report!.targets.map(({ error }) => error?.message);
    expect(messages[0]).toContain(`is put back to v1: it failed in wave 2 of 3 on ${name}`);
    expect(messages[1]).toMatch(/health-check .*; it wrote: 502; put back to v1/);
    expect(messages[3]).toContain(`not activated: it failed in wave 2 of 3 on ${name}`);
    expect(run.log).toContain("1 failed, 3 put back, 2 held back");
    expect(run.summary).toContain("## Deploy failed, and was taken back");
    // What a switch started anew is started anew with the release of before.
    for (const index of [0, 1, 2])
      expect(notes(index)).toEqual(["after v2 after v1 in v2 is v2", "after v1 after v2 in v1 is v1"]);
    for (const index of [3, 4]) expect(notes(index)).toEqual([]);
    expect(isGood(0, "v2")).toBe(false);
    expect(isGood(0, "v1")).toBe(true);
    await untilQuiet(fleet);

    // It is no way back, and the same build can go live later.
    requirePassed(await deploy("v3"));
    requirePassed(await runAction({ ...reachInputs(fleet), mode: "rollback" }));
    expect(live()).toEqual(all("v1"));
    requirePassed(await deploy("v2"));
    expect(live()).toEqual(all("v2"));
  });

  test("with on-failure: keep what has switched stays, and is said to", async () => {
    const run = await deploy("v2", {
      "batch-size": "2",
      "health-check": only(1, "exit 1"),
      "health-timeout": "1s",
      "on-failure": "keep",
    });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(["v2", "v2", "v1", "v1", "v1"]);
    expect(run.outputs.status).toBe("failed");
    expect(currentOf(run)).toEqual(["switched", "switched", "kept", "kept", "kept"]);
    expect(run.report!.targets[1]!.error?.message).toContain("it stays on v2");
    requirePassed(await deploy("v3"));
    expect(live()).toEqual(all("v3"));
  });

  test("the first deploy that is put back leaves no current", async () => {
    const inputs = { "deploy-to": "/srv/new", "health-check": "false", "health-timeout": "1s" };
    const run = await deploy("v1", inputs);
    expect(run.outputs.status).toBe("rolled-back");
    for (const host of fleet.targets) expect(currentLink(host, "/srv/new")).toBeNull();
    expect(run.report!.targets[0]!.error?.message).toContain("put back to no release, as before");
  });

  test("waves wait for each other, and the log says which one it is", async () => {
    const stamp = 'date +%s%N > "/srv/at"';
    const run = requirePassed(
      await deploy("v2", { "batch-size": "1,100%", "batch-wait": "3s", "after-activate": stamp }),
    );
    const times = fleet.targets.map((_, index) => Number(readFileSync(at(index, "srv/at"), "utf8")) / 1e6);
    for (const later of times.slice(1)) expect(later - times[0]!).toBeGreaterThan(2_900);
    expect(run.log).toMatch(/activate .* wave 1 of 2/);
  });

  test("a hook that leaves a background process does not hang the step, and what it started goes on", async () => {
    const run = requirePassed(await deploy("v2", { "after-activate": "sleep 60 & echo $! > /srv/pid" }));
    expect(run.wallMs).toBeLessThan(20_000);
    for (let index = 0; index < TARGETS; index++) {
      expect(fleet.processesOf(index).length).toBe(fleet.idleProcesses + 1);
      fleet.targets[index]!.inside(`kill ${readFileSync(at(index, "srv/pid"), "utf8").trim()}`);
    }
    await untilQuiet(fleet);
  });

  test("a hook past its limit fails its target and is ended there", async () => {
    const run = await deploy("v2", { "before-activate": only(0, "sleep 300"), "hook-timeout": "1s" });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run)[0]).toBe("HOOK_FAILED");
    expect(run.errors[0]).toContain("before-activate took longer than 1.0 s");
    expect(live()).toEqual(all("v1"));
    await untilQuiet(fleet);
  });

  test("a cancelled run puts back what it had switched, and leaves no hook behind", async () => {
    const cancel = new AbortController();
    const run = await deploy(
      "v2",
      { "batch-size": "2,100%", "after-activate": only(1, "sleep 300") },
      {
        signal: cancel.signal,
        onProgress: () => {
          if (!cancel.signal.aborted && live().filter((release) => release === "v2").length === 2)
            cancel.abort();
        },
      },
    );
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(all("v1"));
    expect(currentOf(run)).toEqual(["put-back", "put-back", "kept", "kept", "kept"]);
    await untilQuiet(fleet);
  });

  test("a seeder that dies when all have the release takes nothing back", async () => {
    let pid = 0;
    const running = deploy(
      "v2",
      { "before-activate": "touch /srv/here; sleep 2" },
      {
        onStart: (started: number) => {
          pid = started;
        },
      },
    );
    await eventually(() => existsSync(at(0, "srv/here")), 20_000);
    process.kill(originOf(pid)!, "SIGKILL");
    const run = requirePassed(await running);
    expect(live()).toEqual(all("v2"));
    expect(run.warnings.join()).toContain("when it was not needed any more");
  });

  test("targets that fail are tolerated down to min-verified, and fail the job unless allow-failures is on", async () => {
    const dead = fleet.targets[4]!;
    dead.killSshd();
    try {
      const inputs = { "min-verified": "80%", "ssh-retries": "0", "ssh-timeout": "5s" };
      const strict = await deploy("v2", inputs);
      expect(strict.exitCode).toBe(1);
      expect(strict.outputs).toMatchObject({ status: "failed", "targets-activated": "4" });
      expect(live().slice(0, 4)).toEqual(["v2", "v2", "v2", "v2"]);
      expect(JSON.parse(strict.outputs["failed-targets"]!)).toEqual([dead.host]);

      const tolerant = requirePassed(await deploy("v3", { ...inputs, "allow-failures": "true" }));
      expect(tolerant.outputs).toMatchObject({ "targets-activated": "4", "targets-verified": "4" });
      expect(JSON.parse(tolerant.outputs["failed-targets"]!)).toEqual([dead.host]);
      expect(tolerant.errors).toEqual([]);
      expect(tolerant.warnings.join()).toContain("HOST_UNREACHABLE");
      expect(tolerant.summary).toContain("## Deploy succeeded without all targets");

      const tooFew = await deploy("v4", { ...inputs, "min-verified": "5" });
      expect(tooFew.exitCode).toBe(1);
      expect(live().slice(0, 4)).toEqual(["v3", "v3", "v3", "v3"]);
      expect(tooFew.report!.targets[0]!.error?.code).toBe("FLEET_INCOMPLETE");

      // Also the way back must not depend on a machine that is dead.
      const back = { ...inputs, "allow-failures": "true", mode: "rollback", "rollback-to": "v2" };
      requirePassed(await runAction({ ...reachInputs(fleet), ...back }));
      expect(live().slice(0, 4)).toEqual(["v2", "v2", "v2", "v2"]);
    } finally {
      dead.startSshd();
    }
  });

  test("with allow-failures a failure in a wave fails the job all the same", async () => {
    const run = await deploy("v2", {
      "min-verified": "2",
      "allow-failures": "true",
      "batch-size": "3,100%",
      "health-check": only(4, "exit 1"),
      "health-timeout": "1s",
      "on-failure": "keep",
    });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.status).toBe("failed");
  });

  test("a rollback goes in waves with hooks, and one that fails is taken back itself", async () => {
    requirePassed(await deploy("v2"));
    const back = { ...reachInputs(fleet), mode: "rollback" };
    const failed = await runAction({
      ...back,
      "batch-size": "2",
      "health-check": only(3, "exit 1"),
      "health-timeout": "1s",
    });
    expect(failed.outputs.status).toBe("rolled-back");
    expect(live()).toEqual(all("v2"));
    expect([isGood(0, "v1"), isGood(0, "v2")]).toEqual([false, true]);
    requirePassed(
      await runAction({ ...back, "rollback-to": "v1", "batch-size": "2", "after-activate": noted("after") }),
    );
    expect(live()).toEqual(all("v1"));
    expect(notes(4)).toEqual(["after v1 after v2 in v1 is v1"]);
  });

  test("a rollback that is taken back puts a target whose agent was killed on what was live there, though that is marked bad", async () => {
    requirePassed(await deploy("v2"));
    requirePassed(await deploy("v3"));
    const back = { ...reachInputs(fleet), mode: "rollback", "rollback-to": "v2" };
    const hook = only(1, "if [ ! -e /srv/here ]; then touch /srv/here; sleep 3; fi");
    const running = runAction({ ...back, "batch-size": "2,100%", "after-activate": hook });
    await eventually(() => existsSync(at(1, "srv/here")), 20_000);
    for (const pid of agentsOn(fleet, 1)) process.kill(pid, "SIGKILL");
    const run = await running;
    expect(run.outputs.status, run.log).toBe("rolled-back");
    expect(live()).toEqual(all("v3"));
    expect(isGood(1, "v3")).toBe(true);
  });

  test("shared files and directories are links in every release, and are not shipped", async () => {
    for (let index = 0; index < TARGETS; index++) {
      const file = at(index, "srv/app/shared/config/app.yml");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `secret of ${index}`);
    }
    const shared = { "shared-files": "config/app.yml", "shared-dirs": "log\npublic/uploads" };
    for (const release of ["v2", "v3"]) {
      makeSmallBuild(sourceOf(release), release, 64 * 1024);
      mkdirSync(join(sourceOf(release), "config"));
      writeFileSync(join(sourceOf(release), "config/app.yml"), "a developer's own");
      writeFileSync(join(sourceOf(release), "config/routes.yml"), release);
      requirePassed(await deploy(release, shared));
      for (let index = 0; index < TARGETS; index++) {
        expect(readFileSync(at(index, "srv/app/current/config/app.yml"), "utf8")).toBe(`secret of ${index}`);
        writeFileSync(at(index, `srv/app/current/log/${release}`), "");
      }
    }
    for (const log of ["v2", "v3"]) expect(existsSync(at(0, `srv/app/current/log/${log}`))).toBe(true);
    requirePassed(await runAction({ ...reachInputs(fleet), mode: "verify" }));
    // Removing old releases follows no link.
    requirePassed(await deploy("v4", { ...shared, "keep-releases": "1" }));
    requirePassed(await deploy("v5", { ...shared, "keep-releases": "1" }));
    expect(existsSync(at(0, "srv/app/shared/log/v2"))).toBe(true);
  });

  test("a shared file that one target lacks fails it before a byte is moved", async () => {
    for (const index of [0, 1, 2, 3]) {
      mkdirSync(at(index, "srv/app/shared"), { recursive: true });
      writeFileSync(at(index, "srv/app/shared/.env"), "");
    }
    const run = await deploy("v2", { "shared-files": ".env" });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run)[4]).toBe("SHARED_FILE_MISSING");
    expect(run.errors[0]).toContain("there is no file /srv/app/shared/.env");
    expect(live()).toEqual(all("v1"));
  });
});
