import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import WebTorrent, { type Torrent, type Wire } from "webtorrent";
import { MurmurationError, messageOf } from "../core/errors.ts";
import type { Adoption } from "../core/piece-store.ts";
import { RateLimiter } from "../core/rate-limiter.ts";
import { infoDictionary, pieceCount } from "../core/torrent.ts";
import { Acceptor } from "./acceptor.ts";
import { Dialler } from "./dialler.ts";
import type { EngineOptions, EngineStats, PeerAddress, SwarmEngine } from "./engine.ts";
import { PeerRoster, type RosterPeer } from "./peer-roster.ts";
import { PieceBlame } from "./piece-blame.ts";
import { PLAIN_TCP } from "./webtorrent-options.ts";
import { WebTorrentStore } from "./webtorrent-store.ts";
import { guardWire } from "./webtorrent-wire.ts";

/** As the engine by turns: the tracker names 50 at a time, and as many again may dial us. */
const CONNECTIONS_MAX = 400;
const DESTROY_TIMEOUT_MS = 2_000;
/** Webtorrent looks for work when something happens to it, which may not be when there is work again. */
const TICK_MS = 500;
/** It looks at every selection each time that it looks for work. */
const RUNS_MAX = 256;

interface Connection extends RosterPeer {
  readonly socket: Socket;
  remote: { readonly peerId: Buffer } | undefined;
  joined: boolean;
}

/**
 * Package `webtorrent` as the engine: it chooses pieces and peers, checks and speaks the wire protocol. The sockets are ours, since it would dial each
 * peer that dials it too, itself included, and give up a seeder after three attempts.
 * @throws MurmurationError `PEER_PORT_TAKEN`, `INPUT_INVALID` with a key
 */
