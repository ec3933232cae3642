import { hostAndPort } from "../core/ip-address.ts";
import { pieceBytes } from "../core/torrent.ts";
import { type Announcer, startAnnouncing } from "./announcer.ts";
import type { EngineOptions, PeerAddress, StartEngine, SwarmEngine } from "./engine.ts";

export interface JoinOptions extends EngineOptions {
  readonly startEngine: StartEngine;
  readonly trackerUrl: string;
  /** Called once, with the address that the tracker gives to our peers. */
  readonly onNamed?: (address: PeerAddress) => void;
}

/** Where a swarm is led from. */
export interface SwarmLead {
  readonly trackerUrl: string;
  /** Null: none that is known by its address. */
  readonly seeder: PeerAddress | null;
}

/** A peer that has announced itself and dials whom the tracker names. */
export interface Membership extends AsyncDisposable {
  readonly engine: SwarmEngine;
  /** Announces itself at another tracker from now on, and takes this peer for the seeder. */
  follow(lead: SwarmLead): void;
  /** What keeps this peer from the others, for people; undefined where nothing does. */
  trouble(): string | undefined;
}

/** @throws MurmurationError `PEER_PORT_TAKEN` */
export async function joinSwarm(options: JoinOptions): Promise<Membership> {
  const { torrent, store, seeders } = options;
  const engine = await options.startEngine(options);
  const known = new Set(seeders.map(hostAndPort));
  let { onNamed, trackerUrl } = options;
  const announcing = {
    infoHash: Buffer.from(options.digests.infoHash, "hex"),
    peerId: engine.peerId,
    port: engine.port,
    left: () => {
      if (store.have.complete) return 0;
      return Math.max(1, torrent.lengthBytes - store.have.count * pieceBytes(torrent, 0));
    },
    onPeers: (peers: readonly PeerAddress[]) => {
      for (const peer of peers) if (!known.has(hostAndPort(peer))) engine.addPeer(peer);
    },
    onNamed: (host: string) => {
      onNamed?.({ host, port: engine.port });
      onNamed = undefined;
    },
  };
  let announcer: Announcer = startAnnouncing({ url: trackerUrl, ...announcing });
  return {
    engine,
    follow(lead) {
      if (lead.seeder !== null) {
        known.add(hostAndPort(lead.seeder));
        engine.addSeeder(lead.seeder);
      }
      if (lead.trackerUrl === trackerUrl) return;
      trackerUrl = lead.trackerUrl;
      // Its farewell is for a tracker that is mostly gone, and nobody need wait for it.
      void announcer[Symbol.asyncDispose]();
      announcer = startAnnouncing({ url: trackerUrl, ...announcing });
    },
    trouble() {
      const { peers, lastConnectError } = engine.stats();
      const sentences: string[] = [];
      if (announcer.lastError !== undefined) sentences.push(`tracker: ${announcer.lastError}`);
      if (peers === 0)
        sentences.push(`no peer is connected (${lastConnectError ?? "none has answered yet"})`);
      return sentences.length === 0 ? undefined : sentences.join("; ");
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([announcer[Symbol.asyncDispose](), engine[Symbol.asyncDispose]()]);
    },
  };
}
