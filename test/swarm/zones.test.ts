import { expect, test } from "vitest";
import { isNearPeer, newPeerId } from "../../src/swarm/peer-id.ts";
import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { type TestPeer, TestSwarm } from "./test-swarm.ts";

const LENGTH_BYTES = 8_000_000;
const RATE = { uploadLimitBytesPerSecond: 4_000_000 };

test("each piece crosses into a zone about once", async () => {
  await using swarm = new TestSwarm({
    startEngine: startTurnsEngine,
    encrypted: true,
    lengthBytes: LENGTH_BYTES,
  });
  await swarm.seed(RATE);
  const zones: Record<string, TestPeer[]> = { "iad-a": [], "fra-1": [] };
  for (let round = 0; round < 4; round++)
    for (const [zone, peers] of Object.entries(zones))
      peers.push(await swarm.join(undefined, { zone, ...RATE }));
  await swarm.finish(Object.values(zones).flat());
  for (const peers of Object.values(zones)) {
    const crossed = peers.reduce((sum, { engine }) => sum + engine.stats().bytesFromOtherZones, 0);
    expect(crossed / LENGTH_BYTES).toBeGreaterThanOrEqual(1);
    expect(crossed / LENGTH_BYTES).toBeLessThan(1.15);
  }
});

test("a zone whose members all leave but one gets the rest from outside", async () => {
  await using swarm = new TestSwarm({
    startEngine: startTurnsEngine,
    encrypted: false,
    lengthBytes: LENGTH_BYTES,
  });
  await swarm.seed(RATE);
  const last = await swarm.join(undefined, { zone: "fra-1", ...RATE });
  const others = [
    await swarm.join(undefined, { zone: "fra-1", ...RATE }),
    await swarm.join(undefined, { zone: "fra-1", ...RATE }),
  ];
  await new Promise((resolve) => setTimeout(resolve, 700));
  for (const other of others) await swarm.leave(other);
  await swarm.finish([last]);
});

test("zones are told apart by peer ids", () => {
  const [a, alsoA, b, none] = [newPeerId("iad-a"), newPeerId("iad-a"), newPeerId("fra-1"), newPeerId(null)];
  expect(a).toHaveLength(20);
  expect(a.equals(alsoA)).toBe(false);
  expect(isNearPeer(a, alsoA)).toBe(true);
  expect(isNearPeer(a, b)).toBe(false);
  expect(isNearPeer(a, none)).toBe(false);
  expect(isNearPeer(none, a)).toBe(true);
  expect(isNearPeer(a, Buffer.from("-TR3000-abcdefghijkl"))).toBe(false);
});
