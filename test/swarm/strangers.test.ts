import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import WebTorrent, { type Torrent as StrangeTorrent } from "webtorrent";
import { metainfoFile } from "../../src/core/torrent.ts";
import { joinSwarm, type Membership } from "../../src/swarm/join.ts";
import { Tracker } from "../../src/swarm/tracker-server.ts";
import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { MemoryStore, randomTorrent, type TestTorrent } from "../support/memory-store.ts";
import { Aria2, describeWithAria2 } from "./aria2.ts";
import { until, within } from "./test-swarm.ts";

const LENGTH_BYTES = 5_000_001;
const PIECE_LENGTH_BYTES = 65_536;
const PATIENCE_MS = 45_000;

interface OpenSwarm {
  readonly data: TestTorrent;
  readonly metainfo: Uint8Array;
  readonly folder: string;
  readonly torrentFile: string;
  join(store: MemoryStore): Promise<Membership>;
}

/** A tracker, a torrent and a folder; encryption is off, so that a stranger may take part with the metainfo file alone. */
async function openSwarm(): Promise<OpenSwarm> {
  const data = randomTorrent(LENGTH_BYTES, PIECE_LENGTH_BYTES);
  const tracker = new Tracker(data.digests.infoHash, () => {});
  onTestFinished(() => tracker[Symbol.asyncDispose]());
  const port = await tracker.listen({ from: 0, to: 0 });
  tracker.admit("open", { addresses: ["127.0.0.1"], announceAs: null });
  const trackerUrl = `http://127.0.0.1:${port}/announce?token=open`;
  const metainfo = metainfoFile(data.torrent, trackerUrl);
  const folder = mkdtempSync(join(tmpdir(), "murmuration-strangers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const torrentFile = join(folder, "build.torrent");
  writeFileSync(torrentFile, metainfo);
  return {
    data,
    metainfo,
    folder,
    torrentFile,
    async join(store) {
      const membership = await joinSwarm({
        startEngine: startTurnsEngine,
        torrent: data.torrent,
        digests: data.digests,
        store,
        key: null,
        ports: { from: 0, to: 0 },
        uploadLimitBytesPerSecond: 0,
        firstSeeder: store.have.complete,
        zone: null,
        seeders: [],
        trackerUrl,
        log: () => {},
      });
      onTestFinished(() => membership[Symbol.asyncDispose]());
      return membership;
    },
  };
}

async function soon(work: Promise<unknown>, describe: () => string): Promise<void> {
  await within(AbortSignal.timeout(PATIENCE_MS), work, describe);
}

describeWithAria2("aria2, encryption off", () => {
  test("fetches all of it from our seeder, byte for byte", async () => {
    const swarm = await openSwarm();
    const { engine } = await swarm.join(new MemoryStore(swarm.data.torrent, swarm.data.content));
    await using aria2 = new Aria2({ torrentFile: swarm.torrentFile, folder: swarm.folder, seed: false });
    await soon(aria2.finished(), () => aria2.output);
    expect(readFileSync(join(swarm.folder, "random.bin")).equals(swarm.data.content)).toBe(true);
    expect(engine.stats().bytesUploaded).toBeGreaterThanOrEqual(LENGTH_BYTES);
  });

  test("is the only seeder, and we fetch all of it, byte for byte", async () => {
    const swarm = await openSwarm();
    writeFileSync(join(swarm.folder, "random.bin"), swarm.data.content);
    await using aria2 = new Aria2({ torrentFile: swarm.torrentFile, folder: swarm.folder, seed: true });
    const store = new MemoryStore(swarm.data.torrent);
    const { engine } = await swarm.join(store);
    await soon(engine.complete, () => `${store.have.count}/${store.have.size}\n${aria2.output}`);
    expect(store.content.equals(swarm.data.content)).toBe(true);
  });

  test("two of them and two of ours finish from one seeder of ours", async () => {
    const swarm = await openSwarm();
    await swarm.join(new MemoryStore(swarm.data.torrent, swarm.data.content));
    const stores = [new MemoryStore(swarm.data.torrent), new MemoryStore(swarm.data.torrent)];
    const ours = await Promise.all(stores.map((store) => swarm.join(store)));
    const folders = ["a", "b"].map((name) => join(swarm.folder, name));
    await using one = new Aria2({ torrentFile: swarm.torrentFile, folder: folders[0]!, seed: false });
    await using two = new Aria2({ torrentFile: swarm.torrentFile, folder: folders[1]!, seed: false });
    const all = [...ours.map(({ engine }) => engine.complete), one.finished(), two.finished()];
    await soon(Promise.all(all), () => `${one.output}\n${two.output}`);
    for (const folder of folders)
      expect(readFileSync(join(folder, "random.bin")).equals(swarm.data.content)).toBe(true);
  });
});

/** As in a closed network: nothing but the tracker's peers. */
const CLOSED = {
  dht: false,
  lsd: false,
  utp: false,
  natUpnp: false,
  natPmp: false,
  utPex: false,
  webSeeds: false,
  secure: 0,
  tracker: { wrtc: false },
};

function startWebTorrent(): WebTorrent {
  const client = new WebTorrent(CLOSED);
  client.on("error", () => {});
  onTestFinished(() => new Promise<void>((resolve) => client.destroy(() => resolve())));
  return client;
}

function done(torrent: StrangeTorrent): Promise<void> {
  return new Promise((resolve, reject) => {
    torrent.on("error", reject);
    torrent.on("done", resolve);
  });
}

test("webtorrent fetches all of it from our seeder, byte for byte", async () => {
  const swarm = await openSwarm();
  await swarm.join(new MemoryStore(swarm.data.torrent, swarm.data.content));
  const torrent = startWebTorrent().add(swarm.metainfo, { path: swarm.folder });
  await soon(done(torrent), () => `${torrent.progress}`);
  const [file] = torrent.files;
  expect(Buffer.from(await file!.arrayBuffer()).equals(swarm.data.content)).toBe(true);
});

test("webtorrent is the only seeder, and we fetch all of it, byte for byte", async () => {
  const swarm = await openSwarm();
  writeFileSync(join(swarm.folder, "random.bin"), swarm.data.content);
  const torrent = startWebTorrent().add(swarm.metainfo, { path: swarm.folder });
  await soon(done(torrent), () => `${torrent.progress}`);
  const store = new MemoryStore(swarm.data.torrent);
  const { engine } = await swarm.join(store);
  await soon(engine.complete, () => `${store.have.count}/${store.have.size}`);
  await until(() => engine.stats().bytesFromPeers >= LENGTH_BYTES);
  expect(store.content.equals(swarm.data.content)).toBe(true);
});
