import type { Client, ClientChannel } from "ssh2";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { forwardRefused, type Way, whyGone } from "./ssh-way.ts";

/** RFC 4254 §5.1. */
const ADMINISTRATIVELY_PROHIBITED = 1;

/** A connection of the built-in client, inside of which it makes others. */
export interface JumpConnection extends Way {
  /**
   * A stream to a port that its host reaches. What may pass, such as a refused connection, is no MurmurationError.
   * @throws MurmurationError `JUMP_REFUSED`, `JUMP_LOST`; the signal's reason where it aborts.
   */
  forward(host: string, port: number, options: ForwardOptions): Promise<ClientChannel>;
}

export interface ForwardOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What comes to be of an attempt that nobody waits for any more is closed. */
export async function forwardStream(
  client: Client,
  { host, port }: { readonly host: string; readonly port: number },
  way: Pick<JumpConnection, "name" | "whenBroken" | "gone">,
  { timeoutMs, signal }: ForwardOptions,
): Promise<ClientChannel> {
  signal.throwIfAborted();
  const { name, whenBroken } = way;
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
  // Where ssh2 throws, nobody is left to hear of what rejects it later.
  promise.catch(() => {});
  let isOver = false;
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const onLate = () => reject(new Error(`${name} has not reached it within ${timeoutMs / 1_000} s`));
  const late = setTimeout(onLate, timeoutMs);
  void whenBroken.then(reject);
  try {
    // Where the stream comes from is for logs only, and nobody here knows better.
    client.forwardOut("127.0.0.1", 0, host, port, (error, channel) => {
      if (error) return reject(error);
      channel.on("error", () => {});
      if (isOver) channel.close();
      else resolve(channel);
    });
    return await promise;
  } catch (thrown) {
    if (thrown instanceof MurmurationError || signal.aborted) throw thrown;
    // The typings know no `reason`. Without one it is not the jump host that has answered.
    const { reason } = thrown as { reason?: unknown };
    if (typeof reason !== "number") throw (await whyGone(way)) ?? thrown;
    const why = messageOf(thrown).replace(/^\(SSH\) Channel open failure: /, "");
    if (reason === ADMINISTRATIVELY_PROHIBITED) throw forwardRefused(name, { host, port }, why);
    throw new Error(`${name} cannot reach it: ${why}`, { cause: thrown });
  } finally {
    isOver = true;
    clearTimeout(late);
    signal.removeEventListener("abort", onAbort);
  }
}
