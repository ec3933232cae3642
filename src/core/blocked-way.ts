/** Where somebody is to be reached by TCP. */
export interface Endpoint {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
}

/** How an attempt to reach an endpoint ended. In the words of the contract's message `probed`. */
export type ProbeEnd =
  | { readonly kind: "reached" }
  | { readonly kind: Blocked }
  /** Who tried is to blame, such as for lack of descriptors: nothing is known of the way. */
  | { readonly kind: "unknown"; readonly why: string };

export type Blocked = "refused" | "timed-out" | "no-route" | "unresolved" | "forbidden";
export type BlockedEnd = { readonly kind: Blocked };

const WORDS: Readonly<Record<Blocked, string>> = {
  refused: "refused (a firewall rejects it, or nothing listens there)",
  "timed-out": "no answer (a firewall drops it, or no way leads to that address from there, as behind NAT)",
  "no-route": "no route (none is known there, or a firewall rejects it)",
  unresolved: "the name cannot be resolved there",
  forbidden: "forbidden by the target's own system",
};

export function isBlocked(end: ProbeEnd): end is BlockedEnd {
  return end.kind !== "reached" && end.kind !== "unknown";
}

/** A clause for people. */
export function describeBlocked({ kind }: BlockedEnd): string {
  return WORDS[kind];
}

/** At most so many names in a sentence: it is read by people. */
const NAMES_MAX = 8;

/** `web-1, web-2 and 14 more`. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MAX);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
