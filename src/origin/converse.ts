import { lookup } from "node:dns/promises";
import { CONTRACT_VERSION, type FromOrigin, type MessageOf, type ToOrigin } from "../contract.ts";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { pieceCount } from "../core/torrent.ts";
import { torrentToText } from "../core/wire-torrent.ts";
import { type PackedRelease, packTree } from "../release/pack.ts";
import { openSourceStore, type SourceStore } from "../release/source-store.ts";
import type { RunnerConversation } from "../remote/serve-runner.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { joinSwarm } from "../swarm/join.ts";
import { Tracker } from "../swarm/tracker-server.ts";

const PROGRESS_INTERVAL_MS = 1_000;
/** While hashing, this often at most. */
const PACKING_INTERVAL_MS = 500;

type OriginConversation = RunnerConversation<ToOrigin, FromOrigin>;

/** What the origin does in its life: packs the release, then tracks and seeds until it is told to finish. */
export async function converse(conversation: OriginConversation, startEngine: StartEngine): Promise<void> {
  const { commands, send } = conversation;
  await send({
    type: "hello",
    version: CONTRACT_VERSION,
    program: "origin",
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  });
  const packed = await pack(await commands.next("pack"), conversation);
  const serve = await commands.next("serve", "finish");
  const bytesUploaded = serve.type === "serve" ? await seed(packed, serve, conversation, startEngine) : 0;
  await send({ type: "finished", bytesUploaded, memoryBytes: process.resourceUsage().maxRSS * 1024 });
}

async function pack(
  { path, exclude, pieceLengthBytes }: MessageOf<ToOrigin, "pack">,
  { commands, send }: OriginConversation,
): Promise<PackedRelease> {
  let toldMs = 0;
  const packed = await packTree(path, {
    exclude,
    pieceLengthBytes,
    signal: commands.signal,
    onProgress: (progress) => {
      if (Date.now() - toldMs < PACKING_INTERVAL_MS) return;
      toldMs = Date.now();
      void send({ type: "packing", ...progress });
    },
  });
  await send({
    type: "packed",
    torrent: torrentToText(packed.torrent, packed.digests),
    manifest: { lengthBytes: packed.manifestText.length, sha256: packed.manifestSha256 },
    pieces: pieceCount(packed.torrent),
    files: packed.files,
    sizeBytes: packed.sizeBytes,
  });
  return packed;
}

/** Resolves with the payload bytes uploaded. */
async function seed(
  packed: PackedRelease,
  serve: MessageOf<ToOrigin, "serve">,
  { commands, send, log }: OriginConversation,
  startEngine: StartEngine,
): Promise<number> {
  const announceAs = await addressOf(serve.announceHost, "announce-address");
  await using store: SourceStore = openSourceStore(packed);
  await using tracker = new Tracker(packed.digests.infoHash, log);
  const trackerPort = await tracker.listen(serve.trackerPorts);
  tracker.admit(serve.token, { addresses: ["127.0.0.1", "::1"], announceAs });
  await using membership = await joinSwarm({
    startEngine,
    torrent: packed.torrent,
    digests: packed.digests,
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
  const telling = setInterval(() => {
    const { bytesUploaded, peers } = engine.stats();
    void send({ type: "seeding", bytesUploaded, peers });
  }, PROGRESS_INTERVAL_MS);
  try {
    const failed = engine.storeFailed.then((error) => Promise.reject(error));
    for (;;) {
      const command = await Promise.race([commands.next("admit", "finish"), failed]);
      if (command.type === "finish") return engine.stats().bytesUploaded;
      const { token, addresses, announceAs } = command;
      const address = announceAs === null ? null : await addressOf(announceAs, "address= in the inventory");
      tracker.admit(token, { addresses, announceAs: address });
    }
  } finally {
    clearInterval(telling);
  }
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
