import { setTimeout as sleep } from "node:timers/promises";
import { MurmurationError } from "../core/errors.ts";
import { hostAndPort } from "../core/ip-address.ts";
import type { SshConnection } from "./ssh-connection.ts";

/** Both ends of a broken way are told at about the same time, and which first is chance. */
const SAME_TIME_MS = 100;

/** A connection that can carry others, to hosts that only its own host reaches. */
export interface Way extends SshConnection {
  /** How many connections it is made of, each inside the one before. */
  readonly depth: number;
  /** Why it is gone, and all that it carried; undefined while it is there. Names the jump host whose connection broke. */
  readonly broken: MurmurationError | undefined;
  /** Never rejects; soon after `gone`, when it is known whose connection it was that broke. */
  readonly whenBroken: Promise<MurmurationError>;
  /** Resolves as soon as it, or what carries it, is gone. Never rejects. */
  readonly gone: Promise<unknown>;
}

/** What makes a way of a connection; `via` is what carries it itself. */
export function asWay(
  name: string,
  lost: Promise<string>,
  via: Pick<Way, "depth" | "broken"> | undefined,
): Pick<Way, "depth" | "whenBroken"> & { readonly isBroken: () => MurmurationError | undefined } {
  let broken: MurmurationError | undefined;
  const whenBroken = lost.then((why) => {
    broken =
      via?.broken ??
      new MurmurationError("JUMP_LOST", `${name}: the connection broke: ${why}`, { jumpHost: name });
    return broken;
  });
  return { depth: (via?.depth ?? 0) + 1, whenBroken, isBroken: () => broken };
}

/**
 * When and why a connection is lost that another one carries: where that one broke, it is the cause, whoever was told first.
 * @param lost of the connection itself
 */
export async function lostOver(
  way: Pick<Way, "whenBroken" | "gone">,
  lost: Promise<string>,
): Promise<string> {
  const own = await Promise.race([lost, way.gone.then(() => undefined)]);
  if (own !== undefined && !(await isGoneSoon(way))) return own;
  return (await way.whenBroken).message;
}

/** Why a way is gone, where it is, or is about to be: what it carried may be told first. */
export async function whyGone(
  way: Pick<Way, "whenBroken" | "gone"> | undefined,
): Promise<MurmurationError | undefined> {
  return way !== undefined && (await isGoneSoon(way)) ? await way.whenBroken : undefined;
}

/** False where it is still there after what happens at the same time. */
async function isGoneSoon({ gone }: Pick<Way, "gone">): Promise<boolean> {
  const over = new AbortController();
  const late = sleep(SAME_TIME_MS, false, { signal: over.signal }).catch(() => false);
  const isGone = await Promise.race([gone.then(() => true), late]);
  over.abort();
  return isGone;
}

/** @param jumpHost its name */
export function forwardRefused(
  jumpHost: string,
  endpoint: { readonly host: string; readonly port: number },
  why: string,
): MurmurationError {
  const message = `${jumpHost}: it does not forward connections to ${hostAndPort(endpoint)}: administratively prohibited (${why})`;
  return new MurmurationError("JUMP_REFUSED", message, { jumpHost });
}
