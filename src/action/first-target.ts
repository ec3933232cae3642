import type { MurmurationError } from "../core/errors.ts";
import type { PortRange } from "./config.ts";
import type { Machine } from "./machine.ts";
import type { ReleaseSwarm } from "./release-swarm.ts";
import type { SeedHostChoice } from "./seed-host.ts";

/** A target that can't keep its part is asked no more. */
const TIMES_MAX = 3;

/** The release goes to the first target that is prepared; when that is lost, to the one that has most of it. */
export class FirstTarget implements SeedHostChoice {
  readonly isLastJump = false;
  readonly isTarget = true;
  readonly ports: PortRange;
  readonly #machines: { readonly machine: Machine; times: number }[] = [];
  #isOver = false;
  #wake: () => void = () => {};

  constructor(ports: PortRange) {
    this.ports = ports;
  }

  offer(machine: Machine): void {
    this.#machines.push({ machine, times: 0 });
    this.#wake();
  }

  offersEnd(): void {
    this.#isOver = true;
    this.#wake();
  }

  async next(signal: AbortSignal, before: MurmurationError | undefined): Promise<Machine | undefined> {
    const wake = () => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      for (;;) {
        signal.throwIfAborted();
        const well = this.#machines.filter(({ machine }) => isWell(machine));
        const [best] = well
          .filter(({ times }) => times < TIMES_MAX)
          .sort((one, other) => one.times - other.times || piecesOf(other.machine) - piecesOf(one.machine));
        if (best !== undefined) {
          best.times += 1;
          return best.machine;
        }
        if (this.#isOver && well.length > 0) throw before;
        if (this.#isOver) return undefined;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  /** The rollout sees to that, as for every target. */
  async fetch(_machine: Machine, _swarm: ReleaseSwarm): Promise<void> {}

  async finish(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

function isWell({ session }: Machine): boolean {
  return session.alive && !session.isLost;
}

function piecesOf({ session }: Machine): number {
  return session.figures.piecesDone;
}
