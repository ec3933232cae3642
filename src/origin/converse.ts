import { lookup } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { CONTRACT_VERSION, type MessageOf, type ToOrigin } from "../contract.ts";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { writeTar } from "../release/write-tar.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { joinSwarm } from "../swarm/join.ts";
import { Tracker } from "../swarm/tracker-server.ts";
import { feed, tellWhile } from "./feed.ts";
import { type HeldRelease, type OriginConversation, openTar, pack, rarely } from "./held-release.ts";

/** A name server that is busy answers the next time. */
const LOOKUPS_MAX = 4;
const LOOKUP_PAUSE_MS = 1_000;

/** What the origin does in its life: has a release, writes it to a file if told so, then tracks and seeds until it is told to finish. */
export async function converse(conversation: OriginConversation, startEngine: StartEngine): Promise<void> {
  const { commands, send } = conversation;
  await send({
    type: "hello",
    version: CONTRACT_VERSION,
    program: "origin",
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  });
  const source = await commands.next("pack", "open", "track");
  if (source.type === "track") {
    await track(source, conversation);
    await send({ type: "finished", bytesUploaded: 0, memoryBytes: peakMemoryBytes() });
    return;
  }
  await using release = await (source.type === "pack"
    ? pack(source, conversation)
    : openTar(source, conversation));
  let bytesUploaded = 0;
  const next = await commands.next("write", "serve", "feed", "finish");
  if (next.type === "write") await write(release, next.path, conversation);
  if (next.type === "serve") bytesUploaded = await seed(release, next, conversation, startEngine);
  if (next.type === "feed") bytesUploaded = await feed(release, next, conversation, startEngine);
  if (next.type === "write") await commands.next("finish");
  await send({ type: "finished", bytesUploaded, memoryBytes: peakMemoryBytes() });
}

async function write(
  { torrent, store }: HeldRelease,
  path: string,
  { commands, send }: OriginConversation,
): Promise<void> {
  const onProgress = rarely((progress: { bytes: number; totalBytes: number }) =>
    send({ type: "writing", ...progress }),
  );
  const sha256 = await writeTar(torrent, store, path, { signal: commands.signal, onProgress });
  await send({ type: "written", sizeBytes: torrent.lengthBytes, sha256 });
}

/** Resolves with the payload bytes uploaded. */
async function seed(
  { torrent, digests, store }: HeldRelease,
  serve: MessageOf<ToOrigin, "serve">,
  conversation: OriginConversation,
  startEngine: StartEngine,
): Promise<number> {
  const { send, log } = conversation;
  const announceAs = await addressOf(serve.announceHost, "announce-address");
  await using tracker = new Tracker(digests.infoHash, log);
  const trackerPort = await tracker.listen(serve.trackerPorts);
  tracker.admit(serve.token, { addresses: ["127.0.0.1", "::1"], announceAs });
  await using membership = await joinSwarm({
    startEngine,
    torrent,
    digests,
    store,
    key: serve.swarm.key === null ? null : Buffer.from(serve.swarm.key, "base64"),
    ports: serve.seedPorts,
    uploadLimitBytesPerSecond: serve.swarm.uploadLimitBytesPerSecond,
    firstSeeder: true,
    zone: null,
    seeders: [],
    trackerUrl: `http://127.0.0.1:${trackerPort}/announce?token=${serve.token}`,
    log,
  });
  const { engine } = membership;
  await send({ type: "serving", trackerPort, seedPort: engine.port });
  return await tellWhile(engine, admitUntilFinish(tracker, conversation), conversation);
}

/** Only tracks: the targets seed. */
async function track(
  { infoHash, trackerPorts }: MessageOf<ToOrigin, "track">,
  conversation: OriginConversation,
): Promise<void> {
  await using tracker = new Tracker(infoHash, conversation.log);
  const trackerPort = await tracker.listen(trackerPorts);
  await conversation.send({ type: "serving", trackerPort, seedPort: 0 });
  await admitUntilFinish(tracker, conversation);
}

async function admitUntilFinish(tracker: Tracker, { commands }: OriginConversation): Promise<void> {
  for (;;) {
    const command = await commands.next("admit", "finish");
    if (command.type === "finish") return;
    const { token, addresses, announceAs } = command;
    if (announceAs === null) tracker.admit(token, { addresses, announceAs });
    // A name that takes long to resolve, or does not, is the affair of one target.
    else void admitByName(tracker, { token, addresses, announceAs }, commands.signal);
  }
}

/** Never rejects. */
async function admitByName(
  tracker: Tracker,
  { token, addresses, announceAs }: { token: string; addresses: readonly string[]; announceAs: string },
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; attempt <= LOOKUPS_MAX && !signal.aborted; attempt++) {
    try {
      const address = await addressOf(announceAs, "address= in the inventory");
      tracker.admit(token, { addresses, announceAs: address });
      return;
    } catch (error) {
      tracker.refuse(token, messageOf(error));
      await sleep(LOOKUP_PAUSE_MS * attempt, undefined, { signal }).catch(() => {});
    }
  }
}

function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Peers are told addresses and not names (BEP 23). */
async function addressOf(host: string, where: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw new MurmurationError(
      "INPUT_INVALID",
      `${where}: "${host}" cannot be resolved: ${messageOf(error)}`,
    );
  }
}
