import { activateRelease } from "../release/activate.ts";
import type { DeployDir } from "../release/deploy-dir.ts";
import { appendDeployLog } from "../release/deploy-log.ts";
import { findRecord, markBad } from "../release/release-record.ts";
import type { AgentConversation } from "./converse.ts";
import { proveHeldRelease } from "./verify.ts";

/**
 * A target's part of a rollback: proves a release that it holds, and on the runner's word switches to it. The one that it leaves is marked bad.
 * The caller holds the lock.
 * @throws MurmurationError `RELEASE_UNKNOWN`, `RELEASE_DAMAGED`, `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export async function recallRelease(
  deployDir: DeployDir,
  release: string,
  run: string,
  conversation: AgentConversation,
): Promise<void> {
  const { commands, send } = conversation;
  await proveHeldRelease(deployDir, release, conversation);
  const next = await commands.next("activate", "finish");
  if (next.type === "finish") return;
  const previous = await activateRelease(deployDir, release);
  if (previous !== null && previous !== release) await markBad(deployDir, previous);
  await send({ type: "activated", release, previous });
  const infoHash = findRecord(deployDir, release)?.infoHash ?? "";
  const at = new Date().toISOString();
  await appendDeployLog(deployDir, { at, run, release, infoHash, action: "activated", previous });
  await commands.next("finish");
}
