import { lstatSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { type CurrentLink, readCurrent } from "./current-link.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { syncDirectory } from "./durable-file.ts";
import { diskError } from "./errno.ts";
import { releaseTree } from "./held-release.ts";
import { noteActivation } from "./release-record.ts";

/**
 * Switches `current` to `releases/<release>` by rename(2): whoever looks sees the old one or the new one. Returns the release that it
 * pointed to before, null where that was none of ours.
 * @throws MurmurationError `CURRENT_NOT_A_LINK`, `RELEASE_UNKNOWN`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function activateRelease(deployDir: DeployDir, release: string): Promise<string | null> {
  const current = requireSwitchable(deployDir);
  const tree = releaseTree(deployDir, release);
  if (lstatSync(tree, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new MurmurationError(
      "RELEASE_UNKNOWN",
      `cannot activate ${release}: there is no directory ${tree}`,
    );
  }
  await noteActivation(deployDir, release);
  const next = join(deployDir.internal, "next");
  try {
    rmSync(next, { force: true });
    symlinkSync(join(basename(deployDir.releases), release), next);
    renameSync(next, deployDir.current);
    await syncDirectory(deployDir.root);
  } catch (cause) {
    throw diskError(cause, "switching", deployDir.current);
  }
  return current.kind === "release" ? current.release : null;
}

/**
 * What `current` is now. Asked before a deploy begins, since on the last step the rest of the fleet would have switched already.
 * @throws MurmurationError `CURRENT_NOT_A_LINK` where something stands there that no deploy made.
 */
export function requireSwitchable(deployDir: DeployDir): CurrentLink {
  const current = readCurrent(deployDir);
  if (current.kind !== "occupied") return current;
  throw new MurmurationError("CURRENT_NOT_A_LINK", `${deployDir.current} is a ${current.by}, not a link`);
}
