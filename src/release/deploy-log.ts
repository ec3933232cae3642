import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import * as z from "zod/mini";
import type { DeployDir } from "./deploy-dir.ts";
import { diskError, errnoOf } from "./errno.ts";

/** One line of `.murmuration/log.jsonl`. Times are ISO 8601. */
export interface DeployLogEntry {
  readonly at: string;
  readonly run: string;
  readonly release: string;
  readonly infoHash: string;
  readonly action: "committed" | "activated";
  readonly previous: string | null;
}

const switchSchema = z.object({
  action: z.literal("activated"),
  release: z.string(),
  previous: z.nullable(z.string()),
});

/**
 * What was current before this one went live the last time; deployed once more, it was itself. Undefined where the log does not say. Lines that make no sense are
 * passed over.
 */
export function releaseBefore(deployDir: DeployDir, release: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(deployDir.log, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw diskError(error, "reading", deployDir.log);
  }
  for (const line of text.split("\n").reverse()) {
    const entry = trySwitch(line);
    if (entry?.release === release && entry.previous !== null && entry.previous !== release)
      return entry.previous;
  }
  return undefined;
}

function trySwitch(line: string): z.infer<typeof switchSchema> | undefined {
  try {
    return switchSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
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
