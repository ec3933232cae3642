import { Bitfield } from "../src/core/bitfield.ts";
import { Scheduler, type SchedulerAction } from "../src/core/scheduler.ts";
import { swarmPolicy } from "../src/core/swarm-policy.ts";
import { HavePace } from "../src/swarm/have-pace.ts";
import type { Flow, Link } from "./flow-network.ts";
import type { SimSwarm } from "./sim-swarm.ts";

/** `silent` and `lying` say that they have everything; then they send nothing, or other bytes. */
export type PeerKind = "honest" | "silent" | "lying";

export interface PeerPlan {
  readonly kind: PeerKind;
  readonly link: Link;
  readonly joinsMs: number;
  readonly leavesMs: number | undefined;
}

/** What one peer knows of its connection to another. */
interface Connection {
  download: number | undefined;
  /** What is being sent to it. */
  flow: { readonly piece: number; readonly flow: Flow } | undefined;
  /** How many of the pieces that we stored it was told of. */
  told: number;
}

/** Hash, and write to the disk. */
const STORE_MS = 2;
const NONE: readonly number[] = [];

/** What an engine is around its scheduler, in virtual time and by whole pieces. */
export class SimPeer {
  readonly id: number;
  readonly plan: PeerPlan;
  readonly scheduler: Scheduler;
  readonly connections = new Map<number, Connection>();
  here = false;
  doneMs: number | undefined;
  piecesSent = 0;
  /** Pieces that came though they were here, or on their way from the disk. */
  duplicates = 0;
  /** Turns and requests that came to nothing. */
  refused = 0;
  readonly #swarm: SimSwarm;
  readonly #pace = new HavePace();
  readonly #arrived = new Set<number>();
  readonly #banned = new Set<number>();
  /** In the order in which they were stored. */
  readonly #stored: number[] = [];
  #tellsSoon = false;

  constructor(swarm: SimSwarm, id: number, plan: PeerPlan) {
    const { pieces, pieceBytes } = swarm.plan;
    const firstSeeder = id === 0;
    this.id = id;
    this.plan = plan;
    this.#swarm = swarm;
    this.scheduler = new Scheduler({
      pieceCount: pieces,
      pieceBytes: () => pieceBytes,
      have: firstSeeder || plan.kind !== "honest" ? Bitfield.full(pieces) : new Bitfield(pieces),
      firstPieces: 1,
      firstSeeder,
      ...swarmPolicy(pieceBytes, { firstSeeder }),
      ...(firstSeeder ? {} : swarm.plan.policy),
      random: swarm.random,
    });
  }

  mayConnect(other: SimPeer): boolean {
    return !this.connections.has(other.id) && !this.#banned.has(other.id);
  }

  connect(other: SimPeer): void {
    this.connections.set(other.id, {
      download: undefined,
      flow: undefined,
      told: this.#stored.length,
    });
    this.scheduler.peerJoined(other.id, { hearsRefusals: true });
    const { have } = this.scheduler;
    if (have.count > 0) this.#tell(other.id, (to) => to.scheduler.peerHasAll(this.id, have, to.#nowMs));
    this.act();
  }

  disconnect(other: SimPeer): void {
    const connection = this.connections.get(other.id);
    if (connection === undefined) return;
    this.connections.delete(other.id);
    if (connection.flow !== undefined) this.#swarm.network.stop(connection.flow.flow);
    this.scheduler.peerLeft(other.id, this.#nowMs);
    this.act();
  }

  tick(): void {
    for (const id of this.connections.keys()) {
      if (this.#swarm.peers[id]!.connections.get(this.id)?.flow !== undefined)
        this.scheduler.received(id, this.#nowMs);
    }
    this.scheduler.tick(this.#nowMs);
    this.act();
  }

  act(): void {
    for (let all = this.scheduler.takeActions(); all.length > 0; all = this.scheduler.takeActions()) {
      for (const action of all) this.#perform(action);
    }
  }

  get #nowMs(): number {
    return this.#swarm.queue.nowMs;
  }

  /** A message, and the haves that wait. It passes blocks that are being sent; it is lost where the connection ends before it comes. */
  #tell(id: number, deliver: (peer: SimPeer) => void): void {
    const connection = this.connections.get(id);
    if (connection === undefined) return;
    const haves = this.#untold(connection);
    this.#swarm.queue.after(this.#swarm.plan.latencyMs, () => {
      const peer = this.#swarm.peers[id]!;
      if (this.connections.get(id) !== connection || !peer.connections.has(this.id)) return;
      for (const piece of haves) peer.scheduler.peerHas(this.id, piece, this.#nowMs);
      deliver(peer);
      peer.act();
    });
  }

  #untold(connection: Connection): readonly number[] {
    const { told } = connection;
    connection.told = this.#stored.length;
    return told === this.#stored.length ? NONE : this.#stored.slice(told);
  }

