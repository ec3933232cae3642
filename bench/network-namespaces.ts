import { existsSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { runCommand } from "./run-command.ts";

/** Every namespace is named `mur-<pid of its maker>-…`, so that what an interrupted run left can be told from a running one. */
const NAMESPACE = /^mur-(\d+)-/;
const NAMED_NAMESPACES = "/run/netns";
/**
 * A bucket of 40 ms at 50 Mbit/s and a queue of 100 ms: large enough that TCP keeps the link full, small enough that the
 * rate holds over any second. Plain TCP then reaches 95.6 % of the rate; the rest is headers of Ethernet, IP and TCP.
 */
const BURST_MS = 40;
const QUEUE_MS = 100;

/** What a namespace of this process is called. */
export function namespaceCalled(name: string): string {
  return `mur-${process.pid}-${name}`;
}

/** Put before a command, this runs it in the namespace. */
export function prefixOf(namespace: string): readonly string[] {
  return ["ip", "netns", "exec", namespace];
}

/** Runs commands of `ip`, one a line; `namespace` null: in that of the machine. The first that fails ends it. */
export async function runIp(
  namespace: string | null,
  lines: readonly string[],
  family?: "-4" | "-6",
): Promise<void> {
  const where = namespace === null ? [] : ["-n", namespace];
  const options = [...(family === undefined ? [] : [family]), ...where, "-batch", "-"];
  await runCommand(["ip", ...options], { stdin: `${lines.join("\n")}\n` });
}

/** Ends what still runs in them first: a namespace with processes in it would live on without a name. */
export async function removeNamespaces(namespaces: readonly string[]): Promise<void> {
  const present = namespaces.filter((name) => existsSync(`${NAMED_NAMESPACES}/${name}`));
  if (present.length === 0) return;
  const inodes = new Set(present.map((name) => statSync(`${NAMED_NAMESPACES}/${name}`).ino));
  for (const pid of readdirSync("/proc")) {
    if (/^\d+$/.test(pid) && inodes.has(networkOf(pid))) tryKill(Number(pid));
  }
  await runIp(
    null,
    present.map((name) => `netns delete ${name}`),
  );
}

/** Removes the namespaces of processes that are gone. */
export async function removeStaleNamespaces(): Promise<void> {
  const names = existsSync(NAMED_NAMESPACES) ? readdirSync(NAMED_NAMESPACES) : [];
  const stale = names.filter((name) => {
    const maker = NAMESPACE.exec(name)?.[1];
    return maker !== undefined && !existsSync(`/proc/${maker}`);
  });
  try {
    await removeNamespaces(stale);
  } catch (error) {
    // Another process that starts just now may be removing them.
    await removeNamespaces(stale.filter((name) => existsSync(`${NAMED_NAMESPACES}/${name}`)));
    if (stale.some((name) => existsSync(`${NAMED_NAMESPACES}/${name}`))) throw error;
  }
}

/** Inode of the network namespace; NaN where the process has ended. */
function networkOf(pid: string): number {
  try {
    return Number.parseInt(readlinkSync(`/proc/${pid}/ns/net`).slice("net:[".length), 10);
  } catch {
    return Number.NaN;
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** From now on what leaves by this device does so at this rate. */
export async function limitRate(namespace: string, device: string, rateMbit: number): Promise<void> {
  const burstBytes = Math.max(64 * 1024, Math.ceil((rateMbit * 1e6 * BURST_MS) / 8_000));
  await runCommand([
    ...["tc", "-n", namespace, "qdisc", "replace", "dev", device, "root", "tbf"],
    ...["rate", `${Math.round(rateMbit * 1_000)}kbit`, "burst", `${burstBytes}b`, "latency", `${QUEUE_MS}ms`],
  ]);
}
