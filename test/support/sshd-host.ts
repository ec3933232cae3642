import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hostAndPort } from "../../src/core/ip-address.ts";

const START_TIMEOUT_MS = 20_000;
const LOG_CHARACTERS_MAX = 64 * 1024;

/** Which Node.js a target has: the one that runs the tests, one that says it is older, or none at all. */
export type TargetNode = { kind: "current" } | { kind: "pretended"; version: string } | { kind: "none" };

export interface SshdHostOptions {
  readonly name: string;
  /** All that it listens at; it is known by the first. */
  readonly addresses: readonly [string, ...string[]];
  readonly port: number;
  /** Network namespace that it lives in; null: the machine's own. */
  readonly namespace: string | null;
  /** Existing folder in the fleet's own, outside of /srv, /root, /home and /run; the host's files go below it. */
  readonly folder: string;
  readonly authorizedKeysFile: string;
  readonly node: TargetNode;
  readonly srvSize: string;
  readonly srvInodes: number | null;
  readonly homeSize: string;
  readonly loginShell: string | null;
  /** Of the user `deploy`. */
  readonly deployShell: string | null;
  /** Of the user `deploy`; what is not `/home/deploy` is not made. */
  readonly deployHome: string | null;
  /** More lines for sshd_config; the first mention of a keyword counts, so these win. */
  readonly sshdConfig: readonly string[];
}

/**
 * One real sshd that looks like a machine of its own: own mount and PID namespace, with empty /srv, /root, /home and /run, own host key. Killing its first
 * process ends everything on it, and so does the end of the test process, whose pipe that process reads.
 */
export interface SshdHost extends AsyncDisposable {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Of its first process, in the outer PID namespace. */
  readonly pid: number;
  readonly hostKeyLine: string;
  /** The target's file system as seen from here. Gone once it is stopped. */
  readonly rootPath: string;
  /** Pids (outer) of every process on it. */
  processes(): number[];
  /** Runs `sh` text on it, as its root. */
  inside(script: string): string;
  /** All its processes are killed at once, as when its power fails. Its disk is lost. */
  stop(): Promise<void>;
  /** sshd and all its connections are killed; its disk and all else that runs stay. Undone by `startSshd`. */
  killSshd(): void;
  startSshd(): void;
  /** All its processes are halted: it answers nothing any more, but its connections stay. */
  freeze(): void;
  thaw(): void;
  log(): string;
}

