import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  type ActionRunOptions,
  onceFetching,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { currentDigest, deployedState, untilHostsQuiet } from "../support/deployed-state.ts";
import { describeWithNetworks } from "../support/describe-with-open-ssh.ts";
import { endConnectionOf } from "../support/end-connection.ts";
import { type NetFleet, startNetFleet } from "../support/net-fleet.ts";
import { noise } from "../support/odd-tree.ts";
import { eventually, type SshdHost } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;
/** 12 MiB take some seconds then, so that something can happen meanwhile. */
const SLOWLY = { "upload-limit": "4MiB" };
/** Its home, where a release would be stored, is this small. */
const TINY = 1;

describeWithNetworks("a seed host", () => {
  let fleet: NetFleet;
  let folder: string;

  const bastion = () => fleet.bastions[0]!;
  const buildOf = (release: string) => {
    const path = join(folder, release);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < 12; file++)
      writeFileSync(join(path, `${file}`), noise(`${release} ${file}`, MIB));
    return path;
  };
  const inputsOf = (release: string, inputs: Record<string, string>) => {
    const reach = { ...reachInputs(fleet), "jump-hosts": `root@${bastion().host}` };
    return { ...reach, path: buildOf(release), release, ...inputs };
  };
  const deploy = (release: string, inputs: Record<string, string>, options: ActionRunOptions = {}) =>
    runAction(inputsOf(release, inputs), { ...options, commandPrefix: fleet.runner.prefix });
  const expectQuiet = async (hosts: readonly SshdHost[] = [...fleet.bastions, ...fleet.targets]) =>
    await untilHostsQuiet(hosts, fleet.idleProcesses, 20_000);
  const privateFolders = () =>
    readdirSync(tmpdir()).filter((name) => /^murmuration-[A-Za-z0-9]{6}$/.test(name));

  /** Of whom all are killed nobody is left to do it. Their sockets are those of the machine's network namespace. */
  const removePrivateFoldersOf = ({ pid }: SshdHost) => {
    const sockets = readFileSync(`/proc/${pid}/net/unix`, "utf8").matchAll(/ (\S*\/murmuration-\w{6})\//g);
    for (const [, left] of sockets) onTestFinished(() => rmSync(left!, { recursive: true, force: true }));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-seed-faults-"));
    fleet = await startNetFleet({
      count: 4,
      bastions: 2,
      joined: true,
      bastionTraits: { [TINY]: { homeSize: "3m" } },
    });
  }, 120_000);
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("that has no room, or is not to be reached, fails the run by its name before anything is switched", async () => {
    const tiny = fleet.bastions[TINY]!;
    const full = await deploy("v0", { "seed-from": "bastion", bastion: `root@${tiny.host}` });
    expect(full.exitCode).toBe(1);
    expect(full.errors[0]).toMatch(/DISK_FULL|AGENT_PUSH_FAILED/);
    expect(full.errors[0]).toContain(`bastion root@${tiny.host}:22: `);
    const inputs = { "seed-from": "bastion", bastion: `root@${bastion().host}:2222`, "ssh-retries": "0" };
    const unreachable = await deploy("v0", inputs);
    expect(unreachable.exitCode).toBe(1);
    expect(unreachable.errors[0]).toContain("HOST_UNREACHABLE");
    expect(unreachable.errors[0]).toContain(`bastion root@${bastion().host}:2222: cannot connect`);
    for (const host of fleet.targets) expect(deployedState(host).current).toBeNull();
    await expectQuiet();
  }, 60_000);

  test("that serves two jobs for two fleets at once makes neither wait", async () => {
    const job = (indexes: readonly number[]) =>
      deploy("v1", { "seed-from": "bastion", ...reachInputs(fleet, indexes) });
    const runs = await Promise.all([job([0, 1]), job([2, 3])]);
    for (const run of runs) requirePassed(run);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v1")));
    await expectQuiet();
  }, 60_000);

  test("that falls silent while it receives ends the run after stall-timeout, with one message that names it", async () => {
    const host = bastion();
    const name = `bastion root@${host.host}:22`;
    const freeze = onceFetching(() => {
      removePrivateFoldersOf(host);
      host.freeze();
    });
    // All that waits for it has given up: it need not be silent any longer.
    const wake = (line: string) => {
      if (/0\/2 done · 2 failed/.test(line)) host.thaw();
    };
    try {
      const two = reachInputs(fleet, [0, 1]);
      const beside = { "seed-from": "bastion", bastion: `root@${host.host}`, "jump-hosts": "" };
      const options = { onProgress: freeze, onLine: wake };
      const inputs = { ...two, ...beside, ...SLOWLY, "stall-timeout": "5s" };
      const run = await deploy("silent", inputs, options);
      expect(run.exitCode, run.log).toBe(1);
      const [lost, ...others] = run.errors;
      expect(lost).toMatch(
        /^bastion root@\S+: SEED_HOST_LOST\n.*nothing was heard of it for \d+ s\n.*seed-from/,
      );
      for (const target of fleet.targets.slice(0, 2)) expect(lost).toContain(target.host);
      expect(others).toEqual([expect.stringContaining("0 of 2 targets verified")]);
      expect(run.summary).toContain(`Seeded by ${name} · `);
      expect(run.wallMs).toBeLessThan(45_000);
    } finally {
      host.thaw();
    }
    await expectQuiet();
  }, 90_000);

  test.each(["bastion", "first-target"])(
    "(the %s) ends with a runner that is killed",
    async (kind) => {
      const before = privateFolders();
      let pid = 0;
      let during: string[] = [];
      const inputs = { "seed-from": kind, ...SLOWLY };
      const run = await deploy(`killed-${kind}`, inputs, {
        withoutPost: true,
        onStart: (started) => {
          pid = started;
        },
        onProgress: onceFetching(() => {
          during = privateFolders().filter((name) => !before.includes(name));
          process.kill(pid, "SIGKILL");
        }),
      });
      expect(run.exitCode).toBeNull();
      await expectQuiet();
      expect(during.length).toBeGreaterThanOrEqual(2);
      // Other tests make some too, and remove them in their time.
      await eventually(() => !privateFolders().some((name) => during.includes(name)), 30_000);
    },
    60_000,
  );

  test("is where a rollback finds its tracker, and the targets that hold the release give it", async () => {
    const lacking = fleet.targets[2]!;
    requirePassed(await deploy("v1a", { "seed-from": "first-target" }));
    lacking.inside("rm -rf /srv/app/releases/v1");
    for (const kind of ["first-target", "bastion"]) {
      const { path: _path, release: _release, ...inputs } = inputsOf("v1", { "seed-from": kind });
      const rollback = { ...inputs, mode: "rollback", "rollback-to": "v1" };
      const run = requirePassed(await runAction(rollback, { commandPrefix: fleet.runner.prefix }));
      const { bytes } = run.report.targets[2]!;
      expect(bytes.fromPeers).toBeGreaterThan(kind === "first-target" ? 12 * MIB : -1);
      expect(run.report.origin?.bytesUploaded ?? 0).toBe(0);
    }
    expect(currentDigest(lacking)).toBe(treeDigest(buildOf("v1")));
    await expectQuiet();
  }, 60_000);

  test("is reached by OpenSSH too", async () => {
    const run = requirePassed(await deploy("v1b", { "seed-from": "bastion", "ssh-client": "openssh" }));
    expect(run.report.seedHosts).toHaveLength(1);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v1b")));
    await expectQuiet();
  }, 60_000);

  test("that is lost before most targets have come keeps nobody out: who comes meanwhile waits for the next one", async () => {
    let isCut = false;
    const run = await deploy(
      "v1c",
      { "seed-from": "bastion", "ssh-concurrency": "1" },
      {
        onLine: (line) => {
          if (isCut || !/^the release goes to bastion/.test(line)) return;
          isCut = true;
          endConnectionOf(bastion(), "[m]urmuration.*cjs");
        },
      },
    );
    requirePassed(run);
    expect(isCut).toBe(true);
    expect(run.report!.seedHosts).toHaveLength(2);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v1c")));
    await expectQuiet();
  }, 60_000);

  test("that is a target and dies is one failed target, and another takes its place", async () => {
    let name = "";
    let isStopped = false;
    const run = await deploy(
      "v2",
      { "seed-from": "first-target", "min-verified": "3", "allow-failures": "true", ...SLOWLY },
      {
        onLine: (line) => {
          name ||= /^the release goes to (\S+) first/.exec(line)?.[1] ?? "";
        },
        onProgress: ({ target, step, piecesDone }) => {
          if (isStopped || target !== name || step !== "fetch" || piecesDone === 0) return;
          isStopped = true;
          const index = fleet.targets.findIndex(({ host }) => host === name);
          removePrivateFoldersOf(fleet.targets[index]!);
          void fleet.stop(index);
        },
      },
    );
    const { report } = requirePassed(run);
    expect(run.outputs["failed-targets"]).toBe(JSON.stringify([name]));
    expect(report.seedHosts).toHaveLength(2);
    expect(report.seedHosts[0]!.name).toBe(name);
    const living = fleet.targets.filter(({ host }) => host !== name);
    for (const host of living) expect(currentDigest(host)).toBe(treeDigest(buildOf("v2")));
    await expectQuiet([...fleet.bastions, ...living]);
  }, 90_000);
});
