import type { DeployDir } from "./deploy-dir.ts";

/** One line of `.murmuration/log.jsonl`. Times are ISO 8601. */
export interface DeployLogEntry {
  readonly at: string;
  readonly run: string;
  readonly release: string;
  readonly infoHash: string;
  readonly action: "committed" | "activated";
  readonly previous: string | null;
}

export async function appendDeployLog(_deployDir: DeployDir, _entry: DeployLogEntry): Promise<void> {
  throw new Error("not yet");
}
