import { expect, test } from "vitest";
import { seededRandom } from "../../sim/seeded-random.ts";
import { choosePeers } from "../../src/core/peer-order.ts";

function choose<Peer>(
  peers: readonly Peer[],
  isNear: (peer: Peer) => boolean,
  wanted: number,
  random: () => number,
) {
  const near = peers.filter(isNear);
  const far = peers.filter((peer) => !isNear(peer));
  // In several lists, of which one is empty.
  return choosePeers({ near: [near.slice(0, 3), [], near.slice(3)], far: [far], wanted, random });
}

const PEERS = Array.from({ length: 100 }, (_, id) => ({ id, zone: id % 4 }));

test("nearly all that are named are of the same zone", () => {
  const chosen = choose(PEERS, ({ zone }) => zone === 2, 20, seededRandom(1));
  expect(chosen).toHaveLength(20);
  expect(new Set(chosen).size).toBe(20);
  expect(chosen.filter(({ zone }) => zone !== 2)).toHaveLength(4);
});

test("a zone with few peers is filled up from the others", () => {
  const chosen = choose(PEERS.slice(0, 40), ({ zone, id }) => zone === 2 && id < 10, 20, seededRandom(1));
  expect(chosen.filter(({ zone, id }) => zone === 2 && id < 10)).toHaveLength(2);
  expect(chosen).toHaveLength(20);
});

test("where all are near, or none, as many are named as were wanted", () => {
  expect(choose(PEERS, () => true, 20, seededRandom(1))).toHaveLength(20);
  expect(choose(PEERS, () => false, 20, seededRandom(1))).toHaveLength(20);
  expect(choose(PEERS, () => false, 0, seededRandom(1))).toEqual([]);
  expect(choose(PEERS.slice(0, 3), () => true, 20, seededRandom(1))).toHaveLength(3);
});

test("everybody is named as often as the others", () => {
  const random = seededRandom(1);
  const counts = new Map<number, number>();
  for (let round = 0; round < 2_000; round++)
    for (const { id } of choose(PEERS, ({ zone }) => zone === 0, 20, random))
      counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { id, zone } of PEERS) {
    const expected = zone === 0 ? (2_000 * 16) / 25 : (2_000 * 4) / 75;
    expect(counts.get(id)! / expected).toBeGreaterThan(0.6);
    expect(counts.get(id)! / expected).toBeLessThan(1.5);
  }
});

test("the one that asks is never named, and another in its place", () => {
  for (const nearCount of [3, 50]) {
    const options = {
      near: [PEERS.slice(0, nearCount)],
      far: [PEERS.slice(50)],
      wanted: 20,
      random: seededRandom(1),
    };
    const chosen = choosePeers({ ...options, isLeftOut: ({ id }) => id === 1 });
    expect(new Set(chosen).size).toBe(20);
    expect(chosen.map(({ id }) => id)).not.toContain(1);
  }
});
