import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ActionRun,
  type ActionRunOptions,
  type Inputs,
  onceFetching,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { currentDigest } from "../support/deployed-state.ts";
import { describeWithNetworks } from "../support/describe-with-open-ssh.ts";
import { expectFault } from "../support/expect-fault.ts";
import { type NetFleet, startNetFleet } from "../support/net-fleet.ts";
import type { Family, NetHost } from "../support/networks.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;

let folder: string;
let source: string;
let large: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "murmuration-ipv6-"));
  source = join(folder, "build");
  makeSmallBuild(source, "ipv6", MIB);
  large = join(folder, "large");
  makeSmallBuild(large, "large", 4 * MIB);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One step on the fleet's own runner. */
async function step(fleet: NetFleet, inputs: Inputs, options: ActionRunOptions = {}): Promise<ActionRun> {
  return await runAction(
    {
      targets: fleet.inventoryText,
      "ssh-key": fleet.privateKey,
      "ssh-known-hosts": fleet.knownHostsText,
      "deploy-to": "/srv/app",
      ...inputs,
    },
    { commandPrefix: fleet.runner.prefix, ...options },
  );
}

/** TCP ports that are listened on in a host's network (proc_net_tcp(5); state 0A is LISTEN). */
function listeningPorts(host: NetHost): number[] {
  const [command, ...rest] = [...host.prefix, "cat", "/proc/net/tcp", "/proc/net/tcp6"];
  return execFileSync(command!, rest, { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, local = ""]) => Number.parseInt(local.split(":")[1] ?? "", 16))
    .filter((port) => port !== 22)
    .sort((one, other) => one - other);
}

interface Held extends AsyncDisposable {
  readonly pid: number;
}

/** A command on a host that has done its work when it prints something, and holds it until it is disposed of. */
async function hold(host: NetHost, ...held: readonly string[]): Promise<Held> {
  const [command, ...rest] = [...host.prefix, ...held];
  const child = spawn(command!, rest, { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    pid: child.pid!,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function occupy(host: NetHost, port: number): Promise<Held> {
  const script = `require("node:net").createServer().listen(${port}, "::", () => console.log("listening"))`;
  return await hold(host, process.execPath, "--eval", script);
}

describeWithNetworks("an IPv6-only fleet", () => {
  let fleet: NetFleet;
  beforeAll(async () => {
    fleet = await startNetFleet({ count: 4, families: ["ipv6"] });
  }, 60_000);
  afterAll(async () => await fleet?.[Symbol.asyncDispose]());

  test("is deployed to, verified, and put back", async () => {
    const { report } = requirePassed(await step(fleet, { path: large, release: "one" }));
    // They have it from each other, too.
    expect(report.origin?.bytesUploaded).toBeLessThan(4 * Number(report.release?.sizeBytes));
    requirePassed(await step(fleet, { mode: "verify" }));
    requirePassed(await step(fleet, { path: source, release: "two" }));
    requirePassed(await step(fleet, { mode: "rollback" }));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(large));
  });

  test("listens on the ports that are given, and on the next where one is taken", async () => {
    const [first, second, third] = fleet.targets;
    await using _taken = await occupy(second!, 7_200);
    const other = join(folder, "other");
    makeSmallBuild(other, "other", MIB);
    let listening: number[][] = [];
    const onProgress = onceFetching(() => {
      listening = [fleet.runner, first!, second!, third!].map(listeningPorts);
    });
    const ports = { "tracker-port": "7000", "seed-port": "7100-7105", "peer-port": "7200-7201" };
    requirePassed(
      await step(
        fleet,
        { path: other, release: "ports", "upload-limit": "512KiB", ...ports },
        { onProgress },
      ),
    );
    expect(listening).toEqual([[7_000, 7_100], [7_200], [7_200, 7_201], [7_200]]);
  });

  test("a target where the whole range is taken fails by itself, with the range", async () => {
    const target = fleet.targets[1]!;
    await using _one = await occupy(target, 7_200);
    await using _other = await occupy(target, 7_201);
    const run = await step(fleet, { path: source, release: "taken", "peer-port": "7200-7201" });
    expectFault(run, { target: target.host, code: "PEER_PORT_TAKEN", says: /peers on ports 7200–7201/ });
  });
});

describeWithNetworks("an IPv6-only fleet behind a bastion, without Node.js on any machine", () => {
  let fleet: NetFleet;
  beforeAll(async () => {
    fleet = await startNetFleet({ count: 2, bastions: 1, families: ["ipv6"], node: { kind: "none" } });
  }, 60_000);
  afterAll(async () => await fleet?.[Symbol.asyncDispose]());

  test("gets Node.js and the release by way of the bastion, and from each other", async () => {
    const inputs = {
      path: source,
      release: "one",
      "jump-hosts": fleet.jumpHostsText,
      "seed-from": "bastion",
    };
    const before = await fleet.linkBytes(fleet.runner);
    const run = requirePassed(await step(fleet, inputs));
    const { sent } = await fleet.linkBytes(fleet.runner);
    expect(run.log).toMatch(/121 MiB\) to 3 machines without one: 2 over SSH, 1 from others/);
    expect(sent - before.sent).toBeLessThan(110 * MIB);
    expect(run.warnings).toEqual([]);
    const name = `bastion root@[${fleet.bastions[0]!.host}]:22`;
    expect(run.report.seedHosts).toEqual([expect.objectContaining({ name })]);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(source));
  }, 120_000);
});

