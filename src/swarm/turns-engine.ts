import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Bitfield } from "../core/bitfield.ts";
import type { ByteRange } from "../core/missing-ranges.ts";
import type { Adoption } from "../core/piece-store.ts";
import { RateLimiter } from "../core/rate-limiter.ts";
import { Scheduler, type SchedulerAction } from "../core/scheduler.ts";
import { swarmPolicy } from "../core/swarm-policy.ts";
import { pieceBytes, pieceCount } from "../core/torrent.ts";
import type { BlockRequest, Handshake } from "../core/wire-messages.ts";
import { Acceptor } from "./acceptor.ts";
import { Dialler } from "./dialler.ts";
import type { EngineOptions, EngineStats, PeerAddress, SwarmEngine, TakenPeer } from "./engine.ts";
import { HavePace } from "./have-pace.ts";
import { INTO_ONE_BUFFER } from "./inbound.ts";
import { PeerConnection, type PeerEvents } from "./peer-connection.ts";
import { isNearPeer, isOfThisProject, newPeerId, peerKey } from "./peer-id.ts";
import { PeerRoster } from "./peer-roster.ts";
import { type PieceBuffer, PieceBuffers } from "./piece-buffers.ts";
import { PieceIntake } from "./piece-intake.ts";

const TICK_MS = 100;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** BEP 3: connections are kept alive every two minutes; one that is silent for longer is gone. */
const KEEP_ALIVE_MS = 60_000;
const SILENT_MAX_MS = 150_000;
/** A socket that takes no byte for this long is dropped, with what is queued for it. */
const SEND_STALL_MAX_MS = 30_000;
/** The tracker names 50 at a time, and as many again may dial us; what dials beyond that is turned away. */
const CONNECTIONS_MAX = 400;

/** The engine by turns, over TCP or TLS. @throws MurmurationError `PEER_PORT_TAKEN` */
export async function startTurnsEngine(options: EngineOptions): Promise<SwarmEngine> {
  const engine = new TurnsEngine(options);
  await engine.listen();
  return engine;
}

