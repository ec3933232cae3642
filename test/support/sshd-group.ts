import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type SshdHost, type SshdHostOptions, startSshdHost, type TargetNode } from "./sshd-host.ts";

/** How one target differs from an ordinary machine. */
export interface TargetTraits {
  readonly node?: TargetNode;
  /** As tmpfs takes it: `64m`. */
  readonly srvSize?: string;
  readonly srvInodes?: number;
  readonly homeSize?: string;
  /** Of root. */
  readonly loginShell?: string;
  readonly deployShell?: string;
  readonly deployHome?: string;
  /** Lines of sshd_config that win over ours: `MaxStartups 10:30:100`. */
  readonly sshdConfig?: readonly string[];
  /** The group's key is not let in. */
  readonly unauthorized?: boolean;
}

/** Where a host is to be, and what it is like. */
export interface SshdHostPlan extends Pick<SshdHostOptions, "name" | "addresses" | "namespace"> {
  /** Null: one that is free at the first address. */
  readonly port: number | null;
  readonly traits: TargetTraits;
}

/** Real sshd hosts that let the same key in. */
export interface SshdGroup extends AsyncDisposable {
  /** In the order of their plans. */
  readonly hosts: readonly SshdHost[];
  /** Of the login: an ed25519 key in OpenSSH form. */
  readonly privateKey: string;
  readonly privateKeyPath: string;
}

/** Outside of /root, /home, /srv and /run, which every target hides. */
const TEMP_ROOT = "/tmp";
const STARTED_AT_ONCE = 8;
const PORT_ATTEMPTS = 3;

export async function startSshdGroup(plans: readonly SshdHostPlan[]): Promise<SshdGroup> {
  await using cleanup = new AsyncDisposableStack();
  const folder = mkdtempSync(join(TEMP_ROOT, "murmuration-sshd-"));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  // The user `deploy` reads the authorized keys with its own rights.
  execFileSync("chmod", ["755", folder]);
  const privateKeyPath = join(folder, "login_key");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "fleet", "-f", privateKeyPath]);
  const authorizedKeysFile = join(folder, "authorized_keys");
  writeFileSync(authorizedKeysFile, readFileSync(`${privateKeyPath}.pub`));
  writeFileSync(join(folder, "nobody"), "");

  const start = async ({ name, addresses, namespace, port, traits }: SshdHostPlan): Promise<SshdHost> => {
    const hostFolder = join(folder, name);
    mkdirSync(hostFolder);
    const options = {
      name,
      addresses,
      namespace,
      folder: hostFolder,
      authorizedKeysFile: traits.unauthorized ? join(folder, "nobody") : authorizedKeysFile,
      ...hostDefaults(traits),
    };
    const host = await startOnFreePort(options, port);
    return cleanup.use(host);
  };
  const hosts: SshdHost[] = [];
  for (let first = 0; first < plans.length; first += STARTED_AT_ONCE) {
    // All are waited for before a failure is thrown, so that the clean-up knows every one that did start.
    const started = await Promise.allSettled(plans.slice(first, first + STARTED_AT_ONCE).map(start));
    for (const outcome of started) {
      if (outcome.status === "rejected") throw outcome.reason;
      hosts.push(outcome.value);
    }
  }
  const held = cleanup.move();
  return {
    hosts,
    privateKey: readFileSync(privateKeyPath, "utf8"),
    privateKeyPath,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Between being found free and being listened on a port may be taken by whatever else runs on the machine. */
async function startOnFreePort(
  options: Omit<SshdHostOptions, "port">,
  port: number | null,
): Promise<SshdHost> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startSshdHost({ ...options, port: port ?? (await freePort(options.addresses[0])) });
    } catch (error) {
      const isTaken = String(error).includes("Address already in use");
      if (!isTaken || port !== null || attempt === PORT_ATTEMPTS) throw error;
      // It is made anew, and ssh-keygen would ask about the old one.
      rmSync(join(options.folder, "host_key"), { force: true });
    }
  }
}

function hostDefaults(
  traits: TargetTraits,
): Omit<SshdHostOptions, keyof SshdHostPlan | "folder" | "authorizedKeysFile"> {
  return {
    node: traits.node ?? { kind: "current" },
    srvSize: traits.srvSize ?? "1g",
    srvInodes: traits.srvInodes ?? null,
    homeSize: traits.homeSize ?? "256m",
    loginShell: traits.loginShell ?? null,
    deployShell: traits.deployShell ?? null,
    deployHome: traits.deployHome ?? null,
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
