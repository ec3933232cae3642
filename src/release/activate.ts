import type { DeployDir } from "./deploy-dir.ts";

/**
 * Switches `current` to `releases/<release>` by rename(2). Returns the release it pointed to before, null where there was none.
 * @throws MurmurationError `CURRENT_NOT_A_LINK`, `RELEASE_UNKNOWN`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function activateRelease(_deployDir: DeployDir, _release: string): Promise<string | null> {
  throw new Error("not yet");
}
