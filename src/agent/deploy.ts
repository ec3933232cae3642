import { networkInterfaces } from "node:os";
import type { MessageOf, Plan, ToAgent } from "../contract.ts";
import { messageOf } from "../core/errors.ts";
import { pieceCount } from "../core/torrent.ts";
import { torrentFromText } from "../core/wire-torrent.ts";
import { activateRelease, requireSwitchable } from "../release/activate.ts";
import { commitRelease, removeStaleStagings, sealAndVerify } from "../release/commit.ts";
import { type DeployDir, deployDirAt, probeDeployDir } from "../release/deploy-dir.ts";
import { appendDeployLog } from "../release/deploy-log.ts";
import { acquireLockWithin } from "../release/lock-wait.ts";
import { type OpenedRelease, openRelease, type WantedRelease } from "../release/open-release.ts";
import { previousRelease } from "../release/previous-release.ts";
import { pruneReleases } from "../release/prune.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { joinSwarm, type Membership } from "../swarm/join.ts";
import { type AgentConversation, peakMemoryBytes } from "./converse.ts";
import { NOTHING_YET, ProgressTeller } from "./progress.ts";
import { recallRelease } from "./recall.ts";

/**
 * A target's part of a deploy: prepare, fetch while serving, verify, and on the runner's word commit and activate. Resolves with
 * the payload bytes that it sent to others.
 */
export async function deployRelease(
  prepare: MessageOf<ToAgent, "prepare">,
  conversation: AgentConversation,
  startEngine: StartEngine,
): Promise<number> {
  const { commands, send } = conversation;
  const deployDir = deployDirAt(prepare.deployTo);
  await probeDeployDir(prepare.deployTo);
  await using _lock = await acquireLockWithin(deployDir, {
    run: prepare.run,
    waitMs: prepare.lockWaitMs,
    signal: commands.signal,
    onHeld: (by) => void send({ type: "progress", step: "lock", trouble: by, ...NOTHING_YET }),
  });
  // Only now: whoever had the lock may have filled the disk, and has switched.
  const state = await probeDeployDir(prepare.deployTo);
  if (prepare.activate) requireSwitchable(deployDir);
  await send({
    type: "ready",
    ...state,
    previousRelease: previousRelease(deployDir, state.currentRelease) ?? null,
    addresses: ownAddresses(),
  });

  const plan = await commands.next("plan", "recall", "finish");
  if (plan.type === "finish") return 0;
  if (plan.type === "recall") {
    await recallRelease(deployDir, plan.release, prepare.run, conversation);
    return 0;
  }
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
  await fetchAll(opened, membership, teller, conversation);
  await verify(opened, wanted, teller, conversation);

  if (await isNext("commit", membership, conversation)) {
    await commit(deployDir, opened, wanted, prepare, conversation);
    if (await isNext("activate", membership, conversation)) {
      await activate(deployDir, wanted, prepare.run, conversation);
      const next = await commands.next("prune", "finish");
      if (next.type === "prune") {
        await prune(deployDir, next.keepReleases, conversation);
        await commands.next("finish");
      }
    }
    await removeStaleStagings(deployDir);
  }
  return membership.engine.stats().bytesUploaded;
}

/** Waits, still serving the others, for the runner to say `command` or that it is over. */
async function isNext(
  command: "commit" | "activate",
  membership: Membership,
  { commands }: AgentConversation,
): Promise<boolean> {
  const next = await orStoreFails(membership, commands.next(command, "finish"));
  return next.type === command;
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
    firstSeeder: false,
    zone: plan.zone,
    seeders: [plan.seeder],
    trackerUrl: plan.tracker.url,
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
  });
  teller.at("seed", verification.piecesTotal);
  await send({
    type: "verified",
    release: wanted.release,
    infoHash: wanted.digests.infoHash,
    infoSha256: wanted.digests.infoSha256,
    manifestSha256: wanted.manifest.sha256,
    pieces: verification.piecesRight,
    files: verification.files,
    sizeBytes: verification.sizeBytes,
  });
}

async function commit(
  deployDir: DeployDir,
  opened: OpenedRelease,
  wanted: WantedRelease,
  { run, activate }: MessageOf<ToAgent, "prepare">,
  { commands, send }: AgentConversation,
): Promise<void> {
  await commitRelease(deployDir, opened, wanted, { run, toActivate: activate, signal: commands.signal });
  await send({ type: "committed", release: wanted.release });
  await writeLog(deployDir, wanted, run, "committed", null);
}

async function activate(
  deployDir: DeployDir,
  wanted: WantedRelease,
  run: string,
  { send }: AgentConversation,
): Promise<void> {
  const previous = await activateRelease(deployDir, wanted.release);
  await send({ type: "activated", release: wanted.release, previous });
  await writeLog(deployDir, wanted, run, "activated", previous);
}

/** The new release is live: what can't be removed is told, and fails nothing. */
async function prune(
  deployDir: DeployDir,
  keep: number,
  { commands, send }: AgentConversation,
): Promise<void> {
  const { signal } = commands;
  try {
    const removed = await pruneReleases(deployDir, { keep, signal });
    await send({ type: "pruned", removed: removed.length, trouble: null });
  } catch (error) {
    if (signal.aborted) throw error;
    await send({ type: "pruned", removed: 0, trouble: messageOf(error) });
  }
}

async function writeLog(
  deployDir: DeployDir,
  wanted: WantedRelease,
  run: string,
  action: "committed" | "activated",
  previous: string | null,
): Promise<void> {
  const { release } = wanted;
  await appendDeployLog(deployDir, {
    at: new Date().toISOString(),
    run,
    release,
    infoHash: wanted.digests.infoHash,
    action,
    previous,
  });
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

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address);
}
