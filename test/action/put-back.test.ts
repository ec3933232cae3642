import { existsSync, lstatSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { SwitchConfig } from "../../src/action/config.ts";
import { goLive } from "../../src/action/go-live.ts";
import { ProgressBoard } from "../../src/action/progress-board.ts";
import { readRunContext } from "../../src/action/run-context.ts";
import { RunStop } from "../../src/action/run-stop.ts";
import { fleetOf, type RunTools } from "../../src/action/run-tools.ts";
import { type FromAgent, SILENCE_MAX_MS, type ToAgent } from "../../src/contract.ts";
import { MurmurationError } from "../../src/core/errors.ts";
import { parseInventory } from "../../src/core/inventory.ts";
import type { Hook } from "../../src/core/outcome.ts";
import type { PackedRelease } from "../../src/release/pack.ts";
import { deploy, newDeployDir, pack } from "../release/deploy-fixture.ts";
import { tempDir } from "../release/temp-dir.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually } from "../support/sshd-fleet.ts";
import { WiredAgent } from "../support/wired-agent.ts";

/** What goes live is taken back on two targets, whose real agents run on this machine, each in a folder of its own. */

const NAMES = ["web-1", "web-2"];
const ALL = { kind: "percent", percent: 100 } as const;
const CANCELLED = new MurmurationError("CANCELLED", "the run was cancelled (SIGINT)");

let folder: ReturnType<typeof tempDir>;
let [v1, v2] = [] as unknown as [PackedRelease, PackedRelease];

beforeAll(async () => {
  folder = tempDir();
  const packed = async (release: string) => {
    makeSmallBuild(`${folder.path}/${release}`, release, 64 * 1024);
    return await pack(`${folder.path}/${release}`);
  };
  [v1, v2] = [await packed("v1"), await packed("v2")];
});
afterAll(() => folder?.[Symbol.dispose]());

type Said = (name: string, message: ToAgent | FromAgent, agent: WiredAgent) => void;

interface Live {
  readonly hooks: Partial<Record<Hook, string>>;
  /** Calls back with all that is said to and by an agent; `run` ends it. */
  readonly onMessage?: (run: AbortController) => Said;
  /** What is there before v2 goes live; v1 is live where it is left out. */
  readonly prepare?: (deployTo: string) => Promise<void>;
}

/** Switches both targets to v2, which they hold. */
async function goLiveWithV2(name: string, { hooks, onMessage, prepare }: Live) {
  const deployToOf = (target: string) => `${folder.path}/${name}/${target}`;
  for (const target of NAMES) {
    const deployDir = await newDeployDir(deployToOf(target));
    if (prepare === undefined) await deploy(deployDir, v1, "v1");
    await deploy(deployDir, v2, "v2", { activate: false });
    await prepare?.(deployToOf(target));
  }
  const cancelled = new AbortController();
  const stop = new RunStop(cancelled.signal);
  const said = onMessage?.(cancelled);
  const agents: WiredAgent[] = [];
  onTestFinished(async () => void (await Promise.all(agents.map((agent) => agent.kill()))));
  const reach: RunTools["reach"] = async (target, signal) => {
    signal.throwIfAborted();
    const agent = new WiredAgent(target.name, (message) => said?.(target.name, message, agent));
    agents.push(agent);
    return agent.reached;
  };
  const clock = () => performance.now();
  using board = new ProgressBoard({ clock, targets: NAMES, log: () => {}, debug: undefined });
  const tools: RunTools = { clock, startedAt: new Date(), reach, reachBastion: reach, board, warn: () => {} };
  const text = NAMES.map((target) => `${target} deploy_to=${deployToOf(target)}`).join("\n");
  const { targets } = parseInventory(text, { user: "root", port: 22, deployTo: null });
  await using fleet = fleetOf({ targets, ssh: { concurrency: 2 } }, tools);
  const { signal } = stop;
  const shared = { files: [], directories: [] };
  await Promise.all(
    fleet.sessions.map(async (session) => {
      await fleet.connect(session, signal);
      await session.prepare({ run: "a test", activate: true, lockWaitMs: 0, shared }, signal);
      await session.recall("v2", { stallTimeoutMs: 60_000, signal });
    }),
  );
  const switching: SwitchConfig = {
    ...{ minVerified: ALL, allowFailures: false, batchSizes: [ALL], batchWaitMs: 0 },
    ...{ hooks: { "before-activate": null, "after-activate": null, "health-check": null, ...hooks } },
    ...{ hookTimeoutMs: 60_000, healthTimeoutMs: 1_000 },
    onFailure: "rollback",
  };
  const run = readRunContext({}, folder.path);
  await goLive(fleet, "v2", { switching, run, stallTimeoutMs: 60_000 }, tools, signal);
  await fleet.finish(signal);
  const states = fleet.outcomes.map(({ state }) => state);
  return {
    current: states.map((state) => (state.kind === "failed" ? state.current : state.kind)),
    failures: states.map((state) => (state.kind === "failed" ? state.failure : null)),
    live: NAMES.map((target) => {
      const link = `${deployToOf(target)}/current`;
      return lstatSync(link, { throwIfNoEntry: false }) === undefined ? null : readlinkSync(link);
    }),
  };
}

/** In a folder that is removed in the end: nothing goes on after the tests. */
const UNTIL_OVER = "touch ../../hook; while [ -e ../../hook ]; do sleep 0.1; done";
const onlyOn = (target: string, command: string) =>
  `if [ "$MURMURATION_TARGET $MURMURATION_RELEASE" = "${target} v2" ]; then ${command}; fi`;

test("a run that is cancelled while targets are put back puts them back all the same, with their hooks", async () => {
  const noted = `${folder.path}/restarted`;
  const { current, failures, live } = await goLiveWithV2("cancelled-late", {
    hooks: {
      "after-activate": `if [ "$MURMURATION_RELEASE" = v1 ]; then echo $MURMURATION_TARGET >> ${noted}; fi`,
      "health-check": onlyOn("web-2", "exit 1"),
    },
    onMessage: (run) => (_name, message) => {
      if (message.type === "revert") run.abort(CANCELLED);
    },
  });
  expect(live).toEqual(["releases/v1", "releases/v1"]);
  expect(current).toEqual(["put-back", "put-back"]);
  expect(failures.map((failure) => failure?.code)).toEqual(["PUT_BACK", "HEALTH_CHECK_FAILED"]);
  expect(readFileSync(noted, "utf8").trim().split("\n").sort()).toEqual(NAMES);
});

test("in a cancelled run a target that is lost is put back over a new connection", async () => {
  const { current, failures, live } = await goLiveWithV2("cancelled-lost", {
    hooks: { "after-activate": onlyOn("web-1", UNTIL_OVER) },
    onMessage: (run) => {
      let isLost = false;
      return (name, message, agent) => {
        if (message.type !== "hook" || name !== "web-1" || isLost) return;
        isLost = true;
        const hook = `${folder.path}/cancelled-lost/web-1/hook`;
        void eventually(() => existsSync(hook))
          .then(() => agent.kill())
          .then(() => run.abort(CANCELLED));
      };
    },
  });
  expect(failures[0]?.message).toContain("put back to v1");
  expect(live).toEqual(["releases/v1", "releases/v1"]);
  expect(current).toEqual(["put-back", "put-back"]);
});

test("a lost target that is still locked by an agent that has not noticed is put back when that lets go", async () => {
  const agents: WiredAgent[] = [];
  let lockWaitMs = 0;
  const { current, failures, live } = await goLiveWithV2("still-locked", {
    hooks: { "after-activate": onlyOn("web-1", UNTIL_OVER) },
    onMessage: () => (name, message, agent) => {
      if (name !== "web-1") return;
      if (!agents.includes(agent)) agents.push(agent);
      const [first, second] = agents;
      if (message.type === "hook" && agent === first) first.cut();
      if (message.type === "prepare" && agent === second) lockWaitMs = message.lockWaitMs;
      // As its silence would, a minute later.
      if (message.type === "progress" && message.step === "lock") void first?.kill();
    },
  });
  expect(live).toEqual(["releases/v1", "releases/v1"]);
  expect(current).toEqual(["put-back", "put-back"]);
  expect(failures.map((failure) => failure?.code)).toEqual(["SSH_LOST", "PUT_BACK"]);
  expect(lockWaitMs).toBeGreaterThan(SILENCE_MAX_MS);
});

test.each([
  ["nothing", null],
  ["a link that no deploy made", "../by-hand"],
])("a lost target on which %s was live is put back to that", async (what, link) => {
  const { current, failures, live } = await goLiveWithV2(what.replaceAll(" ", "-"), {
    hooks: { "after-activate": onlyOn("web-1", "kill -KILL $PPID") },
    prepare: async (deployTo) => {
      if (link !== null) symlinkSync(link, `${deployTo}/current`);
    },
  });
  expect(live).toEqual([link, link]);
  expect(current).toEqual(["put-back", "put-back"]);
  expect(failures[0]?.code).toBe("AGENT_FAILED");
  expect(failures[0]?.message).toContain("was killed by SIGKILL; put back to no release, as before");
  for (const target of NAMES) {
    const inside = `${folder.path}/${what.replaceAll(" ", "-")}/${target}/.murmuration`;
    expect(JSON.parse(readFileSync(`${inside}/releases/v2.json`, "utf8")).good).toBe(false);
    expect(readFileSync(`${inside}/log.jsonl`, "utf8")).toMatch(/"release":"v2".*"action":"put-back"/);
  }
});
