import { bounded, type MessageOf, type ToAgent } from "../contract.ts";
import { asMurmurationError, type ErrorCode } from "../core/errors.ts";
import { torrentToText } from "../core/wire-torrent.ts";
import type { DeployDir } from "../release/deploy-dir.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { joinSwarm, type Membership } from "../swarm/join.ts";
import type { AgentConversation } from "./converse.ts";
import { followLead } from "./lead.ts";
import { obtainRelease } from "./obtain.ts";
import { SWITCH_COMMANDS, serveSwitching } from "./switching.ts";
import { type ProvedRelease, proveHeldRelease } from "./verify.ts";

export interface RecallOptions {
  readonly prepare: MessageOf<ToAgent, "prepare">;
  readonly release: string;
}

/** With these a target has not failed: others may give it the release. */
const CURABLE: ReadonlySet<ErrorCode> = new Set(["RELEASE_UNKNOWN", "RELEASE_DAMAGED"]);

/**
 * A target's part of a rollback: proves a release that it holds, gives it to those who lack it, and on the runner's word switches to it. Where
 * it lacks it itself, it says so and obtains it if it is told how. The release that it leaves is marked bad. Resolves with the payload bytes
 * that it sent to others. The caller holds the lock.
 */
export async function recallRelease(
  deployDir: DeployDir,
  { prepare, release }: RecallOptions,
  conversation: AgentConversation,
  startEngine: StartEngine,
): Promise<number> {
  const { commands, send } = conversation;
  let proved: ProvedRelease;
  try {
    proved = await proveHeldRelease(deployDir, release, conversation);
  } catch (thrown) {
    const { code, message } = asMurmurationError(thrown);
    if (!CURABLE.has(code) || commands.signal.aborted) throw thrown;
    await send({ type: "lacking", code, message: bounded(message) });
    const plan = await commands.next("plan", "finish");
    if (plan.type === "finish") return 0;
    return await obtainRelease(deployDir, { prepare, plan, leavesBad: true }, conversation, startEngine);
  }
  await using held = proved;
  await using giving = new Giving(held, conversation, startEngine);
  const first = await giving.untilSwitching();
  const { run, target } = prepare;
  const { infoHash } = held.wanted.digests;
  await serveSwitching(deployDir, { release, infoHash, run, target, leavesBad: true }, conversation, first);
  return giving.bytesUploaded;
}

/** What a target that holds the release does for others that do not. */
class Giving implements AsyncDisposable {
  readonly #held: ProvedRelease;
  readonly #conversation: AgentConversation;
  readonly #startEngine: StartEngine;
  #membership: Membership | undefined;
  #lead: AsyncDisposable | undefined;

  constructor(held: ProvedRelease, conversation: AgentConversation, startEngine: StartEngine) {
    this.#held = held;
    this.#conversation = conversation;
    this.#startEngine = startEngine;
  }

  get bytesUploaded(): number {
    return this.#membership?.engine.stats().bytesUploaded ?? 0;
  }

  /** Returns the first command that is about the switch. */
  async untilSwitching() {
    const { commands, send } = this.#conversation;
    for (;;) {
      const command = await commands.next("describe", "seed", ...SWITCH_COMMANDS);
      if (command.type === "seed") await this.#join(command);
      else if (command.type === "describe") {
        const { torrent, digests, manifest } = this.#held.wanted;
        await send({
          type: "described",
          torrent: torrentToText(torrent, digests),
          manifest: { ...manifest },
        });
      } else return command;
    }
  }

  async #join(command: MessageOf<ToAgent, "seed">): Promise<void> {
    this.#membership = await this.#seed(command);
    this.#lead = followLead(this.#membership, this.#conversation);
  }

  async #seed({ swarm, peerPorts, zone, trackerUrl }: MessageOf<ToAgent, "seed">): Promise<Membership> {
    const { torrent, digests } = this.#held.wanted;
    return await joinSwarm({
      startEngine: this.#startEngine,
      torrent,
      digests,
      store: this.#held.store,
      key: swarm.key === null ? null : Buffer.from(swarm.key, "base64"),
      ports: peerPorts,
      uploadLimitBytesPerSecond: swarm.uploadLimitBytesPerSecond,
      firstSeeder: true,
      zone,
      seeders: [],
      trackerUrl,
      onNamed: (address) => void this.#conversation.send({ type: "joined", ...address }),
      log: this.#conversation.log,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lead?.[Symbol.asyncDispose]();
    await this.#membership?.[Symbol.asyncDispose]();
  }
}
