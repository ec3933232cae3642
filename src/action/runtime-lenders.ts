import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { PortRange } from "./config.ts";
import { type RuntimeHolder, RuntimeLender } from "./runtime-lender.ts";

/** From one lender at once: with each round twice as many have it. */
const BORROWERS_MAX = 2;

export interface LendersOptions {
  /** 0–0: any free port. */
  readonly ports: PortRange;
  readonly debug: (line: string) => void;
  /** One more can be borrowed from, or one less. */
  readonly onChange: () => void;
}

/** What one target fetches from another. To be given back, however that ends. */
export interface Loan extends Disposable {
  readonly holder: RuntimeHolder;
  readonly lender: RuntimeLender;
}

/** The targets that have the runtime, and those of them that lend it now. What is asked of them costs the same, however many they are. */
export class RuntimeLenders implements AsyncDisposable {
  readonly #options: LendersOptions;
  /** Each is idle, starting or lending. */
  readonly #holders = new Set<RuntimeHolder>();
  readonly #idle = new Set<RuntimeHolder>();
  readonly #starting = new Set<RuntimeHolder>();
  readonly #lending = new Map<RuntimeHolder, RuntimeLender>();
  /** Those of the lending that can be borrowed from, by how many do so now. */
  readonly #free = Array.from({ length: BORROWERS_MAX }, () => new Set<RuntimeHolder>());
  readonly #stop = new AbortController();
  readonly #ending = new Set<Promise<void>>();
  #isWanted = false;

  constructor(options: LendersOptions) {
    this.#options = options;
  }

  /** All that have it. */
  get holders(): Iterable<RuntimeHolder> {
    return this.#holders;
  }

  /** Somebody can be borrowed from, if perhaps not by everybody. */
  get hasRoom(): boolean {
    return this.#free.some((holders) => holders.size > 0);
  }

  add(holder: RuntimeHolder): void {
    this.#holders.add(holder);
    this.#idle.add(holder);
  }

  /** From whom the fewest borrow; undefined where nobody but `avoided` can be borrowed from at the moment. */
  tryBorrow(avoided: RuntimeHolder | undefined): Loan | undefined {
    for (const holders of this.#free) {
      for (const holder of holders) {
        const lender = this.#lending.get(holder);
        if (lender === undefined || lender.isGone) holders.delete(holder);
        else if (holder !== avoided) return this.#borrow(holder, lender);
      }
    }
    return undefined;
  }

  /** Has further ones lend, as many as those can use who still wait after a look at who is free. `avoided` is of no use to any of them. */
  lendTo(waiting: number, avoided: RuntimeHolder | undefined): void {
    if (waiting === 0 || this.#stop.signal.aborted) return;
    this.#isWanted = true;
    let unserved = waiting - BORROWERS_MAX * this.#starting.size;
    if (avoided !== undefined && this.#starting.has(avoided)) unserved += BORROWERS_MAX;
    for (const holder of this.#idle) {
      if (unserved <= 0) return;
      if (holder === avoided) continue;
      unserved -= BORROWERS_MAX;
      this.#awaitAtEnd(this.#start(holder));
    }
  }

  /** Nobody waits any more. */
  end(): void {
    this.#isWanted = false;
    for (const holders of this.#free) holders.clear();
    for (const [holder, lender] of this.#lending) {
      this.#idle.add(holder);
      this.#awaitAtEnd(lender[Symbol.asyncDispose]());
    }
    this.#lending.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new MurmurationError("CANCELLED", "the run is over"));
    this.end();
    while (this.#ending.size > 0) await Promise.all(this.#ending);
  }

  async #start(holder: RuntimeHolder): Promise<void> {
    this.#idle.delete(holder);
    this.#starting.add(holder);
    try {
      const lender = await RuntimeLender.start(holder, this.#options.ports, this.#stop.signal);
      this.#lending.set(holder, lender);
      this.#free[0]!.add(holder);
      void lender.ended.then(() => this.#hasGone(holder, lender));
    } catch (error) {
      this.#holders.delete(holder);
      this.#options.debug(`it cannot lend its runtime: ${asMurmurationError(error).message}`);
    }
    this.#starting.delete(holder);
    // Those who waited may have been served meanwhile.
    if (!this.#isWanted) this.end();
    this.#options.onChange();
  }

  #borrow(holder: RuntimeHolder, lender: RuntimeLender): Loan {
    const lend = (by: 1 | -1) => {
      // Who has ended since is no longer among the free ones; it may even lend again, by another agent.
      if (this.#lending.get(holder) === lender) {
        this.#free[lender.borrowers]?.delete(holder);
        this.#free[lender.borrowers + by]?.add(holder);
      }
      lender.borrowers += by;
    };
    lend(1);
    return { holder, lender, [Symbol.dispose]: () => lend(-1) };
  }

  /** Where nobody ended it, its machine or connection is lost. */
  #hasGone(holder: RuntimeHolder, lender: RuntimeLender): void {
    if (this.#lending.get(holder) !== lender) return;
    this.#lending.delete(holder);
    this.#free[lender.borrowers]?.delete(holder);
    this.#holders.delete(holder);
    this.#options.onChange();
  }

  #awaitAtEnd(work: Promise<void>): void {
    this.#ending.add(work);
    void work.finally(() => this.#ending.delete(work));
  }
}
