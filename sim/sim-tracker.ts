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

  /** The one place that decides who hears of whom: any `wanted` of those that are there. */
  choose(_newcomer: SimPeer, wanted: number): SimPeer[] {
    const there = this.#there;
    const chosen: SimPeer[] = [];
    // Each that is chosen goes to the end; nobody minds the order of the rest.
    for (let left = there.length; left > 0 && chosen.length < wanted; left--) {
      const at = Math.floor(this.#random() * left);
      const peer = there[at]!;
      there[at] = there[left - 1]!;
      there[left - 1] = peer;
      chosen.push(peer);
    }
    return chosen;
  }
}
