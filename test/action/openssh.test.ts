import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
import { currentDigest, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const TARGETS = 12;
const CERTIFIED = 0;
const NOISY = 1;
const TO_STOP = 11;
/** GitHub's runner waits so long before it becomes rough. */
const CANCEL_MAX_MS = 7_500;
const PASSPHRASE = "words that open it";
const SLOW: Inputs = { "upload-limit": "1MiB" };

describeWithOpenSsh("ssh-client: openssh", () => {
  let folder: string;
  let tempDir: string;
  let fleet: SshdFleet;
  let builds = 0;
  let actionPid = 0;

  const source = () => join(folder, `build-${builds}`);
  const host = (index: number) => fleet.targets[index]!;
  const keygen = (...argv: string[]) => execFileSync("ssh-keygen", ["-q", ...argv], { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  /** All targets but the first are pinned by their keys; that one by who signed its key. */
  const knownHosts = () =>
    `${fleet.knownHostsText.split("\n").slice(1).join("\n")}\n@cert-authority [${host(CERTIFIED).host}]:* ${read("authority.pub")}`;
  const deploy = async (
    indexes: readonly number[],
    inputs: Inputs = {},
    options: ActionRunOptions = {},
  ): Promise<ActionRun> => {
    const all = {
      ...reachInputs(fleet, indexes),
      path: source(),
      release: `build-${builds}`,
      "ssh-client": "openssh",
      "ssh-key": read("login_key"),
      "ssh-key-passphrase": PASSPHRASE,
      "ssh-config": `CertificateFile ${join(folder, "login_key-cert.pub")}`,
      "ssh-known-hosts": knownHosts(),
      "ssh-retries": "1",
      ...inputs,
    };
    const onStart = (pid: number) => {
      actionPid = pid;
    };
    return await runAction(all, { onStart, environment: { RUNNER_TEMP: tempDir }, ...options });
  };
  /** Programs and folders of the step's connections. */
  const left = () => [
    ...readdirSync(tempDir).filter((name) => name.startsWith("mur-ssh-")),
    ...execFileSync("ps", ["axww", "-o", "args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.startsWith("ssh") && line.includes(`${tempDir}/`)),
  ];

  beforeAll(async () => {
    folder = mkdtempSync("/tmp/mur-test-openssh-");
    tempDir = join(folder, "temp");
    mkdirSync(tempDir);
    keygen("-t", "ed25519", "-N", "", "-f", "authority");
    keygen("-t", "ed25519", "-N", "", "-f", "host");
    keygen("-s", "authority", "-I", "a host", "-h", "-n", "127.0.0.10", "host.pub");
    fleet = await startSshdFleet({
      count: TARGETS,
      srvSize: "128m",
      targets: {
        [CERTIFIED]: {
          unauthorized: true,
          sshdConfig: [
            `TrustedUserCAKeys ${join(folder, "authority.pub")}`,
            `HostKey ${join(folder, "host")}`,
            `HostCertificate ${join(folder, "host-cert.pub")}`,
          ],
        },
        [NOISY]: { sshdConfig: ["Banner /etc/debian_version"] },
      },
    });
    writeFileSync(
      join(host(NOISY).rootPath, "root/.bashrc"),
      "echo Welcome to this machine; echo careful >&2\n",
    );
    writeFileSync(join(folder, "login_key"), fleet.privateKey, { mode: 0o600 });
    writeFileSync(join(folder, "login_key.pub"), readFileSync(`${fleet.privateKeyPath}.pub`));
    keygen("-s", "authority", "-I", "a user", "-n", "root", "login_key.pub");
    keygen("-p", "-P", "", "-N", PASSPHRASE, "-f", "login_key");
  });
  beforeEach(() => {
    builds += 1;
    makeSmallBuild(source(), `openssh ${builds}`, 4 * 1024 * 1024);
  });
  afterEach(async () => {
    await untilQuiet(
      fleet,
      [...fleet.targets.keys()].filter((index) => index !== TO_STOP),
    );
    expect(left()).toEqual([]);
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("deploys to 12 targets, one of which knows users and is known by certificates only", async () => {
    const run = requirePassed(await deploy([...fleet.targets.keys()]));
    expect(run.outputs["targets-activated"]).toBe(String(TARGETS));
    expect(run.warnings).toEqual([]);
    for (const one of fleet.targets) expect(currentDigest(one)).toBe(treeDigest(source()));
    expect(run.rawLog.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain(PASSPHRASE);
    await untilQuiet(fleet);

    const without = await deploy([CERTIFIED], { "ssh-config": "" });
    expect(without.report?.targets[0]?.error?.code).toBe("AUTH_REFUSED");
  });

  test("each target that can't be had has the code that the built-in client gives it", async () => {
    const [, , otherKey] = host(6).hostKeyLine.split(" ");
    const [place, type, key] = host(3).hostKeyLine.split(" ");
    const lines = [
      host(2).hostKeyLine,
      `${place} ${type} ${otherKey}`,
      `${host(5).hostKeyLine}\n@revoked * ${host(5).hostKeyLine.split(" ").slice(1).join(" ")}`,
    ];
    const reach = reachInputs(fleet, [2, 3, 4, 5]);
    const targets = `${reach.targets}root@127.0.0.99:9\nnobody@${host(2).host}:${host(2).port} deploy_to=/srv/b\n`;
    const run = await deploy([], { targets, "ssh-known-hosts": lines.join("\n") });
    expect(run.exitCode).toBe(1);
    const codes = run.report?.targets.map(({ error }) => error?.code);
    expect(codes).toEqual([
      "FLEET_INCOMPLETE",
      "HOST_KEY_CHANGED",
      "HOST_KEY_UNKNOWN",
      "HOST_KEY_REVOKED",
      "HOST_UNREACHABLE",
      "LOGIN_SHELL_UNFIT",
    ]);
    expect(run.report?.targets[1]?.error?.message).toContain(`${place} ${type} ${key}`.trim());
    expect(run.report?.targets[2]?.hostKeyLine).toBe(host(4).hostKeyLine.trim());
    expect(run.report?.targets[4]?.error?.message).toMatch(/Connection refused \(2 attempts\)/);
  });

  test("a target that dies in the transfer is lost, and costs its own row", async () => {
    const onProgress = onceFetching(() => void fleet.stop(TO_STOP), host(TO_STOP).host);
    const inputs = { ...SLOW, "min-verified": "2", "allow-failures": "true" };
    const run = await deploy([2, 3, TO_STOP], inputs, { onProgress });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.report?.targets.map(({ error }) => error?.code)).toEqual([undefined, undefined, "SSH_LOST"]);
  });

  test("a cancelled run ends in time and leaves nothing, neither there nor here", async () => {
    const before = deployedState(host(2));
    const cancel = new AbortController();
    let cancelledMs = 0;
    const onProgress = onceFetching(() => {
      cancelledMs = performance.now();
      cancel.abort();
    });
    const run = await deploy([2, 3, 4], SLOW, { signal: cancel.signal, onProgress });
    expect(cancelledMs).toBeGreaterThan(0);
    expect(performance.now() - cancelledMs).toBeLessThan(CANCEL_MAX_MS);
    expect(run.errors[0]).toMatch(/CANCELLED/);
    expect(run.log).not.toContain("that the step had left behind");
    await untilQuiet(fleet, [2, 3, 4]);
    expect(deployedState(host(2))).toEqual(before);
  });

  test("connections end with a runner that dies, and the post step ends what a frozen target holds", async () => {
    const killed = await deploy([2, 3], SLOW, {
      withoutPost: true,
      onProgress: onceFetching(() => process.kill(actionPid, "SIGKILL")),
    });
    expect(killed.exitCode).toBeNull();
    await untilQuiet(fleet, [2, 3]);
    await eventually(() => left().every((one) => one.startsWith("mur-ssh-")));
    for (const name of left()) rmSync(join(tempDir, name), { recursive: true });

    try {
      const onProgress = onceFetching(() => {
        fleet.freeze(3);
        process.kill(actionPid, "SIGKILL");
      }, host(3).host);
      const run = await deploy([2, 3], SLOW, { onProgress });
      expect(run.exitCode).toBeNull();
      expect(run.log).toContain("Ended SSH connections that the step had left behind");
      expect(left()).toEqual([]);
    } finally {
      fleet.thaw(3);
    }
  });

  test("a runner without ssh is told so before anybody is contacted", async () => {
    const run = await deploy([2], {}, { environment: { RUNNER_TEMP: tempDir, PATH: "/nonexistent" } });
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toMatch(/INPUT_INVALID: ssh-client openssh: there is no program ssh; install/);
  });
});
