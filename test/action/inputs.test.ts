import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeployConfig, FleetConfig } from "../../src/action/config.ts";
import { INPUT_DEFAULTS, type InputName, readInputs } from "../../src/action/inputs.ts";
import { MurmurationError } from "../../src/core/errors.ts";

const { privateKey } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "sec1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

let workspace = "";
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), "murmuration-inputs-"));
  writeFileSync(join(workspace, "app.txt"), "app");
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const MINIMAL = { path: ".", targets: "web-1\nweb-2:2222", "deploy-to": "/srv/app", "ssh-key": privateKey };
const SURROUNDINGS = { now: new Date("2026-07-14T09:30:00.123Z"), user: "runner", cwd: "/" };

type Values = Partial<Record<InputName, string>>;

/** As the runner does it: the defaults of action.yml are in the environment too. */
function read(values: Values, more: Record<string, string> = {}, surroundings = SURROUNDINGS) {
  const environment: Record<string, string> = { GITHUB_WORKSPACE: workspace, ...more };
  for (const [name, value] of Object.entries({ ...INPUT_DEFAULTS, ...values })) {
    environment[`INPUT_${name.toUpperCase()}`] = value;
  }
  return readInputs(environment, surroundings);
}

function readFleet(values: Values, more: Record<string, string> = {}): FleetConfig {
  const config = read(values, more);
  if (config.mode === "package") throw new Error("expected a mode that reaches targets");
  return config;
}

function readDeploy(values: Values = {}, more: Record<string, string> = {}): DeployConfig {
  const config = read({ ...MINIMAL, ...values }, more);
  if (config.mode !== "deploy") throw new Error("expected a deploy");
  return config;
}

function problemsOf(values: Values, more: Record<string, string> = {}, surroundings = SURROUNDINGS): string {
  try {
    read(values, more, surroundings);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(MurmurationError);
    expect(thrown).toMatchObject({ code: "INPUT_INVALID" });
    return (thrown as MurmurationError).message;
  }
  throw new Error("the inputs were accepted");
}

test("a runner of GitHub's is warned of before anything is contacted, unless it has an address for the fleet", () => {
  const hosted = { RUNNER_ENVIRONMENT: "github-hosted" };
  const { warnings } = readDeploy({}, hosted);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/seed-from: bastion.*seed-from: first-target.*self-hosted.*announce-address/);
  expect(readDeploy({ "announce-address": "100.64.0.7" }, hosted).warnings).toEqual([]);
  expect(readDeploy({}, { RUNNER_ENVIRONMENT: "self-hosted" }).warnings).toEqual([]);
  const { targets, "deploy-to": deployTo, "ssh-key": key } = MINIMAL;
  const rollback = { mode: "rollback", targets, "deploy-to": deployTo, "ssh-key": key };
  expect(readFleet(rollback, hosted).warnings).toEqual([]);
});

test("a step with the least that is needed gets the documented defaults", () => {
  const config = readDeploy();
  expect(config).toMatchObject({
    mode: "deploy",
    source: { kind: "tree", path: workspace, exclude: [".git"] },
    release: "20260714093000",
    activate: true,
    keepReleases: 5,
    lockWaitMs: 0,
    agentDir: "~/.cache/murmuration",
    stallTimeoutMs: 60_000,
    ssh: { strict: true, concurrency: 30, timeoutMs: 30_000, retries: 3, client: { knownHosts: [] } },
    swarm: {
      seedFrom: { kind: "runner" },
      announceAddress: null,
      trackerPorts: { from: 0, to: 0 },
      seedPorts: { from: 0, to: 0 },
      peerPorts: { from: 0, to: 0 },
      encryption: true,
      pieceLengthBytes: null,
      uploadLimitBytesPerSecond: 0,
      transferTimeoutMs: 900_000,
    },
  });
  expect(config.targets).toMatchObject([
    { name: "web-1", user: "runner", port: 22, deployTo: "/srv/app" },
    { host: "web-2", user: "runner", port: 2222, deployTo: "/srv/app" },
  ]);
  expect(config.ssh.client).toMatchObject({ kind: "builtin", auth: { kind: "key" } });
});

