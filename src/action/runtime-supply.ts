import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { HostWithoutNode } from "../remote/ssh-agent-program.ts";
import { fetchRuntime, findRuntime, noRoom, pushRuntime } from "../remote/ssh-runtime.ts";
import type { RuntimeCheck, RuntimePlace } from "../remote/ssh-runtime-scripts.ts";
import type { PortRange } from "./config.ts";
import type { Runtime } from "./runtime-file.ts";
import { type RuntimeHolder, RuntimeLender } from "./runtime-lender.ts";
import { pathOfRunning } from "./runtime-verdict.ts";

/** Over the runner's link at once. The first two are a pair, so that a slow or failing one does not keep the fleet waiting. */
const PUSHES_AT_ONCE = 2;
/** From one lender at once. */
const BORROWERS_MAX = 2;
/** A target that two others cannot serve gets it from the runner. */
const FETCHES_MAX = 2;

export interface SupplyOptions {
  readonly runtime: Runtime;
  /** For the lenders; 0–0: any free port. */
  readonly ports: PortRange;
  readonly debug: (line: string) => void;
  /** Each time a target begins to wait, has it, or has failed to get it. */
  readonly onChange: () => void;
}

export interface BringOptions {
  /** Of the inventory. */
  readonly address: string | null;
  /** Called once it is known that something has to be moved. */
  readonly onWait: () => void;
  readonly signal: AbortSignal;
}

/** What has become of the targets that lacked the runtime. */
export interface SupplyCounts {
  readonly wanted: number;
  readonly pushed: number;
  readonly fetched: number;
  readonly failed: number;
}

interface Need {
  readonly host: HostWithoutNode;
  readonly place: RuntimePlace;
  readonly address: string | null;
  readonly signal: AbortSignal;
  /** From other targets. */
  fetchesLeft: number;
  readonly avoided: Set<Holder>;
  /** Nothing is on its way to it. */
  isIdle: boolean;
}

interface Holder extends RuntimeHolder {
  lender: RuntimeLender | "starting" | undefined;
}

type Source = { readonly kind: "runner" } | { readonly kind: "lender"; readonly holder: Holder };

/**
 * Brings one runtime to all targets that lack it, and over the runner's link to two of them at most where nothing fails: whoever has it, from now or from an earlier run, lends it
 * to two others at a time, so that with each round twice as many have it.
 */
