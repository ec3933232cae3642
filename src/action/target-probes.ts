import { type FromAgent, type MessageOf, PROBE_MAX_MS, type ToAgent } from "../contract.ts";
import type { Endpoint, ProbeEnd } from "../core/blocked-way.ts";

/** An agent that is busy answers later than its attempts take. */
const ANSWER_MAX_MS = PROBE_MAX_MS + 4_000;

/** What one target is asked to try. Several questions may be open at once, whatever else it is doing. */
export class TargetProbes {
  readonly #send: (message: ToAgent) => void;
  readonly #open = new Map<number, (ends: readonly ProbeEnd[] | undefined) => void>();
  #nextId = 0;
  #closed = false;

  constructor(send: (message: ToAgent) => void) {
    this.#send = send;
  }

  /** How each endpoint was found, in their order. Undefined where no answer came: nothing is known then. Never rejects. */
  async ask(endpoints: readonly Endpoint[], signal: AbortSignal): Promise<readonly ProbeEnd[] | undefined> {
    if (this.#closed || signal.aborted) return undefined;
    const id = this.#nextId++;
    const { promise, resolve } = Promise.withResolvers<readonly ProbeEnd[] | undefined>();
    this.#open.set(id, resolve);
    const giveUp = () => resolve(undefined);
    const timer = setTimeout(giveUp, ANSWER_MAX_MS);
    signal.addEventListener("abort", giveUp);
    this.#send({ type: "probe", id, endpoints: endpoints.map(({ host, port }) => ({ host, port })) });
    try {
      const ends = await promise;
      return ends?.length === endpoints.length ? ends : undefined;
    } finally {
      this.#open.delete(id);
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
    }
  }

  take({ id, ends }: MessageOf<FromAgent, "probed">): void {
    this.#open.get(id)?.(ends);
  }

  /** No answer comes any more. */
  close(): void {
    this.#closed = true;
    for (const giveUp of this.#open.values()) giveUp(undefined);
  }
}