test("inputs that no runner has filled in get the same defaults", () => {
  const environment = { GITHUB_WORKSPACE: workspace } as Record<string, string>;
  for (const [name, value] of Object.entries(MINIMAL)) environment[`INPUT_${name.toUpperCase()}`] = value;
  const comparable = (config: unknown) => JSON.stringify({ ...(config as FleetConfig), ssh: null });
  expect(comparable(readInputs(environment, SURROUNDINGS))).toEqual(comparable(read(MINIMAL)));
});

test("everything that can be set is read, in its unit", () => {
  const config = readDeploy({
    path: "app.txt",
    exclude: "# maps\n*.map\n\n!keep.map\n\\#literal",
    release: "v1.2.3",
    "ssh-user": "deploy",
    "ssh-port": "2200",
    "ssh-strict": "false",
    "ssh-concurrency": "5",
    "ssh-timeout": "1m30s",
    "ssh-retries": "0",
    "announce-address": "10.77.0.1",
    "tracker-port": "7000",
    "seed-port": "7001-7001",
    "peer-port": "7010-7020",
    encryption: "off",
    "piece-length": "1MiB",
    "upload-limit": "10MiB/s",
    "transfer-timeout": "1h",
    "stall-timeout": "5s",
    "keep-releases": "1",
    "lock-wait": "1h30m",
    "agent-dir": "/opt/agents/",
  });
  expect(config).toMatchObject({
    source: { path: join(workspace, "app.txt"), exclude: ["*.map", "!keep.map", "\\#literal"] },
    release: "v1.2.3",
    activate: true,
    keepReleases: 1,
    lockWaitMs: 5_400_000,
    agentDir: "/opt/agents",
    stallTimeoutMs: 5_000,
    ssh: { strict: false, concurrency: 5, timeoutMs: 90_000, retries: 0 },
    swarm: {
      announceAddress: "10.77.0.1",
      trackerPorts: { from: 7000, to: 7000 },
      seedPorts: { from: 7001, to: 7001 },
      peerPorts: { from: 7010, to: 7020 },
      encryption: false,
      pieceLengthBytes: 1_048_576,
      uploadLimitBytesPerSecond: 10_485_760,
      transferTimeoutMs: 3_600_000,
    },
  });
  expect(config.targets[0]).toMatchObject({ user: "deploy", port: 2200 });
  expect(readDeploy({ activate: "False" }).activate).toBe(false);
});

test("all bad inputs are listed in one message, each with its name, its value and what was expected", () => {
  const message = problemsOf({
    path: "no-such-folder",
    targets: "web-1\nweb-1 bogus=1",
    "deploy-to": "srv/app",
    "ssh-key": "not a key",
    "ssh-port": "abc",
    "ssh-known-hosts": "web-1 ssh-ed25519 !!!",
    "ssh-strict": "yes",
    "ssh-timeout": "0s",
    "ssh-concurrency": "0",
    release: ".hidden",
    "seed-from": "target",
    engine: "libtorrent",
    encryption: "maybe",
    "peer-port": "7010-7000",
    "piece-length": "100KiB",
    "upload-limit": "1KiB",
    "transfer-timeout": "15",
    "announce-address": "http://example.com",
    activate: "1",
    "keep-releases": "0",
    "lock-wait": "25h",
    "agent-dir": "cache",
  });
  expect(message).toContain('ssh-port "abc": expected 1–65535');
  expect(message).toContain('engine "libtorrent": expected swarm or webtorrent');
  expect(message).toContain('seed-from "target": expected runner, bastion or first-target');
  expect(message).toContain(
    'transfer-timeout "15": expected a duration above zero, such as 30s, 5m or 1h30m',
  );
  expect(message).toContain('path "no-such-folder": can\'t be read: ENOENT');
  expect(message).toMatch(/targets: line 2/);
  expect(message).toMatch(/ssh-known-hosts: line 1/);
  const named = message.match(/^ {2}([a-z-]+)/gm)?.map((name) => name.trim());
  expect(new Set(named)).toEqual(
    new Set([
      ...[
        "path",
        "targets",
        "deploy-to",
        "ssh-key",
        "ssh-port",
        "ssh-known-hosts",
        "ssh-strict",
        "ssh-timeout",
      ],
      ...["ssh-concurrency", "release", "seed-from", "engine", "encryption", "peer-port", "piece-length"],
      ...["upload-limit", "transfer-timeout", "announce-address", "activate", "agent-dir"],
      ...["keep-releases", "lock-wait"],
    ]),
  );
});

