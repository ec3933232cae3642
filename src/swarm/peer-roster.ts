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

/** Who is connected, under which id and at which addresses, and who may not be. */
export class PeerRoster<Peer extends RosterPeer = PeerConnection> {
  readonly #ownId: Buffer;
  readonly #seeders: Set<string>;
  readonly #byId = new Map<string, Peer>();
  /** Where peers were reached, by id: one peer may have several addresses. */
  readonly #addressesById = new Map<string, Map<string, PeerAddress>>();
  readonly #idByAddress = new Map<string, string>();
  readonly #seederIds = new Set<string>();
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

  /** Whether the peer was reached at a seeder's address, by this connection or another. */
  isSeeder(peerId: Buffer): boolean {
    return this.#seederIds.has(peerId.toString("hex"));
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
    if (this.#seeders.has(key)) this.#seederIds.add(id);
  }

  /** Of two connections between the same two peers both sides keep the one that the smaller id dialled, or else the newer. */
  #replaces(fresh: Peer, old: Peer, remoteId: Buffer): boolean {
    const weDialledFresh = fresh.dialled !== undefined;
    if (weDialledFresh === (old.dialled !== undefined)) return true;
    return weDialledFresh === this.#ownId.compare(remoteId) < 0;
  }
}
