import { hostAndPort, plainAddress } from "../core/ip-address.ts";
import type { PeerAddress } from "./engine.ts";
import type { PeerConnection } from "./peer-connection.ts";

/** A peer that comes back under another id and sends bad pieces again loses its address too. */
const BAD_PIECES_MAX = 5;

/** One connection, as far as it matters here who is at its other end. */
export interface RosterPeer {
  /** Undefined: it dialled us. */
  readonly dialled: PeerAddress | undefined;
  /** Undefined until it has shaken hands. */
  readonly remote: { readonly peerId: Buffer } | undefined;
  readonly remoteHost: string;
}

/** What becomes of a connection that has shaken hands. */
export type Admission<Peer> =
  | { readonly kind: "joins"; readonly insteadOf: Peer | undefined }
  /** Ourselves, or banned: not to be dialled again. */
  | { readonly kind: "unwelcome" }
  /** Connected in another way, and that connection stays. */
  | { readonly kind: "connected" };

/** Whoever was dialled by IPv4 and dials us is the same host, although our socket, which listens for both, says `::ffff:10.1.2.3`. */
function plain(host: string): string {
  return plainAddress(host) ?? host;
}

/** Who is connected, under which id and at which addresses, who may not be, and how much came from whom. */
export class PeerRoster<Peer extends RosterPeer = PeerConnection> {
  readonly #ownId: Buffer;
  readonly #seeders: Set<string>;
  readonly #byId = new Map<string, Peer>();
  /** Where peers were reached, by id: one peer may have several addresses. */
  readonly #addressesById = new Map<string, Map<string, PeerAddress>>();
  readonly #idByAddress = new Map<string, string>();
  readonly #seederIds = new Set<string>();
  /** Of those that aren't seeders as far as is known. */
  readonly #bytesById = new Map<string, number>();
  #bytesFromSeeder = 0;
  #bytesFromPeers = 0;
  readonly #bannedIds = new Set<string>();
  readonly #badPiecesByHost = new Map<string, number>();

  constructor(ownId: Buffer, seeders: readonly PeerAddress[]) {
    this.#ownId = ownId;
    this.#seeders = new Set(seeders.map(hostAndPort));
  }

  /** Who answers at this address from now on is a seeder. */
  addSeeder(address: PeerAddress): void {
    this.#seeders.add(hostAndPort(address));
    const id = this.#idByAddress.get(hostAndPort(address));
    if (id !== undefined) this.#seederIds.add(id);
  }

  /** False: this host has sent too many bad pieces. */
  mayConnect(host: string): boolean {
    return (this.#badPiecesByHost.get(plain(host)) ?? 0) < BAD_PIECES_MAX;
  }

  admit(peer: Peer, peerId: Buffer): Admission<Peer> {
    const id = peerId.toString("hex");
    if (peerId.equals(this.#ownId) || this.#bannedIds.has(id)) return { kind: "unwelcome" };
    if (peer.dialled !== undefined) this.#noteAddress(id, peer.dialled);
    const other = this.#byId.get(id);
    if (other !== undefined && !this.#replaces(peer, other, peerId)) return { kind: "connected" };
    this.#byId.set(id, peer);
    return { kind: "joins", insteadOf: other };
  }

  /** The connection is gone. Where to dial to reach the peer again: nowhere as long as it is connected in another way. */
  leave(peer: Peer): PeerAddress[] {
    const id = peer.remote?.peerId.toString("hex");
    const addresses = id === undefined ? undefined : this.#addressesById.get(id);
    if (id !== undefined && this.#byId.get(id) === peer) this.#byId.delete(id);
    if (id !== undefined && this.#byId.has(id)) return [];
    if (addresses !== undefined) return [...addresses.values()];
    return peer.dialled === undefined ? [] : [peer.dialled];
  }

  /** Whether the peer that answered at this address last time is connected now. */
  isConnected(address: PeerAddress): boolean {
    const id = this.#idByAddress.get(hostAndPort(address));
    return id !== undefined && this.#byId.has(id);
  }

  /** This peer is a seeder, although it was not reached at a seeder's address. */
  markSeeder(peerId: Buffer): void {
    this.#seederIds.add(peerId.toString("hex"));
  }

  /** That many bytes of pieces came from it. */
  received(peerId: Buffer, bytes: number): void {
    const id = peerId.toString("hex");
    if (this.#seederIds.has(id)) {
      this.#bytesFromSeeder += bytes;
      return;
    }
    this.#bytesFromPeers += bytes;
    this.#bytesById.set(id, (this.#bytesById.get(id) ?? 0) + bytes);
  }

  get bytesReceived(): { readonly bytesFromSeeder: number; readonly bytesFromPeers: number } {
    return { bytesFromSeeder: this.#bytesFromSeeder, bytesFromPeers: this.#bytesFromPeers };
  }

  ban(peer: Peer): void {
    if (peer.remote !== undefined) this.#bannedIds.add(peer.remote.peerId.toString("hex"));
    const host = plain(peer.remoteHost);
    this.#badPiecesByHost.set(host, (this.#badPiecesByHost.get(host) ?? 0) + 1);
  }

  #noteAddress(id: string, address: PeerAddress): void {
    const key = hostAndPort(address);
    const before = this.#idByAddress.get(key);
    // Another peer has taken the address over: a program that was started again.
    if (before !== undefined && before !== id) this.#addressesById.get(before)?.delete(key);
    this.#idByAddress.set(key, id);
    const addresses = this.#addressesById.get(id) ?? new Map<string, PeerAddress>();
    this.#addressesById.set(id, addresses.set(key, address));
    if (this.#seeders.has(key)) this.#reachedSeeder(id);
  }

  /** A seeder that dialled us is known only now, and has sent already. */
  #reachedSeeder(id: string): void {
    this.#seederIds.add(id);
    const bytes = this.#bytesById.get(id) ?? 0;
    this.#bytesById.delete(id);
    this.#bytesFromSeeder += bytes;
    this.#bytesFromPeers -= bytes;
  }

  /** Of two connections between the same two peers both sides keep the one that the smaller id dialled, or else the newer. */
  #replaces(fresh: Peer, old: Peer, remoteId: Buffer): boolean {
    const weDialledFresh = fresh.dialled !== undefined;
    if (weDialledFresh === (old.dialled !== undefined)) return true;
    return weDialledFresh === this.#ownId.compare(remoteId) < 0;
  }
}