test("a rollback takes a release to go back to, and refuses what says something about a transfer", () => {
  const { path: _, ...reach } = MINIMAL;
  expect(read({ ...reach, mode: "rollback" })).toMatchObject({
    mode: "rollback",
    rollbackTo: null,
    lockWaitMs: 0,
  });
  const named = { ...reach, mode: "rollback", "rollback-to": "v1.2.3", "lock-wait": "30s" };
  expect(read(named)).toMatchObject({ rollbackTo: "v1.2.3", lockWaitMs: 30_000 });
  const message = problemsOf({
    ...reach,
    mode: "rollback",
    path: ".",
    release: "v1",
    "keep-releases": "3",
    "rollback-to": ".x",
  });
  for (const name of ["path", "release", "keep-releases"])
    expect(message).toMatch(new RegExp(`^ *${name} .*does not apply to mode: rollback`, "m"));
  expect(message).toContain('rollback-to ".x": expected previous, or a release id');
  expect(problemsOf({ ...MINIMAL, "rollback-to": "v1" })).toContain("does not apply to mode: deploy");
  expect(problemsOf({ ...reach, mode: "verify", "lock-wait": "1m" })).toContain(
    "does not apply to mode: verify",
  );
});

test("what would have no effect is refused, and not passed over", () => {
  const targetSeeds = problemsOf({ ...MINIMAL, "seed-from": "first-target", "seed-port": "7001" });
  expect(targetSeeds).toContain(
    'seed-port "7001": does not apply with seed-from: first-target, where a target seeds: set peer-port',
  );
  expect(problemsOf({ ...MINIMAL, activate: "false", "keep-releases": "3" })).toContain(
    'keep-releases "3": with activate: false no release is removed',
  );
});

test("waves and hooks are refused where nothing is switched", () => {
  const problems = problemsOf({ ...MINIMAL, activate: "false", "batch-size": "1", "after-activate": "true" });
  expect(problems).toContain('batch-size "1": does not apply with activate: false');
  expect(problems).toContain('after-activate "true": does not apply with activate: false');
  const verify = { ...MINIMAL, path: "", mode: "verify", "health-check": "true", "min-verified": "1" };
  expect(problemsOf(verify)).toContain('health-check "true": does not apply to mode: verify');
  expect(problemsOf(verify)).toContain('min-verified "1": does not apply to mode: verify');
});

