import { MurmurationError } from "../core/errors.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { switchesLatestFirst } from "./deploy-log.ts";
import { heldReleases } from "./held-release.ts";
import { findRecord } from "./release-record.ts";

/**
 * The release that was live before `current` and can be again: it is held, and was not marked bad. Undefined where the log names none.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE` where the log cannot be read
 */
export function previousRelease(deployDir: DeployDir, current: string | null): string | undefined {
  const held = new Set(heldReleases(deployDir));
  for (const { release, previous } of switchesLatestFirst(deployDir)) {
    for (const candidate of [release, previous])
      if (candidate !== null && candidate !== current && held.has(candidate) && isGood(deployDir, candidate))
        return candidate;
  }
  return undefined;
}

function isGood(deployDir: DeployDir, release: string): boolean {
  try {
    return findRecord(deployDir, release)?.good === true;
  } catch (error) {
    // A record that cannot be read: nothing to go back to.
    if (error instanceof MurmurationError) return false;
    throw error;
  }
}
