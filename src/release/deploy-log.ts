import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
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
    const fd = openSync(deployDir.log, "a", 0o644);
    try {
      // One write: lines of two deploys never mix.
      writeSync(fd, `${JSON.stringify(entry)}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw diskError(cause, "writing", deployDir.log);
  }
}