export async function startWebTorrentEngine(options: EngineOptions): Promise<SwarmEngine> {
  if (options.key !== null) {
    throw new MurmurationError("INPUT_INVALID", "engine: webtorrent can't encrypt, it needs encryption: off");
  }
  const engine = new WebTorrentEngine(options);
  try {
    await engine.start();
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
  return engine;
}

class WebTorrentEngine implements SwarmEngine {
  readonly peerId: Buffer;
  readonly complete: Promise<void>;
  readonly storeFailed: Promise<unknown>;
  readonly #options: EngineOptions;
  readonly #client = new WebTorrent(PLAIN_TCP);
  readonly #torrent: Torrent;
  readonly #store: WebTorrentStore;
  readonly #roster: PeerRoster<Connection>;
  readonly #blame: PieceBlame<Connection>;
  readonly #acceptor: Acceptor;
  readonly #dialler: Dialler;
  /** By the remote end's `address:port`. */
  readonly #connections = new Map<string, Connection>();
  readonly #ticker: NodeJS.Timeout;
  readonly #ready = Promise.withResolvers<void>();
  #resolveComplete!: () => void;
  #resolveStoreFailed!: (error: unknown) => void;
  #port = 0;
  #bytesUploaded = 0;
  #isSelected: "nothing" | "first pieces" | "all" = "nothing";
  #isAdopting: boolean;
  #closed = false;

  constructor(options: EngineOptions) {
    const { torrent, store, seeders } = options;
    this.#options = options;
    this.peerId = Buffer.from(this.#client.peerId, "hex");
    this.complete = new Promise((resolve) => {
      this.#resolveComplete = resolve;
    });
    this.storeFailed = new Promise((resolve) => {
      this.#resolveStoreFailed = resolve;
    });
    this.#roster = new PeerRoster(this.peerId, seeders);
    this.#blame = new PieceBlame((connection, piece) => this.#refuse(connection, piece));
    this.#acceptor = new Acceptor({
      key: null,
      wanted: (socket) => this.#roster.mayConnect(socket.remoteAddress ?? ""),
      onSocket: (socket) => this.#connect(socket, undefined),
    });
    this.#dialler = new Dialler({
      key: null,
      onSocket: (socket, address) => this.#connect(socket, address),
      isConnected: (address) => this.#roster.isConnected(address),
    });
    this.#store = new WebTorrentStore({
      torrent,
      store,
      limiter: new RateLimiter(options.uploadLimitBytesPerSecond),
      onGood: (piece, bytes) => this.#blame.good(piece, bytes),
      onStored: () => this.#stored(),
      onFailed: (error) => this.#fail(error),
    });
    this.#isAdopting = store.adoption !== undefined;
    this.#torrent = this.#addTorrent();
    if (store.adoption !== undefined) this.#awaitAdoption(store.adoption);
    this.#ticker = setInterval(() => this.#torrent._update(), TICK_MS);
  }

  async start(): Promise<void> {
    await this.#ready.promise;
    // It listens whether it should or not.
    this.#client._connPool?.tcpServer.close();
    const { ports } = this.#options;
    if (ports !== null) this.#port = await this.#acceptor.listen(ports);
    for (const seeder of this.#options.seeders) this.#dialler.add(seeder, { always: true });
  }

  get port(): number {
    return this.#port;
  }

  addPeer(address: PeerAddress): void {
    if (!this.#closed) this.#dialler.add(address, { always: false });
  }

  addSeeder(address: PeerAddress): void {
    this.#roster.addSeeder(address);
    if (!this.#closed) this.#dialler.add(address, { always: true });
  }

  stats(): EngineStats {
    return {
      ...this.#roster.bytesReceived,
      // It knows no zones: it fetches from whomever it finds.
      bytesFromOtherZones: 0,
      bytesUploaded: this.#bytesUploaded,
      peers: [...this.#connections.values()].filter(({ joined }) => joined).length,
      lastConnectError: this.#dialler.lastError,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
    await this.#acceptor[Symbol.asyncDispose]();
    if (this.#client.destroyed) return;
    const destroyed = new Promise((resolve) => this.#client.destroy(resolve));
    const over = new AbortController();
    await Promise.race([destroyed, sleep(DESTROY_TIMEOUT_MS, undefined, { signal: over.signal })]);
    over.abort();
  }

  #close(): void {
    this.#closed = true;
    clearInterval(this.#ticker);
    this.#store.stop();
    this.#dialler.close();
    for (const { socket } of this.#connections.values()) socket.destroy();
  }

  #addTorrent(): Torrent {
    const { store, torrent } = this.#options;
    this.#client.on("error", (error) => this.#fail(error));
    const added = this.#client.add(
      Buffer.concat([Buffer.from("d4:info"), infoDictionary(torrent), Buffer.from("e")]),
      {
        preloadedStore: this.#store,
        storeCacheSlots: 0,
        // What our store has it has checked; of a part webtorrent reads one piece again, of all none.
        ...(store.have.complete ? { skipVerify: true } : { bitfield: store.have.bytes }),
        deselect: true,
        strategy: "sequential",
      },
    );
    added.on("error", (error) => this.#fail(error));
    added.on("warning", (warning) => this.#onWarning(messageOf(warning)));
    added.on("wire", (wire, address) => this.#onWire(wire, address ?? ""));
    added.on("ready", () => {
      this.#stored();
      this.#ready.resolve();
    });
    return added;
  }

  // Connections.

  #connect(socket: Socket, dialled: PeerAddress | undefined): void {
    const { remoteAddress, remotePort } = socket;
    socket.on("error", () => socket.destroy());
    if (this.#closed || remoteAddress === undefined || this.#connections.size >= CONNECTIONS_MAX) {
      socket.destroy();
      if (dialled !== undefined && !this.#closed) this.#dialler.lost(dialled);
      return;
    }
    const id = `${remoteAddress}:${remotePort}`;
    const connection: Connection = {
      socket,
      dialled,
      remote: undefined,
      remoteHost: remoteAddress,
      joined: false,
    };
    this.#connections.set(id, connection);
    socket.on("close", () => this.#disconnected(id, connection));
    this.#torrent.addPeer(Object.assign(socket, { id, connected: true as const }));
  }

  /** It has shaken hands. */
  #onWire(wire: Wire, id: string): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) {
      wire.destroy();
      return;
    }
    const peerId = Buffer.from(wire.peerId, "hex");
    connection.remote = { peerId };
    const admission = this.#roster.admit(connection, peerId);
    if (admission.kind === "unwelcome" && connection.dialled !== undefined)
      this.#dialler.refuse(connection.dialled);
    guardWire(wire, connection.socket);
    if (admission.kind !== "joins") {
      connection.socket.destroy();
      return;
    }
    admission.insteadOf?.socket.destroy();
    connection.joined = true;
    this.#blame.watch(wire, connection);
    wire.on("download", (bytes) => this.#roster.received(peerId, bytes));
    wire.on("upload", (bytes) => {
      this.#bytesUploaded += bytes;
    });
  }

  #disconnected(id: string, connection: Connection): void {
    this.#connections.delete(id);
    this.#blame.left(connection);
    const addresses = this.#roster.leave(connection);
    if (this.#closed) return;
    for (const address of addresses) {
      // Who has everything waits for those that lack something to dial, or for the tracker to name them.
      if (this.#options.store.have.complete) this.#dialler.forget(address);
      else this.#dialler.lost(address);
    }
  }

  #refuse(connection: Connection, piece: number): void {
    this.#options.log(`swarm: ${connection.remoteHost} sent piece ${piece} with a wrong hash and is banned`);
    this.#roster.ban(connection);
    if (connection.dialled !== undefined) this.#dialler.refuse(connection.dialled);
    connection.socket.destroy();
  }

  // Pieces.

  /** Webtorrent fetches whole pieces only: of what the store holds it uses the pieces that it holds all of. */
  #awaitAdoption(adoption: Adoption): void {
    adoption.listen((piece) => {
      if (this.#closed || this.#torrent.destroyed) return;
      this.#torrent._markVerified(piece);
      for (const wire of this.#torrent.wires) wire.have(piece);
    });
    adoption.over.then(
      () => {
        this.#isAdopting = false;
        this.#stored();
      },
      (error) => this.#fail(error),
    );
  }

  /** The first pieces before all others, as the store wants them. */
  #stored(): void {
    const { store, torrent } = this.#options;
    const { have, firstPieces } = store;
    if (have.complete) this.#resolveComplete();
    if (this.#closed || this.#torrent.destroyed || have.complete || this.#isSelected === "all") return;
    let firstLacking = 0;
    while (have.has(firstLacking)) firstLacking += 1;
    if (firstLacking >= firstPieces) {
      if (this.#isAdopting) return;
      this.#isSelected = "all";
      for (const [from, to] of shuffledRuns(firstLacking, pieceCount(torrent)))
        this.#torrent._select(from, to, 0, undefined, true);
    } else if (this.#isSelected === "nothing") {
      this.#isSelected = "first pieces";
      this.#torrent.select(firstLacking, firstPieces - 1);
    }
  }

  #onWarning(warning: string): void {
    const badPiece = /^Piece (\d+) failed verification$/.exec(warning)?.[1];
    if (badPiece === undefined) this.#options.log(`swarm: ${warning}`);
    else this.#blame.bad(Number(badPiece));
  }

  /** Without its store, or webtorrent itself, it is no peer any more. */
  #fail(error: unknown): void {
    this.#resolveStoreFailed(error);
    this.#ready.reject(error);
    this.#close();
  }
}

/**
 * Webtorrent fetches selections in the order in which they were made. In another order on each peer they have something for each other. Its own way to that,
 * `strategy: "rarest"`, looks at all pieces again and again for each block: 20 seconds of processor time where this takes one.
 */
function shuffledRuns(from: number, end: number): [from: number, to: number][] {
  const length = Math.ceil((end - from) / RUNS_MAX);
  const runs: [number, number][] = [];
  for (let first = from; first < end; first += length) runs.push([first, Math.min(end, first + length) - 1]);
  for (let at = runs.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [runs[at], runs[other]] = [runs[other]!, runs[at]!];
  }
  return runs;
}
