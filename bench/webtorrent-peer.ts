import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import WebTorrent from "webtorrent";
import { PLAIN_TCP } from "../src/swarm/webtorrent-options.ts";
import { type PeerConfig, type PeerLine, peersLine } from "./peer-lines.ts";

declare module "webtorrent" {
  interface Torrent {
    uploaded: number;
  }
}

/** One peer of the package `webtorrent` for the bench, with its own store on disk; it speaks the lines of `peer-lines.ts`. */
const CLIENT_OPTIONS = { ...PLAIN_TCP, maxConns: 1_000 };

function say(line: PeerLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main(config: PeerConfig): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const client = new WebTorrent(CLIENT_OPTIONS);
  client.on("error", fail);
  const torrent = client.add(await readFile(config.torrentPath), {
    path: config.folder,
    strategy: "rarest",
    skipVerify: config.seed,
  });
  torrent.on("error", fail);
  await new Promise<void>((resolve) => torrent.on("ready", resolve));
  say({ port: client.torrentPort });

  const go = await lines.next();
  if (!go.done) {
    const { peers } = peersLine.parse(JSON.parse(go.value));
    say({ startedMs: Date.now() });
    const ended = () => say({ endedMs: Date.now() });
    if (torrent.done) ended();
    else torrent.on("done", ended);
    for (const [address, port] of peers) torrent.addPeer(`${address}:${port}`);
    await lines.next();
    say({ uploadedBytes: torrent.uploaded });
  }
  // Its own `destroy` waits for sockets that nobody closes.
  process.exit();
}

function fail(error: Error | string): void {
  console.error(error);
  process.exit(1);
}

await main(JSON.parse(process.argv.at(-1)!) as PeerConfig);
