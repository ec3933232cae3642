import type { DeployDir } from "./deploy-dir.ts";
import type { OpenedRelease, WantedRelease } from "./open-release.ts";
import type { TreeVerification } from "./verify-tree.ts";

/**
 * Gives the staged tree its links and modes, flushes it, and re-reads all of it. For a held release it does nothing but say what was verified.
 * The store goes on serving meanwhile.
 * @throws MurmurationError `VERIFY_FAILED`, `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function sealAndVerify(
  _opened: OpenedRelease,
  _wanted: WantedRelease,
  _options: {
    readonly signal: AbortSignal;
    readonly onProgress?: (progress: { piecesDone: number; piecesTotal: number }) => void;
  },
): Promise<TreeVerification> {
  throw new Error("not yet");
}

/**
 * Moves the verified tree to `releases/<id>` with its record. The store goes on serving from there. A held release is left as it is.
 * A kill at any moment leaves either no `releases/<id>` or a whole one.
 */
export async function commitRelease(
  _deployDir: DeployDir,
  _opened: OpenedRelease,
  _wanted: WantedRelease,
  _options: { readonly run: string; readonly signal: AbortSignal },
): Promise<void> {
  throw new Error("not yet");
}

/** Removes stagings that no deploy resumes any more. The caller holds the lock and has committed. */
export async function removeStaleStagings(_deployDir: DeployDir): Promise<void> {
  throw new Error("not yet");
}
