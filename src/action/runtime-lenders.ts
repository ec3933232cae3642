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

/** The targets that have the runtime, and those of them that lend it now. */
export class RuntimeLenders implements AsyncDisposable {
  readonly #options: LendersOptions;
  /** With what each is to the others. */
  readonly #holders = new Map<RuntimeHolder, RuntimeLender | "starting" | "idle">();
  readonly #stop = new AbortController();
  readonly #ending = new Set<Promise<void>>();
  #isWanted = false;

  constructor(options: LendersOptions) {
    this.#options = options;
  }

  add(holder: RuntimeHolder): void {
    this.#holders.set(holder, "idle");
  }

  /** Whether anybody has it beside these. */
  hasBeside(avoided: ReadonlySet<RuntimeHolder>): boolean {
    return [...this.#holders.keys()].some((holder) => !avoided.has(holder));
  }

  /** From whom the fewest borrow; undefined where nobody can be borrowed from at the moment. */
  tryBorrow(avoided: ReadonlySet<RuntimeHolder>): Loan | undefined {
    let freest: Pick<Loan, "holder" | "lender"> | undefined;
    for (const [holder, lender] of this.#holders) {
      if (!(lender instanceof RuntimeLender) || lender.isGone || avoided.has(holder)) continue;
      if (lender.borrowers < (freest?.lender.borrowers ?? BORROWERS_MAX)) freest = { holder, lender };
    }
    if (freest === undefined) return undefined;
    const { lender } = freest;
    lender.borrowers += 1;
    return {
      ...freest,
      [Symbol.dispose]() {
        lender.borrowers -= 1;
      },
    };
  }

  /** Has as many lend as those who wait can use; each of them is known by whom it avoids. */
  lendTo(waiting: readonly ReadonlySet<RuntimeHolder>[]): void {
    const room = new Map<RuntimeHolder, number>();
    for (const [holder, lender] of this.#holders) {
      const taken = lender instanceof RuntimeLender ? lender.borrowers : 0;
      if (lender !== "idle" && taken < BORROWERS_MAX) room.set(holder, BORROWERS_MAX - taken);
    }
    const idle = new Set([...this.#holders.keys()].filter((holder) => this.#holders.get(holder) === "idle"));
    for (const avoided of waiting) {
      if (this.#stop.signal.aborted) return;
      const from = firstBeside(avoided, room.keys()) ?? firstBeside(avoided, idle);
      if (from === undefined) continue;
      if (idle.delete(from)) {
        this.#isWanted = true;
        this.#awaitAtEnd(this.#start(from));
      }
      const left = (room.get(from) ?? BORROWERS_MAX) - 1;
      if (left > 0) room.set(from, left);
      else room.delete(from);
    }
  }

  /** Nobody waits any more. */
  end(): void {
    this.#isWanted = false;
    for (const [holder, lender] of this.#holders) {
      if (!(lender instanceof RuntimeLender)) continue;
      this.#holders.set(holder, "idle");
      this.#awaitAtEnd(lender[Symbol.asyncDispose]());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new MurmurationError("CANCELLED", "the run is over"));
    this.end();
    while (this.#ending.size > 0) await Promise.all(this.#ending);
  }

  async #start(holder: RuntimeHolder): Promise<void> {
    this.#holders.set(holder, "starting");
    try {
      const lender = await RuntimeLender.start(holder, this.#options.ports, this.#stop.signal);
      this.#holders.set(holder, lender);
      void lender.ended.then(() => this.#hasGone(holder, lender));
      // Those who waited may have been served meanwhile.
      if (!this.#isWanted) this.end();
    } catch (error) {
      this.#holders.delete(holder);
      this.#options.debug(`it cannot lend its runtime: ${asMurmurationError(error).message}`);
    }
    this.#options.onChange();
  }

  /** Where nobody ended it, its machine or connection is lost. */
  #hasGone(holder: RuntimeHolder, lender: RuntimeLender): void {
    if (this.#holders.get(holder) !== lender) return;
    this.#holders.delete(holder);
    this.#options.onChange();
  }

  #awaitAtEnd(work: Promise<void>): void {
    this.#ending.add(work);
    void work.finally(() => this.#ending.delete(work));
  }
}

function firstBeside(
  avoided: ReadonlySet<RuntimeHolder>,
  holders: Iterable<RuntimeHolder>,
): RuntimeHolder | undefined {
  for (const holder of holders) if (!avoided.has(holder)) return holder;
  return undefined;
}
