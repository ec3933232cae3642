import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
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

/** Ends what still runs in the namespace first: a namespace with processes in it would live on without a name. */
export async function removeNamespace(namespace: string): Promise<void> {
  const pids = await runCommand(["ip", "netns", "pids", namespace]);
  for (const pid of pids.split("\n").filter((line) => line !== "")) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
  await runCommand(["ip", "netns", "delete", namespace]);
}

/** Removes the namespaces of processes that are gone. */
export async function removeStaleNamespaces(): Promise<void> {
  const names = existsSync(NAMED_NAMESPACES) ? await readdir(NAMED_NAMESPACES) : [];
  for (const name of names) {
    const maker = NAMESPACE.exec(name)?.[1];
    if (maker === undefined || existsSync(`/proc/${maker}`)) continue;
    try {
      await removeNamespace(name);
    } catch (error) {
      // Another process that starts just now may have removed it.
      if (existsSync(`${NAMED_NAMESPACES}/${name}`)) throw error;
    }
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
