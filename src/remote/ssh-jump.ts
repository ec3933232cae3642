import { MurmurationError } from "../core/errors.ts";
import type { SshAddress } from "./ssh-attempts.ts";
import type { Way } from "./ssh-way.ts";

/** Connects to a jump host, inside of the connection to the one before it. */
type ConnectHop<Address, Hop> = (
  address: Address,
  via: Hop | undefined,
  options: { readonly signal: AbortSignal },
) => Promise<Hop>;

/**
 * The hosts by way of which all targets are reached, each by way of the one before. They are connected to when they are needed first, once for all targets, and
 * again by whoever comes after the connection broke. What could not be connected to with all attempts is not tried again.
 */
export class JumpHosts<Address extends SshAddress, Hop extends Way> implements AsyncDisposable {
  readonly #hops: readonly Address[];
  readonly #connectHop: ConnectHop<Address, Hop>;
  readonly #life = new AbortController();
  #lastHop: Promise<Hop> | undefined;
  readonly #opened: AsyncDisposable[] = [];

  /** @param hops at least one; the first is the runner's neighbour */
  constructor(hops: readonly Address[], connectHop: ConnectHop<Address, Hop>) {
    this.#hops = hops;
    this.#connectHop = connectHop;
  }

  /**
   * The connection to the last one. It is everybody's: nobody but this object ends it.
   * @throws MurmurationError as the client that connects, with the name of the jump host; the signal's reason where it aborts.
   */
  async lastHop({ signal }: { readonly signal: AbortSignal }): Promise<Hop> {
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

  async #connect(): Promise<Hop> {
    await this.#close();
    let via: Hop | undefined;
    for (const hop of this.#hops) {
      try {
        via = await this.#connectHop(hop, via, { signal: this.#life.signal });
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
