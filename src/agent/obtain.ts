import type { MessageOf, Plan, ToAgent } from "../contract.ts";
import { pieceCount } from "../core/torrent.ts";
import { torrentFromText } from "../core/wire-torrent.ts";
import { commitRelease, removeStaleStagings, sealAndVerify } from "../release/commit.ts";
import type { DeployDir } from "../release/deploy-dir.ts";
import { appendDeployLog } from "../release/deploy-log.ts";
import { type OpenedRelease, openRelease, type WantedRelease } from "../release/open-release.ts";
import { linkShared } from "../release/shared-links.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { joinSwarm, type Membership } from "../swarm/join.ts";
import { type AgentConversation, peakMemoryBytes } from "./converse.ts";
import { followLead } from "./lead.ts";
import { ProgressTeller } from "./progress.ts";
import { serveSwitching } from "./switching.ts";
import { tellVerified } from "./verify.ts";

export interface ObtainOptions {
  readonly prepare: MessageOf<ToAgent, "prepare">;
  readonly plan: Plan;
  /** Whether the release that is left for it is no way back any more. */
  readonly leavesBad: boolean;
}

/**
 * Fetches a release while serving it, verifies it, and on the runner's word commits it and goes live. Resolves with the payload bytes that
 * it sent to others. The caller holds the lock.
 */
export async function obtainRelease(
  deployDir: DeployDir,
  { prepare, plan, leavesBad }: ObtainOptions,
  conversation: AgentConversation,
  startEngine: StartEngine,
): Promise<number> {
  const { commands, send } = conversation;
  const wanted: WantedRelease = {
    release: plan.release,
    ...torrentFromText(plan.torrent),
    manifest: plan.manifest,
  };
  using teller = new ProgressTeller(send, pieceCount(wanted.torrent));
  await using opened = await openRelease(deployDir, wanted, {
    signal: commands.signal,
    onProgress: ({ piecesDone }) => teller.at("resume", piecesDone),
  });
  await using membership = await join(plan, wanted, opened, conversation, startEngine);
  await using _lead = followLead(membership, conversation);
  await fetchAll(opened, membership, teller, conversation);
  await verify(opened, wanted, teller, conversation);

  if (await isToCommit(membership, conversation)) {
    await commit(deployDir, opened, wanted, prepare, conversation);
    const { run, target } = prepare;
    const { infoHash } = wanted.digests;
    const subject = { release: wanted.release, infoHash, run, target, leavesBad };
    await serveSwitching(deployDir, subject, conversation);
    await removeStaleStagings(deployDir);
  }
  return membership.engine.stats().bytesUploaded;
}

/** Waits, still serving the others, for the runner to say so, or that it is over. */
async function isToCommit(membership: Membership, { commands }: AgentConversation): Promise<boolean> {
  const next = await orStoreFails(membership, commands.next("commit", "finish"));
  return next.type === "commit";
}

function join(
  plan: Plan,
  wanted: WantedRelease,
  opened: OpenedRelease,
  conversation: AgentConversation,
  startEngine: StartEngine,
): Promise<Membership> {
  return joinSwarm({
    startEngine,
    torrent: wanted.torrent,
    digests: wanted.digests,
    store: opened.store,
    key: plan.swarm.key === null ? null : Buffer.from(plan.swarm.key, "base64"),
    ports: plan.peerPorts,
    uploadLimitBytesPerSecond: plan.swarm.uploadLimitBytesPerSecond,
    firstSeeder: plan.firstSeeder,
    zone: plan.zone,
    seeders: plan.seeder === null ? [] : [plan.seeder],
    trackerUrl: plan.tracker.url,
    onNamed: (address) => void conversation.send({ type: "joined", ...address }),
    log: conversation.log,
  });
}

async function fetchAll(
  opened: OpenedRelease,
  membership: Membership,
  teller: ProgressTeller,
  { commands, send }: AgentConversation,
): Promise<void> {
  teller.watch(opened, membership);
  await orStoreFails(membership, orEnds(commands.signal, membership.engine.complete));
  await send({
    type: "fetched",
    ...teller.figures(),
    peakRateBytesPerSecond: teller.peakRateBytesPerSecond,
    memoryBytes: peakMemoryBytes(),
  });
}

async function verify(
  opened: OpenedRelease,
  wanted: WantedRelease,
  teller: ProgressTeller,
  { commands, send }: AgentConversation,
): Promise<void> {
  teller.at("flush", 0);
  const verification = await sealAndVerify(opened, wanted, {
    signal: commands.signal,
    onProgress: ({ piecesDone }) => teller.at("verify", piecesDone),
    onDiskBehind: () => teller.at("flush", pieceCount(wanted.torrent)),
  });
  teller.at("seed", verification.piecesTotal);
  await tellVerified(wanted, verification, send);
}

async function commit(
  deployDir: DeployDir,
  opened: OpenedRelease,
  wanted: WantedRelease,
  { run, activate, shared }: MessageOf<ToAgent, "prepare">,
  { commands, send }: AgentConversation,
): Promise<void> {
  const { release, digests } = wanted;
  linkShared(deployDir, opened.store.tree, release, shared);
  await commitRelease(deployDir, opened, wanted, { run, toActivate: activate, signal: commands.signal });
  await send({ type: "committed", release });
  const at = new Date().toISOString();
  const { infoHash } = digests;
  await appendDeployLog(deployDir, { at, run, release, infoHash, action: "committed", previous: null });
}

/** What a store cannot do any more fails the target at once, also while it only serves. */
async function orStoreFails<T>(membership: Membership, work: Promise<T>): Promise<T> {
  const failed = membership.engine.storeFailed.then((error) => Promise.reject(error));
  return await Promise.race([work, failed]);
}

async function orEnds<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const done = new AbortController();
  const ends = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([work, ends]);
  } finally {
    done.abort();
  }
}
