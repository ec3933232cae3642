import { bounded, HOOK_OUTPUT_CHARACTERS_MAX, type MessageOf, type ToAgent } from "../contract.ts";
import { messageOf } from "../core/errors.ts";
import { activateRelease, releaseOf, restoreCurrent, type Switchable } from "../release/activate.ts";
import { readCurrent } from "../release/current-link.ts";
import type { DeployDir } from "../release/deploy-dir.ts";
import { appendDeployLog, type DeployLogEntry } from "../release/deploy-log.ts";
import { runHook } from "../release/hook.ts";
import { pruneReleases } from "../release/prune.ts";
import { markBad } from "../release/release-record.ts";
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
    await this.#log("activated", release, previous);
  }

  async #revert(): Promise<void> {
    const { release } = this.#subject;
    const before = this.#before;
    if (before !== undefined) {
      await restoreCurrent(this.#deployDir, before);
      this.#before = undefined;
      const restored = releaseOf(before);
      if (restored !== release) await markBad(this.#deployDir, release);
      if (restored === null) await this.#log("put-back", release, null);
      else await this.#log("activated", restored, release);
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

  async #log(action: DeployLogEntry["action"], release: string, previous: string | null): Promise<void> {
    const { run, infoHash } = this.#subject;
    const at = new Date().toISOString();
    await appendDeployLog(this.#deployDir, { at, run, release, infoHash, action, previous });
  }
}
