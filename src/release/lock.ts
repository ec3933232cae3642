import type { DeployDir } from "./deploy-dir.ts";

/**
 * Takes the target's lock for this process. A lock whose process is gone is taken over. Disposing it releases it, and only if it is still ours.
 * @throws MurmurationError `LOCK_HELD` saying who, since when, which run.
 */
export async function acquireLock(
  _deployDir: DeployDir,
  _options: { readonly run: string },
): Promise<AsyncDisposable> {
  throw new Error("not yet");
}
