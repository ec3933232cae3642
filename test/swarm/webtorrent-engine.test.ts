import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { encodeBlockMessage, encodeFlag, encodePieceHead, MESSAGE } from "../../src/core/wire-messages.ts";
import type { StartEngine } from "../../src/swarm/engine.ts";
import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { startWebTorrentEngine } from "../../src/swarm/webtorrent-engine.ts";
import { startHostilePeer } from "../support/hostile-peer.ts";
import { LyingStore } from "../support/memory-store.ts";
import { RawPeer } from "../support/raw-peer.ts";
import { engineSuite } from "./engine-suite.ts";
import { TestSwarm, until } from "./test-swarm.ts";

engineSuite("the engine by webtorrent", startWebTorrentEngine, { encrypts: false });

function start(lengthBytes = 1_000_000, startEngine: StartEngine = startWebTorrentEngine): TestSwarm {
  return new TestSwarm({ startEngine, encrypted: false, lengthBytes });
}

/** The seeder needs no more than a few copies' time: its peers fetch from each other. */
test("peers have something for each other long before they have everything", async () => {
  await using swarm = start(8_000_000);
  await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
  const peers = [await swarm.join(), await swarm.join(), await swarm.join(), await swarm.join()];
  await swarm.finish(peers);
  for (const { engine } of peers) {
    const { bytesFromSeeder, bytesFromPeers } = engine.stats();
    expect(bytesFromPeers).toBeGreaterThan(0.4 * (bytesFromSeeder + bytesFromPeers));
  }
});

test("what comes before all others is there before anything else is asked for", async () => {
  await using swarm = start();
  await swarm.seed({ uploadLimitBytesPerSecond: 500_000 });
  const store = swarm.emptyStore();
  Object.assign(store, { firstPieces: 5 });
  const order: number[] = [];
  const write = store.writePiece.bind(store);
  store.writePiece = async (piece, bytes) => {
    order.push(piece);
    await write(piece, bytes);
  };
  await swarm.finish([await swarm.join(store)]);
  expect(order.slice(0, 5).toSorted()).toEqual([0, 1, 2, 3, 4]);
  expect(order.toSorted((a, b) => a - b)).toEqual([...Array(16).keys()]);
});

test("a liar is found out although its blocks come mixed with others', and honest peers are not blamed", async () => {
  await using swarm = start(4_000_000);
  await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
  const liar = await swarm.join(new LyingStore(swarm.data.torrent, swarm.data.content));
  const peers = [await swarm.join(), await swarm.join(), await swarm.join()];
  await swarm.finish(peers);
  expect(swarm.log.filter((line) => line.includes("wrong hash")).length).toBeGreaterThan(0);
  // All are still connected with all, but for those who found the liar out.
  await until(() => liar.engine.stats().peers <= 1);
  for (const { engine } of peers) expect(engine.stats().peers).toBeGreaterThanOrEqual(3);
});

test("an enemy that comes back under another name is turned away in the end, and costs no piece", async () => {
  await using swarm = start(6_000_000);
  const ports = { from: 28_470, to: 28_473 };
  const { infoHash } = swarm;
  using enemy = startHostilePeer({ malice: "bad pieces", localAddress: "127.6.7.2", ports, infoHash });
  await swarm.seed({ ports, uploadLimitBytesPerSecond: 2_000_000 });
  const peers = [
    await swarm.join(undefined, { ports }),
    await swarm.join(undefined, { ports }),
    await swarm.join(undefined, { ports }),
  ];
  await swarm.finish(peers);
  expect(enemy.blocksSent).toBeGreaterThan(0);
  // Each peer believes it five times, and the seeder never asks it.
  const bans = swarm.log.filter((line) => line.includes("wrong hash"));
  expect(bans.length).toBeGreaterThan(0);
  expect(bans.length).toBeLessThanOrEqual(3 * 5);
  expect(bans.every((line) => line.includes("127.6.7.2"))).toBe(true);
});

test.each([
  ["message", Buffer.from([0x7f, 0xff, 0xff, 0xff, MESSAGE.bitfield])],
  ["block", encodePieceHead({ piece: 0, begin: 0, length: 0x10_00_00 })],
])("who announces a %s longer than any is dropped, and nothing is kept of it", async (_, head) => {
  await using swarm = start();
  const seeder = await swarm.seed();
  using raw = await RawPeer.connect(seeder.engine.port, null);
  raw.read();
  raw.shakeHands(swarm.infoHash);
  raw.send(head, Buffer.alloc(100_000));
  let closed = false;
  void raw.closed.then(() => {
    closed = true;
  });
  await until(() => closed, 5_000);
});

test.each([
  ["which are sent", true],
  ["which are refusals", false],
])(
  "who asks without reading the answers, %s, is dropped before they fill the memory",
  async (_, unchoked) => {
    await using swarm = start();
    const seeder = await swarm.seed();
    using raw = await RawPeer.connect(seeder.engine.port, null);
    raw.socket.pause();
    raw.shakeHands(swarm.infoHash);
    await until(() => seeder.engine.stats().peers === 1);
    if (unchoked) raw.send(encodeFlag(MESSAGE.interested));
    await sleep(100);
    const request = encodeBlockMessage(MESSAGE.request, { piece: 1, begin: 0, length: 16_384 });
    const many = Buffer.concat(Array(unchoked ? 256 : 8_192).fill(request));
    let closed = false;
    raw.socket.on("close", () => {
      closed = true;
    });
    const send = (error?: Error | null) => {
      if (!closed && !error) raw.socket.write(many, (failed) => void setTimeout(send, 5, failed));
    };
    send();
    await until(() => seeder.engine.stats().peers === 0, 20_000);
    expect(seeder.engine.stats().bytesUploaded).toBeLessThan(40 * 1024 * 1024);
    await swarm.finish([await swarm.join()]);
  },
);

test("it and the engine by turns are one swarm", async () => {
  let started = 0;
  await using swarm = start(3_000_000, (options) => {
    started += 1;
    return started % 2 === 0 ? startWebTorrentEngine(options) : startTurnsEngine(options);
  });
  await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
  const peers = [await swarm.join(), await swarm.join(), await swarm.join(), await swarm.join()];
  await swarm.finish(peers);
  for (const { engine } of peers) expect(engine.stats().bytesFromPeers).toBeGreaterThan(0);
});