export class RuntimeSupply implements AsyncDisposable {
  readonly #options: SupplyOptions;
  readonly #needs = new Set<Need>();
  readonly #holders = new Set<Holder>();
  readonly #stop = new AbortController();
  readonly #ending = new Set<Promise<void>>();
  readonly #counts = { wanted: 0, pushed: 0, fetched: 0, failed: 0 };
  #pushing = 0;
  #fetching = 0;
  /** What is to be pushed is compressed; meanwhile a target that has it may turn up. */
  #isReady = false;
  #failure: MurmurationError | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(options: SupplyOptions) {
    this.#options = options;
  }

  get counts(): SupplyCounts {
    return this.#counts;
  }

  /** Resolves with the runtime's path on the target. @throws MurmurationError why it is not there, or does not run */
  async bring(host: HostWithoutNode, { address, onWait, signal }: BringOptions): Promise<string> {
    const { sha256, sizeBytes } = this.#options.runtime;
    const place: RuntimePlace = { agentDir: host.agentDir, sha256, sizeBytes };
    const there = await findRuntime(host.connection, { place, signal });
    if (there.kind === "lacking") {
      requireUsable(host.connection.name, place, there);
      onWait();
      return await this.#obtain({ host, place, address, signal });
    }
    const path = this.#pathIn(there, host);
    this.#holds(host, path, address);
    this.#wake();
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new MurmurationError("CANCELLED", "the run is over"));
    this.#endLending();
    while (this.#ending.size > 0) await Promise.all(this.#ending);
  }

  #holds(host: HostWithoutNode, path: string, address: string | null): void {
    this.#holders.add({ host, path, address, lender: undefined });
  }

  async #obtain(wanted: Pick<Need, "host" | "place" | "address" | "signal">): Promise<string> {
    const need: Need = {
      ...wanted,
      fetchesLeft: wanted.host.httpThere ? FETCHES_MAX : 0,
      avoided: new Set(),
      isIdle: true,
    };
    this.#needs.add(need);
    this.#counts.wanted += 1;
    void this.#makeReady();
    this.#wake();
    try {
      for (;;) {
        const path = await this.#tryFrom(await this.#nextSource(need), need);
        if (path !== undefined) return path;
      }
    } catch (error) {
      this.#counts.failed += 1;
      throw error;
    } finally {
      this.#needs.delete(need);
      if (this.#needs.size === 0) this.#endLending();
      this.#wake();
    }
  }

  async #makeReady(): Promise<void> {
    try {
      await this.#options.runtime.gzipped();
      this.#isReady = true;
    } catch (error) {
      this.#failure = asMurmurationError(error);
    }
    this.#wake();
  }

  /** Undefined where another source is to be tried. */
  async #tryFrom(source: Source, need: Need): Promise<string | undefined> {
    try {
      const path = await (source.kind === "runner" ? this.#push(need) : this.#fetch(need, source.holder));
      // Before anybody looks whether there is one to wait for.
      this.#holds(need.host, path, need.address);
      return path;
    } catch (error) {
      const known = asMurmurationError(error);
      if (source.kind === "runner" || need.signal.aborted || isFinal(known)) throw error;
      this.#options.debug(`${known.message} (from ${source.holder.host.connection.name})`);
      need.avoided.add(source.holder);
      need.fetchesLeft = known.code === "TARGET_SILENT" ? 0 : need.fetchesLeft - 1;
      return undefined;
    } finally {
      need.isIdle = true;
      this.#wake();
    }
  }

  async #push({ host, place, signal }: Need): Promise<string> {
    const { runtime, debug } = this.#options;
    const { connection, gzipThere: gzipped } = host;
    debug(`${connection.name}: gets the Node.js runtime from the runner`);
    try {
      const content = gzipped ? await runtime.gzipped() : runtime.content();
      const check = await pushRuntime(connection, content, { place, gzipped, signal });
      const path = this.#pathIn(check, host);
      this.#counts.pushed += 1;
      return path;
    } finally {
      this.#pushing -= 1;
    }
  }

  async #fetch({ host, place, signal }: Need, { host: from, lender }: Holder): Promise<string> {
    if (!(lender instanceof RuntimeLender)) throw new MurmurationError("INTERNAL", "no lender");
    const { connection, gzipThere: gzipped } = host;
    this.#options.debug(`${connection.name}: gets the Node.js runtime from ${from.connection.name}`);
    try {
      const check = await fetchRuntime(connection, lender.urls({ gzipped }), { place, gzipped, signal });
      const path = this.#pathIn(check, host);
      this.#counts.fetched += 1;
      return path;
    } finally {
      lender.borrowers -= 1;
      this.#fetching -= 1;
    }
  }

  #pathIn(check: RuntimeCheck, { connection, agentDir }: HostWithoutNode): string {
    return pathOfRunning(check, { name: connection.name, agentDir, file: this.#options.runtime.file });
  }

  async #nextSource(need: Need): Promise<Source> {
    const aborted = Promise.withResolvers<void>();
    const onAbort = () => aborted.resolve();
    need.signal.addEventListener("abort", onAbort);
    try {
      for (;;) {
        need.signal.throwIfAborted();
        if (this.#failure !== undefined) throw this.#failure;
        const source = this.#choose(need);
        if (source !== undefined) {
          need.isIdle = false;
          return source;
        }
        await Promise.race([this.#changed.promise, aborted.promise]);
      }
    } finally {
      need.signal.removeEventListener("abort", onAbort);
    }
  }

  /** Undefined: something that is on its way has to come to its end first. What is chosen is taken. */
  #choose(need: Need): Source | undefined {
    if (need.fetchesLeft > 0) {
      const holder = this.#freestLender(need);
      if (holder?.lender instanceof RuntimeLender) {
        holder.lender.borrowers += 1;
        this.#fetching += 1;
        return { kind: "lender", holder };
      }
      if (this.#mayFetchLater(need)) return undefined;
    }
    if (!this.#isReady || this.#pushing >= PUSHES_AT_ONCE) return undefined;
    // Who can only get it from the runner goes first, and lends it to the others.
    if (
      need.fetchesLeft > 0 &&
      this.#countIdle((other) => other.fetchesLeft === 0) >= PUSHES_AT_ONCE - this.#pushing
    )
      return undefined;
    this.#pushing += 1;
    return { kind: "runner" };
  }

  #freestLender(need: Need): Holder | undefined {
    let freest: Holder | undefined;
    let fewest = BORROWERS_MAX;
    for (const holder of this.#holders) {
      const { lender } = holder;
      if (!(lender instanceof RuntimeLender) || lender.isGone || need.avoided.has(holder)) continue;
      if (lender.borrowers < fewest) [freest, fewest] = [holder, lender.borrowers];
    }
    return freest;
  }

  #mayFetchLater(need: Need): boolean {
    if (this.#fetching > 0 || this.#pushing >= PUSHES_AT_ONCE) return true;
    return [...this.#holders].some((holder) => !need.avoided.has(holder));
  }

  #countIdle(which: (need: Need) => boolean): number {
    return [...this.#needs].filter((need) => need.isIdle && which(need)).length;
  }

  /** Something has changed: whoever waits looks again. */
  #wake(): void {
    this.#startLenders();
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
    this.#options.onChange();
  }

  /** As many as those who wait can use. */
  #startLenders(): void {
    let unserved = this.#countIdle((need) => need.fetchesLeft > 0);
    for (const { lender } of this.#holders) {
      if (lender === "starting") unserved -= BORROWERS_MAX;
      else if (lender !== undefined) unserved -= BORROWERS_MAX - lender.borrowers;
    }
    for (const holder of this.#holders) {
      if (unserved <= 0 || this.#stop.signal.aborted) return;
      if (holder.lender !== undefined) continue;
      holder.lender = "starting";
      unserved -= BORROWERS_MAX;
      this.#awaitAtEnd(this.#startLender(holder));
    }
  }

  async #startLender(holder: Holder): Promise<void> {
    try {
      const lender = await RuntimeLender.start(holder, this.#options.ports, this.#stop.signal);
      holder.lender = lender;
      void lender.ended.then(() => this.#hasGone(holder, lender));
      // Those who waited may have been served meanwhile.
      if (this.#needs.size === 0 || this.#stop.signal.aborted) this.#endLending();
    } catch (error) {
      this.#holders.delete(holder);
      this.#options.debug(`it cannot lend its runtime: ${asMurmurationError(error).message}`);
    }
    this.#wake();
  }

  /** Where nobody ended it, its machine or connection is lost. */
  #hasGone(holder: Holder, lender: RuntimeLender): void {
    if (holder.lender !== lender) return;
    this.#holders.delete(holder);
    this.#wake();
  }

  #endLending(): void {
    for (const holder of this.#holders) {
      const { lender } = holder;
      if (!(lender instanceof RuntimeLender)) continue;
      holder.lender = undefined;
      this.#awaitAtEnd(lender[Symbol.asyncDispose]());
    }
  }

  #awaitAtEnd(work: Promise<void>): void {
    this.#ending.add(work);
    void work.finally(() => this.#ending.delete(work));
  }
}

function requireUsable(
  name: string,
  place: RuntimePlace,
  { noExec, freeBytes }: Extract<RuntimeCheck, { kind: "lacking" }>,
): void {
  if (noExec) {
    throw new MurmurationError(
      "AGENT_DIR_NOEXEC",
      `${name}: a Node.js runtime in ${place.agentDir} could not be started: no program may be run from there (noexec)`,
    );
  }
  if (freeBytes !== undefined && freeBytes < place.sizeBytes) throw noRoom(name, place, freeBytes);
}

/** It would be the same from another source. */
function isFinal({ code }: MurmurationError): boolean {
  return code !== "AGENT_PUSH_FAILED" && code !== "TARGET_SILENT";
}
