import { describe, expect, test } from "vitest";
import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { startWebTorrentEngine } from "../../src/swarm/webtorrent-engine.ts";
import { type TestPeer, TestSwarm, until } from "./test-swarm.ts";

describe.each([
  { engine: "the engine by turns, encrypted", startEngine: startTurnsEngine, encrypted: true },
  { engine: "the engine by turns, plain", startEngine: startTurnsEngine, encrypted: false },
  { engine: "the engine by webtorrent, plain", startEngine: startWebTorrentEngine, encrypted: false },
])("$engine", ({ startEngine, encrypted }) => {
  // Whoever computes beside it takes a part of the rate: one window without that is enough.
  test("the upload limit holds within a tenth, for one that serves several and for each of them, and is used", {
    retry: 2,
  }, async () => {
    const limits = { seeder: 1_000_000, peer: 262_144 };
    await using swarm = new TestSwarm({ startEngine, encrypted, lengthBytes: 4_000_000 });
    const seeder = await swarm.seed({ uploadLimitBytesPerSecond: limits.seeder });
    const peers: TestPeer[] = [];
    for (let index = 0; index < 4; index++)
      peers.push(await swarm.join(undefined, { uploadLimitBytesPerSecond: limits.peer }));
    const uploaded = ({ engine }: TestPeer) => engine.stats().bytesUploaded;
    await until(() => uploaded(seeder) > 0);
    const [sinceMs, before] = [performance.now(), [seeder, ...peers].map(uploaded)];
    // As long as all lack much, the seeder's link is what they wait for.
    await until(() => peers.some(({ store }) => store.have.count > 0.8 * store.have.size));
    const seconds = (performance.now() - sinceMs) / 1000;
    const [ofSeeder, ...ofPeers] = [seeder, ...peers].map(
      (one, index) => (uploaded(one) - before[index]!) / seconds,
    );
    expect(ofSeeder! / limits.seeder).toBeGreaterThan(0.9);
    expect(ofSeeder! / limits.seeder).toBeLessThan(1.1);
    for (const rate of ofPeers) expect(rate / limits.peer).toBeLessThan(1.1);
    await swarm.finish(peers);
  });
});
