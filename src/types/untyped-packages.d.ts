// Packages that ship no types: only what this project calls.

declare module "bencode" {
  const bencode: {
    encode(value: unknown): Uint8Array;
    decode(data: Uint8Array): unknown;
  };
  export default bencode;
}

declare module "bittorrent-tracker/server" {
  import type { EventEmitter } from "node:events";
  import type { Server as HttpServer } from "node:http";

  export interface AnnounceParams {
    /** Hex. */
    info_hash: string;
    /** Hex. */
    peer_id: string;
    ip: string;
    port: number;
    /** Key in the swarm's peer list: `ip:port`. */
    addr: string;
    [queryParameter: string]: unknown;
  }

  export interface SwarmPeer {
    /** Hex. */
    readonly peerId: string;
  }

  /** The list of a torrent's peers: what `createSwarm` is to be overridden with (the package's lib/server/swarm.js). */
  class Swarm {
    constructor(infoHash: string, server: TrackerServer);
    readonly peers: { readonly keys: string[]; peek(key: string): SwarmPeer | undefined };
    _getPeers(wanted: number, ownPeerId: string): SwarmPeer[];
  }

  export default class TrackerServer extends EventEmitter {
    static readonly Swarm: typeof Swarm;
    readonly torrents: Record<string, Swarm>;
    createSwarm: (infoHash: string, callback: (error: Error | null, swarm?: Swarm) => void) => void;
    constructor(options: {
      interval?: number;
      http?: boolean;
      udp?: boolean;
      ws?: boolean;
      stats?: boolean;
      peersCacheLength?: number;
      peersCacheTtl?: number;
      filter?: (infoHash: string, params: AnnounceParams, callback: (error: Error | null) => void) => void;
    });
    http: HttpServer | null;
    listen(port: number, hostname: string, onListening?: () => void): void;
    close(callback?: (error: Error | null) => void): void;
  }
}
