import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { shellQuote } from "../../src/core/shell-quote.ts";
import {
  type ActionRun,
  type Inputs,
  onceFetching,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { agentsOn, currentDigest, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { ensureLoginShells, type LoginShells } from "../support/login-shells.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import type { TargetTraits } from "../support/sshd-group.ts";
import { treeDigest } from "../support/tree-digest.ts";

const SHELLS = ["bash", "dash", "zsh", "fish", "ash", "tcsh"] as const;

/** Of the shells that read one without a terminal: it prints without a newline, and asks. */
const OWN_START_UP_FILES: readonly { shell: (typeof SHELLS)[number]; file: string; text: string }[] = [
  { shell: "zsh", file: ".zshenv", text: "printf Welcome; read answer" },
  { shell: "fish", file: ".config/fish/config.fish", text: "printf Welcome; read answer" },
  { shell: "tcsh", file: ".tcshrc", text: 'echo -n Welcome; set answer = "$<"' },
];

/** Start-up files of bash that do at once what belongs into a session with a terminal. */
const START_UP_FILES = [
  "printf Welcome; printf careful >&2",
  `echo '{"type":"hello"}'; echo '{"a":1}'; echo 42; echo '[]'`,
  "yes 'news of the day' | head -c 100000",
  // Begins while the agent already speaks, and ends within one of its lines.
  "(sleep 0.4; echo late; sleep 0.2; printf later) &",
  "stty -a; read answer; read -r another; read third",
  "umask 077",
  "umask 000",
];

/** Users that no agent can be started for: how they are, and what is said. */
const UNFIT: readonly { traits: TargetTraits; startUp?: string; code: string; says: RegExp }[] = [
  {
    traits: { deployShell: "/usr/sbin/nologin" },
    code: "LOGIN_SHELL_UNFIT",
    says: /does not run what it is told to: This account is currently not available\. \(exit code 1\)/,
  },
  {
    traits: { deployShell: "/usr/bin/git-shell" },
    code: "LOGIN_SHELL_UNFIT",
    says: /does not run what it is told to: fatal: unrecognized command/,
  },
  {
    traits: { sshdConfig: ["ForceCommand internal-sftp"] },
    code: "LOGIN_SHELL_UNFIT",
    says: /does not run what it is told to: This service allows sftp connections only/,
  },
  {
    traits: { deployShell: "/bin/bash" },
    startUp: "exec fish",
    code: "LOGIN_SHELL_UNFIT",
    says: /does not run what it is told to: it printed nothing \(exit code 0\)/,
  },
  {
    traits: { deployShell: "/bin/bash" },
    startUp: "yes 'news of the day' | head -c 300000",
    code: "LOGIN_SHELL_UNFIT",
    says: /prints more than 256 KiB beside what it is told to run, such as "news of the day/,
  },
  {
    traits: { deployShell: "/bin/bash" },
    startUp: "cat >/dev/null",
    code: "AGENT_PUSH_FAILED",
    says: /a start-up file of the login shell has read what was sent/,
  },
  {
    traits: { deployHome: "/nonexistent" },
    code: "AGENT_PUSH_FAILED",
    says: /cannot put the agent into ~\/\.cache\/murmuration: .*\/nonexistent.*: Permission denied/s,
  },
];

describeWithOpenSsh("a user without rights", () => {
  let folder: string;
  let source: string;
  let shells: LoginShells;
  let fleet: SshdFleet;
  /** Blanks and quotes, and what csh and fish would read inside quotes. */
  const deployTo = `/srv/it's "our" $HOME;app! \\1`;
  const agentDir = `~/an 'agent' "dir" $HOME;`;
  const fit = SHELLS.length + START_UP_FILES.length;
  const fitTargets = () => fleet.targets.slice(0, fit);
  const lines = (hosts: SshdFleet["targets"], settings = "") =>
    hosts.map(({ host, port }) => `deploy@${host}:${port} ${settings}\n`).join("");

  const deploy = async (inputs: Inputs = {}, options?: Parameters<typeof runAction>[1]): Promise<ActionRun> =>
    await runAction(
      {
        ...reachInputs(fleet),
        targets: lines(fitTargets()),
        path: source,
        release: "r",
        "deploy-to": deployTo,
        ...inputs,
      },
      options,
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-login-"));
    source = join(folder, "build");
    makeSmallBuild(source, "login", 1024 * 1024);
    mkdirSync(join(source, "open"), { mode: 0o777 });
    shells = ensureLoginShells();
    const traits: TargetTraits[] = [
      ...SHELLS.map((name) => ({
        deployShell: shells.paths[name],
        sshdConfig: ["Banner /etc/debian_version", "PrintMotd yes"],
      })),
      ...START_UP_FILES.map(() => ({ deployShell: "/bin/bash" })),
      ...UNFIT.map((one) => one.traits),
    ];
    fleet = await startSshdFleet({ count: traits.length, targets: { ...traits } });
    const startUpFiles = [
      ...SHELLS.map(() => undefined),
      ...START_UP_FILES,
      ...UNFIT.map((one) => one.startUp),
    ];
    for (const [index, { rootPath, ...host }] of fleet.targets.entries()) {
      host.inside(`install -d -o 4242 -g 4242 ${shellQuote(deployTo)}`);
      const startUp = startUpFiles[index];
      if (startUp !== undefined) writeFileSync(join(rootPath, "home/deploy/.bashrc"), `${startUp}\n`);
    }
    for (const { shell, file, text } of OWN_START_UP_FILES) {
      const path = join(fleet.targets[SHELLS.indexOf(shell)]!.rootPath, "home/deploy", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${text}\n`);
    }
  }, 120_000);
  afterEach(async () => await untilQuiet(fleet));
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    shells?.[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test("deploys and verifies through every login shell, whatever its start-up files do", async () => {
    const { outputs } = requirePassed(
      await deploy({
        "agent-dir": agentDir,
        "before-activate": 'test "$(id -u)" = 4242',
        "health-check": "test -e index.html",
      }),
    );
    expect(outputs["targets-activated"]).toBe(String(fit));
    for (const host of fitTargets()) {
      const release = join(host.rootPath, deployTo, "releases/r");
      expect(statSync(join(release, "index.html")).uid).toBe(4242);
      expect(readdirSync(join(host.rootPath, "home/deploy", agentDir.slice(2)))).toHaveLength(1);
      // With the modes, which no umask of a login changes.
      expect(currentDigest(host, deployTo)).toBe(treeDigest(source));
    }
    requirePassed(await deploy({ mode: "verify", path: "", release: "", "agent-dir": agentDir }));
  });

  test("a run that is cancelled leaves no agent behind any login shell", async () => {
    const cancel = new AbortController();
    let agents = 0;
    const onProgress = onceFetching(() => {
      agents = SHELLS.filter((_, index) => agentsOn(fleet, index).length === 1).length;
      cancel.abort();
    });
    const targets = lines(fleet.targets.slice(0, SHELLS.length));
    const large = join(folder, "large");
    makeSmallBuild(large, "large", 3 * 1024 * 1024);
    const inputs = { targets, path: large, release: "cancelled", "upload-limit": "256KiB" };
    const run = await deploy(inputs, { onProgress, signal: cancel.signal });
    expect(run.exitCode).not.toBe(0);
    expect(agents).toBe(SHELLS.length);
    await untilQuiet(fleet);
  });

  test("a user that no agent can be started for fails by itself, with what was said", async () => {
    const hosts = fleet.targets.slice(fit);
    const run = await deploy({ targets: lines([...hosts, ...fitTargets().slice(0, 1)]), release: "unfit" });
    expect(run.outputs["targets-verified"], run.log).toBe("1");
    const told = run.report?.targets.map(({ error }) => error);
    for (const [index, { code, says }] of UNFIT.entries()) {
      expect(told?.[index]?.code, run.log).toBe(code);
      expect(told?.[index]?.message).toMatch(says);
    }
  });

  test("a home that is missing needs no more than another agent-dir", async () => {
    const homeless = fleet.targets.slice(-1);
    homeless[0]!.inside("install -d -o 4242 -g 4242 /srv/agents");
    requirePassed(await deploy({ targets: lines(homeless), "agent-dir": "/srv/agents" }));
    expect(currentDigest(homeless[0]!, deployTo)).toBe(treeDigest(source));
  });

  test("a folder that belongs to somebody else is told with both users", async () => {
    const [first, second] = fitTargets();
    first!.inside("mkdir -p /srv/of-root");
    // Deployed by root before.
    const byRoot = `root@${second!.host}:${second!.port}`;
    requirePassed(await deploy({ targets: byRoot, "deploy-to": "/srv/theirs" }));
    second!.inside("chown 4242 /srv/theirs");
    const targets = lines([first!], "deploy_to=/srv/of-root") + lines([second!], "deploy_to=/srv/theirs");
    const run = await deploy({ targets, release: "next" });
    expect(run.exitCode).toBe(1);
    const told = run.report?.targets.map(({ error }) => error);
    expect(told?.map((error) => error?.code)).toEqual(["DEPLOY_DIR_UNWRITABLE", "DEPLOY_DIR_UNWRITABLE"]);
    expect(told?.[0]?.message).toMatch(/\/srv\/of-root.*permission denied.*of user 0.*runs as user 4242/);
    expect(told?.[1]?.message).toMatch(
      /\/srv\/theirs\/releases.*permission denied.*of user 0.*runs as user 4242/,
    );
  });

  test("users of one group deploy by turns into a folder that the group shares", async () => {
    const host = fleet.targets[0]!;
    host.inside("install -d -m 2775 -o 0 -g 4242 /srv/shared");
    for (const home of ["root", "home/deploy"])
      writeFileSync(join(host.rootPath, home, ".bashrc"), "umask 002\n");
    for (const [index, user] of ["root", "deploy", "root"].entries()) {
      const targets = `${user}@${host.host}:${host.port}`;
      const run = await deploy({ targets, "deploy-to": "/srv/shared", release: `r${index}` });
      requirePassed(run);
    }
    expect(readlinkSync(join(host.rootPath, "srv/shared/current"))).toBe("releases/r2");
  });
});
