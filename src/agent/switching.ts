import { bounded, HOOK_OUTPUT_CHARACTERS_MAX, type MessageOf, type ToAgent } from "../contract.ts";
import { messageOf } from "../core/errors.ts";
import { activateRelease, releaseOf, restoreCurrent, type Switchable } from "../release/activate.ts";
import { readCurrent } from "../release/current-link.ts";
import type { DeployDir } from "../release/deploy-dir.ts";
import { appendDeployLog, type DeployLogEntry } from "../release/deploy-log.ts";
import { runHook } from "../release/hook.ts";
import { pruneReleases } from "../release/prune.ts";
import { findRecord, markBad } from "../release/release-record.ts";
import type { AgentConversation } from "./converse.ts";

export const SWITCH_COMMANDS = ["hook", "activate", "revert", "prune", "finish"] as const;
export type SwitchCommand = MessageOf<ToAgent, (typeof SWITCH_COMMANDS)[number]>;

/** What a target is to switch to; it holds it, and has proved it. */
export interface SwitchSubject {
  readonly release: string;
  readonly infoHash: string;
  readonly run: string;
  /** The target's name in the inventory. */
  readonly target: string;
  /** Whether the release that is left is no way back any more: a rollback leaves it because it is bad. */
  readonly leavesBad: boolean;
}

/**
 * A target's part of going live: runs hooks, switches, puts back and prunes on the runner's word, until that says that it is over.
 * The caller holds the lock. `first` is the first of its commands, where the caller has it already.
 * @throws MurmurationError what keeps it from switching; `current` is what it was before, then
 */
export async function serveSwitching(
  deployDir: DeployDir,
  subject: SwitchSubject,
  conversation: AgentConversation,
  first?: SwitchCommand,
): Promise<void> {
  await new Switching(deployDir, subject, conversation).serve(first);
}

/**
 * Puts back what an agent of the same run has switched that is gone: what was there before is known to the runner. Where that was a release, it is recalled instead.
 * The caller holds the lock. Resolves with the payload bytes that it sent to others.
 */
export async function restoreForAnother(
  deployDir: DeployDir,
  { release, elsewhere }: MessageOf<ToAgent, "restore">,
  run: string,
  { commands, send }: AgentConversation,
): Promise<number> {
  const before: Switchable = elsewhere === null ? { kind: "none" } : { kind: "elsewhere", target: elsewhere };
  await takeBack(deployDir, before, { release, run });
  await send({ type: "reverted", release: releaseOf(readCurrent(deployDir)) });
  await commands.next("finish");
  return 0;
}

/** Lets `current` be what it was before a switch, and what it was switched to is no way back any more. */
async function takeBack(
  deployDir: DeployDir,
  before: Switchable,
  { release, run }: Pick<SwitchSubject, "release" | "run">,
): Promise<void> {
  await restoreCurrent(deployDir, before);
  const restored = releaseOf(before);
  if (restored !== release) await markBad(deployDir, release);
  const infoHash = findRecord(deployDir, release)?.infoHash;
  if (infoHash === undefined) return;
  if (restored === null) await log(deployDir, "put-back", { run, release, infoHash, previous: null });
  else await log(deployDir, "activated", { run, release: restored, infoHash, previous: release });
}

async function log(
  deployDir: DeployDir,
  action: DeployLogEntry["action"],
  what: Omit<DeployLogEntry, "at" | "action">,
): Promise<void> {
  await appendDeployLog(deployDir, { at: new Date().toISOString(), ...what, action });
}

class Switching {
  readonly #deployDir: DeployDir;
  readonly #subject: SwitchSubject;
  readonly #conversation: AgentConversation;
  /** What `current` was before it was switched; undefined while it is that. */
  #before: Switchable | undefined;
  #upcoming: Promise<SwitchCommand> | undefined;

  constructor(deployDir: DeployDir, subject: SwitchSubject, conversation: AgentConversation) {
    this.#deployDir = deployDir;
    this.#subject = subject;
    this.#conversation = conversation;
  }

  async serve(first?: SwitchCommand): Promise<void> {
    if (first !== undefined) this.#upcoming = Promise.resolve(first);
    for (;;) {
      const command = await this.#next();
      if (command.type === "finish") return;
      if (command.type === "hook") await this.#hook(command);
      else if (command.type === "activate") await this.#activate();
      else if (command.type === "revert") await this.#revert();
      else await this.#prune(command.keepReleases);
    }
  }

  #next(): Promise<SwitchCommand> {
    const upcoming = this.#upcoming ?? this.#conversation.commands.next(...SWITCH_COMMANDS);
    this.#upcoming = undefined;
    return upcoming;
  }

  /** A command that comes meanwhile ends the hook: who sends it waits for no answer any more. */
  async #hook({ type: _, ...call }: MessageOf<ToAgent, "hook">): Promise<void> {
    const interruption = new AbortController();
    const { commands, send } = this.#conversation;
    const next = this.#next();
    this.#upcoming = next;
    void next.then(
      () => interruption.abort(),
      () => interruption.abort(),
    );
    const now = releaseOf(readCurrent(this.#deployDir));
    const { release, target } = this.#subject;
    // After a switch was taken back, the release of before is the one that hooks are about.
    const isTakenBack = call.hook === "after-activate" && now !== null && now !== release;
    const before = this.#before === undefined ? now : releaseOf(this.#before);
    const surroundings = {
      release: isTakenBack ? now : release,
      previous: isTakenBack ? release : before,
      target,
      outputCharactersMax: HOOK_OUTPUT_CHARACTERS_MAX,
      signal: AbortSignal.any([commands.signal, interruption.signal]),
    };
    try {
      const hooked = await runHook(this.#deployDir, call, surroundings);
      await send({ type: "hooked", ...hooked });
    } catch (error) {
      if (!interruption.signal.aborted) throw error;
    }
  }

  async #activate(): Promise<void> {
    const { release, leavesBad } = this.#subject;
    const before = await activateRelease(this.#deployDir, release);
    const previous = releaseOf(before);
    this.#before = before;
    await this.#conversation.send({ type: "activated", release, previous });
    if (leavesBad && previous !== null && previous !== release) await markBad(this.#deployDir, previous);
    const { run, infoHash } = this.#subject;
    await log(this.#deployDir, "activated", { run, release, infoHash, previous });
  }

  async #revert(): Promise<void> {
    if (this.#before !== undefined) {
      await takeBack(this.#deployDir, this.#before, this.#subject);
      this.#before = undefined;
    }
    await this.#conversation.send({ type: "reverted", release: releaseOf(readCurrent(this.#deployDir)) });
  }

  /** The new release is live: what can't be removed is told, and fails nothing. */
  async #prune(keep: number): Promise<void> {
    const { commands, send } = this.#conversation;
    const { signal } = commands;
    try {
      const removed = await pruneReleases(this.#deployDir, { keep, signal });
      await send({ type: "pruned", removed: removed.length, trouble: null });
    } catch (error) {
      if (signal.aborted) throw error;
      await send({ type: "pruned", removed: 0, trouble: bounded(messageOf(error)) });
    }
  }
}
