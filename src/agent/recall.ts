import type { MessageOf, ToAgent } from "../contract.ts";
import type { DeployDir } from "../release/deploy-dir.ts";
import { findRecord } from "../release/release-record.ts";
import type { AgentConversation } from "./converse.ts";
import { serveSwitching } from "./switching.ts";
import { proveHeldRelease } from "./verify.ts";

/**
 * A target's part of a rollback: proves a release that it holds, and on the runner's word switches to it. The one that it leaves is marked bad.
 * The caller holds the lock.
 * @throws MurmurationError `RELEASE_UNKNOWN`, `RELEASE_DAMAGED`, `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export async function recallRelease(
  deployDir: DeployDir,
  release: string,
  { run, target }: MessageOf<ToAgent, "prepare">,
  conversation: AgentConversation,
): Promise<void> {
  await proveHeldRelease(deployDir, release, conversation);
  const infoHash = findRecord(deployDir, release)?.infoHash ?? "";
  await serveSwitching(deployDir, { release, infoHash, run, target, leavesBad: true }, conversation);
}
