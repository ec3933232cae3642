import { MurmurationError } from "../core/errors.ts";
import { connectSsh, type SshAddress, type SshConnectOptions } from "./ssh-connect.ts";
import type { JumpConnection } from "./ssh-forward.ts";

/**
 * The hosts by way of which all targets are reached, each by way of the one before. They are connected to when they are needed first, once for all targets, and
 * again by whoever comes after the connection broke. What could not be connected to with all attempts is not tried again.
 */
export class JumpHosts implements AsyncDisposable {
  readonly #hops: readonly SshAddress[];
  readonly #options: SshConnectOptions;
  readonly #life = new AbortController();
  #lastHop: Promise<JumpConnection> | undefined;
  readonly #opened: AsyncDisposable[] = [];

  /** @param hops at least one; the first is the runner's neighbour */
  constructor(hops: readonly SshAddress[], options: SshConnectOptions) {
    this.#hops = hops;
    this.#options = options;
  }

  /**
   * The connection to the last one. It is everybody's: nobody but this object ends it.
   * @throws MurmurationError as `connectSsh`, with the name of the jump host; the signal's reason where it aborts.
   */
  async lastHop({ signal }: { readonly signal: AbortSignal }): Promise<JumpConnection> {
    signal.throwIfAborted();
    this.#lastHop ??= this.#connect();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([this.#lastHop, aborted]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#life.abort(new MurmurationError("CANCELLED", "the run is over"));
    // What is still being connected to has ended with the signal.
    await this.#lastHop?.catch(() => {});
    await this.#close();
  }

  async #connect(): Promise<JumpConnection> {
    await this.#close();
    let via: JumpConnection | undefined;
    for (const hop of this.#hops) {
      try {
        via = await connectSsh(hop, { ...this.#options, via }, { signal: this.#life.signal });
      } catch (error) {
        await this.#close();
        if (error instanceof MurmurationError) error.jumpHost ??= hop.name;
        throw error;
      }
      this.#opened.push(via);
    }
    if (via === undefined) throw new RangeError("there is no jump host");
    const lastHop = via;
    void lastHop.whenBroken.then(() => {
      this.#lastHop = undefined;
    });
    return lastHop;
  }

  /** The inner ones first: their farewell goes by way of the outer ones. */
  async #close(): Promise<void> {
    for (const connection of this.#opened.splice(0).reverse()) await connection[Symbol.asyncDispose]();
  }
}
