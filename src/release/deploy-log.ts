import { open } from "node:fs/promises";
import type { DeployDir } from "./deploy-dir.ts";
import { diskError } from "./errno.ts";

/** One line of `.murmuration/log.jsonl`. Times are ISO 8601. */
export interface DeployLogEntry {
  readonly at: string;
  readonly run: string;
  readonly release: string;
  readonly infoHash: string;
  readonly action: "committed" | "activated";
  readonly previous: string | null;
}

/** @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE` */
export async function appendDeployLog(deployDir: DeployDir, entry: DeployLogEntry): Promise<void> {
  try {
    const log = await open(deployDir.log, "a", 0o644);
    try {
      // One write: lines of two deploys never mix.
      await log.write(`${JSON.stringify(entry)}\n`);
      await log.sync();
    } finally {
      await log.close();
    }
  } catch (cause) {
    throw diskError(cause, "writing", deployDir.log);
  }
}
