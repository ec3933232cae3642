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
