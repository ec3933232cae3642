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
    return choosePeers(this.#there, (other) => newcomer.isNear(other), wanted, this.#random);
  }
}
