import type { Socket } from "node:net";
import type { PieceStore } from "../core/piece-store.ts";
import type { Torrent, TorrentDigests } from "../core/torrent.ts";

/** What an engine is given: the turns engine of this project now, others behind the same interface. */
export interface EngineOptions {
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly store: PieceStore;
  /** 32 bytes that every peer of this run knows; null: plain BitTorrent, anybody may connect. */
  readonly key: Buffer | null;
  /** Null: it listens nowhere, and its peers are those that it is given by `takePeer`. */
  readonly ports: PortRange | null;
  /** Holds the only copy of the release when the swarm begins. */
  readonly firstSeeder: boolean;
  /** Bytes a second over all peers; 0: no limit. */
  readonly uploadLimitBytesPerSecond: number;
  /** Peers of the same zone fetch from each other first. Null: no zone. */
  readonly zone: string | null;
  /** Bytes from a peer at one of these are counted as the seeder's. */
  readonly seeders: readonly PeerAddress[];
  /** For stderr. Never secrets. */
  readonly log: (line: string) => void;
}

/** `from` 0: any free port. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface PeerAddress {
  readonly host: string;
  readonly port: number;
}

export interface EngineStats {
  readonly bytesFromSeeder: number;
  readonly bytesFromPeers: number;
  /** Those of both that came from outside our zone. */
  readonly bytesFromOtherZones: number;
  readonly bytesUploaded: number;
  readonly peers: number;
  /** Why the last connection attempt that failed did so. */
  readonly lastConnectError: string | undefined;
}

/** One peer of the swarm. Disposing it closes its sockets. */
export interface SwarmEngine extends AsyncDisposable {
  /** 20 bytes. */
  readonly peerId: Buffer;
  /** Where it listens; 0: nowhere. */
  readonly port: number;
  /** Connects unless it is connected already, is this peer itself, or is banned. */
  addPeer(address: PeerAddress): void;
  /** As `addPeer`, but never given up; bytes from there are counted as the seeder's. */
  addSeeder(address: PeerAddress): void;
  /**
   * Takes whoever is at the other end of this socket for a peer that need not authenticate. Of two ends exactly one speaks first. Absent where the engine
   * can't.
   */
  takePeer?(socket: Socket, options: TakenPeer): void;
  /** Resolves when the store has every piece. Never rejects: a store that fails is told by `storeFailed`. */
  readonly complete: Promise<void>;
  /** Resolves with the store's first error, while fetching or while serving. Never rejects. */
  readonly storeFailed: Promise<unknown>;
  stats(): EngineStats;
}

export interface TakenPeer {
  readonly speaksFirst: boolean;
  /** Bytes from it are counted as the seeder's. */
  readonly isSeeder: boolean;
}

/** @throws MurmurationError `PEER_PORT_TAKEN` */
export type StartEngine = (options: EngineOptions) => Promise<SwarmEngine>;
