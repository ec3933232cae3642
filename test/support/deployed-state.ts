import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { SshdFleet, SshdHost } from "./sshd-fleet.ts";
import { eventually } from "./sshd-fleet.ts";
import { treeDigest } from "./tree-digest.ts";

/** An agent ends at once with its stdin, and by its own clock after five seconds. */
const QUIET_MAX_MS = 10_000;

/** What a visitor of a target sees of its deploys; what a failed run must leave as it was. */
export interface DeployedState {
  /** Where `current` points; null where there is none, `(no link)` where it is something else. */
  readonly current: string | null;
  /** The digest of each tree in `releases/`. */
  readonly releases: Readonly<Record<string, string>>;
}

export function deployedState(host: SshdHost, deployTo = "/srv/app"): DeployedState {
  const releases = join(host.rootPath, deployTo, "releases");
  const ids = existsSync(releases) ? readdirSync(releases).sort() : [];
  return {
    current: currentLink(host, deployTo),
    releases: Object.fromEntries(ids.map((id) => [id, treeDigest(join(releases, id))])),
  };
}

/** Where `current` points, as in `DeployedState`: all that is asked for where no file needs to be read. */
export function currentLink(host: SshdHost, deployTo = "/srv/app"): string | null {
  const path = join(host.rootPath, deployTo, "current");
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  return stats.isSymbolicLink() ? readlinkSync(path) : "(no link)";
}

/** The tree that `current` names, as seen from outside of the target. */
export function currentDigest(host: SshdHost, deployTo = "/srv/app"): string {
  const root = join(host.rootPath, deployTo);
  return treeDigest(join(root, readlinkSync(join(root, "current"))));
}

/** Waits until nothing but the idle machine runs on these targets. */
export async function untilQuiet(fleet: SshdFleet, indexes?: readonly number[]): Promise<void> {
  const all = indexes ?? [...fleet.targets.keys()];
  await untilHostsQuiet(
    all.map((index) => fleet.targets[index]!),
    fleet.idleProcesses,
    QUIET_MAX_MS,
  );
}

/** @throws Error that names what runs on them beside the `idleProcesses` */
export async function untilHostsQuiet(
  hosts: readonly SshdHost[],
  idleProcesses: number,
  timeoutMs: number,
): Promise<void> {
  const busy = () => hosts.filter((host) => host.processes().length !== idleProcesses);
  try {
    await eventually(() => busy().length === 0, timeoutMs);
  } catch (error) {
    const running = busy().map((host) => `${host.name}: ${host.processes().map(commandLine).join(" | ")}`);
    throw new Error(`processes were left:\n${running.join("\n")}`, { cause: error });
  }
}

/** Pids (outer) of the agents that run on a target. */
export function agentsOn(fleet: SshdFleet, index: number): number[] {
  return fleet.processesOf(index).filter((pid) => commandLine(pid).includes("agent.cjs"));
}

/** The origin of a running step; undefined where it has none yet, or no more. */
export function originOf(actionPid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${actionPid}/task/${actionPid}/children`, "utf8");
    const pids = children.trim().split(" ").map(Number);
    return pids.find((pid) => commandLine(pid).includes("origin.cjs"));
  } catch {
    return undefined;
  }
}

/** Whether a process is there and no zombie. */
export function isRunning(pid: number): boolean {
  return commandLine(pid) !== "";
}

/** Empty where it has ended. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1");
  } catch {
    return "";
  }
}
