import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { rangesBytes } from "../../src/core/missing-ranges.ts";
import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { startWebTorrentEngine } from "../../src/swarm/webtorrent-engine.ts";
import { LyingStore } from "../support/memory-store.ts";
import { AdoptingStore, PartStore } from "../support/part-store.ts";
import { TestSwarm, until } from "./test-swarm.ts";

const PIECE_BYTES = 65_536;
const PIECES = 200;
/** Not on the borders of blocks, and one longer than a block. */
const MISSING = [
  { startBytes: 5, endBytes: 1_005 },
  { startBytes: 30_000, endBytes: 50_001 },
];

function start(startEngine = startTurnsEngine, encrypted = true): TestSwarm {
  const lengthBytes = PIECES * PIECE_BYTES;
  return new TestSwarm({ startEngine, encrypted, lengthBytes, pieceLengthBytes: PIECE_BYTES });
}

describe("pieces that are held in part", () => {
  test("move only what is missing, from the seeder and from each other, and at once", async () => {
    await using swarm = start();
    const seeder = await swarm.seed();
    const stores = Array.from({ length: 4 }, () => new PartStore(swarm.data, MISSING));
    const peers = [];
    const sinceMs = performance.now();
    for (const store of stores) peers.push(await swarm.join(store));
    await swarm.finish(peers);
    // A turn that ends by its time-out alone takes two seconds, or a tenth of one where all may ask.
    expect(performance.now() - sinceMs).toBeLessThan(6_000);
    const neededBytes = PIECE_BYTES + (PIECES - 1) * rangesBytes(MISSING);
    for (const { engine } of peers) {
      const { bytesFromSeeder, bytesFromPeers } = engine.stats();
      expect(bytesFromSeeder + bytesFromPeers).toBeLessThan(1.02 * neededBytes);
      expect(bytesFromPeers).toBeGreaterThan(0.4 * neededBytes);
    }
    // Each piece leaves the seeder about once, as when it is whole.
    expect(seeder.engine.stats().bytesUploaded).toBeLessThan(1.5 * neededBytes);
    for (const store of stores)
      expect(store.written.filter((fetched) => fetched === MISSING).length).toBe(PIECES - 1);
  });

  test("of which something on the disk was changed are fetched whole, and nobody is banned for it", async () => {
    await using swarm = start();
    await swarm.seed();
    const held = Buffer.from(swarm.data.content);
    for (const piece of [3, 50, 199]) held[piece * PIECE_BYTES] = held[piece * PIECE_BYTES]! ^ 1;
    const store = new PartStore(swarm.data, MISSING, held);
    const peer = await swarm.join(store);
    await swarm.finish([peer]);
    expect(swarm.log.join("\n")).not.toContain("banned");
    expect(store.written.filter((fetched) => fetched === undefined).length).toBe(1 + 3);
    const { bytesFromSeeder } = peer.engine.stats();
    expect(bytesFromSeeder).toBeLessThan((PIECES + 5) * rangesBytes(MISSING) + 6 * PIECE_BYTES);
  });

  test("and whose rest is sent wrong get the sender banned", async () => {
    await using swarm = start();
    await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
    await swarm.join(new LyingAtStore(swarm.data.torrent, swarm.data.content));
    const peers = [
      await swarm.join(new PartStore(swarm.data, MISSING)),
      await swarm.join(new PartStore(swarm.data, MISSING)),
    ];
    await swarm.finish(peers);
    expect(swarm.log.join("\n")).toContain("wrong hash");
  });
});

/** Lies where it is asked. */
class LyingAtStore extends LyingStore {
  override async readPiece(piece: number, into: Uint8Array): Promise<void> {
    await super.readPiece(piece, into);
    into[MISSING[0]!.startBytes] = into[MISSING[0]!.startBytes]! ^ 1;
  }
}

describe.each([
  { engine: "turns", startEngine: startTurnsEngine },
  { engine: "webtorrent", startEngine: startWebTorrentEngine },
])("what a store adopts while the engine runs, $engine", ({ startEngine }) => {
  test("is not fetched and is served at once, and nothing else is fetched before", async () => {
    await using swarm = start(startEngine, false);
    const seeder = await swarm.seed();
    const store = new AdoptingStore(swarm.data);
    const adopting = await swarm.join(store);
    await until(() => store.have.has(0));
    await sleep(300);
    expect(store.have.count).toBe(1);
    const adopted = Array.from({ length: PIECES / 2 }, (_, index) => 2 * index);
    store.adopt(...adopted);
    await swarm.leave(seeder);
    // Somebody who lacks all of it gets from us what we have.
    const other = await swarm.join();
    await until(() => other.store.have.count === adopted.length);
    expect(store.have.count).toBe(adopted.length);
    const again = await swarm.seed({ seeders: [adopting.address, other.address] });
    store.endAdoption();
    await swarm.finish([adopting, other]);
    const { bytesFromSeeder, bytesFromPeers } = adopting.engine.stats();
    expect(bytesFromSeeder + bytesFromPeers).toBeLessThan((PIECES / 2 + 10) * PIECE_BYTES);
    expect(again.engine.stats().bytesUploaded).toBeGreaterThan(0);
  });

  test("may be everything", async () => {
    await using swarm = start(startEngine, false);
    await swarm.seed();
    const store = new AdoptingStore(swarm.data);
    const peer = await swarm.join(store);
    await until(() => store.have.has(0));
    store.adopt(...Array.from({ length: PIECES }, (_, piece) => piece));
    store.endAdoption();
    await swarm.finish([peer]);
    const { bytesFromSeeder } = peer.engine.stats();
    expect(bytesFromSeeder).toBe(PIECE_BYTES);
  });

  test("and fails in doing so fails the engine's store", async () => {
    await using swarm = start(startEngine, false);
    await swarm.seed();
    const store = new AdoptingStore(swarm.data);
    const { engine } = await swarm.join(store);
    store.failAdoption(new Error("no space is left"));
    expect(String(await engine.storeFailed)).toContain("no space is left");
  });
});
