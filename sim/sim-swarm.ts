import { EventQueue } from "./event-queue.ts";
import { FlowNetwork } from "./flow-network.ts";
import { seededRandom } from "./seeded-random.ts";
import type { TargetPolicy } from "./sim-options.ts";
import { type PeerPlan, SimPeer } from "./sim-peer.ts";

export interface SwarmPlan {
  readonly seed: number;
  readonly pieces: number;
  readonly pieceBytes: number;
  /** Of one message, one way. */
  readonly latencyMs: number;
  /** Whom a newcomer dials of those that are there. */
  readonly dials: number;
  /** In place of what the product does. */
  readonly policy: TargetPolicy;
  /** The first is the seeder. */
  readonly peers: readonly PeerPlan[];
}

const TICK_MS = 100;
/** As in the engine. */
const CONNECTIONS_MAX = 400;
/** TCP and TLS: round trips until the first message. */
const HANDSHAKE_ROUND_TRIPS = 2;

/** Peers with the product's own scheduler, in virtual time. The same plan gives the same run. */
export class SimSwarm {
  readonly plan: SwarmPlan;
  readonly queue = new EventQueue();
  readonly network = new FlowNetwork(this.queue);
  readonly peers: readonly SimPeer[];
  #awaited: number;
  /** In [0, 1). */
  readonly random: () => number;

  constructor(plan: SwarmPlan) {
    this.plan = plan;
    this.random = seededRandom(plan.seed);
    this.peers = plan.peers.map((peer, id) => new SimPeer(this, id, peer));
    this.#awaited = this.peers.filter((peer) => this.#isAwaited(peer)).length;
    for (const peer of this.peers) {
      this.queue.after(peer.plan.joinsMs, () => this.#join(peer));
      if (peer.plan.leavesMs !== undefined) this.queue.after(peer.plan.leavesMs, () => this.#leave(peer));
    }
  }

  /** Until every honest peer that stays has everything, or the time is over. Returns whether they have. */
  run(untilMs: number): boolean {
    return this.queue.run(untilMs, () => this.#awaited === 0);
  }

  oneIsDone(): void {
    this.#awaited = this.peers.filter((peer) => this.#isAwaited(peer) && peer.doneMs === undefined).length;
  }

  disconnect(a: SimPeer, b: SimPeer): void {
    a.disconnect(b);
    b.disconnect(a);
  }

  #isAwaited({ id, plan }: SimPeer): boolean {
    return id !== 0 && plan.kind === "honest" && plan.leavesMs === undefined;
  }

  #join(peer: SimPeer): void {
    const there = this.peers.filter((other) => other.here && other.id !== 0);
    peer.here = true;
    this.#tick(peer);
    if (peer.id === 0) return;
    this.#dial(peer, this.peers[0]!);
    for (let dialled = 0; dialled < this.plan.dials && there.length > 0; dialled++) {
      const at = Math.floor(this.random() * there.length);
      this.#dial(peer, there[at]!);
      there[at] = there.at(-1)!;
      there.pop();
    }
  }

  #dial(peer: SimPeer, other: SimPeer): void {
    this.queue.after(2 * HANDSHAKE_ROUND_TRIPS * this.plan.latencyMs, () => {
      if (!peer.here || !other.here || !peer.mayConnect(other) || !other.mayConnect(peer)) return;
      if (other.connections.size >= CONNECTIONS_MAX) return;
      peer.connect(other);
      other.connect(peer);
    });
  }

  #leave(peer: SimPeer): void {
    peer.here = false;
    for (const id of [...peer.connections.keys()]) this.disconnect(peer, this.peers[id]!);
  }

  #tick(peer: SimPeer): void {
    if (!peer.here) return;
    peer.tick();
    this.queue.after(TICK_MS, () => this.#tick(peer));
  }
}