describeWithNetworks("a fleet of both families", () => {
  let fleet: NetFleet;
  beforeAll(async () => {
    const only: Readonly<Record<string, readonly Family[]>> = { four: ["ipv4"], six: ["ipv6"] };
    const families = [only.four!, only.four!, only.six!, only.six!];
    fleet = await startNetFleet({
      count: 6,
      families: ["ipv4", "ipv6"],
      targets: { ...families.map((one) => ({ families: one })) },
    });
    // As on machines whose kernel has none.
    const [command, ...rest] = fleet.targets[1]!.prefix;
    execFileSync(command!, [...rest, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6"]);
  }, 60_000);
  afterAll(async () => await fleet?.[Symbol.asyncDispose]());

  const linesOf = (hosts: NetFleet["targets"]) =>
    hosts.map(({ host }) => `root@[${host}]\n`.replace(/\[([\d.]+)\]/, "$1")).join("");

  test("whose halves do not reach each other gets it from the seeder and within each half", async () => {
    const halves = fleet.targets.slice(0, 4);
    // Slow enough that nobody has all before his neighbour is there.
    const inputs = { targets: linesOf(halves), path: source, release: "halves", "upload-limit": "512KiB" };
    const { report } = requirePassed(await step(fleet, inputs));
    const fromPeers = report.targets.map(({ bytes }) => bytes.fromPeers);
    for (const half of [fromPeers.slice(0, 2), fromPeers.slice(2)])
      expect(Math.max(...half), fromPeers.join()).toBeGreaterThan(0);
    for (const host of halves) expect(currentDigest(host)).toBe(treeDigest(source));
  });

  test("finds the runner by a name of both families, whichever of the ways is blocked", async () => {
    const dual = fleet.targets.slice(4);
    const hosts = join(folder, "hosts");
    const name = "runner.fleet.example.com";
    writeFileSync(hosts, fleet.runner.addresses.map((address) => `${address} ${name}\n`).join(""));
    for (const target of dual) target.inside(`mount --bind ${hosts} /etc/hosts`);
    // In a mount namespace that is entered without a shell, which would drop the inputs: their names have hyphens.
    const script = `mount --bind ${hosts} /etc/hosts && echo there && exec cat`;
    await using runner = await hold(fleet.runner, "unshare", "--mount", "sh", "-c", script);
    const options = { commandPrefix: ["nsenter", "--target", String(runner.pid), "--mount", "--net"] };
    const only = (host: NetHost, address: number) => ({ ...host, addresses: [host.addresses[address]!] });
    const [near, far] = dual;
    const [tracker, seeder] = [7_000, 7_001];
    for (const [way, otherWay] of [
      [0, 1],
      [1, 0],
    ] as const) {
      // One reaches the runner by one family alone, the other its tracker by the other: it has all from the first, by way of the tracker.
      await using blocks = new AsyncDisposableStack();
      for (const [from, port] of [
        [only(near!, otherWay), tracker],
        [only(near!, otherWay), seeder],
        [only(far!, way), tracker],
        [far!, seeder],
      ] as const)
        blocks.use(await fleet.block({ from, to: fleet.runner, port }));
      const inputs = {
        targets: linesOf(dual),
        path: source,
        release: `by-${way}`,
        "deploy-to": `/srv/by-${way}`,
        "announce-address": name,
        "tracker-port": String(tracker),
        "seed-port": String(seeder),
        "stall-timeout": "15s",
      };
      requirePassed(await step(fleet, inputs, options));
    }
  });
});
