import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { encodeBlockMessage, encodeFlag, encodePieceHead, MESSAGE } from "../../src/core/wire-messages.ts";
import type { StartEngine } from "../../src/swarm/engine.ts";
import { BrokenStore, LyingStore } from "../support/memory-store.ts";
import { RawPeer, Relay } from "../support/raw-peer.ts";
import { TestSwarm, until } from "./test-swarm.ts";

/** What engines may differ in; everything else they share. */
export interface EngineTraits {
  /** Speaks TLS where there is a key. Without it the engine is run plain only, and has to refuse a key. */
  readonly encrypts: boolean;
}

/** What every engine must survive. */
export function engineSuite(name: string, startEngine: StartEngine, { encrypts }: EngineTraits): void {
  const links = [
    { link: "encrypted", encrypted: true },
    { link: "plain", encrypted: false },
  ].filter(({ encrypted }) => encrypts || !encrypted);

  describe.each(links)(`${name}, $link`, ({ encrypted }) => {
    const start = (size: { lengthBytes?: number; pieceLengthBytes?: number } = {}) =>
      new TestSwarm({ startEngine, encrypted, ...size });

    test("a seeder and several peers end up with equal content", async () => {
      await using swarm = start({ lengthBytes: 3_000_001 });
      const seeder = await swarm.seed();
      const peers = [await swarm.join(), await swarm.join(), await swarm.join(), await swarm.join()];
      await swarm.finish(peers);
      const received = peers.map(({ engine }) => engine.stats());
      for (const { bytesFromSeeder, bytesFromPeers } of received)
        expect(bytesFromSeeder + bytesFromPeers).toBeGreaterThanOrEqual(3_000_001);
      expect(seeder.engine.stats().bytesUploaded).toBeLessThan(4 * 3_000_001);
    });

    test("one piece that is shorter than a block arrives", async () => {
      await using swarm = start({ lengthBytes: 7 });
      await swarm.seed();
      await swarm.finish([await swarm.join()]);
    });

    test("who starts with half of the pieces fetches only the other half", async () => {
      await using swarm = start({ lengthBytes: 1_048_576 });
      await swarm.seed();
      const store = swarm.emptyStore();
      for (let piece = 0; piece < 16; piece += 2)
        await store.writePiece(piece, swarm.data.content.subarray(piece * 65_536, (piece + 1) * 65_536));
      const peer = await swarm.join(store);
      await swarm.finish([peer]);
      expect(peer.engine.stats().bytesFromSeeder).toBe(524_288);
    });

    test("what a seeder sent before it was known for one is counted as the seeder's", async () => {
      await using swarm = start({ lengthBytes: 1_048_576 });
      const peer = await swarm.join();
      const seeder = await swarm.seed({ seeders: [peer.address], uploadLimitBytesPerSecond: 400_000 });
      await until(() => peer.store.have.count > 2);
      expect(peer.engine.stats().bytesFromSeeder).toBe(0);
      peer.engine.addSeeder(seeder.address);
      await until(() => peer.engine.stats().bytesFromSeeder > 131_072);
      await swarm.finish([peer]);
      const { bytesFromSeeder, bytesFromPeers } = peer.engine.stats();
      // A block that was on its way in a connection that another takes the place of comes again.
      expect(bytesFromSeeder).toBeGreaterThanOrEqual(1_048_576);
      expect(bytesFromPeers).toBe(0);
    });

    test("a peer that sends bad pieces is banned, and everybody finishes", async () => {
      await using swarm = start();
      await swarm.seed({ uploadLimitBytesPerSecond: 1_000_000 });
      await swarm.join(new LyingStore(swarm.data.torrent, swarm.data.content));
      const peers = [await swarm.join(), await swarm.join(), await swarm.join()];
      await swarm.finish(peers);
      expect(swarm.log.join("\n")).toContain("wrong hash");
    });

    test("the seeder leaves when every piece is out once, and the rest finish from each other", async () => {
      await using swarm = start({ lengthBytes: 2_000_000 });
      const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
      const peers = [await swarm.join(), await swarm.join(), await swarm.join()];
      const pieces = [...Array(seeder.store.have.size).keys()];
      await until(() => pieces.every((piece) => peers.some(({ store }) => store.have.has(piece))));
      await swarm.leave(seeder);
      await swarm.finish(peers);
    });

    test("a peer that leaves on the way costs the others nothing", async () => {
      await using swarm = start({ lengthBytes: 2_000_000 });
      await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
      const leaver = await swarm.join();
      const peers = [await swarm.join(), await swarm.join()];
      await until(() => leaver.store.have.count > 5);
      await swarm.leave(leaver);
      await swarm.finish(peers);
    });

    test("a connection that breaks is made again", async () => {
      await using swarm = start({ lengthBytes: 2_000_000 });
      const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
      await using relay = await Relay.start(seeder.address);
      const peer = await swarm.join(undefined, { seeders: [relay.address] });
      await until(() => peer.store.have.count > 5);
      relay.cut();
      await swarm.finish([peer]);
      expect(relay.connections).toBe(2);
    });

    test("a seeder that dialled its peer is found again when the connection breaks", async () => {
      await using swarm = start({ lengthBytes: 2_000_000 });
      const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 1_000_000 });
      await using toSeeder = await Relay.start(seeder.address);
      const peer = await swarm.join(undefined, { seeders: [toSeeder.address] });
      await using toPeer = await Relay.start(peer.address);
      seeder.engine.addPeer(toPeer.address);
      await until(() => toPeer.connections === 1 && peer.store.have.count > 5);
      toSeeder.cut();
      toPeer.cut();
      await swarm.finish([peer]);
    });

    test("a peer with two addresses is connected once, and stays so", async () => {
      await using swarm = start({ lengthBytes: 2_000_000 });
      const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 1_500_000 });
      await using detour = await Relay.start(seeder.address);
      const peer = await swarm.join();
      peer.engine.addPeer(detour.address);
      await swarm.finish([peer]);
      expect(peer.engine.stats()).toMatchObject({ bytesFromPeers: 0, peers: 1 });
      expect(detour.connections).toBeLessThanOrEqual(2);
    });

    test("its own address among the tracker's answers does no harm", async () => {
      await using swarm = start();
      await swarm.seed();
      const peer = await swarm.join();
      peer.engine.addPeer(peer.address);
      await swarm.finish([peer]);
      expect(peer.engine.stats().peers).toBe(1);
    });

    test.each<[string, (raw: RawPeer, swarm: TestSwarm) => void]>([
      ["sends garbage", (raw) => raw.send(randomBytes(100_000))],
      [
        "shakes hands and sends every kind of message with garbage in it",
        (raw, swarm) => {
          raw.shakeHands(swarm.infoHash);
          for (let length = 0; length < 20; length++) {
            for (let kind = 0; kind <= 24; kind++) {
              const head = Buffer.alloc(5);
              head.writeUInt32BE(1 + length);
              head[4] = kind;
              raw.send(head, randomBytes(length));
            }
          }
        },
      ],
      ["is silent", () => {}],
      ["asks for another torrent", (raw) => raw.shakeHands("00".repeat(20))],
      [
        "announces a message of 4 GB",
        (raw, swarm) => {
          raw.shakeHands(swarm.infoHash);
          raw.send(Buffer.from([0xff, 0xff, 0xff, 0xff, MESSAGE.bitfield]), Buffer.alloc(1_000_000));
        },
      ],
      [
        "announces a block of 4 GB",
        (raw, swarm) => {
          raw.shakeHands(swarm.infoHash);
          raw.send(encodePieceHead({ piece: 0, begin: 0, length: 0xff_ff_ff_00 }), Buffer.alloc(1_000_000));
        },
      ],
      [
        "sends blocks that nobody asked for",
        (raw, swarm) => {
          raw.shakeHands(swarm.infoHash);
          const block = { piece: 0, begin: 0, length: 16_384 };
          for (let index = 0; index < 50; index++)
            raw.send(encodePieceHead(block), Buffer.alloc(block.length));
        },
      ],
      [
        "has pieces, grants turns, and sends nothing",
        (raw, swarm) => {
          raw.shakeHands(swarm.infoHash);
          raw.send(encodeFlag(MESSAGE.haveAll), encodeFlag(MESSAGE.unchoke));
        },
      ],
      [
        "asks for a whole piece and reads nothing",
        (raw, swarm) => {
          raw.shakeHands(swarm.infoHash);
          raw.send(encodeFlag(MESSAGE.interested));
          for (let begin = 0; begin < 65_536; begin += 16_384)
            raw.send(encodeBlockMessage(MESSAGE.request, { piece: 1, begin, length: 16_384 }));
        },
      ],
    ])("a peer that %s harms nobody", async (_name, misbehave) => {
      await using swarm = start({ lengthBytes: 2_000_000 });
      const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 4_000_000 });
      const peers = [await swarm.join(), await swarm.join()];
      using toSeeder = await RawPeer.connect(seeder.engine.port, swarm.key);
      using toPeer = await RawPeer.connect(peers[0]!.engine.port, swarm.key);
      misbehave(toSeeder, swarm);
      misbehave(toPeer, swarm);
      await swarm.finish(peers);
    });

    test("a peer whose disk cannot be written tells it once, and the others finish", async () => {
      await using swarm = start();
      await swarm.seed();
      const broken = await swarm.join(new BrokenStore(swarm.data, "writing"));
      const peer = await swarm.join();
      await swarm.finish([peer]);
      expect(await broken.engine.storeFailed).toMatchObject({ message: "the disk is full" });
    });

    test("a seeder whose disk cannot be read tells it, and its peers finish elsewhere", async () => {
      await using swarm = start();
      const broken = await swarm.join(new BrokenStore(swarm.data, "reading"));
      await swarm.seed();
      const peer = await swarm.join();
      await swarm.finish([peer]);
      expect(await broken.engine.storeFailed).toMatchObject({ message: "the disk is gone" });
    });

    test("what it opened is closed when it is disposed, while everything is under way", async () => {
      const before = openResources();
      {
        await using swarm = start({ lengthBytes: 20_000_000 });
        const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 1_000_000 });
        const peers = [await swarm.join(), await swarm.join(), await swarm.join()];
        peers[0]!.engine.addPeer({ host: "127.0.0.1", port: 1 });
        using _silent = await RawPeer.connect(seeder.engine.port, swarm.key);
        await until(() => peers.every(({ store }) => store.have.count > 0));
      }
      await until(() => openResources() <= before, 5_000);
    });

    test("a port that is taken is an error with a code, and leaves nothing open", async () => {
      await using swarm = start();
      const seeder = await swarm.seed();
      const { port } = seeder.engine;
      const before = openResources();
      await expect(swarm.join(undefined, { ports: { from: port, to: port } })).rejects.toMatchObject({
        code: "PEER_PORT_TAKEN",
      });
      await until(() => openResources() <= before, 5_000);
    });

    test("the next port of the range is taken where the first is not free", async () => {
      await using swarm = start();
      const { port } = (await swarm.seed()).engine;
      const peer = await swarm.join(undefined, { ports: { from: port, to: port + 20 } });
      expect(peer.engine.port).toBeGreaterThan(port);
      await swarm.finish([peer]);
    });
  });

  if (!encrypts) {
    test(`${name} refuses a key instead of ignoring it`, async () => {
      const before = openResources();
      await using swarm = new TestSwarm({ startEngine, encrypted: true });
      await expect(swarm.seed()).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringContaining("encryption: off"),
      });
      await until(() => openResources() <= before, 5_000);
    });
    return;
  }

  describe(`${name}, keys`, () => {
    test("who has another key can neither join nor read", async () => {
      await using swarm = new TestSwarm({ startEngine, encrypted: true });
      const seeder = await swarm.seed();
      const stranger = await swarm.join(undefined, { key: randomBytes(32) });
      seeder.engine.addPeer(stranger.address);
      const peer = await swarm.join();
      await swarm.finish([peer]);
      await until(() => stranger.engine.stats().lastConnectError !== undefined);
      await sleep(300);
      expect(stranger.engine.stats()).toMatchObject({ peers: 0, bytesFromPeers: 0, bytesFromSeeder: 0 });
      expect(seeder.engine.stats().peers).toBe(1);
    });

    test("who has no key can neither join nor read", async () => {
      await using swarm = new TestSwarm({ startEngine, encrypted: true });
      const seeder = await swarm.seed();
      const stranger = await swarm.join(undefined, { key: null });
      seeder.engine.addPeer(stranger.address);
      using raw = await RawPeer.connect(seeder.engine.port, null);
      raw.read();
      raw.shakeHands(swarm.infoHash);
      await swarm.finish([await swarm.join()]);
      await raw.closed;
      expect(Buffer.concat(raw.received).includes("BitTorrent")).toBe(false);
      expect(stranger.engine.stats()).toMatchObject({ peers: 0, bytesFromPeers: 0, bytesFromSeeder: 0 });
    });
  });
}

/** Sockets, servers and timers of this process that keep it alive. */
function openResources(): number {
  const counted = [
    "TCPSocketWrap",
    "TCPServerWrap",
    "TLSWrap",
    "Timeout",
    "TCPConnectWrap",
    "GetAddrInfoReqWrap",
  ];
  return process.getActiveResourcesInfo().filter((name) => counted.includes(name)).length;
}
