import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as core from "@actions/core";

/** Kept from the step to its `post`: which process the origin was. */
const STATE_PID = "origin-pid";
const STATE_MARK = "origin-mark";
const STOP_GRACE_MS = 2_000;
const POLL_MS = 50;

/** `mark` stands in the process's arguments, so that a pid used again by another program is not mistaken for it. */
export function rememberOrigin(pid: number | undefined, mark: string): void {
  if (pid === undefined) return;
  core.saveState(STATE_PID, String(pid));
  core.saveState(STATE_MARK, mark);
}

/** Ends an origin that the step left behind, as a step that was killed does. False: there was none. */
export async function endRememberedOrigin(): Promise<boolean> {
  const pid = Number(core.getState(STATE_PID));
  const mark = core.getState(STATE_MARK);
  if (!Number.isInteger(pid) || pid <= 1 || mark === "" || !isOurs(pid, mark)) return false;
  process.kill(pid, "SIGTERM");
  for (let waitedMs = 0; waitedMs < STOP_GRACE_MS; waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    if (!isOurs(pid, mark)) return true;
  }
  process.kill(pid, "SIGKILL");
  return true;
}

/** Where there is no /proc the origin ends by the end of its stdin alone. */
function isOurs(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(mark);
  } catch {
    return false;
  }
}
