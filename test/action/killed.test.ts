import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  type ActionRun,
  type ActionRunOptions,
  type Inputs,
  onceFetching,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { agentsOn, currentLink, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const TARGETS = 3;
const VICTIM = 1;
/** So many files take a moment to verify, and to remove. */
const MANY_FILES = 1_500;
const FEW_FILES = 50;
const ASSET_BYTES = 4 * 1024 * 1024;

const VERIFYING = "while it verifies";
const REMOVING = "while old releases are removed";

type Part = "the runner" | "an agent" | "a target's sshd";
const PARTS: readonly Part[] = ["the runner", "an agent", "a target's sshd"];

/** What is killed when: each deploys the next build, and calls `kill` once, at its moment. */
type Moment = (kill: () => void) => Promise<ActionRun | undefined>;

describeWithOpenSsh("whatever is killed", () => {
  let folder: string;
  let fleet: SshdFleet;
  let builds = 0;
  let runnerPid = 0;
  const digests = new Map<string, string>();

  const release = () => `build-${builds}`;
  const source = () => join(folder, release());
  const at = (path: string, index = VICTIM) => join(fleet.targets[index]!.rootPath, "srv", path);
  const deploy = async (inputs: Inputs = {}, options: ActionRunOptions = {}): Promise<ActionRun> => {
    const onStart = (pid: number) => {
      runnerPid = pid;
    };
    const all = { ...reachInputs(fleet), path: source(), release: release(), ...inputs };
    return await runAction({ ...all, "keep-releases": "1" }, { onStart, withoutPost: true, ...options });
  };
  const newBuild = (files: number): void => {
    builds += 1;
    makeSmallBuild(source(), release(), ASSET_BYTES);
    mkdirSync(join(source(), "many"));
    for (let file = 0; file < files; file++) writeFileSync(join(source(), "many", String(file)), release());
    digests.set(release(), treeDigest(source()));
  };
  /** Calls back when a file appears that a hook makes on the victim. */
  const whenHookRuns = async (run: Promise<ActionRun>, kill: () => void): Promise<ActionRun> => {
    await eventually(() => existsSync(at("hook")), 20_000);
    kill();
    return await run;
  };
  /** It ends after a while by itself: nobody may be left who could end it. */
  const HOOK = "rm -f /srv/hook; touch /srv/hook; sleep 1.5";

  // In this order what is removed in the last of them is the build of the one that has many files: the one before the previous.
  const MOMENTS: Readonly<Record<string, Moment>> = {
    "in the transfer": async (kill) =>
      await deploy(
        { "upload-limit": "1MiB" },
        { onProgress: onceFetching(kill, fleet.targets[VICTIM]!.host) },
      ),
    "between the release's rename and the switch": async (kill) =>
      await whenHookRuns(deploy({ "before-activate": HOOK }), kill),
    [VERIFYING]: async (kill) => {
      let isDone = false;
      return await deploy(
        {},
        {
          onProgress: ({ target, step }) => {
            if (isDone || step !== "verify" || target !== fleet.targets[VICTIM]!.host) return;
            isDone = true;
            kill();
          },
        },
      );
    },
    "in the middle of a wave": async (kill) =>
      await whenHookRuns(deploy({ "batch-size": "2,100%", "after-activate": HOOK }), kill),
    [REMOVING]: async (kill) => {
      expect(readdirSync(at(`app/releases/build-${builds - 2}/many`))).toHaveLength(MANY_FILES);
      // Told by the kernel: looked for every 20 ms it may come and go in between.
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      const watcher = watch(at("app/.murmuration/staging"), (_event, name) => {
        if (name?.endsWith(".pruned")) resolve();
      });
      try {
        const run = deploy();
        expect(await Promise.race([begun.then(() => "begun"), run.then(() => "over")])).toBe("begun");
        kill();
        const ended = await run;
        // Agents that lose their runner stop a moment later. What one of them moves away meanwhile can't be read.
        const isOver = () => fleet.targets.every((_, index) => agentsOn(fleet, index).length === 0);
        await eventually(isOver, 20_000);
        return ended;
      } finally {
        watcher.close();
      }
    },
  };

  function kill(part: Part): void {
    if (part === "the runner") process.kill(runnerPid, "SIGKILL");
    else if (part === "a target's sshd") fleet.targets[VICTIM]!.killSshd();
    else for (const pid of agentsOn(fleet, VICTIM)) process.kill(pid, "SIGKILL");
  }

  /** Whatever a target holds by a release's name is that release, whole; and `current` leads to one. */
  function expectWhole(): void {
    for (const host of fleet.targets) {
      const { current, releases } = deployedState(host);
      for (const [id, digest] of Object.entries(releases)) expect(digest, id).toBe(digests.get(id));
      expect(Object.keys(releases)).toContain(current?.replace("releases/", ""));
    }
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-killed-"));
    fleet = await startSshdFleet({ count: TARGETS });
    for (const files of [MANY_FILES, FEW_FILES]) {
      newBuild(files);
      requirePassed(await deploy());
    }
  });
  afterEach(async () => {
    for (let index = 0; index < TARGETS; index++) rmSync(at("hook", index), { force: true });
    for (const name of readdirSync(folder).slice(0, -2)) rmSync(join(folder, name), { recursive: true });
    await untilQuiet(fleet);
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const cases = PARTS.flatMap((part) => Object.keys(MOMENTS).map((moment) => [part, moment] as const));
  test.each(cases)("%s %s: every release is whole, and the next run repairs it", async (part, moment) => {
    newBuild(moment === VERIFYING ? MANY_FILES : FEW_FILES);
    let killed = 0;
    const run = await MOMENTS[moment]!(() => {
      killed += 1;
      kill(part);
    });
    expect(killed).toBe(1);
    expectWhole();
    // What is live already when old releases go is not undone by their removal.
    if (moment !== REMOVING) expect(run!.exitCode, run!.log).not.toBe(0);
    const liveNow = fleet.targets.map((host) => currentLink(host));
    if (part !== "the runner" && moment === "in the middle of a wave") {
      // The agent alone can be replaced over a new connection; without sshd nobody is reached, and that is said.
      const states = run!.report!.targets.map(({ current }) => current);
      if (part === "an agent") {
        expect(states).toEqual(["put-back", "put-back", "kept"]);
        expect(new Set(liveNow)).toEqual(new Set([`releases/build-${builds - 1}`]));
        expect(run!.outputs.status).toBe("rolled-back");
      } else {
        expect(states).toEqual(["put-back", "switched", "kept"]);
        expect(run!.report!.targets[VICTIM]!.error?.code).toBe("PUT_BACK_FAILED");
        expect(run!.outputs.status).toBe("failed");
      }
    }
    if (part === "a target's sshd") fleet.targets[VICTIM]!.startSshd();
    requirePassed(await deploy());
    expectWhole();
    for (const host of fleet.targets) expect(currentLink(host)).toBe(`releases/${release()}`);
    for (let index = 0; index < TARGETS; index++)
      expect(readdirSync(at("app/.murmuration/staging", index))).toEqual([]);
    expect(readFileSync(at("app/current/index.html"), "utf8")).toContain(release());
  });
});