test("a bastion is named with all that it leaves out, and refused where nothing is seeded from one", () => {
  const seedFrom = (inputs: Record<string, string>) => readDeploy(inputs).swarm.seedFrom;
  expect(seedFrom({})).toEqual({ kind: "runner" });
  expect(seedFrom({ "seed-from": "first-target" })).toEqual({ kind: "first-target" });
  expect(seedFrom({ "seed-from": "bastion", bastion: "[fd77::1]:2200", "ssh-user": "ops" })).toEqual({
    kind: "bastion",
    bastion: {
      user: "ops",
      host: "fd77::1",
      port: 2200,
      isLastJump: false,
      written: { user: false, port: true },
    },
  });
  expect(seedFrom({ "seed-from": "bastion", bastion: "gate.example.com" })).toMatchObject({
    kind: "bastion",
    bastion: { user: "runner", host: "gate.example.com", port: 22, isLastJump: false },
  });
  const chain = { "seed-from": "bastion", "jump-hosts": "a.example.com\nops@b.example.com:2200" };
  const last = { user: "ops", host: "b.example.com", port: 2200, isLastJump: true };
  expect(seedFrom(chain)).toMatchObject({ bastion: last });
  expect(seedFrom({ ...chain, bastion: "b.example.com:2200" })).toMatchObject({ bastion: last });
  expect(seedFrom({ ...chain, bastion: "a.example.com" })).toMatchObject({ bastion: { isLastJump: false } });
  const problems = (inputs: Record<string, string>) => problemsOf({ ...MINIMAL, ...inputs });
  expect(problems({ "seed-from": "bastion" })).toContain("bastion: required with seed-from: bastion");
  // A slip of the pen is no wish for `runner`, with which it would not apply.
  expect(problems({ "seed-from": "bastoin", bastion: "a.example.com" })).not.toContain("does not apply");
  expect(problems({ "seed-from": "bastion", bastion: "a b" })).toContain(
    'bastion "a b": expected [user@]host',
  );
  expect(problems({ bastion: "gate" })).toContain('bastion "gate": does not apply with seed-from: runner');
  expect(problems({ "seed-from": "first-target", engine: "webtorrent", encryption: "off" })).toContain(
    "it can't take the release from the runner by SSH, as seed-from: first-target needs",
  );
  const { path: _, ...reach } = MINIMAL;
  expect(problemsOf({ ...reach, mode: "verify", "seed-from": "first-target" })).toContain(
    "does not apply to mode: verify",
  );
});

test("engine: webtorrent needs encryption: off, and says so among all other problems", () => {
  expect(readDeploy().swarm.engine).toBe("swarm");
  expect(readDeploy({ engine: "webtorrent", encryption: "off" }).swarm).toMatchObject({
    engine: "webtorrent",
    encryption: false,
  });
  expect(readDeploy({ engine: "swarm", encryption: "off" }).swarm.engine).toBe("swarm");
  const message = problemsOf({ ...MINIMAL, engine: "webtorrent", "ssh-port": "abc" });
  expect(message).toContain("2 inputs are wrong");
  expect(message).toContain('engine "webtorrent": it can\'t encrypt, set encryption: off with it');
  expect(message).toContain('ssh-port "abc"');
});

test("a step without any input learns what is required", () => {
  const message = problemsOf({});
  expect(message).toMatch(/^ {2}path: required for mode: deploy, unless artifact is given$/m);
  expect(message).toMatch(/^ {2}targets: required/m);
  expect(message).toMatch(/^ {2}ssh-key: required/m);
});

test("a mode that another version has is refused, not taken for the default", () => {
  expect(problemsOf({ ...MINIMAL, mode: "plan" })).toContain(
    'mode "plan": expected deploy, verify, rollback or package',
  );
  expect(problemsOf({ ...MINIMAL, mode: "Deploy" })).toContain('mode "Deploy"');
});

test("verify reads what it needs, and what would be ignored is refused", () => {
  const { path: _, ...needed } = MINIMAL;
  expect(read({ ...needed, mode: "verify" })).toMatchObject({ mode: "verify", release: null });
  expect(read({ ...needed, mode: "verify", release: "v1" })).toMatchObject({ release: "v1" });
  const message = problemsOf({ ...MINIMAL, mode: "verify", activate: "false", "upload-limit": "1MiB" });
  expect(message).toContain('path ".": does not apply to mode: verify');
  expect(message).toContain('activate "false": does not apply');
  expect(message).toContain('upload-limit "1MiB": does not apply');
  expect(message).not.toContain("exclude");
});

