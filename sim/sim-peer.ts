import { Bitfield } from "../src/core/bitfield.ts";
import { Scheduler, type SchedulerAction } from "../src/core/scheduler.ts";
import { swarmPolicy } from "../src/core/swarm-policy.ts";
import { HavePace } from "../src/swarm/have-pace.ts";
import type { PeerPlan } from "./peer-plan.ts";
import type { SimSwarm } from "./sim-swarm.ts";

/** What one peer knows of its connection to another. */
export interface Connection {
  readonly owner: SimPeer;
  readonly peer: SimPeer;
  /** What the other knows of it. */
  readonly back: Connection;
  /** Until one of the two leaves or bans the other. */
  isOpen: boolean;
  /** What was asked of the other and has not come. */
  readonly downloads: Set<number>;
  /** What was accepted of the other and not begun. */
  readonly waiting: Set<number>;
  /** What is being sent to it: the network's number, and the piece; -1: nothing. */
  flow: number;
  flowPiece: number;
  /** How many of the pieces that we stored it was told of, how many of these it may have heard of, and has read of. */
  told: number;
  heard: number;
  read: number;
  /** It was unchoked and has asked for nothing yet. */
  turnIsUnused: boolean;
}

/** What came to nothing. */
export interface Losses {
  /** Pieces that came though they were here, or on their way from the disk. */
  duplicates: number;
  /** Requests that were rejected. */
  refused: number;
  /** Turns taken back before anything was asked for. */
  revoked: number;
  /** Requests taken back since nothing came. */
  stalled: number;
  /** Requests taken back since the piece had come from another peer. */
  late: number;
  /** Requests whose peer left or was banned. */
  left: number;
}

/** What an engine is around its scheduler, in virtual time and by whole pieces. */
export class SimPeer {
  readonly id: number;
  readonly plan: PeerPlan;
  readonly scheduler: Scheduler;
  readonly connections = new Map<number, Connection>();
  here = false;
  doneMs: number | undefined;
  piecesSent = 0;
  readonly lost: Losses = { duplicates: 0, refused: 0, revoked: 0, stalled: 0, late: 0, left: 0 };
  readonly #swarm: SimSwarm;
  /** What its neighbours in its zone know it by. */
  readonly #key: number;
  readonly #pace = new HavePace();
  readonly #arrived = new Set<number>();
  readonly #banned = new Set<number>();
  /** Who is sending us a piece. */
  readonly #senders = new Set<SimPeer>();
  /** In the order in which they were stored. */
  readonly #stored: Uint16Array;
  #storedCount = 0;
  #tellsSoon = false;
  /** Takes as many pieces as it may, so that it minds no haves before something else happens to it. */
  #isFull = false;
  /** Whose haves are here and not read. */
  readonly #inbox: Connection[] = [];

  constructor(swarm: SimSwarm, id: number, plan: PeerPlan) {
    const { pieces, pieceBytes } = swarm.plan;
    const firstSeeder = id === 0;
    this.id = id;
    this.plan = plan;
    this.#swarm = swarm;
    this.#key = Math.floor(swarm.random() * 2 ** 32);
    this.#stored = new Uint16Array(plan.kind === "honest" ? pieces : 0);
    this.scheduler = new Scheduler({
      pieceCount: pieces,
      pieceBytes: () => pieceBytes,
      have: firstSeeder || plan.kind !== "honest" ? Bitfield.full(pieces) : new Bitfield(pieces),
      firstPieces: 1,
      firstSeeder,
      ...swarmPolicy(pieceBytes, { firstSeeder }),
      ...(firstSeeder ? {} : swarm.plan.policy),
      random: swarm.random,
      zoneKey: plan.zone === undefined ? undefined : this.#key,
    });
  }

  /** As by the engine's peer ids: in the same zone, or this one has none. */
  isNear({ plan }: SimPeer): boolean {
    return this.plan.zone === undefined || this.plan.zone === plan.zone;
  }

  mayConnect(other: SimPeer): boolean {
    return !this.connections.has(other.id) && !this.#banned.has(other.id);
  }

  /** How many pieces it has stored, so that whoever connects now need not be told of them. */
  get storedCount(): number {
    return this.#storedCount;
  }

  connect(connection: Connection): void {
    const { id } = connection.peer;
    this.connections.set(id, connection);
    this.scheduler.peerJoined(id, {
      hearsRefusals: true,
      near: this.isNear(connection.peer),
      key: connection.peer.#key,
    });
    const { have } = this.scheduler;
    if (have.count > 0)
      this.#tell(connection, (to) => to.scheduler.peerHasAll(this.id, have, this.#swarm.queue.nowMs));
    this.act();
  }

