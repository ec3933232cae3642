import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { errnoOf } from "./errno.ts";

/** Names one process for good: a pid alone is used again after a while, and after a reboot soon. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Boot and clock tick at which it started; null where the system has no /proc. */
  readonly start: string | null;
}

export function ownProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, start: startOf(process.pid) ?? null };
}

/** A process of another host is taken to be alive: nothing here can tell. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return true;
  const { start, pid } = identity;
  const found = start === null ? undefined : startOf(pid);
  if (found !== undefined) return found === start;
  // Where /proc shows no other users' processes (`hidepid`), a pid that is taken is all that can be seen.
  return isPidTaken(pid) && (start === null || start.startsWith(`${bootId()}:`));
}

function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === "EPERM";
  }
}

/** Undefined where there is no such process, or none in our /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // proc(5): "pid (comm) state …"; the name may hold anything, so that fields are counted from its last bracket.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    const startTicks = fields[22 - 3];
    // A zombie holds nothing any more.
    if (state === "Z" || state === "X" || startTicks === undefined) return "ended";
    return `${bootId()}:${startTicks}`;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
}
