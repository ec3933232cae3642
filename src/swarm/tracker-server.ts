import { isIP } from "node:net";
import TrackerServer, {
  type AnnounceCallback,
  type AnnounceParams,
  type SwarmPeer,
} from "bittorrent-tracker/server";
import { MurmurationError } from "../core/errors.ts";
import { isLinkLocal, plainAddress } from "../core/ip-address.ts";
import { choosePeers } from "../core/peer-order.ts";
import { addressBytes } from "./compact-address.ts";
import type { PortRange } from "./engine.ts";
import { listenInRange } from "./listen.ts";
import { zoneOf } from "./peer-id.ts";

/** Murder (2010) asked every 15 s as well; who joins dials those that are there, so nobody waits for this. */
const ANNOUNCE_INTERVAL_MS = 15_000;
const PEERS_MAX = 50_000;
/** An announce is one short request: a connection that takes longer is no peer of ours. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface Admission {
  /** The announcing host's possible addresses. */
  readonly addresses: readonly string[];
  /** The address that peers are told, wherever the announce came from. */
  readonly announceAs: string | null;
}

/** An HTTP tracker (BEP 3, 23) for one torrent and for those only who were admitted. */
export class Tracker implements AsyncDisposable {
  readonly #infoHash: string;
  readonly #admitted = new Map<string, Admission>();
  /** Why, by token. */
  readonly #refused = new Map<string, string>();
  readonly #server: TrackerServer;

  /** `infoHash`: hex. */
  constructor(infoHash: string, log: (line: string) => void) {
    this.#infoHash = infoHash;
    this.#server = new TrackerServer({
      interval: ANNOUNCE_INTERVAL_MS,
      udp: false,
      ws: false,
      stats: false,
      peersCacheLength: PEERS_MAX,
      filter: (asked, params, callback) => callback(this.#refuse(asked, params)),
    });
    this.#server.createSwarm = (hash, callback) => {
      this.#server.torrents[hash] = new ZoneSwarm(hash, this.#server);
      callback(null, this.#server.torrents[hash]);
    };
    this.#server.on("warning", (error: Error) => log(`tracker: ${error.message}`));
    this.#server.on("error", (error: Error) => log(`tracker: ${error.message}`));
  }

  /** The port. @throws MurmurationError `PEER_PORT_TAKEN` */
  async listen(ports: PortRange): Promise<number> {
    const { http } = this.#server;
    if (http === null) throw new MurmurationError("INTERNAL", "the tracker has no HTTP server");
    http.requestTimeout = REQUEST_TIMEOUT_MS;
    http.headersTimeout = REQUEST_TIMEOUT_MS;
    // The server would answer scrapes too, without a question to the filter. What has an answer already it leaves alone.
    http.prependListener("request", (request, response) => {
      if (!request.url?.startsWith("/announce?")) response.writeHead(404).end();
    });
    return await listenInRange(http, ports, "the tracker");
  }

  admit(token: string, admission: Admission): void {
    const { addresses, announceAs } = admission;
    this.#admitted.set(token, {
      addresses: addresses.map((address) => plainAddress(address) ?? address),
      announceAs: announceAs === null ? null : (plainAddress(announceAs) ?? announceAs),
    });
  }

  /** Who announces with this token is told why it is not let in, until it is admitted. */
  refuse(token: string, why: string): void {
    this.#refused.set(token, why);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.http?.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #refuse(infoHash: string, params: AnnounceParams): Error | null {
    if (infoHash !== this.#infoHash) return new Error("another torrent");
    const token = typeof params.token === "string" ? params.token : "";
    const admission = this.#admitted.get(token);
    if (admission === undefined) return new Error(this.#refused.get(token) ?? "not a target of this run");
    const from = plainAddress(params.ip) ?? params.ip;
    if (admission.announceAs === null && !admission.addresses.includes(from)) {
      return new Error(`${from} is not one of this target's addresses; set address= in the inventory`);
    }
    if (admission.announceAs === null && isLinkLocal(from)) {
      return new Error(`peers can't be told ${from}, which is link-local; set address= in the inventory`);
    }
    // The server takes it for a number and fails when it tells others, outside of any request.
    if (!Number.isInteger(params.port)) return new Error(`${params.port} is no port`);
    params.ip = admission.announceAs ?? from;
    params.addr = isIP(params.ip) === 6 ? `[${params.ip}]:${params.port}` : `${params.ip}:${params.port}`;
    return null;
  }
}

/** The tracker's list of peers, which names those of the same zone first, and tells each at which address it is named itself (BEP 24). */
class ZoneSwarm extends TrackerServer.Swarm {
  /** The same peers as in the package's list, which has no order to draw from: with 10,000 each announce looked at all of them. */
  readonly #byZone = new Map<string | undefined, ListedPeer[]>();

  override _onAnnounceStarted(params: AnnounceParams, known: SwarmPeer | undefined, key: string): void {
    super._onAnnounceStarted(params, known, key);
    const peer = this.peers.peek(key);
    if (known !== undefined || peer === undefined) return;
    const zone = zoneIn(peer);
    const list = this.#byZone.get(zone) ?? [];
    this.#byZone.set(zone, list);
    list.push({ key, peer });
  }

  override _onAnnounceStopped(params: AnnounceParams, known: SwarmPeer | undefined, key: string): void {
    super._onAnnounceStopped(params, known, key);
    if (known !== undefined) this.#remove(known);
  }

  override announce(params: AnnounceParams, callback: AnnounceCallback): void {
    super.announce(params, (error, response) => {
      const own = addressBytes(params.ip);
      callback(error, response && (own === undefined ? response : { ...response, "external ip": own }));
    });
  }

  override _getPeers(wanted: number, ownPeerId: string): SwarmPeer[] {
    for (;;) {
      const chosen = this.#choose(wanted, ownPeerId);
      // What is too old to be named leaves the lists, and others are chosen.
      const gone = chosen.filter(({ key, peer }) => this.peers.peek(key) !== peer);
      if (gone.length === 0) return chosen.map(({ peer }) => peer);
      for (const { peer } of gone) this.#remove(peer);
    }
  }

  #choose(wanted: number, ownPeerId: string): ListedPeer[] {
    const zone = zoneOf(Buffer.from(ownPeerId, "hex"));
    const [near, far]: [ListedPeer[][], ListedPeer[][]] = [[], []];
    for (const [of, list] of this.#byZone) (zone === undefined || of === zone ? near : far).push(list);
    const isLeftOut = ({ peer }: ListedPeer) => peer.peerId === ownPeerId;
    return choosePeers({ near, far, wanted, random: Math.random, isLeftOut });
  }

  #remove(peer: SwarmPeer): void {
    const zone = zoneIn(peer);
    const list = this.#byZone.get(zone) ?? [];
    const at = list.findIndex((listed) => listed.peer === peer);
    if (at < 0) return;
    list[at] = list.at(-1)!;
    list.pop();
    if (list.length === 0) this.#byZone.delete(zone);
  }
}

interface ListedPeer {
  readonly key: string;
  readonly peer: SwarmPeer;
}

function zoneIn({ peerId }: SwarmPeer): string | undefined {
  return zoneOf(Buffer.from(peerId, "hex"));
}