  disconnect(connection: Connection): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    this.connections.delete(connection.peer.id);
    this.#stopServing(connection);
    this.lost.left += connection.downloads.size;
    this.scheduler.peerLeft(connection.peer.id, this.#swarm.queue.nowMs);
    this.act();
  }

  tick(): void {
    const { nowMs } = this.#swarm.queue;
    this.#readHaves();
    for (const sender of this.#senders) {
      if (sender.#isStalled(nowMs)) continue;
      this.scheduler.received(sender.id, nowMs);
      const sending = sender.connections.get(this.id);
      if (sending === undefined || sending.flow === -1) continue;
      this.scheduler.progressed(sender.id, sending.flowPiece, this.#swarm.network.shareOf(sending.flow));
    }
    this.scheduler.tick(nowMs);
    this.act();
  }

  act(): void {
    for (let all = this.scheduler.takeActions(); all.length > 0; all = this.scheduler.takeActions()) {
      for (const action of all) this.#perform(action);
    }
    this.#isFull = this.scheduler.isFull(this.#swarm.queue.nowMs);
  }

  #readHaves(): void {
    for (let from = this.#inbox.pop(); from !== undefined; from = this.#inbox.pop())
      this.#readHavesOf(from, from.heard);
  }

  #readHavesOf(from: Connection, to: number): void {
    if (from.read >= to || !from.isOpen) return;
    const sender = from.owner;
    this.scheduler.peerHasThese(sender.id, sender.#stored, from.read, to, this.#swarm.queue.nowMs);
    from.read = to;
  }

  #isStalled(nowMs: number): boolean {
    const { stall } = this.plan;
    return stall !== undefined && nowMs >= stall.atMs && nowMs < stall.atMs + stall.forMs;
  }

  /** How much longer nothing leaves this peer. */
  #stallLeftMs(): number {
    const { nowMs } = this.#swarm.queue;
    return this.#isStalled(nowMs) ? this.plan.stall!.atMs + this.plan.stall!.forMs - nowMs : 0;
  }