test("an inventory file is read from the workspace, and never beside an inventory", () => {
  const { targets: _, ...others } = MINIMAL;
  writeFileSync(join(workspace, "fleet.ini"), "web-[1:3]\n");
  expect(readFleet({ ...others, "targets-file": "fleet.ini" }).targets).toHaveLength(3);
  expect(problemsOf({ ...others, "targets-file": "none.ini" })).toContain(
    'targets-file "none.ini": can\'t be',
  );
  expect(problemsOf({ ...MINIMAL, "targets-file": "fleet.ini" })).toContain("not both");
});

test("a line of the inventory keeps its number although blank lines stand before it", () => {
  expect(problemsOf({ ...MINIMAL, targets: "\n\n\nweb-1 bogus=1" })).toContain("targets: line 4");
});

test("without a key the SSH agent is used, and a passphrase without a key is refused", () => {
  const { "ssh-key": _, ...keyless } = MINIMAL;
  const config = readFleet(keyless, { SSH_AUTH_SOCK: "/run/agent.sock" });
  expect(config.ssh.client).toMatchObject({ auth: { kind: "agent", socketPath: "/run/agent.sock" } });
  const message = problemsOf(
    { ...keyless, "ssh-key-passphrase": "hidden-words" },
    { SSH_AUTH_SOCK: "/run/a" },
  );
  expect(message).toContain("ssh-key-passphrase: does not apply without ssh-key");
  expect(message).not.toContain("hidden-words");
});

test("ssh-config and authorities of host keys are OpenSSH's, and it needs no key where ssh-config may name one", () => {
  const { "ssh-key": _, ...keyless } = MINIMAL;
  const text =
    "@cert-authority * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJCCf1kCvE1BbL5s4iZTyfPPyJ1ZLXP0BXu5Jt4cUaJP";
  const openssh = { ...keyless, "ssh-client": "openssh", "ssh-user": "ops", "ssh-port": "2200" };
  const { ssh, warnings } = readFleet(
    { ...openssh, "ssh-config": "IdentityFile ~/.ssh/id", "ssh-known-hosts": text },
    { "INPUT_GITHUB-TOKEN": "", HOME: "/home/runner" },
  );
  expect(warnings).toEqual([]);
  expect(ssh.client).toMatchObject({
    kind: "openssh",
    key: null,
    config: "IdentityFile ~/.ssh/id",
    knownHosts: { text, entries: [], authorities: [{ line: 1 }] },
    defaults: { user: "ops", port: 2200 },
    environment: { HOME: "/home/runner" },
  });
  if (ssh.client.kind !== "openssh") throw new Error("the other client");
  expect(Object.keys(ssh.client.environment).filter((name) => name.startsWith("INPUT_"))).toEqual([]);
  expect(problemsOf(openssh)).toContain(
    "ssh-key: required, since there is neither ssh-config nor an SSH agent",
  );

  expect(problemsOf({ ...MINIMAL, "ssh-config": "User x" })).toContain(
    "ssh-config: does not apply to ssh-client: builtin",
  );
  expect(problemsOf({ ...MINIMAL, "ssh-client": "putty" })).toContain(
    'ssh-client "putty": expected builtin or',
  );
  expect(readFleet({ ...MINIMAL, "ssh-known-hosts": text }).warnings).toEqual([
    expect.stringContaining("line 1: @cert-authority needs ssh-client: openssh"),
  ]);
});

test.each(["deploy\n  ProxyCommand touch /tmp/x", "-oProxyCommand=x", 'a"b', "$(id)", "a;b", "a b", "a\\"])(
  "ssh-user %j is refused among all else, before it comes into a configuration of ssh",
  (value) => {
    const message = problemsOf({ ...MINIMAL, "ssh-user": value, "ssh-port": "0", "ssh-client": "openssh" });
    expect(message).toContain(`ssh-user ${JSON.stringify(value)}: expected a user name without blanks`);
    expect(message).toContain('ssh-port "0"');
  },
);

