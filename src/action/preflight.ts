import { describeBlocked, type Endpoint, nameList } from "../core/blocked-way.ts";
import { type ErrorCode, MurmurationError } from "../core/errors.ts";
import { hostAndPort } from "../core/ip-address.ts";
import { GatheredWarning } from "./gathered-warning.ts";
import { type BlockedWay, type Prober, WayTally } from "./way-tally.ts";

export interface PreflightOptions {
  /** Those that are to fetch. */
  readonly fetching: readonly Prober[];
  /** Those that have it and are to give it. */
  readonly giving: readonly Prober[];
  /** Where tracker and seeder are now, for people: `the runner`. */
  readonly place: () => string;
  /** The input that fixes the port of the seeder. */
  readonly seederPort: "seed-port" | "peer-port";
  /** What is known of that place beforehand, for people; null: nothing. */
  readonly placeHint: string | null;
  /** Ends the run. */
  readonly end: (error: MurmurationError) => void;
  readonly warn: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Fetcher extends Prober {
  /** Ends it: it cannot reach what it has to. */
  isCutOff(error: MurmurationError): void;
}

/** Where a target finds what it needs besides its peers. */
export interface SwarmEndpoints {
  readonly tracker: Endpoint;
  /** Null where only targets seed. */
  readonly seeder: Endpoint | null;
}

/** The ways of one target, which may lead to another machine later. */
export interface Ways {
  now(): SwarmEndpoints;
  /** Whether there is another machine than the one that was asked for last, or is soon: what was found of that says nothing then. Never rejects. */
  areReplaced(): Promise<boolean>;
}

/**
 * Has each target try tracker and seeder before it is told to fetch, and says what is blocked. A target that reaches both goes on at once. One without the
 * tracker has failed; one without the seeder gets everything from those that have it. Where that is nobody, the run is over.
 */
export class Preflight {
  readonly #options: PreflightOptions;
  readonly #tracker: WayTally;
  readonly #seeder: WayTally;
  readonly #withoutSeeder: GatheredWarning;
  #toldWithoutSeeder = 0;
  readonly #idle: BlockedWay[] = [];
  readonly #idleWarning: GatheredWarning;

  constructor(options: PreflightOptions) {
    this.#options = options;
    this.#tracker = new WayTally([...options.giving, ...options.fetching]);
    this.#seeder = new WayTally(options.fetching);
    this.#idleWarning = new GatheredWarning(() => this.#describeIdle(), options.warn);
    this.#withoutSeeder = new GatheredWarning(() => this.#describeWithoutSeeder(), options.warn);
  }

  /** False where the target cannot go on; it has failed then. Never throws. */
  async isWell(session: Fetcher, ways: Ways): Promise<boolean> {
    const { tracker, seeder, ends } = await this.#try(session, ways);
    const toTracker = this.#tracker.note(session, tracker, ends?.[0]);
    const toSeeder = seeder === null ? undefined : this.#seeder.note(session, seeder, ends?.[1]);
    if (toTracker !== undefined) {
      const isForAll = await this.#tracker.isBlockedForAll();
      session.isCutOff(this.#cutOff("TRACKER_UNREACHABLE", "tracker", toTracker));
      if (isForAll) this.#endRun("TRACKER_UNREACHABLE", "tracker", this.#tracker.blocked);
      return false;
    }
    if (toSeeder === undefined) return true;
    if (await this.#seeder.isBlockedForAll()) {
      session.isCutOff(this.#cutOff("SEEDER_UNREACHABLE", "seeder", toSeeder));
      this.#endRun("SEEDER_UNREACHABLE", "seeder", this.#seeder.blocked);
      return false;
    }
    this.#withoutSeeder.found();
    return true;
  }

  /** The same for a target that is to give to others: without the tracker nobody finds it, and it gives nothing. */
  async canGive(session: Prober, ways: Ways): Promise<boolean> {
    const { tracker, ends } = await this.#try(session, ways);
    const way = this.#tracker.note(session, tracker, ends?.[0]);
    if (way === undefined) return true;
    if (await this.#tracker.isBlockedForAll())
      this.#endRun("TRACKER_UNREACHABLE", "tracker", this.#tracker.blocked);
    this.#idle.push(way);
    this.#idleWarning.found();
    return false;
  }

  async #try(session: Prober, ways: Ways) {
    for (;;) {
      const { tracker, seeder } = ways.now();
      const endpoints = seeder === null ? [tracker] : [tracker, seeder];
      const ends = await session.probe(endpoints, this.#options.signal);
      const isBlocked = ends?.some(({ kind }) => kind !== "reached") ?? false;
      if (!isBlocked || !(await ways.areReplaced())) return { tracker, seeder, ends };
    }
  }

  /** What a target's failure has to do with it; undefined where nothing. */
  explain(session: Prober): string | undefined {
    const way = this.#seeder.blocked.find((one) => one.session === session);
    return way && this.#sentence("seeder", way);
  }

  end(): void {
    this.#withoutSeeder.tellRest();
    this.#idleWarning.tellRest();
  }

  #cutOff(code: ErrorCode, what: string, way: BlockedWay): MurmurationError {
    return new MurmurationError(code, `${way.session.target.name}: ${this.#sentence(what, way)}`);
  }

  #endRun(code: ErrorCode, what: string, ways: readonly BlockedWay[]): void {
    const { placeHint, end } = this.#options;
    const place = this.#options.place();
    const hint = placeHint === null ? "" : `. ${placeHint}`;
    const [first] = ways;
    if (first === undefined) return;
    const { session, endpoint } = first;
    const who =
      ways.length === 1
        ? `${session.target.name} does not reach the ${what} on ${place} at ${hostAndPort(endpoint)}`
        : `none of the ${ways.length} targets that tried reaches the ${what} on ${place}, such as ${session.target.name} at ${hostAndPort(endpoint)}`;
    end(new MurmurationError(code, `${who}: ${describeBlocked(first.end)}${hint}`));
  }

  #describeWithoutSeeder(): string | undefined {
    const ways = this.#seeder.blocked.slice(this.#toldWithoutSeeder);
    this.#toldWithoutSeeder = this.#seeder.blocked.length;
    const [first] = ways;
    if (first === undefined || this.#options.signal.aborted) return undefined;
    const place = this.#options.place();
    const names = nameList(ways.map(({ session }) => session.target.name));
    const [reach, get] = ways.length === 1 ? ["does", "It gets"] : ["do", "They get"];
    return `${names} ${reach} not reach the seeder on ${place} at ${hostAndPort(first.endpoint)}: ${describeBlocked(first.end)}. ${get} everything from other targets. Open the way to it; \`${this.#options.seederPort}\` makes it one port or a small range.`;
  }

  #describeIdle(): string | undefined {
    const ways = this.#idle.splice(0);
    const [first] = ways;
    if (first === undefined || this.#options.signal.aborted) return undefined;
    const names = nameList(ways.map(({ session }) => session.target.name));
    const hold = ways.length === 1 ? "holds the release, but does" : "hold the release, but do";
    return `${names} ${hold} not reach the tracker on ${this.#options.place()} at ${hostAndPort(first.endpoint)}, and so give nothing to the others: ${describeBlocked(first.end)}. Open the way to it; \`tracker-port\` makes it one port or a small range.`;
  }

  #sentence(what: string, { endpoint, end }: BlockedWay): string {
    return `it does not reach the ${what} on ${this.#options.place()} at ${hostAndPort(endpoint)}: ${describeBlocked(end)}`;
  }
}
