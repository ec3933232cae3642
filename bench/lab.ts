import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import {
  limitRate,
  namespaceCalled,
  prefixOf,
  removeNamespaces,
  removeStaleNamespaces,
  runIp,
} from "./network-namespaces.ts";
import { runCommand } from "./run-command.ts";

/** A host of the lab: a network namespace with one link of its own. */
export interface LabHost {
  readonly address: string;
  readonly namespace: string;
  /** Put before a command, this runs it on the host. */
  readonly prefix: readonly string[];
}

export interface Lab extends AsyncDisposable {
  readonly runner: LabHost;
  readonly targets: readonly LabHost[];
  /** From now on every link has this rate, in each direction; for a lab that was made without one. */
  limit(rateMbit: number): Promise<void>;
}

export interface LabOptions {
  readonly targets: number;
  /** Of every host's link, in each direction. Null: no limit. */
  readonly rateMbit: number | null;
  /** So many of them, the last ones, have a tenth of it. */
  readonly slowTargets?: number;
  /** TCP's congestion control; undefined: as on this machine. */
  readonly congestion?: string | undefined;
}

/** The router's, on every one of its links. */
const ROUTER_ADDRESS = "10.77.255.254";
const CONGESTION = "/proc/sys/net/ipv4/tcp_congestion_control";
const SLOW_FACTOR = 10;

/** Why a lab can't be made here, in one line; undefined where it can. */
export function whyNoLab(): string | undefined {
  if (process.platform !== "linux") return "the lab needs Linux: it is made of network namespaces";
  if (process.getuid?.() !== 0) return "the lab needs root, to make network namespaces and limit their links";
  for (const tool of ["ip", "tc", "unshare", "nsenter", "setpriv", "sshd", "ssh-keygen"]) {
    const folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];
    if (!folders.some((folder) => existsSync(`${folder}/${tool}`))) {
      return `the lab needs \`${tool}\` (packages iproute2, util-linux and openssh-server)`;
    }
  }
  return undefined;
}

/**
 * Makes one runner and `targets` hosts around one router, with every link limited in both directions. Nothing of it is seen by the
 * machine's own network. A switch would have every host know every other's hardware address, and the kernel keeps 1,024 of those for
 * all namespaces together: with 40 hosts some could not reach each other.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  await removeStaleNamespaces();
  await using acquired = new AsyncDisposableStack();
  const addNamespace = async (name: string): Promise<string> => {
    const namespace = namespaceCalled(name);
    await runCommand(["ip", "netns", "add", namespace]);
    acquired.defer(() => removeNamespaces([namespace]));
    if (options.congestion !== undefined) await setCongestion(namespace, options.congestion);
    return namespace;
  };

  const hub = await addNamespace("hub");
  const links: { readonly namespace: string; readonly device: string }[] = [];
  await runCommand(["ip", "netns", "exec", hub, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]);
  const addHost = async (name: string, index: number, factor: number): Promise<LabHost> => {
    const namespace = await addNamespace(name);
    const address = `10.77.${Math.floor(index / 200)}.${(index % 200) + 10}`;
    const port = `h${index}`;
    await runCommand([
      ...["ip", "link", "add", "eth0", "netns", namespace],
      ...["type", "veth", "peer", "name", port, "netns", hub],
    ]);
    await runIp(namespace, [
      `address add ${address}/32 dev eth0`,
      "link set eth0 up",
      "link set lo up",
      `route add ${ROUTER_ADDRESS}/32 dev eth0`,
      `route add default via ${ROUTER_ADDRESS} dev eth0`,
    ]);
    await runIp(hub, [
      `address add ${ROUTER_ADDRESS}/32 dev ${port}`,
      `link set ${port} up`,
      `route add ${address}/32 dev ${port}`,
    ]);
    links.push({ namespace, device: "eth0" }, { namespace: hub, device: port });
    if (options.rateMbit !== null) {
      await limitRate(namespace, "eth0", options.rateMbit / factor);
      await limitRate(hub, port, options.rateMbit / factor);
    }
    return { address, namespace, prefix: prefixOf(namespace) };
  };

  const runner = await addHost("runner", 0, 1);
  const full = options.targets - (options.slowTargets ?? 0);
  const targets: LabHost[] = [];
  for (let index = 1; index <= options.targets; index++)
    targets.push(await addHost(`t${index}`, index, index > full ? SLOW_FACTOR : 1));
  const resources = acquired.move();
  return {
    runner,
    targets,
    limit: async (rateMbit) => {
      for (const { namespace, device } of links) await limitRate(namespace, device, rateMbit);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function setCongestion(namespace: string, name: string): Promise<void> {
  try {
    await runCommand(["ip", "netns", "exec", namespace, "sh", "-c", `echo ${name} > ${CONGESTION}`]);
  } catch (cause) {
    const usual = await machineCongestion();
    throw new Error(`--congestion ${name}: this kernel does not let the lab use it (it uses ${usual})`, {
      cause,
    });
  }
}

/** How TCP avoids congestion on this machine. */
export async function machineCongestion(): Promise<string> {
  return (await readFile(CONGESTION, "utf8").catch(() => "unknown")).trim();
}
