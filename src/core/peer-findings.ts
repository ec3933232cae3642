import { type BlockedEnd, describeBlocked, isBlocked, nameList, type ProbeEnd } from "./blocked-way.ts";

/** One target tried to connect to another. */
export interface PeerTry {
  /** Names of targets. */
  readonly from: string;
  readonly to: string;
  /** Where: `address:port`. */
  readonly at: string;
  readonly end: ProbeEnd;
}

type BlockedTry = PeerTry & { readonly end: BlockedEnd };

/** What is wrong between targets. */
export type PeerFinding =
  /** Nobody reaches anybody. */
  | { readonly kind: "all"; readonly tries: readonly BlockedTry[] }
  /** None of those that tried reaches this one. */
  | { readonly kind: "unreached"; readonly target: string; readonly tries: readonly BlockedTry[] }
  /** It reaches none of those that it tried, though others do. */
  | { readonly kind: "reaches-none"; readonly target: string; readonly tries: readonly BlockedTry[] }
  /** Both. */
  | { readonly kind: "alone"; readonly target: string; readonly tries: readonly BlockedTry[] }
  /** Both are well but for each other. */
  | {
      readonly kind: "pair";
      readonly target: string;
      readonly other: string;
      readonly tries: readonly BlockedTry[];
    };

/**
 * What follows from the tries. That one of two can't reach the other is no finding by itself: they need one connection, and it is the same
 * to them who opens it.
 */
export function peerFindings(all: readonly PeerTry[]): PeerFinding[] {
  const blocked = all.filter((one): one is BlockedTry => isBlocked(one.end));
  const reached = all.filter(({ end }) => end.kind === "reached");
  if (blocked.length === 0) return [];
  if (reached.length === 0 && new Set(blocked.map(({ to }) => to)).size > 1)
    return [{ kind: "all", tries: blocked }];

  const whoIsReached = new Set(reached.map(({ to }) => to));
  const whoReaches = new Set(reached.map(({ from }) => from));
  const byCaller = Map.groupBy(blocked, ({ from }) => from);
  const mute = new Set(
    [...byCaller]
      .filter(([from, tries]) => !whoReaches.has(from) && tries.some(({ to }) => whoIsReached.has(to)))
      .map(([from]) => from),
  );
  // Of somebody who reaches nobody it says nothing about others that it does not reach them either.
  const witnessed = blocked.filter(({ from }) => !mute.has(from));
  const unreached = new Map(
    [...Map.groupBy(witnessed, ({ to }) => to)].filter(([to]) => !whoIsReached.has(to)),
  );
  const findings: PeerFinding[] = [];
  for (const [target, tries] of unreached) {
    const own = mute.has(target) ? (byCaller.get(target) ?? []) : [];
    if (own.length > 0) findings.push({ kind: "alone", target, tries: [...tries, ...own] });
    else findings.push({ kind: "unreached", target, tries });
  }
  for (const target of mute) {
    if (!unreached.has(target))
      findings.push({ kind: "reaches-none", target, tries: byCaller.get(target) ?? [] });
  }
  const isNamed = (name: string) => mute.has(name) || unreached.has(name);
  const directions = new Map(witnessed.map((one) => [`${one.from}\n${one.to}`, one]));
  for (const one of witnessed) {
    if (one.from > one.to || isNamed(one.from) || isNamed(one.to)) continue;
    const back = directions.get(`${one.to}\n${one.from}`);
    if (back !== undefined)
      findings.push({ kind: "pair", target: one.from, other: one.to, tries: [one, back] });
  }
  return findings;
}

/** The same for the same thing that is wrong, whatever is known of it. */
export function findingKey(finding: PeerFinding): string {
  if (finding.kind === "all") return "all";
  return finding.kind === "pair" ? `${finding.target}\n${finding.other}` : finding.target;
}

export function concerns(finding: PeerFinding, target: string): boolean {
  if (finding.kind === "all") return true;
  return finding.target === target || (finding.kind === "pair" && finding.other === target);
}

/** More of them would be read by nobody, and be cut. */
const SENTENCES_MAX = 5;

/** For people: who cannot reach whom, at which port, and what comes of it. `hasSeeder`: there is one besides the targets. */
export function describeFindings(findings: readonly PeerFinding[], hasSeeder: boolean): string {
  const sentences = findings.slice(0, SENTENCES_MAX).map((finding) => sentence(finding, hasSeeder));
  const more = findings
    .slice(SENTENCES_MAX)
    .flatMap((finding) => ("target" in finding ? finding.target : []));
  if (more.length > 0) sentences.push(`The same is true of ${nameList([...new Set(more)])}.`);
  return sentences.join(" ");
}

function sentence(finding: PeerFinding, hasSeeder: boolean): string {
  const { tries } = finding;
  switch (finding.kind) {
    case "all": {
      const count = new Set(tries.flatMap(({ from, to }) => [from, to])).size;
      const rest = hasSeeder
        ? "Everything has to come from the seeder, a copy for each target, which is slow."
        : "Nobody is left to give anything to anybody.";
      return `None of the ${count} targets that tried reaches another, such as ${example(tries)}. ${rest}`;
    }
    case "unreached":
      return `${finding.target} is not reached by its peers at ${tries[0]?.at}, tried by ${callers(tries)}: ${why(tries)}. It has only the connections that it opens itself.`;
    case "reaches-none":
      return `${finding.target} reaches none of its peers, such as ${example(tries)}. It has only the connections that they open.`;
    case "alone": {
      const rest = hasSeeder ? "Only the seeder is left to it." : "Nobody is left to give it anything.";
      return `${finding.target} reaches none of its peers, and none reaches it, such as ${example(tries)}. ${rest}`;
    }
    case "pair":
      return `${finding.target} and ${finding.other} do not reach each other, neither ${example(tries)}, nor back.`;
  }
}

function example(tries: readonly BlockedTry[]): string {
  const [first] = tries;
  return first === undefined ? "" : `${first.from} to ${first.to} at ${first.at}: ${why(tries)}`;
}

function callers(tries: readonly BlockedTry[]): string {
  return nameList(tries.map(({ from }) => from));
}

function why([first]: readonly BlockedTry[]): string {
  return first === undefined ? "" : describeBlocked(first.end);
}
