import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type SshdHost, type SshdHostOptions, startSshdHost, type TargetNode } from "./sshd-host.ts";

export { ensureOpenSsh } from "./open-ssh.ts";
export type { SshdHost, TargetNode } from "./sshd-host.ts";
export { eventually } from "./sshd-host.ts";

/** How one target differs from an ordinary machine. */
export interface TargetTraits {
  readonly node?: TargetNode;
  /** As tmpfs takes it: `64m`. */
  readonly srvSize?: string;
  readonly srvInodes?: number;
  readonly homeSize?: string;
  /** Of root. */
  readonly loginShell?: string;
  /** Lines of sshd_config that win over ours: `MaxStartups 10:30:100`. */
  readonly sshdConfig?: readonly string[];
  /** The fleet's key is not let in. */
  readonly unauthorized?: boolean;
}

export interface SshdFleetOptions extends TargetTraits {
  readonly count: number;
  /** What differs for single targets, by index. */
  readonly targets?: Readonly<Record<number, TargetTraits>>;
}

export interface SshdFleet extends AsyncDisposable {
  readonly targets: readonly SshdHost[];
  /** `root@host:port`, one a line, for the input `targets`. */
  readonly inventoryText: string;
  readonly knownHostsText: string;
  /** Of the fleet's login: an ed25519 key in OpenSSH form. */
  readonly privateKey: string;
  readonly privateKeyPath: string;
  /** Pids (outer) on one target. An idle one has the same number as right after its start: `idleProcesses`. */
  processesOf(index: number): number[];
  readonly idleProcesses: number;
  stop(index: number): Promise<void>;
  freeze(index: number): void;
  thaw(index: number): void;
  /** From now on nothing can be written to /srv of this target; `writable` undoes it. */
  readOnly(index: number, path?: string): void;
  writable(index: number, path?: string): void;
}

/** Outside of /root, /home, /srv and /run, which every target hides. */
const TEMP_ROOT = "/tmp";
/** The shell that waits, its `cat`, and sshd. */
const IDLE_PROCESSES = 3;
const STARTED_AT_ONCE = 8;

/** Starts real sshd targets at 127.0.0.10, 127.0.0.11, … See `SshdHost` for what a target is. Needs root: ask `ensureOpenSsh` first. */
export async function startSshdFleet(options: SshdFleetOptions): Promise<SshdFleet> {
  await using cleanup = new AsyncDisposableStack();
  const folder = mkdtempSync(join(TEMP_ROOT, "murmuration-sshd-"));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  // The user `deploy` reads the authorized keys with its own rights.
  execFileSync("chmod", ["755", folder]);
  const keyPath = join(folder, "login_key");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "fleet", "-f", keyPath]);
  const privateKey = readFileSync(keyPath, "utf8");
  const authorizedKeysFile = join(folder, "authorized_keys");
  writeFileSync(authorizedKeysFile, readFileSync(`${keyPath}.pub`));
  writeFileSync(join(folder, "nobody"), "");

  const start = async (index: number): Promise<SshdHost> => {
    const traits: TargetTraits = { ...options, ...options.targets?.[index] };
    const address = `127.0.${Math.floor((10 + index) / 256)}.${(10 + index) % 256}`;
    const hostFolder = join(folder, `target-${index}`);
    mkdirSync(hostFolder);
    const host = await startSshdHost({
      name: `target-${index}`,
      address,
      port: await freePort(address),
      folder: hostFolder,
      authorizedKeysFile: traits.unauthorized ? join(folder, "nobody") : authorizedKeysFile,
      ...hostDefaults(traits),
    });
    return cleanup.use(host);
  };
  const targets: SshdHost[] = [];
  for (let first = 0; first < options.count; first += STARTED_AT_ONCE) {
    const group = Array.from(
      { length: Math.min(STARTED_AT_ONCE, options.count - first) },
      (_, at) => first + at,
    );
    // All are waited for before a failure is thrown, so that the clean-up knows every one that did start.
    const started = await Promise.allSettled(group.map(start));
    for (const outcome of started) {
      if (outcome.status === "rejected") throw outcome.reason;
      targets.push(outcome.value);
    }
  }

  const held = cleanup.move();
  const at = (index: number): SshdHost => {
    const target = targets[index];
    if (target === undefined) throw new RangeError(`the fleet has no target ${index}`);
    return target;
  };
  return {
    targets,
    inventoryText: targets.map(({ host, port }) => `root@${host}:${port}\n`).join(""),
    knownHostsText: targets.map(({ hostKeyLine }) => `${hostKeyLine}\n`).join(""),
    privateKey,
    privateKeyPath: keyPath,
    idleProcesses: IDLE_PROCESSES,
    processesOf: (index) => at(index).processes(),
    stop: (index) => at(index).stop(),
    freeze: (index) => at(index).freeze(),
    thaw: (index) => at(index).thaw(),
    readOnly: (index, path = "/srv") => void at(index).inside(`mount -o remount,ro ${path}`),
    writable: (index, path = "/srv") => void at(index).inside(`mount -o remount,rw ${path}`),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function hostDefaults(
  traits: TargetTraits,
): Pick<SshdHostOptions, "node" | "srvSize" | "srvInodes" | "homeSize" | "loginShell" | "sshdConfig"> {
  return {
    node: traits.node ?? { kind: "current" },
    srvSize: traits.srvSize ?? "1g",
    srvInodes: traits.srvInodes ?? null,
    homeSize: traits.homeSize ?? "256m",
    loginShell: traits.loginShell ?? null,
    sshdConfig: traits.sshdConfig ?? [],
  };
}

async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, resolve);
  });
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (bound === null || typeof bound === "string") throw new Error("no port");
  return bound.port;
}
