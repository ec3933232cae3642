import { homedir } from "node:os";
import { join } from "node:path";
import { bounded, type MessageOf, type ToAgent } from "../contract.ts";
import { requireSwitchable } from "../release/activate.ts";
import { deployDirAt, probeDeployDir } from "../release/deploy-dir.ts";
import { heldReleases } from "../release/held-release.ts";
import { acquireLockWithin } from "../release/lock-wait.ts";
import { previousRelease } from "../release/previous-release.ts";
import { requireSharedFiles } from "../release/shared-links.ts";
import type { AgentConversation, AgentMeans } from "./converse.ts";
import { obtainRelease } from "./obtain.ts";
import { ownAddresses } from "./own-addresses.ts";
import { NOTHING_YET } from "./progress.ts";
import { recallRelease } from "./recall.ts";
import { restoreForAnother } from "./switching.ts";

/** More are told of no target; `keep-releases` lets so many be. */
const HELD_TOLD_MAX = 1_000;

/**
 * A target's part of a run that may switch: takes the lock, says what is there, and then obtains a new release or recalls one that it holds.
 * Resolves with the payload bytes that it sent to others.
 */
export async function deployRelease(
  prepare: MessageOf<ToAgent, "prepare">,
  conversation: AgentConversation,
  { startEngine, ssh }: AgentMeans,
): Promise<number> {
  const { commands, send } = conversation;
  const deployTo = homeExpanded(prepare.deployTo);
  const deployDir = deployDirAt(deployTo);
  await probeDeployDir(deployTo);
  await using _lock = await acquireLockWithin(deployDir, {
    run: prepare.run,
    waitMs: prepare.lockWaitMs,
    signal: commands.signal,
    onHeld: (by) => void send({ type: "progress", step: "lock", trouble: bounded(by), ...NOTHING_YET }),
  });
  // Only now: whoever had the lock may have filled the disk, and has switched.
  const state = await probeDeployDir(deployTo);
  if (prepare.activate) requireSwitchable(deployDir);
  requireSharedFiles(deployDir, prepare.shared);
  await send({
    type: "ready",
    ...state,
    previousRelease: previousRelease(deployDir, state.currentRelease) ?? null,
    heldReleases: heldReleases(deployDir).slice(-HELD_TOLD_MAX),
    addresses: ownAddresses(),
    ssh,
  });

  const plan = await commands.next("plan", "recall", "restore", "finish");
  if (plan.type === "finish") return 0;
  if (plan.type === "restore") return await restoreForAnother(deployDir, plan, prepare.run, conversation);
  if (plan.type === "recall")
    return await recallRelease(deployDir, { prepare, release: plan.release }, conversation, startEngine);
  return await obtainRelease(deployDir, { prepare, plan, leavesBad: false }, conversation, startEngine);
}

/** A store of the runner's lies below the home of whoever logs in. */
function homeExpanded(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}
