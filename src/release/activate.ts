import { lstatSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { type CurrentLink, readCurrent } from "./current-link.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { syncDirectory } from "./durable-file.ts";
import { diskError } from "./errno.ts";
import { releaseTree } from "./held-release.ts";
import { noteActivation } from "./release-record.ts";

/** What `current` is before a switch, and can be again. */
export type Switchable = Exclude<CurrentLink, { kind: "occupied" }>;

/**
 * Switches `current` to `releases/<release>` by rename(2): whoever looks sees the old one or the new one. Returns what it was
 * before. Where it fails, `current` is that still.
 * @throws MurmurationError `CURRENT_NOT_A_LINK`, `RELEASE_UNKNOWN`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function activateRelease(deployDir: DeployDir, release: string): Promise<Switchable> {
  const before = requireSwitchable(deployDir);
  const tree = releaseTree(deployDir, release);
  if (lstatSync(tree, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new MurmurationError(
      "RELEASE_UNKNOWN",
      `cannot activate ${release}: there is no directory ${tree}`,
    );
  }
  await noteActivation(deployDir, release);
  try {
    await pointAt(deployDir, join(basename(deployDir.releases), release));
  } catch (error) {
    // Switched, and not known to be on the disk: half a success is none.
    if (releaseOf(readCurrent(deployDir)) === release)
      await restoreCurrent(deployDir, before).catch(() => {});
    throw error;
  }
  return before;
}

/**
 * Lets `current` be what it was before a switch.
 * @throws MurmurationError `CURRENT_NOT_A_LINK`, `RELEASE_UNKNOWN`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function restoreCurrent(deployDir: DeployDir, before: Switchable): Promise<void> {
  if (before.kind === "release") await activateRelease(deployDir, before.release);
  else if (before.kind === "elsewhere") await pointAt(deployDir, before.target);
  else {
    requireSwitchable(deployDir);
    try {
      rmSync(deployDir.current, { force: true });
      await syncDirectory(deployDir.root);
    } catch (cause) {
      throw diskError(cause, "removing", deployDir.current);
    }
  }
}

export function releaseOf(current: CurrentLink): string | null {
  return current.kind === "release" ? current.release : null;
}

async function pointAt(deployDir: DeployDir, target: string): Promise<void> {
  const next = join(deployDir.internal, "next");
  try {
    rmSync(next, { force: true });
    symlinkSync(target, next);
    renameSync(next, deployDir.current);
    await syncDirectory(deployDir.root);
  } catch (cause) {
    throw diskError(cause, "switching", deployDir.current);
  }
}

/**
 * What `current` is now. Asked before a deploy begins, since on the last step the rest of the fleet would have switched already.
 * @throws MurmurationError `CURRENT_NOT_A_LINK` where something stands there that no deploy made.
 */
export function requireSwitchable(deployDir: DeployDir): Switchable {
  const current = readCurrent(deployDir);
  if (current.kind !== "occupied") return current;
  throw new MurmurationError("CURRENT_NOT_A_LINK", `${deployDir.current} is a ${current.by}, not a link`);
}
