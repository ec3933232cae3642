import { asMurmurationError, type MurmurationError } from "../core/errors.ts";
import type { HostWithoutNode } from "../remote/ssh-agent-program.ts";
import { fetchRuntime, findRuntime, pushRuntime } from "../remote/ssh-runtime.ts";
import type { RuntimeCheck, RuntimePlace } from "../remote/ssh-runtime-scripts.ts";
import { AbortCalls } from "./abort-calls.ts";
import type { PortRange } from "./config.ts";
import type { Runtime } from "./runtime-file.ts";
import type { RuntimeHolder } from "./runtime-lender.ts";
import { type Loan, RuntimeLenders } from "./runtime-lenders.ts";
import { RuntimeQueue, type Waiting } from "./runtime-queue.ts";
import { pathOfRunning, requireUsable } from "./runtime-verdict.ts";

/** Over the runner's link at once. The first two are a pair, so that a slow or failing one does not keep the fleet waiting. */
const PUSHES_AT_ONCE = 2;
/** A target that two others cannot serve gets it from the runner. */
const FETCHES_MAX = 2;

export interface SupplyOptions {
  readonly runtime: Runtime;
  /** For the lenders; 0–0: any free port. */
  readonly ports: PortRange;
  readonly debug: (line: string) => void;
  /** Others could not give it to this one, which gets it from the runner now. */
  readonly onCutOff: (name: string, why: MurmurationError) => void;
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
  /** From whom it could not get it last. */
  avoided: RuntimeHolder | undefined;
  /** Why that one could not give it. */
  trouble: MurmurationError | undefined;
}

type Source = { readonly kind: "runner" } | { readonly kind: "loan"; readonly loan: Loan };

/** A need in the queue. */
interface WaitingNeed extends Waiting {
  /** What it is served with is taken by then. */
  readonly serve: (source: Source) => void;
  readonly refuse: (error: MurmurationError) => void;
}

/**
 * Brings one runtime to all targets that lack it, and over the runner's link to two of them at most where nothing fails: whoever has it, from now or from an earlier run, lends it
 * to others.
 */
export class RuntimeSupply implements AsyncDisposable {
  readonly #options: SupplyOptions;
  readonly #lenders: RuntimeLenders;
  readonly #queue = new RuntimeQueue<WaitingNeed>();
  readonly #aborts = new AbortCalls();
  readonly #counts = { wanted: 0, pushed: 0, fetched: 0, failed: 0 };
  /** Those that have not got it yet: they wait, or it is on its way to them. */
  #lacking = 0;
  #pushing = 0;
  #fetching = 0;
  /** What is to be pushed is compressed; meanwhile a target that has it may turn up. */
  #isReady = false;
  #failure: MurmurationError | undefined;

  constructor(options: SupplyOptions) {
    this.#options = options;
    this.#lenders = new RuntimeLenders({ ...options, onChange: () => this.#serve() });
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
    const path = this.#takeIn(there, { host, address });
    this.#serve();
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lenders[Symbol.asyncDispose]();
  }

  async #obtain(wanted: Pick<Need, "host" | "place" | "address" | "signal">): Promise<string> {
    const fetchesLeft = wanted.host.httpThere ? FETCHES_MAX : 0;
    const need: Need = { ...wanted, fetchesLeft, avoided: undefined, trouble: undefined };
    this.#lacking += 1;
    this.#counts.wanted += 1;
    void this.#makeReady();
    try {
      for (;;) {
        const path = await this.#tryFrom(await this.#nextSource(need), need);
        if (path !== undefined) return path;
      }
    } catch (error) {
      this.#counts.failed += 1;
      throw error;
    } finally {
      this.#lacking -= 1;
      if (this.#lacking === 0) this.#lenders.end();
      this.#serve();
    }
  }

