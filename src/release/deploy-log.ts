import { readFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import * as z from "zod/mini";
import type { DeployDir } from "./deploy-dir.ts";
import { diskError, errnoOf } from "./errno.ts";

/** One line of `.murmuration/log.jsonl`. Times are ISO 8601. */
export interface DeployLogEntry {
  readonly at: string;
  readonly run: string;
  readonly release: string;
  readonly infoHash: string;
  readonly action: "committed" | "activated" | "put-back";
  readonly previous: string | null;
}

const switchSchema = z.object({
  action: z.literal("activated"),
  release: z.string(),
  previous: z.nullable(z.string()),
});

/** Each time that `current` was switched. Lines that make no sense are passed over. @throws MurmurationError `DEPLOY_DIR_UNWRITABLE` */
export function switchesLatestFirst(deployDir: DeployDir): z.infer<typeof switchSchema>[] {
  let text: string;
  try {
    text = readFileSync(deployDir.log, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw diskError(error, "reading", deployDir.log);
  }
  return text
    .split("\n")
    .reverse()
    .flatMap((line) => trySwitch(line) ?? []);
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
    // By the umask, as all that is made here: where a group deploys, its next member has to append. One write: lines of two deploys
    // never mix.
    await appendFile(deployDir.log, `${JSON.stringify(entry)}\n`, { flush: true });
  } catch (cause) {
    throw diskError(cause, "writing", deployDir.log);
  }
}
