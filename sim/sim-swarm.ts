import { EventQueue, type Lane } from "./event-queue.ts";
import { crossesBorder, FlowNetwork } from "./flow-network.ts";
import type { PeerPlan } from "./peer-plan.ts";
import { seededRandom } from "./seeded-random.ts";
import type { TargetPolicy } from "./sim-options.ts";
import { type Connection, SimPeer } from "./sim-peer.ts";
import { SimTracker } from "./sim-tracker.ts";

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
  readonly zones: number;
}

const TICK_MS = 100;
/** As in the engine. */
const CONNECTIONS_MAX = 400;
/** TCP and TLS: round trips until the first message. */
const HANDSHAKE_ROUND_TRIPS = 2;
/** Hash, and write to the disk. */
const STORE_MS = 2;

/** Peers with the product's own scheduler, in virtual time. The same plan gives the same run. */
export class SimSwarm {
  readonly plan: SwarmPlan;
  readonly queue = new EventQueue();
  readonly network = new FlowNetwork(this.queue);
  readonly peers: readonly SimPeer[];
  /** What arrives after the latency; what is done when the host gets round to it; what is on its way to the disk. */
  readonly messages: Lane;
  readonly soon: Lane;
  readonly stores: Lane;
  readonly #ticks: Lane;
  readonly #handshakes: Lane;
  readonly #tracker: SimTracker;
  /** How many pieces went into each zone and out of it. */
  readonly #crossed: { in: number; out: number }[];
  #awaited: number;
  /** In [0, 1). */
  readonly random: () => number;

  constructor(plan: SwarmPlan) {
    this.plan = plan;
    this.messages = this.queue.lane(plan.latencyMs);
    this.soon = this.queue.lane(0);
    this.stores = this.queue.lane(STORE_MS);
    this.#ticks = this.queue.lane(TICK_MS);
    this.#handshakes = this.queue.lane(2 * HANDSHAKE_ROUND_TRIPS * plan.latencyMs);
    this.random = seededRandom(plan.seed);
    this.#tracker = new SimTracker(this.random);
    this.#crossed = Array.from({ length: plan.zones }, () => ({ in: 0, out: 0 }));
    this.peers = plan.peers.map((peer, id) => new SimPeer(this, id, peer));
    this.#awaited = this.peers.filter((peer) => this.#isAwaited(peer)).length;
    for (const peer of this.peers) this.#schedule(peer);
  }

  /** How many honest peers that stay lack something. */
  get awaited(): number {
    return this.#awaited;
  }

  get crossed(): readonly { readonly in: number; readonly out: number }[] {
    return this.#crossed;
  }

  /** Until every honest peer that stays has everything, or the time is over. Returns whether they have. */
  run(untilMs: number): boolean {
    return this.queue.run(untilMs, () => this.#awaited === 0);
  }

  oneIsDone(peer: SimPeer): void {
    if (this.#isAwaited(peer)) this.#awaited -= 1;
  }

  disconnect({ peer, back }: Connection): void {
    back.peer.disconnect(back.back);
    peer.disconnect(back);
  }

  countCrossing(from: SimPeer, to: SimPeer): void {
    if (!crossesBorder(from.plan.link, to.plan.link)) return;
    if (from.plan.zone !== undefined) this.#crossed[from.plan.zone]!.out += 1;
    if (to.plan.zone !== undefined) this.#crossed[to.plan.zone]!.in += 1;
  }

  #isAwaited({ id, plan }: SimPeer): boolean {
    return id !== 0 && plan.kind === "honest" && plan.leavesMs === undefined;
  }

  #schedule(peer: SimPeer): void {
    const { joinsMs, leavesMs, stall, link } = peer.plan;
    this.queue.after(joinsMs, () => this.#join(peer));
    if (leavesMs !== undefined) this.queue.after(leavesMs, () => this.#leave(peer));
    if (stall === undefined) return;
    const { bytesPerMs } = link.up;
    this.queue.after(stall.atMs, () => this.network.setRate(link.up, 0));
    this.queue.after(stall.atMs + stall.forMs, () => this.network.setRate(link.up, bytesPerMs));
  }

  #join(peer: SimPeer): void {
    peer.here = true;
    this.#tick(peer);
    if (peer.id === 0) return;
    const others = this.#tracker.choose(peer, this.plan.dials);
    this.#tracker.add(peer);
    this.#dial(peer, this.peers[0]!);
    for (const other of others) this.#dial(peer, other);
  }

  #dial(peer: SimPeer, other: SimPeer): void {
    this.#handshakes.push(() => {
      if (!peer.here || !other.here || !peer.mayConnect(other) || !other.mayConnect(peer)) return;
      if (other.connections.size >= CONNECTIONS_MAX) return;
      const [there, back] = connectionsBetween(peer, other);
      peer.connect(there);
      other.connect(back);
    });
  }

  #leave(peer: SimPeer): void {
    peer.here = false;
    this.#tracker.remove(peer);
    for (const connection of [...peer.connections.values()]) this.disconnect(connection);
  }

  #tick(peer: SimPeer): void {
    if (!peer.here) return;
    peer.tick();
    this.#ticks.push(() => this.#tick(peer));
  }
}

/** What `one` knows of its connection to `other`, and the other way round. */
function connectionsBetween(one: SimPeer, other: SimPeer): [Connection, Connection] {
  const towards = (peer: SimPeer, from: SimPeer) => ({
    owner: from,
    peer,
    isOpen: true,
    downloads: new Set<number>(),
    waiting: new Set<number>(),
    flow: -1,
    flowPiece: -1,
    told: from.storedCount,
    heard: from.storedCount,
    read: from.storedCount,
    turnIsUnused: false,
  });
  const there = towards(other, one) as Connection & { back: Connection };
  const back = { ...towards(one, other), back: there };
  there.back = back;
  return [there, back];
}