test("a runner's own user that ssh would not take is refused where nobody else is named", () => {
  const message = problemsOf(MINIMAL, {}, { ...SURROUNDINGS, user: "the runner" });
  expect(message).toContain(`ssh-user: required, since the runner's own, "the runner", is not a user name`);
  expect(readDeploy({ "ssh-user": "CORP\\deploy" }).targets[0]?.user).toBe("CORP\\deploy");
});

test("no secret stands in a message, and every one is to be masked", () => {
  const damaged = privateKey.replace("BEGIN", "BEGUN");
  const line = privateKey.split("\n")[1] ?? "";
  const message = problemsOf({ ...MINIMAL, "ssh-key": damaged, "ssh-key-passphrase": "hidden-words" });
  expect(message).not.toContain(line);
  expect(message).not.toContain("hidden-words");
  const { secrets } = read(MINIMAL);
  expect(secrets).toContain(privateKey.trim());
  expect(secrets).toContain(line);
});

test("the release is named by time and commit where GitHub tells the commit", () => {
  const sha = { GITHUB_SHA: "4f2a9c1d0e5b6a7c8d9e0f1a2b3c4d5e6f7a8b9c" };
  expect(readDeploy({}, sha).release).toBe("20260714093000-4f2a9c1");
});

test("the run's page names the attempt, and outside of GitHub there is none", () => {
  const github = {
    GITHUB_SERVER_URL: "https://github.example.com",
    GITHUB_REPOSITORY: "o/r",
    GITHUB_RUN_ID: "17",
    GITHUB_RUN_ATTEMPT: "2",
  };
  expect(readDeploy({}, github).run.url).toBe("https://github.example.com/o/r/actions/runs/17/attempts/2");
  expect(readDeploy().run.url).toBeNull();
});

test.each(["/", "//", "/srv/../etc", "relative", "/srv/a\nb", "~/app"])(
  "deploy-to %j is refused",
  (value) => {
    expect(problemsOf({ ...MINIMAL, "deploy-to": value })).toContain("deploy-to");
  },
);

test.each(["7000-", "-1", "65536", "7000-7010-7020", "0-10", "1e3", "7000–7010"])(
  "the port range %j is refused",
  (value) => {
    expect(problemsOf({ ...MINIMAL, "peer-port": value })).toContain(`peer-port ${JSON.stringify(value)}`);
  },
);

test("a value of a megabyte does not fill the message", () => {
  expect(problemsOf({ ...MINIMAL, "ssh-port": "9".repeat(1_000_000) }).length).toBeLessThan(1_000);
});

test("targets at link-local addresses need others for the swarm, and none to be verified", () => {
  const linkLocal = { targets: "[fe80::1%eth0]:22\nfe80::2%eth0 address=fd00::2", "ssh-key": privateKey };
  const said = problemsOf({ ...MINIMAL, ...linkLocal });
  expect(said).toMatch(/targets.*line 1: fe80::1%eth0 is good on one link only; give address=/);
  expect(said).not.toContain("fe80::2");
  expect(said).toMatch(/announce-address.*required/);
  readFleet({ ...linkLocal, mode: "verify", "deploy-to": "/srv/app" });
  const targets = "fe80::2%eth0 address=fd00::2";
  readDeploy({ targets, "announce-address": "fd00::1" });
});

test("announce-address is a name or an address that everybody can be told", () => {
  const announced = (text: string) => readDeploy({ "announce-address": text }).swarm.announceAddress;
  expect(announced("runner.example.com")).toBe("runner.example.com");
  expect(announced("[FD00:0::1]")).toBe("fd00::1");
  expect(announced("fd00::1")).toBe("fd00::1");
  for (const text of ["fe80::1", "fe80::1%eth0", "[fd00::1]:80", "[runner]"])
    expect(problemsOf({ ...MINIMAL, "announce-address": text })).toContain("announce-address");
});
