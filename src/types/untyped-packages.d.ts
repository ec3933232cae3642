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

  export type AnnounceCallback = (error: Error | null, response?: Record<string, unknown>) => void;

  export interface SwarmPeer {
    /** Hex. */
    readonly peerId: string;
  }

  /** The list of a torrent's peers: what `createSwarm` is to be overridden with (the package's lib/server/swarm.js). */
  class Swarm {
    constructor(infoHash: string, server: TrackerServer);
    announce(params: AnnounceParams, callback: AnnounceCallback): void;
    /** Undefined where the peer has not announced itself for 20 minutes: then it is given up as if it had stopped. */
    readonly peers: { peek(key: string): SwarmPeer | undefined };
    /** Also for any other event of a peer that is not known. `peer`: of that key, where it is known. */
    _onAnnounceStarted(params: AnnounceParams, peer: SwarmPeer | undefined, key: string): void;
    /** Also where a peer is given up; then `key` is another one. */
    _onAnnounceStopped(params: AnnounceParams, peer: SwarmPeer | undefined, key: string): void;
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

declare module "webtorrent" {
  import type { Duplex } from "node:stream";

  export type BlockCallback = (error: Error | null, block?: Uint8Array | null) => void;

  /** Of package `bittorrent-protocol`. */
  export interface Wire {
    /** Hex. */
    peerId: string;
    peerRequests: readonly unknown[];
    peerPieces: { get(piece: number): boolean };
    request(piece: number, offset: number, length: number, callback: BlockCallback): void;
    have(piece: number): void;
    on(event: "download" | "upload", listener: (bytes: number) => void): void;
    on(event: "request", listener: () => void): void;
    destroy(): void;
    /** Of `streamx`: bytes on their way to the peer. */
    _readableState: { buffered: number };
    /** How many bytes the next message has, and who reads it. */
    _parse(bytes: number, parser: (message: Uint8Array) => void): void;
    _write(bytes: Uint8Array, done: (error?: Error | null) => void): void;
  }

  /** As `abstract-chunk-store` describes it. */
  export interface ChunkStore {
    readonly chunkLength: number;
    put(piece: number, bytes: Uint8Array, done: (error: Error | null) => void): void;
    get(
      piece: number,
      range: { offset?: number; length?: number } | null | undefined,
      done: BlockCallback,
    ): void;
    close(done: (error?: Error | null) => void): void;
    destroy(done: (error?: Error | null) => void): void;
  }

  export interface TorrentOptions {
    preloadedStore?: ChunkStore;
    storeCacheSlots?: number;
    skipVerify?: boolean;
    bitfield?: Uint8Array;
    deselect?: boolean;
    strategy?: "sequential" | "rarest";
    [option: string]: unknown;
  }

  export interface Torrent {
    progress: number;
    done: boolean;
    destroyed: boolean;
    files: { arrayBuffer(): Promise<ArrayBuffer> }[];
    on(event: "done" | "ready", listener: () => void): void;
    on(event: "error" | "warning", listener: (error: Error | string) => void): void;
    /** `address`: `host:port`. */
    on(event: "wire", listener: (wire: Wire, address: string | undefined) => void): void;
    /** `host:port`, or a connection that is open already. */
    addPeer(peer: string | (Duplex & { id: string; connected: true })): boolean;
    select(firstPiece: number, lastPiece: number): void;
    /** A selection that is not joined with its neighbours, as of a reader who waits for it. */
    _select(from: number, to: number, priority: number, notify: undefined, isStreamSelection: true): void;
    wires: readonly Wire[];
    /** The store has the piece, and it is not to be asked for. */
    _markVerified(piece: number): void;
    /** Asks for what can be asked for. */
    _update(): void;
  }

  export default class WebTorrent {
    constructor(options: object);
    /** Hex. */
    peerId: string;
    torrentPort: number;
    destroyed: boolean;
    add(metainfo: Uint8Array, options: TorrentOptions, onReady?: (torrent: Torrent) => void): Torrent;
    seed(content: Buffer, options: object, onSeed?: (torrent: Torrent) => void): Torrent;
    on(event: "error", listener: (error: Error | string) => void): void;
    on(event: "listening", listener: () => void): void;
    destroy(callback: (error?: Error | string | null) => void): void;
    _connPool: { tcpServer: { close(): void } } | null;
  }
}
