import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as core from "@actions/core";

/** Kept from the step to its `post`. */
const STATE_FOLDER = "ssh-folder";
const NAME = "mur-ssh-";
/** A socket's path has at most 104 bytes on macOS, 108 on Linux; `ssh` makes it under a name that is 17 longer first, and ours are up to 8. */
const PARENT_LENGTH_MAX = 60;
const STOP_GRACE_MS = 2_000;
const POLL_MS = 50;

/** A new folder that is closed to others, for what OpenSSH's programs need in one run. Where the step can't remove it, the post step does. */
export function makeSshFolder(tempDir: string): Disposable & { readonly path: string } {
  const isUsable = (path: string) => path.length <= PARENT_LENGTH_MAX && /^[\w./+-]+$/.test(path);
  const parent = [tempDir, tmpdir()].find(isUsable) ?? "/tmp";
  const path = mkdtempSync(join(parent, NAME));
  core.saveState(STATE_FOLDER, path);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Ends what a step that was killed has left: connections that wait for a target, and the folder. False: there was nothing. */
export async function endRememberedSsh(): Promise<boolean> {
  const path = core.getState(STATE_FOLDER);
  if (path === "" || !path.includes(`/${NAME}`)) return false;
  let found = programsOf(path);
  const wasLeft = found.length > 0;
  for (const pid of found) tryKill(pid, "SIGTERM");
  for (let waitedMs = 0; found.length > 0 && waitedMs < STOP_GRACE_MS; waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    found = programsOf(path);
  }
  for (const pid of found) tryKill(pid, "SIGKILL");
  rmSync(path, { recursive: true, force: true });
  return wasLeft;
}

/** All have the folder in their arguments. Where there is no /proc they end by the end of their stdin, or when the target does not answer. */
function programsOf(path: string): number[] {
  let pids: string[] = [];
  try {
    pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {}
  return pids.map(Number).filter((pid) => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return commandLine.startsWith("ssh") && commandLine.includes(`${path}/`);
    } catch {
      return false;
    }
  });
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
