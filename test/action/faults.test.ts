import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type ActionRun,
  type ActionRunOptions,
  type Inputs,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { type DeployedState, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { expectFault } from "../support/expect-fault.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, type SshdHost, startSshdFleet } from "../support/sshd-fleet.ts";

const HEALTHY = [0, 1];
const UNAUTHORIZED = 2;
const SMALL_DISK = 3;
const FEW_INODES = 4;
const OLD_NODE = 5;
const NO_NODE = 6;
/** An ordinary machine, for what is done to it in a test and undone. */
const ORDINARY = 7;

describeWithOpenSsh("a fault that one target has before the transfer", () => {
  let folder: string;
  let fleet: SshdFleet;
  let before: DeployedState[];
  let releases = 0;

  const host = (index: number): SshdHost => fleet.targets[index]!;
  const deploy = async (inputs: Inputs, options?: ActionRunOptions): Promise<ActionRun> =>
    await runAction({ path: join(folder, "next"), release: `next-${releases++}`, ...inputs }, options);
  /** Two healthy targets and the faulty one. */
  const deployWith = async (faulty: number, inputs: Inputs = {}): Promise<ActionRun> =>
    await deploy({ ...reachInputs(fleet, [...HEALTHY, faulty]), ...inputs });
  const deployWithLine = async (line: string, inputs: Inputs = {}): Promise<ActionRun> => {
    const reach = reachInputs(fleet, HEALTHY);
    return await deploy({ ...reach, targets: `${reach.targets}${line}\n`, ...inputs });
  };
  const states = () => fleet.targets.map((target) => deployedState(target));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-faults-"));
    makeSmallBuild(join(folder, "base"), "base");
    makeSmallBuild(join(folder, "next"), "next", 6 * 1024 * 1024);
    mkdirSync(join(folder, "next", "many"));
    for (let index = 0; index < 100; index++) writeFileSync(join(folder, "next", "many", `${index}`), "x");
    fleet = await startSshdFleet({
      count: 8,
      targets: {
        [UNAUTHORIZED]: { unauthorized: true },
        [SMALL_DISK]: { srvSize: "4m" },
        [FEW_INODES]: { srvInodes: 60 },
        [OLD_NODE]: { node: { kind: "pretended", version: "v20.19.4" } },
        [NO_NODE]: { node: { kind: "none" } },
      },
    });
    // Else both would be brought the runner's own Node.js.
    const isOther = "case $1 in -m) echo riscv64;; *) echo Linux;; esac";
    for (const index of [OLD_NODE, NO_NODE]) {
      host(index).inside(
        `(echo "#!/bin/sh"; echo '${isOther}') > /srv/uname && chmod 755 /srv/uname && mount --bind /srv/uname /usr/bin/uname`,
      );
    }
    const base = await runAction({
      ...reachInputs(fleet, [...HEALTHY, SMALL_DISK, FEW_INODES, ORDINARY]),
      path: join(folder, "base"),
      release: "base",
    });
    requirePassed(base);
  });
  beforeEach(() => {
    before = states();
  });
  afterEach(async () => {
    await untilQuiet(fleet);
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("a dead host fails alone, after its retries", async () => {
    const run = await deployWithLine("root@127.0.0.99:9", { "ssh-retries": "1" });
    const says = /while connecting: cannot connect to root@127\.0\.0\.99:9: .*ECONNREFUSED.* \(2 attempts\)/;
    expectFault(run, { target: "127.0.0.99", code: "HOST_UNREACHABLE", says });
    expect(states()).toEqual(before);
  });

  test("a host that takes connections and says nothing is given up after ssh-timeout", async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => void sockets.add(socket.on("error", () => {})));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.98", resolve));
    const { port } = silent.address() as { port: number };
    try {
      const inputs = { "ssh-timeout": "1s", "ssh-retries": "1" };
      const run = await deployWithLine(`root@127.0.0.98:${port}`, inputs);
      const says = /cannot connect to root@127\.0\.0\.98:\d+: .*[Tt]imed out.* \(2 attempts\)/;
      expectFault(run, { target: "127.0.0.98", code: "HOST_UNREACHABLE", says, withinMs: 15_000 });
      expect(states()).toEqual(before);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });

  test("a name that does not resolve fails alone", async () => {
    const run = await deployWithLine("root@no-such-host.invalid", { "ssh-retries": "0" });
    const says = /cannot connect to root@no-such-host\.invalid:22: .*(ENOTFOUND|EAI_AGAIN)/;
    expectFault(run, { target: "no-such-host.invalid", code: "HOST_UNREACHABLE", says });
  });

  test("a refused key names the key and the user, and is not tried again", async () => {
    const run = await deployWith(UNAUTHORIZED);
    const says = /root@127\.0\.0\.12:\d+ refused the key SHA256:\S+ \(it would take: publickey\)/;
    expectFault(run, { target: "127.0.0.12", code: "AUTH_REFUSED", says });
    expect(states()).toEqual(before);
  });

  test("an unknown host key is refused with the line to pin, and with that line the next run is green", async () => {
    const pinned = HEALTHY.map((index) => host(index).hostKeyLine).join("\n");
    const run = await deployWith(ORDINARY, { "ssh-known-hosts": pinned });
    const says = /no key is known for this host.*the line to pin is: \[127\.0\.0\.17\]:\d+ ssh-ed25519 \S+/;
    expectFault(run, { target: "127.0.0.17", code: "HOST_KEY_UNKNOWN", says });
    expect(states()).toEqual(before);

    const [, line = ""] = /^```\n(.*)\n```$/m.exec(run.summary) ?? [];
    expect(line).toBe(host(ORDINARY).hostKeyLine.trim());
    expect(run.report?.targets.map(({ hostKeyLine }) => hostKeyLine)).toEqual([null, null, line]);
    requirePassed(await deployWith(ORDINARY, { "ssh-known-hosts": `${pinned}\n${line}` }));
  });

  test("ssh-strict: false accepts an unknown host key with a warning that prints the line", async () => {
    const inputs = { "ssh-known-hosts": "", "ssh-strict": "false" };
    const run = requirePassed(await deployWith(ORDINARY, inputs));
    expect(run.warnings.join("\n")).toContain(host(ORDINARY).hostKeyLine.trim());
  });

  test("a changed host key is refused even with ssh-strict: false", async () => {
    const [, , otherKey] = host(0).hostKeyLine.trim().split(" ");
    const [place, type] = host(ORDINARY).hostKeyLine.split(" ");
    const lines = [...HEALTHY.map((index) => host(index).hostKeyLine), `${place} ${type} ${otherKey}`];
    const run = await deployWith(ORDINARY, { "ssh-known-hosts": lines.join("\n"), "ssh-strict": "false" });
    const says = /shows the key ssh-ed25519 SHA256:\S+, but another is pinned \(known hosts, line 3\)/;
    expectFault(run, { target: "127.0.0.17", code: "HOST_KEY_CHANGED", says });
    expect(states()).toEqual(before);
  });

  test("a revoked host key is refused although it is pinned too", async () => {
    const revoked = `${fleet.knownHostsText}\n@revoked ${host(ORDINARY).hostKeyLine}`;
    const run = await deployWith(ORDINARY, { "ssh-known-hosts": revoked });
    expectFault(run, { target: "127.0.0.17", code: "HOST_KEY_REVOKED", says: /revokes/ });
    expect(states()).toEqual(before);
  });

  test("a disk without room is told before the first byte, with what is needed and what is there", async () => {
    const run = await deployWith(SMALL_DISK);
    const says = /no room in .*: the release needs \d\S* MiB more, and \d\S* MiB are free/;
    expectFault(run, { target: "127.0.0.13", code: "DISK_FULL", says });
    expect(states()).toEqual(before);
  });

  test("a disk without inodes is told before the first file", async () => {
    const run = await deployWith(FEW_INODES);
    const says = /no room in .*: the release needs \d+ more inodes, and \d+ are free/;
    expectFault(run, { target: "127.0.0.14", code: "DISK_FULL", says });
    expect(states()).toEqual(before);
  });

  test("a read-only deploy-to is told with the file system's own reason", async () => {
    fleet.readOnly(ORDINARY);
    try {
      const run = await deployWith(ORDINARY);
      const says = /while checking the target: .*\/srv\/app.*: the file system is read-only \(EROFS\)/;
      expectFault(run, { target: "127.0.0.17", code: "DEPLOY_DIR_UNWRITABLE", says });
    } finally {
      fleet.writable(ORDINARY);
    }
    expect(states()).toEqual(before);
  });

  test("a deploy-to that the user may not write is told", async () => {
    const line = `deploy@${host(ORDINARY).host}:${host(ORDINARY).port}`;
    const run = await deployWithLine(line);
    const says = /\/srv\/app\S*: (permission denied|not permitted) \(E(ACCES|PERM)\)/;
    expectFault(run, { target: "127.0.0.17", code: "DEPLOY_DIR_UNWRITABLE", says });
    expect(states()).toEqual(before);
  });

  test("a real directory at `current` is never replaced, and nothing is switched elsewhere either", async () => {
    host(ORDINARY).inside("mkdir -p /srv/site/current && echo mine > /srv/site/current/page");
    const run = await deployWith(ORDINARY, { "deploy-to": "/srv/site" });
    expectFault(run, { target: "127.0.0.17", code: "CURRENT_NOT_A_LINK", says: /\/srv\/site\/current/ });
    expect(host(ORDINARY).inside("cat /srv/site/current/page")).toBe("mine\n");
    for (const index of HEALTHY) expect(deployedState(host(index), "/srv/site").current).toBeNull();
  });

  test("a release of the same id with other contents is not overwritten", async () => {
    const run = await deployWith(FEW_INODES, { release: "base", path: join(folder, "next") });
    expect(run.exitCode).toBe(1);
    expect(run.errors.join("\n")).toMatch(/RELEASE_CONFLICT/);
    expect(states()).toEqual(before);
  });

  test("a Node.js that is too old is told with its version and place, where there is none for the platform", async () => {
    const run = await deployWith(OLD_NODE);
    const says =
      /cannot start the agent: found Node\.js v20\.19\.4 at \S+; 22 or newer needed; the target is linux-riscv64/;
    expectFault(run, { target: "127.0.0.15", code: "NODE_TOO_OLD", says });
    expect(states()).toEqual(before);
  });

  test("a host without Node.js is told so, and what `node-runtime` would have to hold", async () => {
    const run = await deployWith(NO_NODE);
    const says =
      /no Node\.js found.*`node-runtime` is not set: give a folder with node-v\S+-linux-riscv64\.tar\.gz/;
    expectFault(run, { target: "127.0.0.16", code: "NODE_MISSING", says });
    expect(states()).toEqual(before);
  });

  test("an agent-dir that cannot be written fails with the target's own words", async () => {
    fleet.readOnly(ORDINARY, "/root");
    try {
      const run = await deployWith(ORDINARY, { "agent-dir": "~/elsewhere" });
      expectFault(run, { target: "127.0.0.17", code: "AGENT_PUSH_FAILED", says: /Read-only file system/ });
    } finally {
      fleet.writable(ORDINARY, "/root");
    }
    expect(states()).toEqual(before);
  });

  test("a lock left by an agent that is gone is taken over", async () => {
    const lock = {
      nonce: "00000000-0000-4000-8000-000000000000",
      pid: 4_194_000,
      start: "gone:1",
      host: host(ORDINARY).inside("hostname").trim(),
      run: "https://git.example.com/runs/1",
      since: "2026-07-14T09:30:00.000Z",
    };
    host(ORDINARY).inside(`echo '${JSON.stringify(lock)}' > /srv/app/.murmuration/lock`);
    requirePassed(await deployWith(ORDINARY));
    expect(host(ORDINARY).inside("ls /srv/app/.murmuration")).not.toContain("lock");
  });

  test("many faults at once each have their own row, and the good targets verify", async () => {
    const faulty = [UNAUTHORIZED, SMALL_DISK, FEW_INODES, OLD_NODE, NO_NODE];
    const run = await deploy(reachInputs(fleet, [...HEALTHY, ...faulty]));
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toEqual(faulty.map((index) => host(index).host));
    expect(run.outputs["targets-verified"]).toBe("2");
    expect(run.report?.targets.map(({ error }) => error?.code)).toEqual([
      "FLEET_INCOMPLETE",
      "FLEET_INCOMPLETE",
      "AUTH_REFUSED",
      "DISK_FULL",
      "DISK_FULL",
      "NODE_TOO_OLD",
      "NODE_MISSING",
    ]);
    expect(states()).toEqual(before);
  });

  test("all bad inputs are told in one message before any target sees a connection", async () => {
    const logs = () => fleet.targets.map((target) => target.log());
    const seen = logs();
    const run = await deploy({
      ...reachInputs(fleet, HEALTHY),
      path: join(folder, "no such build"),
      release: "../escape",
      "stall-timeout": "soon",
      "piece-length": "100KiB",
      "ssh-retries": "-1",
      "ssh-port": "70000",
      encryption: "maybe",
      activate: "yes",
    });
    expect(run.exitCode).toBe(1);
    const [message = "", ...others] = run.errors;
    expect(others).toEqual([]);
    expect(message).toContain("INPUT_INVALID: 8 inputs are wrong:");
    const named = [
      "path",
      "release",
      "stall-timeout",
      "piece-length",
      "ssh-retries",
      "ssh-port",
      "encryption",
      "activate",
    ];
    for (const name of named) expect(message).toMatch(new RegExp(`^ {2}${name} ".+": .`, "m"));
    expect(run.outputs["report-path"]).toBeUndefined();
    expect(logs()).toEqual(seen);
    expect(states()).toEqual(before);
  });
});