  #perform(action: SchedulerAction): void {
    const connection = this.connections.get(action.peer);
    if (connection === undefined) return;
    switch (action.kind) {
      case "unchoke":
        this.#tell(action.peer, (to) => to.scheduler.unchoked(this.id, to.#nowMs));
        break;
      case "choke":
        this.#tell(action.peer, (to) => to.scheduler.choked(this.id, false, to.#nowMs));
        break;
      case "suggest":
        this.#tell(action.peer, (to) => to.scheduler.suggested(this.id, action.piece, to.#nowMs));
        break;
      case "interested":
        this.#tell(action.peer, (to) => to.scheduler.peerInterested(this.id, action.interested, to.#nowMs));
        break;
      case "request":
        connection.download = action.piece;
        this.#tell(action.peer, (to) => to.#requested(this.id, action.piece));
        break;
      case "cancel":
        connection.download = undefined;
        this.#tell(action.peer, (to) => to.#cancelled(this.id, action.piece));
        break;
      case "rest":
        break;
      case "drop":
        connection.download = undefined;
        break;
      case "serve":
        this.#serve(action.peer, connection, action.piece);
        break;
    }
  }

  #requested(from: number, piece: number): void {
    if (this.plan.kind === "silent") return;
    const { pieceBytes } = this.#swarm.plan;
    if (this.scheduler.peerRequested(from, piece, pieceBytes, this.#nowMs)) return;
    this.refused += 1;
    this.#tell(from, (to) => to.#rejected(this.id, piece));
  }

  #rejected(from: number, piece: number): void {
    const connection = this.connections.get(from)!;
    if (connection.download !== piece) return;
    this.scheduler.rejected(from, piece, this.#nowMs);
  }

  #cancelled(from: number, piece: number): void {
    const connection = this.connections.get(from)!;
    if (connection.flow?.piece === piece) {
      this.#swarm.network.stop(connection.flow.flow);
      connection.flow = undefined;
    }
    this.scheduler.peerCancelled(from, piece, this.#nowMs);
    this.scheduler.uploaded(from, true, this.#nowMs);
  }

  #serve(to: number, connection: Connection, piece: number): void {
    const peer = this.#swarm.peers[to]!;
    const { network, plan, queue } = this.#swarm;
    const flow = network.start(this.plan.link, peer.plan.link, plan.pieceBytes, () => {
      this.piecesSent += 1;
      queue.after(plan.latencyMs, () => peer.#arrives(this, piece));
      connection.flow = undefined;
      this.scheduler.uploaded(to, true, this.#nowMs);
      this.act();
    });
    connection.flow = { piece, flow };
    // The kernel takes all of it at once.
    queue.after(0, () => {
      if (this.connections.get(to) !== connection) return;
      this.scheduler.served(to, this.#nowMs);
      this.act();
    });
  }

  #arrives(from: SimPeer, piece: number): void {
    const connection = this.connections.get(from.id);
    if (connection === undefined) return;
    this.scheduler.received(from.id, this.#nowMs);
    if (connection.download !== piece) {
      this.duplicates += 1;
      return;
    }
    connection.download = undefined;
    const fresh = !this.scheduler.have.has(piece) && !this.#arrived.has(piece);
    if (!fresh) this.duplicates += 1;
    // Later, as in the engine: a choke that came along is read first.
    this.#swarm.queue.after(0, () => {
      this.scheduler.pieceArrived(from.id, piece, this.#nowMs);
      if (from.plan.kind === "lying") {
        this.scheduler.pieceLost(piece, this.#nowMs);
        this.#banned.add(from.id);
        this.#swarm.disconnect(this, from);
      } else if (fresh && !this.#arrived.has(piece)) {
        this.#arrived.add(piece);
        this.#swarm.queue.after(STORE_MS, () => this.#isStored(from.id, piece));
      }
      this.act();
    });
  }

  #isStored(from: number, piece: number): void {
    this.#arrived.delete(piece);
    if (!this.here) return;
    const nowMs = this.#nowMs;
    this.scheduler.pieceStored(piece, nowMs);
    this.#pace.note(nowMs);
    this.#stored.push(piece);
    // Who sent it is told at once.
    this.#tell(from, () => {});
    if (!this.#tellsSoon) {
      this.#tellsSoon = true;
      const delayMs = this.#pace.delayMs("lacks it") + this.#swarm.plan.latencyMs;
      this.#swarm.queue.after(delayMs, () => this.#tellAll());
    }
    this.act();
    if (this.scheduler.have.complete) {
      this.doneMs = nowMs;
      this.#swarm.oneIsDone();
    }
  }

  /** Not behind what is being sent: one event for all neighbours, or 10,000 peers would take hours. */
  #tellAll(): void {
    this.#tellsSoon = false;
    if (!this.here) return;
    for (const [id, connection] of this.connections) {
      const peer = this.#swarm.peers[id]!;
      if (!peer.connections.has(this.id)) continue;
      for (const piece of this.#untold(connection)) peer.scheduler.peerHas(this.id, piece, this.#nowMs);
      peer.act();
    }
  }
}
