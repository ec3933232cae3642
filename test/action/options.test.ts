import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
import { agentsOn, currentDigest, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;

describeWithOpenSsh("an input", () => {
  let folder: string;
  let source: string;
  let fleet: SshdFleet;
  let sites = 0;

  /** Each test deploys to a folder of its own. */
  const deployTo = () => `/srv/site-${sites}`;
  const deploy = async (inputs: Inputs = {}, options?: ActionRunOptions): Promise<ActionRun> =>
    await runAction(
      { ...reachInputs(fleet), path: source, release: "r", "deploy-to": deployTo(), ...inputs },
      options,
    );
  const expectDeployed = (expected = source) => {
    for (const host of fleet.targets) expect(currentDigest(host, deployTo())).toBe(treeDigest(expected));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-options-"));
    source = join(folder, "build");
    makeSmallBuild(source, "options", MIB);
    fleet = await startSshdFleet({ count: 3 });
  });
  afterEach(async () => {
    sites += 1;
    await untilQuiet(fleet);
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("a disk that takes longer to write out than stall-timeout is no stall", async () => {
    const bin = join(dirname(fleet.privateKeyPath), "target-0", "bin");
    const slowSync = join(bin, "sync");
    writeFileSync(slowSync, "#!/bin/sh\nsleep 6\n", { mode: 0o755 });
    try {
      requirePassed(await deploy({ "stall-timeout": "2s" }));
    } finally {
      rmSync(slowSync);
    }
    expectDeployed();
  });

  test("path that is a single file becomes releases/<id>/<its name>", async () => {
    const file = join(folder, "tool.jar");
    writeFileSync(file, "a file alone", { mode: 0o640 });
    const { outputs } = requirePassed(await deploy({ path: file }));
    expect(outputs["size-bytes"]).toBe("12");
    for (const { rootPath } of fleet.targets) {
      const release = join(rootPath, deployTo(), "releases/r");
      expect(readdirSync(release)).toEqual(["tool.jar"]);
      expect(readFileSync(join(release, "tool.jar"), "utf8")).toBe("a file alone");
      expect(statSync(join(release, "tool.jar")).mode & 0o777).toBe(0o640);
    }
  });

  test("path that is empty, or all of it excluded, fails the run instead of emptying the site", async () => {
    requirePassed(await deploy({ release: "full" }));
    for (const inputs of [{ path: mkdtempSync(join(folder, "empty-")) }, { exclude: "*" }]) {
      const run = await deploy({ release: "empty", ...inputs });
      expect(run.exitCode).toBe(1);
      expect(run.errors[0]).toMatch(/is empty, or all of it is excluded: there is nothing to deploy/);
    }
    expectDeployed();
  });

  test("encryption: off moves the same release in the open", async () => {
    const encrypted = requirePassed(await deploy());
    sites += 1;
    const plain = requirePassed(await deploy({ encryption: "off" }));
    expect(plain.outputs["info-hash"]).toBe(encrypted.outputs["info-hash"]);
    expectDeployed();
  });

  test("ports that are fixed or a range are the ones that are listened on", async () => {
    let listening: number[] = [];
    const onProgress = onceFetching(() => {
      listening = listeningPorts();
    });
    const ports = { "tracker-port": "28430", "seed-port": "28431", "peer-port": "28440-28445" };
    requirePassed(await deploy({ ...ports, "upload-limit": "256KiB" }, { onProgress }));
    expect(listening).toContain(28_430);
    expect(listening).toContain(28_431);
    expect(listening.filter((port) => port >= 28_440 && port <= 28_445)).toHaveLength(3);
    expectDeployed();
  });

  test("a range without a free port fails the targets that got none, and says so", async () => {
    // All targets share this machine's ports: two of three find one.
    const run = await deploy({ "peer-port": "28450-28451" });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toHaveLength(1);
    expect(run.errors[0]).toMatch(/PEER_PORT_TAKEN\n.*28450/);
    expect(run.outputs["targets-verified"]).toBe("2");
  });

  test("a tracker port that is taken fails the run and names it", async () => {
    const run = await deploy({ "tracker-port": String(fleet.targets[0]!.port), "seed-port": "0" });
    // sshd holds it on one address, and the tracker wants it on all.
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toMatch(/^PEER_PORT_TAKEN\n/);
    expect(run.report?.error?.code).toBe("PEER_PORT_TAKEN");
  });

  test("a user without any rights deploys into what is his", async () => {
    for (const host of fleet.targets) host.inside(`install -d -o 4242 -g 4242 ${deployTo()}`);
    const targets = fleet.targets.map(({ host, port }) => `${host}:${port}\n`).join("");
    requirePassed(await deploy({ targets, "ssh-user": "deploy" }));
    expectDeployed();
    for (const { rootPath } of fleet.targets) {
      expect(statSync(join(rootPath, deployTo(), "releases/r/index.html")).uid).toBe(4242);
      expect(readdirSync(join(rootPath, "home/deploy/.cache/murmuration"))).toHaveLength(1);
    }
  });

  test("targets on one address are told apart by port and by folder", async () => {
    const { host, port } = fleet.targets[0]!;
    const folders = [`${deployTo()}/a`, `${deployTo()}/b`];
    const targets = folders.map((path) => `root@${host}:${port} deploy_to=${path}\n`).join("");
    const { report, outputs } = requirePassed(await deploy({ targets }));
    expect(outputs["targets-activated"]).toBe("2");
    const names = report.targets.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    for (const [index, path] of folders.entries()) {
      expect(names[index]).toContain(path);
      expect(currentDigest(fleet.targets[0]!, path)).toBe(treeDigest(source));
    }
  });

  test("an inventory from a file, with groups and labels, is the same as from the input", async () => {
    const file = join(folder, "fleet.ini");
    const lines = fleet.targets.map(
      ({ host, port }) => `${host} port=${port} user=root zone=here # a comment`,
    );
    writeFileSync(file, `[web]\n${lines.join("\n")}\n`);
    const run = requirePassed(await deploy({ targets: "", "targets-file": file }));
    expect(run.report.targets.map(({ group }) => group)).toEqual(["web", "web", "web"]);
  });

  test("activate: false puts the release there and leaves `current` as it is", async () => {
    const base = join(folder, "base");
    makeSmallBuild(base, "base");
    requirePassed(await deploy({ path: base, release: "base" }));
    const { outputs, report } = requirePassed(await deploy({ release: "next", activate: "false" }));
    expect(outputs).toMatchObject({ "targets-verified": "3", "targets-activated": "0" });
    expect(report.targets.map(({ state }) => state)).toEqual(["verified", "verified", "verified"]);
    for (const host of fleet.targets) {
      const { current, releases } = deployedState(host, deployTo());
      expect(current).toBe("releases/base");
      expect(releases.next).toBe(treeDigest(source));
    }
  });

  test("activate: false does not mind what stands at `current`", async () => {
    for (const host of fleet.targets) host.inside(`mkdir -p ${deployTo()}/current`);
    requirePassed(await deploy({ activate: "false" }));
  });

  test("exclude leaves out what its patterns name, and nothing else", async () => {
    requirePassed(await deploy({ exclude: "*.js\n!keep.js\n/index.html\n# a comment" }));
    for (const { rootPath } of fleet.targets) {
      const release = join(rootPath, deployTo(), "releases/r");
      expect(readdirSync(release).sort()).toEqual([".htaccess", "assets"]);
      expect(readdirSync(join(release, "assets"))).toEqual([]);
    }
  });

  test("agent-dir may be anywhere, and is the only other place that is written", async () => {
    requirePassed(await deploy({ "agent-dir": "/srv/agents of ours" }));
    for (const { rootPath } of fleet.targets) {
      const [sha256 = "", ...others] = readdirSync(join(rootPath, "srv/agents of ours"));
      expect(others).toEqual([]);
      expect(existsSync(join(rootPath, "srv/agents of ours", sha256, "agent.cjs"))).toBe(true);
    }
  });

  test("without ssh-key the agent at SSH_AUTH_SOCK signs, and one without the key is refused", async () => {
    const socket = join(folder, "agent.sock");
    const started = execFileSync("ssh-agent", ["-s", "-a", socket], { encoding: "utf8" });
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]);
    const environment = { SSH_AUTH_SOCK: socket };
    try {
      const without = await deploy({ "ssh-key": "" }, { environment });
      expect(without.exitCode).toBe(1);
      expect(without.report?.targets.map(({ error }) => error?.code)).toEqual(Array(3).fill("AUTH_REFUSED"));

      execFileSync("ssh-add", ["-q", fleet.privateKeyPath], { env: { ...process.env, ...environment } });
      requirePassed(await deploy({ "ssh-key": "" }, { environment }));
      expectDeployed();
    } finally {
      process.kill(pid);
    }
  });

  test("release is made of the time and the commit where none is given", async () => {
    const { outputs } = requirePassed(await deploy({ release: "" }));
    expect(outputs.release).toMatch(/^\d{14}-4f2a9c1$/);
  });

  test("ssh-concurrency: 1 lets one handshake after the other, and all agents end with the run", async () => {
    requirePassed(await deploy({ "ssh-concurrency": "1" }));
    await untilQuiet(fleet);
    for (const index of fleet.targets.keys()) expect(agentsOn(fleet, index)).toEqual([]);
  });
});

/** TCP ports that are listened on, of IPv4 and IPv6 together (proc_net_tcp(5); state 0A is LISTEN). */
function listeningPorts(): number[] {
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === "0A")
      .map(([, local = ""]) => Number.parseInt(local.split(":")[1] ?? "", 16)),
  );
}
