import { CONTRACT_VERSION, type FromAgent, type ToAgent } from "../contract.ts";
import type { RunnerConversation } from "../remote/serve-runner.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { deployRelease } from "./deploy.ts";
import { lendRuntime } from "./lend-runtime.ts";
import { answerProbes } from "./probing.ts";
import type { SshEnds } from "./start-options.ts";
import { verifyHeldRelease } from "./verify.ts";

export type AgentConversation = RunnerConversation<ToAgent, FromAgent>;

/** What an agent is started with. */
export interface AgentMeans {
  readonly startEngine: StartEngine;
  /** Null where it does not know how it was reached. */
  readonly ssh: SshEnds | null;
}

/** What one agent does in its life: says hello, and then the one thing it is told to. */
export async function converse(conversation: AgentConversation, means: AgentMeans): Promise<void> {
  const { commands, send } = conversation;
  answerProbes(conversation);
  await send({
    type: "hello",
    version: CONTRACT_VERSION,
    program: "agent",
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  });
  const command = await commands.next("prepare", "verify", "lend", "finish");
  let bytesUploaded = 0;
  if (command.type === "prepare") bytesUploaded = await deployRelease(command, conversation, means);
  else if (command.type === "verify") await verifyHeldRelease(command, conversation);
  else if (command.type === "lend") await lendRuntime(command, conversation);
  await send({ type: "finished", bytesUploaded, memoryBytes: peakMemoryBytes() });
}

export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
