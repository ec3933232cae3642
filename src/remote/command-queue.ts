import { SILENCE_MAX_MS } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import type { MessageChannel } from "./message-channel.ts";

/** A command that arrives early waits here; the action never sends more than a few ahead. */
const WAITING_MAX = 100_000;

/**
 * The commands a program gets, for a program that takes them one at a time. `signal` aborts when there will be no more:
 * the input has ended, broke the contract, or was silent for too long. Whoever holds the other end is gone then, and the
 * program stops, cleans up and exits.
 */
export class CommandQueue<In extends { type: string }> {
  readonly #waiting: In[] = [];
  readonly #ended = new AbortController();
  readonly #handlers = new Map<string, (command: In) => unknown>();
  #wake: () => void = () => {};

  constructor(channel: MessageChannel<In, unknown>) {
    void this.#read(channel);
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Stops waiting, as if the input had ended. */
  end(reason: Error): void {
    this.#ended.abort(reason);
    this.#wake();
  }

  /**
   * Commands of this type are not waited for: they are handled as they come, and those that have come already at once, until it is disposed of.
   * What the handler throws ends the queue.
   */
  handleBeside<Type extends In["type"]>(
    type: Type,
    handler: (command: Extract<In, { type: Type }>) => unknown,
  ): Disposable {
    const handle = handler as (command: In) => unknown;
    this.#handlers.set(type, handle);
    const early = this.#waiting.filter((command) => command.type === type);
    if (early.length > 0) {
      const others = this.#waiting.filter((command) => command.type !== type);
      this.#waiting.splice(0, this.#waiting.length, ...others);
    }
    for (const command of early) this.#give(command, handle);
    return { [Symbol.dispose]: () => void this.#handlers.delete(type) };
  }

  /** The next command, which must be of one of these types. @throws the reason of `signal`, or CONTRACT_VIOLATED */
  async next<Type extends In["type"]>(...types: readonly Type[]): Promise<Extract<In, { type: Type }>> {
    while (this.#waiting.length === 0) {
      this.signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const command = this.#waiting.shift()!;
    if ((types as readonly string[]).includes(command.type)) return command as Extract<In, { type: Type }>;
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      `the runner sent "${command.type}" where ${types.join(" or ")} was expected`,
    );
  }

  #give(command: In, handler: (command: In) => unknown): void {
    // Node.js 22 has no `Promise.try`.
    void (async () => await handler(command))().catch((error: unknown) =>
      this.end(error instanceof Error ? error : new Error(String(error))),
    );
  }

  async #read(channel: MessageChannel<In, unknown>): Promise<void> {
    const silence = setTimeout(
      () =>
        this.end(
          new MurmurationError("CANCELLED", `nothing heard of the runner for ${SILENCE_MAX_MS / 1000} s`),
        ),
      SILENCE_MAX_MS,
    );
    try {
      for await (const message of channel) {
        silence.refresh();
        if (message.type === "ping") continue;
        const handler = this.#handlers.get(message.type);
        if (handler !== undefined) {
          this.#give(message, handler);
          continue;
        }
        this.#waiting.push(message);
        if (this.#waiting.length > WAITING_MAX)
          throw new MurmurationError("CONTRACT_VIOLATED", "too many commands");
        this.#wake();
      }
      this.end(new MurmurationError("CANCELLED", "the runner closed the connection"));
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
    } finally {
      clearTimeout(silence);
    }
  }
}
