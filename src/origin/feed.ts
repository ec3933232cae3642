import type { MessageOf, ToOrigin } from "../contract.ts";
import type { StartEngine, SwarmEngine } from "../swarm/engine.ts";
import { listenPrivately } from "../swarm/private-socket.ts";
import type { HeldRelease, OriginConversation } from "./held-release.ts";

const PROGRESS_INTERVAL_MS = 1_000;

/** Gives the release to the one who passes it on. Resolves with the payload bytes uploaded. */
export async function feed(
  { torrent, digests, store }: HeldRelease,
  { uploadLimitBytesPerSecond }: MessageOf<ToOrigin, "feed">,
  conversation: OriginConversation,
  startEngine: StartEngine,
): Promise<number> {
  const { commands, send, log } = conversation;
  await using engine = await startEngine({
    torrent,
    digests,
    store,
    key: null,
    ports: null,
    uploadLimitBytesPerSecond,
    firstSeeder: true,
    zone: null,
    seeders: [],
    log,
  });
  await using socket = await listenPrivately((end) =>
    engine.takePeer?.(end, { speaksFirst: true, isSeeder: false }),
  );
  await send({ type: "feeding", uplinkPath: socket.path });
  return await tellWhile(engine, commands.next("finish"), conversation);
}

/** Tells how much has been uploaded until `work` is over. @throws what the store cannot do any more */
export async function tellWhile(
  engine: SwarmEngine,
  work: Promise<unknown>,
  { send }: OriginConversation,
): Promise<number> {
  const telling = setInterval(() => {
    const { bytesUploaded, peers } = engine.stats();
    void send({ type: "seeding", bytesUploaded, peers });
  }, PROGRESS_INTERVAL_MS);
  try {
    const failed = engine.storeFailed.then((error) => Promise.reject(error));
    await Promise.race([work, failed]);
    return engine.stats().bytesUploaded;
  } finally {
    clearInterval(telling);
  }
}
