import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LabHost } from "./lab.ts";
import { runCommand } from "./run-command.ts";

/** Real OpenSSH servers on hosts of the lab, each with a file system of its own at /srv and /root. */
export interface LabSshd extends AsyncDisposable {
  readonly knownHostsText: string;
  readonly privateKey: string;
  readonly privateKeyPath: string;
  readonly knownHostsPath: string;
  /** Put before a command, this runs it on the host, with the host's own files; it ends with the server at the latest. */
  inside(host: LabHost): readonly string[];
}

const START_TIMEOUT_MS = 10_000;

/** What is at /srv of each host: a memory file system of its own, or a folder of its own below this one. */
export type LabDisk =
  | { readonly kind: "memory"; readonly sizeMiB: number }
  | { readonly kind: "folder"; readonly path: string };

/** @param folder for keys and configuration files; the caller removes it. */
export async function startLabSshd(
  hosts: readonly LabHost[],
  { folder, disk }: { folder: string; disk: LabDisk },
): Promise<LabSshd> {
  await using acquired = new AsyncDisposableStack();
  await mkdir("/run/sshd", { recursive: true });
  const privateKeyPath = join(folder, "key");
  const knownHostsPath = join(folder, "known_hosts");
  await makeKey(privateKeyPath);

  const firstPids = new Map<string, number>();
  const knownHosts = await Promise.all(
    hosts.map(async (host) => {
      const hostKeyPath = join(folder, `${host.namespace}.hostkey`);
      await makeKey(hostKeyPath);
      const configPath = join(folder, `${host.namespace}.conf`);
      await writeFile(configPath, sshdConfig(host, hostKeyPath, `${privateKeyPath}.pub`));
      const server = acquired.use(await startSshd(host, configPath, disk));
      firstPids.set(host.namespace, server.firstPid);
      const [type, key] = (await readFile(`${hostKeyPath}.pub`, "utf8")).split(" ");
      return `${host.address} ${type} ${key}\n`;
    }),
  );
  const knownHostsText = knownHosts.join("");
  await writeFile(knownHostsPath, knownHostsText);
  const resources = acquired.move();
  return {
    knownHostsText,
    privateKey: await readFile(privateKeyPath, "utf8"),
    privateKeyPath,
    knownHostsPath,
    inside(host) {
      const firstPid = firstPids.get(host.namespace);
      if (firstPid === undefined) throw new Error(`no sshd was started on ${host.address}`);
      return ["nsenter", "--target", String(firstPid), "--mount", "--net", "--pid"];
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function makeKey(path: string): Promise<void> {
  await runCommand(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", path]);
}

function sshdConfig(host: LabHost, hostKeyPath: string, authorizedKeysPath: string): string {
  return [
    `ListenAddress ${host.address}:22`,
    `HostKey ${hostKeyPath}`,
    `AuthorizedKeysFile ${authorizedKeysPath}`,
    "PidFile none",
    "PermitRootLogin prohibit-password",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    `SetEnv PATH=${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    "",
  ].join("\n");
}

/**
 * Each in namespaces of its own for mounts, so that one tree of files can't be seen by two hosts, and for processes, so
 * that the end of the first process ends all: also when this program is killed.
 */
async function startSshd(
  host: LabHost,
  configPath: string,
  disk: LabDisk,
): Promise<AsyncDisposable & { readonly firstPid: number }> {
  const ownFolder = disk.kind === "folder" ? join(disk.path, host.namespace) : undefined;
  if (ownFolder !== undefined) await mkdir(ownFolder, { recursive: true });
  const script = [
    disk.kind === "memory"
      ? `mount -t tmpfs -o size=${disk.sizeMiB}m,mode=755 tmpfs /srv`
      : `mount --bind ${ownFolder} /srv`,
    "mount -t tmpfs -o size=256m,mode=700 tmpfs /root",
    `exec /usr/sbin/sshd -D -e -f ${configPath}`,
  ].join(" && ");
  const isolate = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--mount-proc"];
  const command = [
    "setpriv",
    "--pdeathsig",
    "KILL",
    ...host.prefix,
    ...isolate,
    "--kill-child",
    "sh",
    "-c",
    script,
  ];
  const child = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    log = (log + chunk).slice(-4_096);
  });
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (!log.includes("Server listening")) {
    if (child.exitCode !== null || performance.now() > deadlineMs) {
      child.kill("SIGKILL");
      throw new Error(`sshd on ${host.address} did not start: ${log.trim()}`);
    }
    await sleep(20);
  }
  // `unshare` has one child, the first process of the new namespace.
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
  return {
    firstPid: Number.parseInt(children, 10),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
