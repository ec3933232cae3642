import { ADDRESSES_MAX } from "../contract.ts";
import { commonBits } from "../core/common-bits.ts";
import type { Machine } from "./machine.ts";

export interface SeedHostPlace {
  /** The input `announce-address`. */
  readonly announceAddress: string | null;
  /** The targets are reached by way of it. */
  readonly isLastJump: boolean;
}

/** What others are told of the seed host where nothing is known of them. */
export function addressOf({ session, ready }: Machine, { announceAddress }: SeedHostPlace): string {
  const own = session.target.address ?? announceAddress ?? ready.ssh?.serverAddress;
  return own ?? (session.remoteAddress || "127.0.0.1");
}

/** From where a target may announce itself: how it is reached by SSH, before all that it says itself. */
export function announcingFrom({ session, ready }: Machine): string[] {
  const { remoteAddress } = session;
  const known = remoteAddress ? [remoteAddress] : [];
  return [...new Set([...known, ...ready.addresses])].slice(0, ADDRESSES_MAX);
}

/**
 * At which address a target reaches the seed host: the one that the user names; the one from which the target was reached, where that is by way of it; else, of
 * all that it has, the one that is most like the target's own, since a bastion has one foot in the targets' network.
 */
export function addressForTarget(host: Machine, target: Machine, place: SeedHostPlace): string {
  if (place.announceAddress !== null) return place.announceAddress;
  if (host.session.target.address !== null) return host.session.target.address;
  const ofTarget = target.ready.ssh;
  if (place.isLastJump && ofTarget !== null) return ofTarget.clientAddress;
  const fallback = addressOf(host, place);
  if (ofTarget === null) return fallback;
  const others = host.ready.addresses.filter((address) => !isLoopback(address));
  return nearest(ofTarget.serverAddress, [fallback, ...others]) ?? fallback;
}

/** Of equally near ones the first; undefined where none is of the same family. */
function nearest(to: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let most = -1;
  for (const candidate of candidates) {
    const shared = commonBits(to, candidate);
    if (shared > most) [best, most] = [candidate, shared];
  }
  return best;
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
