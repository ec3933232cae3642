import type { RuntimeHolder } from "./runtime-lender.ts";

/** What the queue has to know of a target that waits for its runtime. */
export interface Waiting {
  /** It may have it from another target. */
  readonly canFetch: boolean;
  /** From whom it could not get it. One at most: after the second it gets it from the runner. */
  readonly avoided: RuntimeHolder | undefined;
}

/**
 * The targets that wait for the runtime, so kept that the next one for a source is found without a look at the others: thousands wait at once, and each that is served is an event
 * that may serve further ones.
 */
export class RuntimeQueue<Target extends Waiting> {
  readonly #forRunner = new Set<Target>();
  /** By whom they avoid. No group is empty. */
  readonly #fetchers = new Map<RuntimeHolder | undefined, Set<Target>>();
  #fetchersCount = 0;

  /** Those that may have it from another target. */
  get fetchersCount(): number {
    return this.#fetchersCount;
  }

  /** Where all that may fetch avoid the same one, that one. */
  get avoidedByAll(): RuntimeHolder | undefined {
    const [avoided] = this.#fetchers.keys();
    return this.#fetchers.size === 1 ? avoided : undefined;
  }

  /** Whom those avoid that may fetch; those whose turn it is first. Where one is taken while this is walked through, the rest that avoid the same come again at its end. */
  avoided(): Iterable<RuntimeHolder | undefined> {
    return this.#fetchers.keys();
  }

  add(target: Target): void {
    if (!target.canFetch) {
      this.#forRunner.add(target);
      return;
    }
    const group = this.#fetchers.get(target.avoided);
    if (group === undefined) this.#fetchers.set(target.avoided, new Set([target]));
    else group.add(target);
    this.#fetchersCount += 1;
  }

  delete(target: Target): void {
    this.#forRunner.delete(target);
    const group = this.#fetchers.get(target.avoided);
    if (group?.delete(target) !== true) return;
    this.#fetchersCount -= 1;
    if (group.size === 0) this.#fetchers.delete(target.avoided);
  }

  /** The one that has waited longest of those that can have it from the runner only. */
  takeForRunner(): Target | undefined {
    const [target] = this.#forRunner;
    if (target !== undefined) this.delete(target);
    return target;
  }

  /** The one that has waited longest of those that may fetch and avoid this one. Those that avoid another have the next turn. */
  takeFetcher(avoided: RuntimeHolder | undefined): Target | undefined {
    const group = this.#fetchers.get(avoided);
    if (group === undefined) return undefined;
    const [target] = group;
    this.#fetchers.delete(avoided);
    if (group.size > 1) this.#fetchers.set(avoided, group);
    group.delete(target!);
    this.#fetchersCount -= 1;
    return target;
  }

  takeAll(): Target[] {
    const all = [...this.#forRunner, ...[...this.#fetchers.values()].flatMap((group) => [...group])];
    this.#forRunner.clear();
    this.#fetchers.clear();
    this.#fetchersCount = 0;
    return all;
  }
}
