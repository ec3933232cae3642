import { choosePeers } from "../src/core/peer-order.ts";
import type { SimPeer } from "./sim-peer.ts";

/** Who is there, and whom a newcomer is told of. */
export class SimTracker {
  readonly #there: SimPeer[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  add(peer: SimPeer): void {
    this.#there.push(peer);
  }

  remove(peer: SimPeer): void {
    const at = this.#there.indexOf(peer);
    if (at >= 0) this.#there.splice(at, 1);
  }

  choose(newcomer: SimPeer, wanted: number): SimPeer[] {
    const [near, far]: [SimPeer[], SimPeer[]] = [[], []];
    for (const other of this.#there) (newcomer.isNear(other) ? near : far).push(other);
    return choosePeers({ near: [near], far: [far], wanted, random: this.#random });
  }
}