class TurnsEngine implements SwarmEngine, PeerEvents {
  readonly peerId: Buffer;
  readonly complete: Promise<void>;
  readonly storeFailed: Promise<unknown>;
  readonly #options: EngineOptions;
  readonly #own: Handshake;
  readonly #scheduler: Scheduler;
  readonly #buffers: PieceBuffers;
  readonly #limiter: RateLimiter;
  readonly #havePace = new HavePace();
  readonly #dialler: Dialler;
  readonly #acceptor: Acceptor;
  /** Every open connection; those that have shaken hands are in `#peers` too. */
  readonly #connections = new Map<number, { peer: PeerConnection; sinceMs: number }>();
  readonly #peers = new Map<number, PeerConnection>();
  readonly #roster: PeerRoster;
  readonly #intake: PieceIntake<PeerConnection>;
  readonly #ticker: NodeJS.Timeout;
  #resolveComplete!: () => void;
  #resolveStoreFailed!: (error: unknown) => void;
  #port = 0;
  #nextId = 1;
  #bytesFromOtherZones = 0;
  #bytesUploaded = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    const { torrent, store } = options;
    this.#options = options;
    this.peerId = newPeerId(options.zone);
    this.#own = { infoHash: Buffer.from(options.digests.infoHash, "hex"), peerId: this.peerId, fast: true };
    const lengthOf = (piece: number) => pieceBytes(torrent, piece);
    this.#scheduler = new Scheduler({
      pieceCount: pieceCount(torrent),
      pieceBytes: lengthOf,
      have: store.have,
      firstPieces: store.firstPieces,
      firstOnly: store.adoption !== undefined,
      firstSeeder: options.firstSeeder,
      ...swarmPolicy(torrent.pieceLengthBytes, options),
      random: Math.random,
      zoneKey: options.zone === null ? undefined : peerKey(this.peerId),
    });
    this.#buffers = new PieceBuffers(store, torrent.pieceLengthBytes, lengthOf);
    this.#intake = new PieceIntake({
      torrent,
      store,
      buffers: this.#buffers,
      isHeld: (piece) => this.#scheduler.have.has(piece),
      onStored: (sender, piece) => this.#stored(sender, piece),
      onMixed: (sender, piece) => this.#askAgain(sender, piece),
      onBad: (sender, piece) => this.#refuse(sender, piece),
      onStoreFailed: (error) => this.#resolveStoreFailed(error),
    });
    this.#limiter = new RateLimiter(options.uploadLimitBytesPerSecond);
    this.#roster = new PeerRoster(this.peerId, options.seeders);
    this.#acceptor = new Acceptor({
      key: options.key,
      wanted: (socket) => this.#wanted(socket),
      onSocket: (socket) => this.#connect(socket, undefined),
    });
    this.#dialler = new Dialler({
      key: options.key,
      onread: INTO_ONE_BUFFER,
      onSocket: (socket, address) => this.#connect(socket, address),
      isConnected: (address) => this.#roster.isConnected(address),
    });
    this.complete = new Promise((resolve) => {
      this.#resolveComplete = resolve;
    });
    this.storeFailed = new Promise((resolve) => {
      this.#resolveStoreFailed = resolve;
    });
    if (this.#scheduler.have.complete) this.#resolveComplete();
    if (store.adoption !== undefined) this.#awaitAdoption(store.adoption);
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  async listen(): Promise<void> {
    const { ports } = this.#options;
    try {
      if (ports !== null) this.#port = await this.#acceptor.listen(ports);
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
    for (const seeder of this.#options.seeders) this.#dialler.add(seeder, { always: true });
  }

  get port(): number {
    return this.#port;
  }

  addPeer(address: PeerAddress): void {
    if (this.#closed || this.#connections.size >= CONNECTIONS_MAX) return;
    this.#dialler.add(address, { always: false });
  }

  addSeeder(address: PeerAddress): void {
    this.#roster.addSeeder(address);
    if (!this.#closed) this.#dialler.add(address, { always: true });
  }

  takePeer(socket: Socket, taken: TakenPeer): void {
    this.#connect(socket, undefined, taken);
  }

  stats(): EngineStats {
    return {
      ...this.#roster.bytesReceived,
      bytesFromOtherZones: this.#bytesFromOtherZones,
      bytesUploaded: this.#bytesUploaded,
      peers: this.#peers.size,
      lastConnectError: this.#dialler.lastError,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#intake.close();
    clearInterval(this.#ticker);
    this.#dialler.close();
    for (const { peer } of this.#connections.values()) peer.close();
    await this.#acceptor[Symbol.asyncDispose]();
  }

  // Connections.

  #wanted(socket: Socket): boolean {
    if (this.#closed || this.#connections.size >= CONNECTIONS_MAX) return false;
    return this.#roster.mayConnect(socket.remoteAddress ?? "");
  }

  #connect(socket: Socket, dialled: PeerAddress | undefined, taken?: TakenPeer): void {
    const { torrent } = this.#options;
    const peer = new PeerConnection({
      id: this.#nextId++,
      socket,
      dialled,
      speaksFirst: taken?.speaksFirst ?? dialled !== undefined,
      own: this.#own,
      pieceCount: pieceCount(torrent),
      pieceBytes: (piece) => pieceBytes(torrent, piece),
      events: this,
      upload: {
        limiter: this.#limiter,
        now: () => performance.now(),
        readPiece: (piece) => this.#readPiece(piece),
      },
    });
    peer.isSeeder = taken?.isSeeder ?? false;
    this.#connections.set(peer.id, { peer, sinceMs: performance.now() });
    if (this.#closed) peer.close();
  }

  handshake(peer: PeerConnection, handshake: Handshake): boolean {
    const admission = this.#roster.admit(peer, handshake.peerId);
    if (admission.kind === "unwelcome" && peer.dialled !== undefined) this.#dialler.refuse(peer.dialled);
    if (admission.kind !== "joins") return false;
    admission.insteadOf?.close();
    this.#peers.set(peer.id, peer);
    if (peer.isSeeder) this.#roster.markSeeder(handshake.peerId);
    peer.sendPieces(this.#scheduler.have);
    peer.isNear = isNearPeer(this.peerId, handshake.peerId);
    this.#scheduler.peerJoined(peer.id, {
      hearsRefusals: peer.fast,
      isStranger: !isOfThisProject(handshake.peerId),
      near: peer.isNear,
      key: peerKey(handshake.peerId),
    });
    this.#act();
    return true;
  }

  closed(peer: PeerConnection): void {
    this.#connections.delete(peer.id);
    const addresses = this.#roster.leave(peer);
    if (this.#peers.delete(peer.id)) {
      this.#scheduler.peerLeft(peer.id, performance.now());
      this.#act();
    }
    if (this.#closed) return;
    for (const address of addresses) {
      // Who has everything waits for those that lack something to dial, or for the tracker to name them.
      if (this.#scheduler.have.complete) this.#dialler.forget(address);
      else this.#dialler.lost(address);
    }
  }

  // What peers tell, handed to the scheduler.

  choked(peer: PeerConnection): void {
    this.#scheduler.choked(peer.id, !peer.fast, performance.now());
    this.#act();
  }

  unchoked(peer: PeerConnection): void {
    this.#scheduler.unchoked(peer.id, performance.now());
    this.#act();
  }

  interested(peer: PeerConnection, interested: boolean): void {
    this.#scheduler.peerInterested(peer.id, interested, performance.now());
    this.#act();
  }

  has(peer: PeerConnection, piece: number): void {
    this.#scheduler.peerHas(peer.id, piece, performance.now());
    this.#act();
  }

  suggested(peer: PeerConnection, piece: number): void {
    this.#scheduler.suggested(peer.id, piece, performance.now());
    this.#act();
  }

  hasAll(peer: PeerConnection, pieces: Bitfield): void {
    this.#scheduler.peerHasAll(peer.id, pieces, performance.now());
    this.#act();
  }

  requested(peer: PeerConnection, block: BlockRequest): boolean {
    return this.#scheduler.peerRequested(peer.id, block.piece, block.length, performance.now());
  }

  answered(_peer: PeerConnection): void {
    this.#act();
  }

  cancelled(peer: PeerConnection, piece: number): void {
    this.#scheduler.peerCancelled(peer.id, piece, performance.now());
    this.#act();
  }

  rejected(peer: PeerConnection, piece: number): void {
    this.#scheduler.rejected(peer.id, piece, performance.now());
    this.#act();
  }

  received(peer: PeerConnection, bytes: number): void {
    if (peer.remote !== undefined) this.#roster.received(peer.remote.peerId, bytes);
    if (!peer.isNear) this.#bytesFromOtherZones += bytes;
    this.#scheduler.received(peer.id, performance.now());
  }

  progressed(peer: PeerConnection, piece: number, share: number): void {
    this.#scheduler.progressed(peer.id, piece, share);
  }

  served(peer: PeerConnection): void {
    this.#scheduler.served(peer.id, performance.now());
    this.#act();
  }

  uploaded(peer: PeerConnection, bytes: number, drained: boolean): void {
    this.#bytesUploaded += bytes;
    this.#scheduler.uploaded(peer.id, drained, performance.now());
    this.#act();
  }

  pieceArrived(
    peer: PeerConnection,
    piece: number,
    buffer: PieceBuffer,
    fetched: readonly ByteRange[] | undefined,
  ): void {
    // Later, so that a choke which came along with the last block is read before the next piece is chosen.
    setImmediate(() => {
      this.#scheduler.pieceArrived(peer.id, piece, performance.now());
      this.#intake.take(peer, piece, buffer, fetched);
      this.#act();
    });
  }

  // What the scheduler wants done.

  #act(): void {
    for (
      let actions = this.#scheduler.takeActions();
      actions.length > 0;
      actions = this.#scheduler.takeActions()
    ) {
      for (const action of actions) this.#perform(action);
    }
  }

  #perform(action: SchedulerAction): void {
    const peer = this.#peers.get(action.peer);
    if (peer === undefined) return;
    switch (action.kind) {
      case "unchoke":
        peer.sendUnchoke();
        break;
      case "serve":
        peer.serve(action.piece);
        break;
      case "rest":
        peer.rest();
        break;
      case "suggest":
        peer.sendSuggest(action.piece);
        break;
      case "choke":
        peer.sendChoke();
        break;
      case "interested":
        peer.sendInterested(action.interested);
        break;
      case "request":
        this.#request(peer, action.piece);
        break;
      case "cancel":
        peer.cancelDownload(action.piece);
        break;
      case "drop":
        peer.dropDownload(action.piece);
        break;
    }
  }

  #request(peer: PeerConnection, piece: number): void {
    const ranges = this.#options.store.parts?.missing(piece);
    peer.startDownload(piece, this.#buffers.acquire(piece), ranges);
  }

  #awaitAdoption(adoption: Adoption): void {
    adoption.listen((piece) => this.#stored(undefined, piece));
    adoption.over.then(
      () => {
        this.#scheduler.mayTakeAll(performance.now());
        this.#act();
      },
      (error) => this.#resolveStoreFailed(error),
    );
  }

  /** `sender` undefined: it was made of what the disk held. */
  #stored(sender: PeerConnection | undefined, piece: number): void {
    if (this.#closed) return;
    this.#scheduler.pieceStored(piece, performance.now());
    this.#havePace.note(performance.now());
    for (const peer of this.#peers.values()) {
      const other = this.#scheduler.peerHolds(peer.id, piece) ? "has it" : "lacks it";
      peer.sendHave(piece, this.#havePace.delayMs(peer === sender ? "sent it" : other));
    }
    this.#act();
    if (this.#scheduler.have.complete) this.#resolveComplete();
  }

  async #readPiece(piece: number): Promise<PieceBuffer> {
    try {
      return await this.#buffers.read(piece);
    } catch (error) {
      this.#resolveStoreFailed(error);
      throw error;
    }
  }

  /** Something that it was made of besides what came was wrong, and is asked for now. */
  #askAgain(sender: PeerConnection, piece: number): void {
    this.#options.log(
      `swarm: of piece ${piece} other files held something else than they should, and it is fetched`,
    );
    sender.sendNotHad(piece);
    this.#scheduler.pieceLost(piece, performance.now());
    this.#act();
  }

  #refuse(peer: PeerConnection, piece: number): void {
    this.#scheduler.pieceLost(piece, performance.now());
    this.#options.log(`swarm: ${peer.remoteHost} sent piece ${piece} with a wrong hash and is banned`);
    this.#roster.ban(peer);
    if (peer.dialled !== undefined) this.#dialler.refuse(peer.dialled);
    peer.close();
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const { peer, sinceMs } of this.#connections.values()) {
      const handshakeLate = peer.remote === undefined && nowMs - sinceMs > HANDSHAKE_TIMEOUT_MS;
      const silent = nowMs - peer.lastHeardMs > SILENT_MAX_MS;
      const sendStalled = peer.sendStalledMs() > SEND_STALL_MAX_MS;
      if (handshakeLate || silent || sendStalled) peer.close();
      else if (peer.remote !== undefined && nowMs - peer.lastSentMs > KEEP_ALIVE_MS) peer.sendKeepAlive();
    }
    this.#scheduler.tick(nowMs);
    this.#act();
  }
}