  async #makeReady(): Promise<void> {
    try {
      await this.#options.runtime.gzipped();
      if (this.#isReady) return;
      this.#isReady = true;
      this.#serve();
    } catch (error) {
      this.#failure = asMurmurationError(error);
      for (const waiting of this.#queue.takeAll()) waiting.refuse(this.#failure);
    }
  }

  /** Undefined where another source is to be tried. */
  async #tryFrom(source: Source, need: Need): Promise<string | undefined> {
    try {
      return await (source.kind === "runner" ? this.#push(need) : this.#fetch(need, source.loan));
    } catch (error) {
      const known = asMurmurationError(error);
      if (source.kind === "runner" || need.signal.aborted || isFinal(known)) throw error;
      const { holder } = source.loan;
      this.#options.debug(`${known.message} (from ${holder.host.connection.name})`);
      need.avoided = holder;
      need.fetchesLeft = known.code === "TARGET_SILENT" ? 0 : need.fetchesLeft - 1;
      need.trouble = known;
      return undefined;
    }
  }

  async #push(need: Need): Promise<string> {
    const { host, place, trouble, signal } = need;
    const { runtime, debug, onCutOff } = this.#options;
    const { connection, gzipThere: gzipped } = host;
    if (trouble !== undefined) onCutOff(connection.name, trouble);
    debug(`${connection.name}: gets the Node.js runtime from the runner`);
    try {
      const content = gzipped ? await runtime.gzipped() : runtime.content();
      const path = this.#takeIn(await pushRuntime(connection, content, { place, gzipped, signal }), need);
      this.#counts.pushed += 1;
      return path;
    } finally {
      this.#pushing -= 1;
    }
  }

  async #fetch(need: Need, loan: Loan): Promise<string> {
    using borrowed = loan;
    const { holder, lender } = borrowed;
    const { host, place, address, signal } = need;
    const { connection, gzipThere: gzipped } = host;
    this.#options.debug(`${connection.name}: gets the Node.js runtime from ${holder.host.connection.name}`);
    try {
      const urls = lender.urlsFor(address ?? connection.remoteAddress, { gzipped });
      const path = this.#takeIn(await fetchRuntime(connection, urls, { place, gzipped, signal }), need);
      this.#counts.fetched += 1;
      return path;
    } finally {
      this.#fetching -= 1;
    }
  }

  /** The path of a runtime that runs there; from now on it may be lent, which nobody overlooks who asks whether there is one to wait for. */
  #takeIn(check: RuntimeCheck, { host, address }: Pick<Need, "host" | "address">): string {
    const { connection, agentDir } = host;
    const path = pathOfRunning(check, { name: connection.name, agentDir, file: this.#options.runtime.file });
    this.#lenders.add({ host, path, address });
    return path;
  }

  async #nextSource({ fetchesLeft, avoided, signal }: Need): Promise<Source> {
    signal.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure;
    const { promise, resolve: serve, reject: refuse } = Promise.withResolvers<Source>();
    const waiting: WaitingNeed = { canFetch: fetchesLeft > 0, avoided, serve, refuse };
    using _untilServed = this.#aborts.add(signal, () => {
      this.#queue.delete(waiting);
      refuse(signal.reason);
    });
    this.#queue.add(waiting);
    this.#serve();
    return await promise;
  }

  /** Something has changed: as many are served as there is room for, and the others are left alone. Each event costs the same, however many wait. */
  #serve(): void {
    this.#serveByOthers();
    this.#serveByRunner();
    this.#lenders.lendTo(this.#queue.fetchersCount, this.#queue.avoidedByAll);
    this.#options.onChange();
  }

  #serveByOthers(): void {
    for (const avoided of this.#queue.avoided()) {
      if (!this.#lenders.hasRoom) return;
      const loan = this.#lenders.tryBorrow(avoided);
      if (loan === undefined) continue;
      this.#fetching += 1;
      this.#queue.takeFetcher(avoided)!.serve({ kind: "loan", loan });
    }
  }

  #serveByRunner(): void {
    while (this.#isReady && this.#pushing < PUSHES_AT_ONCE) {
      // Who can only get it from the runner goes first, and lends it to the others.
      const waiting = this.#queue.takeForRunner() ?? this.#takeWithoutLender();
      if (waiting === undefined) return;
      this.#pushing += 1;
      waiting.serve({ kind: "runner" });
    }
  }

  /** One that might have it from another target, where there is none for it, and nothing on its way of which one will come. */
  #takeWithoutLender(): WaitingNeed | undefined {
    if (this.#fetching > 0) return undefined;
    const [holder, another] = this.#lenders.holders;
    if (another !== undefined) return undefined;
    if (holder !== undefined) return this.#queue.takeFetcher(holder);
    const [avoided] = this.#queue.avoided();
    return this.#queue.takeFetcher(avoided);
  }
}

/** It would be the same from another source. */
function isFinal({ code }: MurmurationError): boolean {
  return code !== "AGENT_PUSH_FAILED" && code !== "TARGET_SILENT";
}
