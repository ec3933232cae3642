import type { SimSwarm } from "./sim-swarm.ts";

const EVERY_MS = 1_000;

/** A line for whoever waits: at most one a second. */
export class Progress {
  readonly #swarm: SimSwarm;
  readonly #write: (text: string) => void;
  #nextMs: number | undefined;

  constructor(swarm: SimSwarm, write: (text: string) => void) {
    this.#swarm = swarm;
    this.#write = write;
  }

  /** `wallMs`: on any clock that never runs backwards. */
  show(wallMs: number): void {
    this.#nextMs ??= wallMs + EVERY_MS;
    if (wallMs < this.#nextMs) return;
    this.#nextMs = wallMs + EVERY_MS;
    const { peers, plan, queue } = this.#swarm;
    let [held, done] = [0, 0];
    for (const {
      scheduler,
      doneMs,
      plan: { kind },
    } of peers.slice(1)) {
      if (kind === "honest") held += scheduler.have.count;
      if (doneMs !== undefined) done += 1;
    }
    const honest = peers.filter(({ plan: { kind } }) => kind === "honest").length - 1;
    const percent = (100 * held) / (honest * plan.pieces);
    this.#write(
      `${(queue.nowMs / 1_000).toFixed(2)} s of virtual time: ${percent.toFixed(1)} % of the pieces are where they belong, ${done} of ${honest} targets have all\n`,
    );
  }
}
