import { seededRandom } from "../../sim/seeded-random.ts";
import { Bitfield } from "../../src/core/bitfield.ts";
import { LabPeer, type PeerPlan } from "./scheduler-lab-peer.ts";

export interface LabPlan {
  readonly seed: number;
  readonly pieces: number;
  readonly firstPieces: number;
  readonly slots: number;
  /** Of one message, one way. */
  readonly latencyMs: number;
  /** The first holds everything from the start and stays. */
  readonly peers: readonly PeerPlan[];
}

const TICK_MS = 100;

/** Peers with real schedulers, connected each to each, in virtual time: uplinks have a rate, messages take a while, order holds. */
export class Lab {
  nowMs = 0;
  readonly plan: LabPlan;
  readonly peers: readonly LabPeer[];
  readonly #queue: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  #order = 0;
  /** In [0, 1). */
  readonly random: () => number;

  constructor(plan: LabPlan) {
    this.plan = plan;
    this.random = seededRandom(plan.seed);
    this.peers = plan.peers.map((peer, id) => {
      const have = id === 0 ? Bitfield.full(plan.pieces) : new Bitfield(plan.pieces);
      return new LabPeer(this, id, peer, have);
    });
    for (const peer of this.peers) {
      this.after(peer.plan.joinsMs, () => this.#join(peer));
      if (peer.plan.leavesMs !== undefined) this.after(peer.plan.leavesMs, () => this.leave(peer));
    }
  }

  after(delayMs: number, run: () => void): void {
    const event = { atMs: this.nowMs + delayMs, order: this.#order++, run };
    let at = this.#queue.length;
    while (at > 0 && isLater(this.#queue[at - 1]!, event)) at -= 1;
    this.#queue.splice(at, 0, event);
  }

  /** Runs until `done`, or until the time is over. Returns whether it was done. */
  run(untilMs: number, done: () => boolean): boolean {
    for (;;) {
      if (done()) return true;
      const event = this.#queue.shift();
      if (event === undefined || event.atMs > untilMs) return false;
      this.nowMs = event.atMs;
      event.run();
    }
  }

  connected(a: LabPeer, b: LabPeer): boolean {
    return a.links.has(b.id) && b.links.has(a.id);
  }

  disconnect(a: LabPeer, b: LabPeer): void {
    a.unlink(b);
    b.unlink(a);
  }

  leave(peer: LabPeer): void {
    peer.here = false;
    for (const other of this.peers) if (other !== peer) this.disconnect(peer, other);
  }

  #join(peer: LabPeer): void {
    peer.here = true;
    for (const other of this.peers) {
      if (other === peer || !other.here) continue;
      peer.link(other);
      other.link(peer);
    }
    this.#tick(peer);
  }

  #tick(peer: LabPeer): void {
    if (!peer.here) return;
    peer.tick();
    this.after(TICK_MS, () => this.#tick(peer));
  }
}

function isLater(a: { atMs: number; order: number }, b: { atMs: number; order: number }): boolean {
  return a.atMs > b.atMs || (a.atMs === b.atMs && a.order > b.order);
}
