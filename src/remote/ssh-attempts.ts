import pRetry from "p-retry";
import { MurmurationError } from "../core/errors.ts";
import { hostAndPort } from "../core/ip-address.ts";

/** The first pause is 0.5 to 1 s, each next one twice as long: sshd's MaxStartups drops handshakes at random, so they must spread. */
const RETRY_PAUSE_MIN_MS = 500;
const RETRY_PAUSE_MAX_MS = 15_000;

export interface SshAddress {
  /** For people. */
  readonly name: string;
  readonly host: string;
  readonly user: string;
  readonly port: number;
}

/** What another attempt may not meet again. */
export class PassingFailure extends Error {}

/**
 * Tries to connect, and again where what failed may pass.
 * @throws MurmurationError `HOST_UNREACHABLE` where all attempts met a `PassingFailure`; else what an attempt threw; the signal's reason where it aborts.
 */
export async function withAttempts<T>(
  address: SshAddress,
  retries: number,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  let attempts = 0;
  const counted = async () => {
    attempts += 1;
    return await attempt();
  };
  return await pRetry(counted, {
    retries,
    minTimeout: RETRY_PAUSE_MIN_MS,
    maxTimeout: RETRY_PAUSE_MAX_MS,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => error instanceof PassingFailure,
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof PassingFailure)) throw thrown;
    const tried = attempts === 1 ? "" : ` (${attempts} attempts)`;
    throw unreachable(address, `${thrown.message}${tried}`, thrown.cause);
  });
}

export function unreachable(address: SshAddress, why: string, cause?: unknown): MurmurationError {
  const message = `${address.name}: cannot connect to ${placeOf(address)}: ${why}`;
  return new MurmurationError("HOST_UNREACHABLE", message, { cause });
}

export function placeOf(address: SshAddress): string {
  return `${address.user}@${hostAndPort(address)}`;
}