  /** A message, and the haves that wait. It passes blocks that are being sent; it is lost where the connection ends before it comes. */
  #tell(connection: Connection, deliver: (peer: SimPeer) => void): void {
    const to = this.#storedCount;
    connection.told = to;
    const arrive = () => {
      if (!connection.isOpen) return;
      const { peer } = connection;
      peer.#readHaves();
      peer.#readHavesOf(connection, to);
      deliver(peer);
      peer.act();
    };
    const stallLeftMs = this.#stallLeftMs();
    if (stallLeftMs === 0) this.#swarm.messages.push(arrive);
    else this.#swarm.queue.after(stallLeftMs + this.#swarm.plan.latencyMs, arrive);
  }

  #perform(action: SchedulerAction): void {
    const connection = this.connections.get(action.peer);
    if (connection === undefined) return;
    const { queue } = this.#swarm;
    switch (action.kind) {
      case "unchoke":
        connection.turnIsUnused = true;
        this.#tell(connection, (to) => to.scheduler.unchoked(this.id, queue.nowMs));
        break;
      case "choke":
        if (connection.turnIsUnused) this.lost.revoked += 1;
        this.#tell(connection, (to) => to.scheduler.choked(this.id, false, queue.nowMs));
        for (const piece of connection.waiting) this.#reject(connection, piece);
        connection.waiting.clear();
        break;
      case "suggest":
        this.#tell(connection, (to) => to.scheduler.suggested(this.id, action.piece, queue.nowMs));
        break;
      case "interested":
        // Nobody else minds: whoever asks is interested.
        if (connection.peer.id !== 0) break;
        this.#tell(connection, (to) => to.scheduler.peerInterested(this.id, action.interested, queue.nowMs));
        break;
      case "request":
        connection.downloads.add(action.piece);
        this.#tell(connection, (to) => to.#requested(connection.back, action.piece));
        break;
      case "cancel":
        connection.downloads.delete(action.piece);
        if (this.scheduler.have.has(action.piece)) this.lost.late += 1;
        else this.lost.stalled += 1;
        this.#tell(connection, (to) => to.#cancelled(connection.back, action.piece));
        break;
      case "rest":
        break;
      case "drop":
        connection.downloads.delete(action.piece);
        break;
      case "serve":
        this.#serve(connection, action.piece);
        break;
    }
  }

  #requested(connection: Connection, piece: number): void {
    if (this.plan.kind === "silent") return;
    const { plan, queue } = this.#swarm;
    const from = connection.peer;
    connection.waiting.add(piece);
    if (this.scheduler.peerRequested(from.id, piece, plan.pieceBytes, queue.nowMs)) return;
    connection.waiting.delete(piece);
    this.#reject(connection, piece);
  }

  #reject(connection: Connection, piece: number): void {
    connection.peer.lost.refused += 1;
    this.#tell(connection, (to) => to.#rejected(connection.back, piece));
  }

  #rejected(connection: Connection, piece: number): void {
    if (!connection.downloads.has(piece)) return;
    this.scheduler.rejected(connection.peer.id, piece, this.#swarm.queue.nowMs);
  }

  #cancelled(connection: Connection, piece: number): void {
    const { nowMs } = this.#swarm.queue;
    connection.waiting.delete(piece);
    if (connection.flowPiece === piece) this.#stopServing(connection);
    this.scheduler.peerCancelled(connection.peer.id, piece, nowMs);
    this.scheduler.uploaded(connection.peer.id, true, nowMs);
  }

  #stopServing(connection: Connection): void {
    if (connection.flow === -1) return;
    this.#swarm.network.stop(connection.flow);
    this.#hasServed(connection);
  }

  #hasServed(connection: Connection): void {
    connection.flow = -1;
    connection.flowPiece = -1;
    connection.peer.#senders.delete(this);
  }

  #serve(connection: Connection, piece: number): void {
    const { peer } = connection;
    const { network, plan, queue, messages, soon } = this.#swarm;
    connection.turnIsUnused = false;
    connection.waiting.delete(piece);
    peer.#senders.add(this);
    connection.flowPiece = piece;
    connection.flow = network.start(this.plan.link, peer.plan.link, plan.pieceBytes, () => {
      this.piecesSent += 1;
      this.#swarm.countCrossing(this, peer);
      messages.push(() => peer.#arrives(connection.back, piece));
      this.#hasServed(connection);
      this.#readHaves();
      this.scheduler.uploaded(peer.id, true, queue.nowMs);
      this.act();
    });
    // The kernel takes all of it at once.
    soon.push(() => {
      if (!connection.isOpen) return;
      this.scheduler.served(peer.id, queue.nowMs);
      this.act();
    });
  }

  #arrives(connection: Connection, piece: number): void {
    if (!connection.isOpen) return;
    const { peer } = connection;
    const { queue } = this.#swarm;
    this.#readHaves();
    this.scheduler.received(peer.id, queue.nowMs);
    if (!connection.downloads.delete(piece)) {
      this.lost.duplicates += 1;
      return;
    }
    const fresh = !this.scheduler.have.has(piece) && !this.#arrived.has(piece);
    if (!fresh) this.lost.duplicates += 1;
    // Later, as in the engine: a choke that came along is read first.
    this.#swarm.soon.push(() => {
      this.scheduler.pieceArrived(peer.id, piece, queue.nowMs);
      if (peer.plan.kind === "lying") {
        this.scheduler.pieceLost(piece, queue.nowMs);
        this.#banned.add(peer.id);
        this.#swarm.disconnect(connection);
      } else if (fresh && !this.#arrived.has(piece)) {
        this.#arrived.add(piece);
        this.#swarm.stores.push(() => this.#isStored(connection, piece));
      }
      this.act();
    });
  }

  #isStored(from: Connection, piece: number): void {
    this.#arrived.delete(piece);
    if (!this.here) return;
    const { nowMs } = this.#swarm.queue;
    this.#readHaves();
    this.scheduler.pieceStored(piece, nowMs);
    this.#pace.note(nowMs);
    this.#stored[this.#storedCount++] = piece;
    // Who sent it is told at once.
    if (from.isOpen) this.#tell(from, () => {});
    if (!this.#tellsSoon) {
      this.#tellsSoon = true;
      this.#tellAllAfter(this.#pace.delayMs("lacks it") + this.#swarm.plan.latencyMs);
    }
    this.act();
    if (this.scheduler.have.complete) {
      this.doneMs = nowMs;
      this.#swarm.oneIsDone(this);
    }
  }

  #tellAllAfter(delayMs: number): void {
    this.#swarm.queue.after(delayMs, () => this.#tellAll());
  }

  /** Not behind what is being sent: one event for all neighbours, or 10,000 peers would take hours. */
  #tellAll(): void {
    const stallLeftMs = this.#stallLeftMs();
    if (stallLeftMs > 0) {
      this.#tellAllAfter(stallLeftMs);
      return;
    }
    this.#tellsSoon = false;
    if (!this.here) return;
    const to = this.#storedCount;
    for (const connection of this.connections.values()) {
      if (connection.told === to) continue;
      connection.told = to;
      connection.heard = to;
      connection.peer.#hearsOf(connection);
    }
  }

  #hearsOf(from: Connection): void {
    this.#inbox.push(from);
    if (this.#isFull) return;
    this.#readHaves();
    this.act();
  }
}
