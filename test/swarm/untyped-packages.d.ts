// Strangers for the interoperability tests that ship no types: only what is called.

declare module "bittorrent-protocol" {
  import type { Duplex } from "node:stream";

  export default class Wire extends Duplex {
    peerPieces: { get(piece: number): boolean };
    peerChoking: boolean;
    hasFast: boolean;
    handshake(infoHash: string, peerId: string, extensions: { fast: boolean }): void;
    choke(): void;
    unchoke(): void;
    interested(): void;
    uninterested(): void;
    have(piece: number): void;
    suggest(piece: number): void;
    bitfield(pieces: Uint8Array): void;
    haveAll(): void;
    haveNone(): void;
    request(
      piece: number,
      begin: number,
      length: number,
      callback: (error: Error | null, block: Uint8Array | null) => void,
    ): void;
    cancel(piece: number, begin: number, length: number): void;
    reject(piece: number, begin: number, length: number): void;
    port(port: number): void;
  }
}

declare module "webtorrent" {
  export interface Torrent {
    progress: number;
    done: boolean;
    files: { arrayBuffer(): Promise<ArrayBuffer> }[];
    on(event: "done" | "ready", listener: () => void): void;
    on(event: "error" | "warning", listener: (error: Error | string) => void): void;
    addPeer(address: string): boolean;
  }
  export default class WebTorrent {
    constructor(options: object);
    torrentPort: number;
    add(metainfo: Uint8Array, options: object, onReady?: (torrent: Torrent) => void): Torrent;
    seed(content: Buffer, options: object, onSeed?: (torrent: Torrent) => void): Torrent;
    on(event: "error", listener: (error: Error | string) => void): void;
    destroy(callback: (error?: Error | string) => void): void;
  }
}
