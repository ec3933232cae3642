import { setTimeout as sleep } from "node:timers/promises";
import type { Client, ClientChannel } from "ssh2";
import { MurmurationError, messageOf } from "../core/errors.ts";
import type { SshConnection } from "./ssh-connection.ts";

/** RFC 4254 §5.1. */
const ADMINISTRATIVELY_PROHIBITED = 1;
/** Both ends of a broken way are told at about the same time, and which first is chance. */
const SAME_TIME_MS = 100;

/** A connection that can carry others, to hosts that only its own host reaches. */
export interface JumpConnection extends SshConnection {
  /** How many connections it is made of, each inside the one before. */
  readonly depth: number;
  /** Why it is gone, and all that it carried; undefined while it is there. Names the jump host whose connection broke. */
  readonly broken: MurmurationError | undefined;
  /** Never rejects. */
  readonly whenBroken: Promise<MurmurationError>;
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
  { name, whenBroken }: Pick<JumpConnection, "name" | "whenBroken">,
  { timeoutMs, signal }: ForwardOptions,
): Promise<ClientChannel> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
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
    if (typeof reason !== "number") throw (await soon(whenBroken)) ?? thrown;
    const why = messageOf(thrown).replace(/^\(SSH\) Channel open failure: /, "");
    if (reason === ADMINISTRATIVELY_PROHIBITED) throw refused(name, { host, port }, why);
    throw new Error(`${name} cannot reach it: ${why}`, { cause: thrown });
  } finally {
    isOver = true;
    clearTimeout(late);
    signal.removeEventListener("abort", onAbort);
  }
}

function refused(
  jumpHost: string,
  { host, port }: { readonly host: string; readonly port: number },
  why: string,
): MurmurationError {
  const place = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const message = `${jumpHost}: it does not forward connections to ${place}: administratively prohibited (${why})`;
  return new MurmurationError("JUMP_REFUSED", message, { jumpHost });
}

/**
 * When and why a connection is lost that another one carries: where that one broke, it is the cause, whoever was told first.
 * @param lost of the connection itself
 */
export async function lostOver(
  way: Pick<JumpConnection, "whenBroken">,
  lost: Promise<string>,
): Promise<string> {
  const first = await Promise.race([lost, way.whenBroken]);
  if (typeof first !== "string") return first.message;
  return (await soon(way.whenBroken))?.message ?? first;
}

async function soon<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  const over = new AbortController();
  const value = await Promise.race([promise, sleep(SAME_TIME_MS, undefined, { signal: over.signal })]);
  over.abort();
  return value;
}
