import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ActionRun,
  type ActionRunOptions,
  type Inputs,
  onceFetching,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { currentDigest, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithNetworks } from "../support/describe-with-open-ssh.ts";
import { type NetFleet, type NetSshdHost, startNetFleet } from "../support/net-fleet.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const ASSET_BYTES = 6 * 1024 * 1024;
/** What is silent is noticed after 15 s at the earliest; what has ended, at once. */
const AT_ONCE_MS = 10_000;

describeWithNetworks("a fleet behind two jump hosts", () => {
  let folder: string;
  let fleet: NetFleet;
  let first: NetSshdHost;
  let second: NetSshdHost;

  const buildOf = (release: string) => join(folder, release);
  const run = async (inputs: Inputs, options: ActionRunOptions = {}): Promise<ActionRun> =>
    await runAction(
      { ...reachInputs(fleet), "jump-hosts": fleet.jumpHostsText, "ssh-retries": "0", ...inputs },
      { commandPrefix: fleet.runner.prefix, ...options },
    );
  const deploy = (release: string, inputs: Inputs = {}, options: ActionRunOptions = {}) =>
    run({ path: buildOf(release), release, ...inputs }, options);
  const knownHostsWithout = (host: NetSshdHost, instead = "") =>
    fleet.knownHostsText.replace(`${host.hostKeyLine}\n`, instead);
  /** All targets have failed for one reason, which is told once. */
  const expectOneCause = ({ errors, exitCode, log, report }: ActionRun, code: string, says: RegExp) => {
    expect(exitCode, log).toBe(1);
    expect(
      errors.filter((error) => error.includes(code)),
      log,
    ).toHaveLength(1);
    expect(errors[0]).toMatch(says);
    expect(errors[0]).toContain(fleet.targets.map(({ host }) => host).join(", "));
    expect(report?.targets.map(({ error }) => error?.code)).toEqual(fleet.targets.map(() => code));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-jump-"));
    makeSmallBuild(buildOf("v1"), "v1");
    makeSmallBuild(buildOf("v2"), "v2", ASSET_BYTES);
    makeSmallBuild(buildOf("v3"), "v3");
    // As with a VPN: the targets reach the runner, and the runner none of them by SSH.
    fleet = await startNetFleet({ count: 3, bastions: 2, joined: true });
    [first, second] = [fleet.bastions[0]!, fleet.bastions[1]!];
    await fleet.block({ from: fleet.runner, to: [second, ...fleet.targets], port: 22 });
    await fleet.block({ from: first, to: fleet.targets, port: 22 });
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("is deployed to from the runner, by one login at each of them", async () => {
    requirePassed(await deploy("v1"));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v1")));
    for (const { log } of [first, second]) expect(log().match(/Accepted publickey/g)).toHaveLength(1);
    await untilQuiet(fleet);
  });

  test("is verified though neither it nor the second jump host reaches the runner in any way", async () => {
    const inner = [second, ...fleet.targets];
    await using _out = await fleet.block({ from: inner, to: fleet.runner });
    await using _in = await fleet.block({ from: fleet.runner, to: inner });
    const { outputs } = requirePassed(await run({ mode: "verify" }));
    expect(outputs).toMatchObject({ release: "v1", "targets-verified": "3" });
  });

  test("is not reached by a jump host whose key is wrong or unknown: it is told once which, and what to pin", async () => {
    const wrong = `${second.host} ${first.hostKeyLine.split(" ").slice(1).join(" ")}\n`;
    const changed = await run({ mode: "verify", "ssh-known-hosts": knownHostsWithout(second, wrong) });
    expectOneCause(
      changed,
      "HOST_KEY_CHANGED",
      new RegExp(`^jump host 2 \\(${second.host}\\): HOST_KEY_CHANGED\n.*while connecting: jump host 2 `),
    );
    const unknown = await run({ mode: "verify", "ssh-known-hosts": knownHostsWithout(first) });
    expectOneCause(unknown, "HOST_KEY_UNKNOWN", new RegExp(`^jump host 1 \\(${first.host}\\): HOST_KEY_UNK`));
    expect(unknown.summary.match(/^10\..*$/gm)).toEqual([first.hostKeyLine]);
  });

  test("has one target that the last jump host does not reach: that one fails, and it is told who can't reach it", async () => {
    const [cutOff, ...others] = fleet.targets;
    await using _cut = await fleet.block({ from: second, to: cutOff!, port: 22 });
    const { errors, report, outputs } = await run({ mode: "verify", "ssh-timeout": "4s" });
    expect(JSON.parse(outputs["failed-targets"] ?? "")).toEqual([cutOff!.host]);
    expect(errors[0]).toMatch(/: HOST_UNREACHABLE\n.*: jump host 2 \(\S+\) has not reached it within 4 s/);
    expect(report?.counts).toMatchObject({ verified: others.length, failed: 1 });
  });

  test("is reached by OpenSSH in the same way: one login at each, every key checked, what forwards nothing named", async () => {
    const openssh = { mode: "verify", "ssh-client": "openssh" };
    const logins = () => [first, second].map(({ log }) => log().split("Accepted publickey").length - 1);
    const before = logins();
    const { outputs } = requirePassed(await run(openssh));
    expect(outputs["targets-verified"]).toBe("3");
    expect(logins()).toEqual(before.map((count) => count + 1));

    const wrong = `${second.host} ${first.hostKeyLine.split(" ").slice(1).join(" ")}\n`;
    const changed = await run({ ...openssh, "ssh-known-hosts": knownHostsWithout(second, wrong) });
    const jumpHost = `jump host 2 \\(${second.host}\\)`;
    expectOneCause(changed, "HOST_KEY_CHANGED", new RegExp(`^${jumpHost}: HOST_KEY_CHANGED\n.*${jumpHost}`));

    second.killSshd();
    const config = join(dirname(fleet.privateKeyPath), second.name, "sshd_config");
    const settings = readFileSync(config, "utf8");
    writeFileSync(config, `AllowTcpForwarding no\n${settings}`);
    second.startSshd();
    try {
      const refused = await run(openssh);
      expectOneCause(refused, "JUMP_REFUSED", new RegExp(`${jumpHost}: it does not forward connections to `));
    } finally {
      second.killSshd();
      writeFileSync(config, settings);
      second.startSshd();
    }
    await untilQuiet(fleet);
  });

  test("is reached by ProxyJump and ProxyCommand of ssh-config too, and what fails on that way is told", async () => {
    // Each target has a chain of its own, which is more logins at once than sshd takes for sure (MaxStartups 10:30:100).
    const openssh = { mode: "verify", "ssh-client": "openssh", "jump-hosts": "", "ssh-retries": "3" };
    const hosts = fleet.targets.map(({ host }) => host).join(" ");
    const jump = `Host ${hosts}\n  ProxyJump root@${first.host},root@${second.host}`;
    const withJump = { ...openssh, "ssh-config": jump };
    // What a ProxyCommand calls has a configuration of its own.
    const [known, own] = [join(folder, "known_hosts"), join(folder, "own-config")];
    writeFileSync(known, fleet.knownHostsText);
    writeFileSync(
      own,
      `IdentityFile ${fleet.privateKeyPath}
UserKnownHostsFile ${known}
Host ${second.host}
  ProxyJump root@${first.host}
`,
    );
    const withCommand = (user: string) => ({
      ...openssh,
      "ssh-config": `ProxyCommand ssh -F ${own} -W [%h]:%p ${user}@${second.host}`,
    });

    const runs = await Promise.all([
      run(withJump),
      run(withCommand("root")),
      run({ ...withJump, "ssh-known-hosts": knownHostsWithout(first) }),
      run(withCommand("stranger")),
    ]);
    const [byJump, byCommand, unknown, refused] = runs;
    for (const passed of [byJump, byCommand])
      expect(requirePassed(passed).outputs["targets-verified"]).toBe("3");
    const way =
      "HOST_UNREACHABLE\n.*: what carries the connection there \\(ProxyCommand, ProxyJump\\) failed: ";
    expect(unknown.errors[0]).toMatch(new RegExp(`${way}No \\S+ host key is known for ${first.host} `));
    expect(refused.errors[0]).toMatch(new RegExp(`${way}.*Permission denied \\(publickey\\)`));
  });

  test("is lost when a jump host dies: the run fails at once, names it once, and leaves nothing", async () => {
    const before = fleet.targets.map((host) => deployedState(host));
    let diedMs = 0;
    const onProgress = onceFetching(() => {
      diedMs = performance.now();
      first.killSshd();
    });
    const lost = await deploy("v2", { "upload-limit": "1MiB" }, { onProgress });
    expect(performance.now() - diedMs).toBeLessThan(AT_ONCE_MS);
    expectOneCause(
      lost,
      "JUMP_LOST",
      new RegExp(`while fetching: jump host 1 \\(${first.host}\\): the connection broke: `),
    );
    await untilQuiet(fleet);
    expect(fleet.targets.map((host) => deployedState(host))).toEqual(before);
    first.startSshd();
  });

  test("is put back over a new chain when the first one breaks while it goes live", async () => {
    const started = (host: NetSshdHost) => existsSync(join(host.rootPath, "srv/started"));
    const hook = 'if [ "$MURMURATION_RELEASE" = v2 ]; then touch /srv/started; sleep 30; fi';
    const running = deploy("v2", { "after-activate": hook, "ssh-retries": "3" });
    await eventually(() => fleet.targets.every(started), AT_ONCE_MS);
    first.killSshd();
    first.startSshd();
    const { outputs, report, log } = await running;
    expect(outputs.status, log).toBe("rolled-back");
    expect(report?.targets.map(({ current }) => current)).toEqual(["put-back", "put-back", "put-back"]);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v1")));
    await untilQuiet(fleet);
  });

  test("goes back to a release that one of its targets lacks, and forward again to one that all hold", async () => {
    requirePassed(await deploy("v3"));
    rmSync(join(fleet.targets[2]!.rootPath, "srv/app/releases/v1"), { recursive: true });
    const back = requirePassed(await run({ mode: "rollback", "rollback-to": "v1" }));
    expect(back.report.targets.map(({ bytes }) => bytes.fromPeers > 0)).toEqual([false, false, true]);
    expect(back.report.origin).toMatchObject({ bytesUploaded: 0 });
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v1")));

    const forward = await run({ mode: "rollback", "rollback-to": "v3", "ssh-client": "openssh" });
    expect(requirePassed(forward).outputs).toMatchObject({
      "targets-activated": "3",
      "transferred-bytes": "0",
    });
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(buildOf("v3")));
    await untilQuiet(fleet);
  });
});