export async function startSshdHost(options: SshdHostOptions): Promise<SshdHost> {
  const { name, addresses, port, folder, namespace } = options;
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", join(folder, "host_key")]);
  writeFileSync(join(folder, "sshd_config"), sshdConfig(options));
  writeFileSync(join(folder, "passwd"), passwd(options));
  writeFileSync(join(folder, "start.sh"), startScript(options));
  const [command, ...rest] = [
    // It becomes what it runs, so that the process is `unshare` either way.
    ...(namespace === null ? [] : ["ip", "netns", "exec", namespace]),
    ...["unshare", "--mount", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc"],
    ...["--propagation", "private", "sh", join(folder, "start.sh")],
  ];
  const child = spawn(command!, rest, { stdio: ["pipe", "ignore", "pipe"] });
  const log = await listening(child, name, addresses.length);
  const pid = firstProcess(child);
  const pidNamespace = readlinkSync(`/proc/${pid}/ns/pid`);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  // Another host's namespace may have the number then.
  const processes = () => (hasEnded() ? [] : processesIn(pidNamespace));
  const signalAll = (signal: NodeJS.Signals) => {
    for (const one of processes()) tryKill(one, signal);
  };
  let isStopping = false;
  child.once("exit", (code, by) => {
    // Whatever is tested on it fails from now on, and its own end is the cause.
    if (!isStopping) console.error(`${name} at ${addresses[0]} ended by itself (${by ?? code}): ${log()}`);
  });
  const stop = async () => {
    isStopping = true;
    if (hasEnded()) return;
    const ended = once(child, "exit");
    tryKill(pid, "SIGKILL");
    await ended;
  };
  const inside = (script: string) =>
    execFileSync("nsenter", ["--target", String(pid), "--mount", "--net", "--pid", "sh", "-c", script], {
      encoding: "utf8",
    });
  const [keyType = "", key = ""] = readFileSync(join(folder, "host_key.pub"), "utf8").split(" ");
  return {
    name,
    host: addresses[0],
    port,
    pid,
    hostKeyLine: `${port === 22 ? addresses[0] : `[${addresses[0]}]:${port}`} ${keyType} ${key}`,
    rootPath: `/proc/${pid}/root`,
    processes,
    inside,
    stop,
    killSshd: () => {
      for (const one of processes()) if (isSshd(one)) tryKill(one, "SIGKILL");
    },
    startSshd: () => void inside(`/usr/sbin/sshd -f ${join(folder, "sshd_config")}`),
    freeze: () => signalAll("SIGSTOP"),
    thaw: () => signalAll("SIGCONT"),
    log,
    [Symbol.asyncDispose]: stop,
  };
}

function sshdConfig(options: SshdHostOptions): string {
  return [
    ...options.sshdConfig,
    ...options.addresses.map(
      (address) => `ListenAddress ${hostAndPort({ host: address, port: options.port })}`,
    ),
    `HostKey ${join(options.folder, "host_key")}`,
    `AuthorizedKeysFile ${options.authorizedKeysFile}`,
    `SetEnv PATH=${join(options.folder, "bin")}:/usr/local/bin:/usr/bin:/bin`,
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "StrictModes no",
    "UsePAM no",
    "UseDNS no",
    "PrintMotd no",
    "PrintLastLog no",
    "PidFile none",
    "LogLevel VERBOSE",
    "",
  ].join("\n");
}

/** root, a user without any rights, and the user that sshd itself needs. */
function passwd({ loginShell, deployShell, deployHome }: SshdHostOptions): string {
  return [
    `root:x:0:0:root:/root:${loginShell ?? "/bin/bash"}`,
    "sshd:x:101:65534::/run/sshd:/usr/sbin/nologin",
    `deploy:x:4242:4242::${deployHome ?? "/home/deploy"}:${deployShell ?? "/bin/sh"}`,
    "nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin",
    "",
  ].join("\n");
}

function startScript(options: SshdHostOptions): string {
  const { folder, node, srvSize, srvInodes, homeSize } = options;
  const bin = join(folder, "bin");
  const installNode =
    node.kind === "current"
      ? // Bound before anything is hidden: the project itself may lie below /root or /home.
        `touch ${bin}/node && mount --bind ${process.execPath} ${bin}/node`
      : node.kind === "pretended"
        ? `printf '#!/bin/sh\\necho ${node.version}\\n' > ${bin}/node && chmod 755 ${bin}/node`
        : ":";
  return `set -e
mkdir -p ${bin}
${installNode}
for place in /usr/local/bin/node /usr/bin/node /opt/node/bin/node; do
  if [ -e "$place" ]; then mount --bind /dev/null "$place"; fi
done
mount --bind ${join(folder, "passwd")} /etc/passwd
mount -t tmpfs -o mode=755,size=${srvSize}${srvInodes === null ? "" : `,nr_inodes=${srvInodes}`} tmpfs /srv
mount -t tmpfs -o mode=700,size=${homeSize} tmpfs /root
mount -t tmpfs -o mode=755,size=${homeSize} tmpfs /home
mount -t tmpfs -o mode=755,size=1m tmpfs /run
mkdir -p /run/sshd /home/deploy
chown 4242:4242 /home/deploy
/usr/sbin/sshd -D -e -f ${join(folder, "sshd_config")} </dev/null &
# The pipe of the test process ends when that process does, and with this first process ends everything here. Where the test process
# disposes of the fleet it kills this one and does the rest itself.
cat >/dev/null
umount -l ${bin}/node 2>/dev/null || :
rm -rf ${dirname(folder)}
`;
}

function listening(child: ChildProcess, name: string, addresses: number): Promise<() => string> {
  let log = "";
  let isListening = false;
  return new Promise((resolve, reject) => {
    const give = (problem: string) => {
      child.kill("SIGKILL");
      reject(new Error(`sshd of ${name} ${problem}: ${log}`));
    };
    const timer = setTimeout(() => give("did not start in time"), START_TIMEOUT_MS);
    child.once("error", (error) => give(error.message));
    child.once("exit", (code) => give(`ended with ${code}`));
    child.stdin?.on("error", () => {});
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-LOG_CHARACTERS_MAX);
      // Later the same word may stand there of a connection that broke.
      if (isListening) return;
      if (/Cannot bind|fatal:/.test(log)) give("failed");
      if (log.split("Server listening on").length <= addresses) return;
      isListening = true;
      clearTimeout(timer);
      resolve(() => log);
    });
  });
}

/** The process that `unshare` forked: pid 1 of the new namespace. */
function firstProcess(unshare: ChildProcess): number {
  const children = readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, "utf8").trim();
  return Number(children.split(" ")[0]);
}

function processesIn(namespace: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/ns/pid`) === namespace && !isZombie(pid);
      } catch {
        // It has ended since.
        return false;
      }
    });
}

/** It has ended, and waits for its parent to ask how. The state stands behind the name, which may hold anything. */
function isZombie(pid: number): boolean {
  return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
}

function isSshd(pid: number): boolean {
  try {
    return /(?:^|\/)sshd\b/.test(readFileSync(`/proc/${pid}/cmdline`, "latin1"));
  } catch {
    return false;
  }
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Waits until a condition holds; for tests only, which must end some day. */
export async function eventually(holds: () => boolean, timeoutMs = 5_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`did not come true within ${timeoutMs} ms: ${holds}`);
    await sleep(20);
  }
}
