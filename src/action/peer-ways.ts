import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PROBE_MAX_MS } from "../contract.ts";
import { type Endpoint, isBlocked } from "../core/blocked-way.ts";
import type { Target } from "../core/inventory.ts";
import { hostAndPort } from "../core/ip-address.ts";
import {
  concerns,
  describeFindings,
  findingKey,
  type PeerFinding,
  type PeerTry,
  peerFindings,
} from "../core/peer-findings.ts";
import { GatheredWarning } from "./gathered-warning.ts";
import type { Prober } from "./way-tally.ts";

/** Who joins tries the last ones that did, and they try it: four neighbours for each, however many there are. */
const NEIGHBOURS_BEFORE = 2;

const REMEDY =
  "Open the agents' port between the targets; `peer-port` makes it one port or a small range. Where targets are meant to be apart, give each part a `zone` in the inventory.";

export interface PeerWaysOptions {
  /** Whether somebody gives the release who is no target. */
  readonly hasSeeder: boolean;
  readonly warn: (line: string) => void;
  readonly signal: AbortSignal;
}

type Peer = Prober & { readonly target: Pick<Target, "name" | "zone"> };

interface Joined {
  readonly session: Peer;
  readonly address: Endpoint;
}

/**
 * Has targets try each other while they fetch, in both directions, and tells what is blocked. Nobody waits for it. It is asked for, since what a
 * swarm does by itself proves little: each pair connects once, and whom one can't dial may dial it.
 */
export class PeerWays {
  readonly #options: PeerWaysOptions;
  /** Those that have reason to reach each other: of one zone, and of one family of addresses. */
  readonly #groups = new Map<string, Joined[]>();
  readonly #tries: PeerTry[] = [];
  readonly #open = new Set<Promise<void>>();
  readonly #told = new Set<string>();
  readonly #warning: GatheredWarning;
  /** What follows from so many tries. */
  #findings: { readonly of: number; readonly all: readonly PeerFinding[] } = { of: 0, all: [] };
  #ended = false;

  constructor(options: PeerWaysOptions) {
    this.#options = options;
    this.#warning = new GatheredWarning(() => this.#describeNews(), options.warn);
  }

  /** It takes part from now on, and its peers are told this address. */
  add(session: Peer, address: Endpoint): void {
    const key = `${isIP(address.host)} ${session.target.zone ?? ""}`;
    const group = this.#groups.get(key) ?? [];
    this.#groups.set(key, group);
    const before = group.filter(({ session }) => session.alive).slice(-NEIGHBOURS_BEFORE);
    const joined = { session, address };
    group.push(joined);
    if (before.length === 0) return;
    this.#begin(this.#try(joined, before));
    for (const neighbour of before) this.#begin(this.#try(neighbour, [joined]));
  }

  /** What a target's failure has to do with it; undefined where nothing. */
  explain({ target }: Prober): string | undefined {
    const own = this.#found().filter((finding) => concerns(finding, target.name));
    return own.length === 0 ? undefined : describeFindings(own, this.#options.hasSeeder);
  }

  /** Resolves when what is being tried is known, soon, and has been told. The targets have to be there until then. */
  async end(): Promise<void> {
    const { signal } = this.#options;
    const over = new AbortController();
    const late = sleep(PROBE_MAX_MS, undefined, { signal: AbortSignal.any([signal, over.signal]) });
    await Promise.race([Promise.all(this.#open), late.catch(() => {})]);
    over.abort();
    this.#ended = true;
    this.#warning.tellRest();
  }

  #begin(work: Promise<void>): void {
    this.#open.add(work);
    void work.finally(() => this.#open.delete(work));
  }

  async #try(from: Joined, targets: readonly Joined[]): Promise<void> {
    const { signal } = this.#options;
    const ends = await from.session.probe(
      targets.map(({ address }) => address),
      signal,
    );
    if (ends === undefined) return;
    await Promise.all(
      targets.map(async (to, index) => {
        const end = ends[index]!;
        // Of one that has died meanwhile it is no wonder.
        if ((isBlocked(end) && !(await isThere(to, signal))) || this.#ended) return;
        const names = { from: from.session.target.name, to: to.session.target.name };
        this.#tries.push({ ...names, at: hostAndPort(to.address), end });
        if (isBlocked(end)) this.#warning.found();
      }),
    );
  }

  #found(): readonly PeerFinding[] {
    const of = this.#tries.length;
    if (this.#findings.of !== of) this.#findings = { of, all: peerFindings(this.#tries) };
    return this.#findings.all;
  }

  #describeNews(): string | undefined {
    const isNew = (finding: PeerFinding) => !this.#told.has("all") && !this.#told.has(findingKey(finding));
    const news = this.#found().filter(isNew);
    if (news.length === 0) return undefined;
    for (const finding of news) this.#told.add(findingKey(finding));
    return `${describeFindings(news, this.#options.hasSeeder)} ${REMEDY}`;
  }
}

async function isThere({ session }: Joined, signal: AbortSignal): Promise<boolean> {
  return (await session.probe([], signal)) !== undefined && session.alive;
}
