import { asMurmurationError, type MurmurationError } from "../core/errors.ts";
import type { HostWithoutNode } from "../remote/ssh-agent-program.ts";
import { fetchRuntime, findRuntime, pushRuntime } from "../remote/ssh-runtime.ts";
import type { RuntimeCheck, RuntimePlace } from "../remote/ssh-runtime-scripts.ts";
import type { PortRange } from "./config.ts";
import type { Runtime } from "./runtime-file.ts";
import type { RuntimeHolder } from "./runtime-lender.ts";
import { type Loan, RuntimeLenders } from "./runtime-lenders.ts";
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
  readonly avoided: Set<RuntimeHolder>;
  /** Why the last of those it tried could not give it. */
  trouble: MurmurationError | undefined;
  /** Nothing is on its way to it. */
  isIdle: boolean;
}

type Source = { readonly kind: "runner" } | { readonly kind: "loan"; readonly loan: Loan };

/**
 * Brings one runtime to all targets that lack it, and over the runner's link to two of them at most where nothing fails: whoever has it, from now or from an earlier run, lends it
 * to others.
 */
export class RuntimeSupply implements AsyncDisposable {
  readonly #options: SupplyOptions;
  readonly #lenders: RuntimeLenders;
  readonly #needs = new Set<Need>();
  readonly #counts = { wanted: 0, pushed: 0, fetched: 0, failed: 0 };
  #pushing = 0;
  #fetching = 0;
  /** What is to be pushed is compressed; meanwhile a target that has it may turn up. */
  #isReady = false;
  #failure: MurmurationError | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(options: SupplyOptions) {
    this.#options = options;
    this.#lenders = new RuntimeLenders({ ...options, onChange: () => this.#wake() });
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
    this.#lenders.add({ host, path, address });
    this.#wake();
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lenders[Symbol.asyncDispose]();
  }

  async #obtain(wanted: Pick<Need, "host" | "place" | "address" | "signal">): Promise<string> {
    const fetchesLeft = wanted.host.httpThere ? FETCHES_MAX : 0;
    const need: Need = { ...wanted, fetchesLeft, avoided: new Set(), trouble: undefined, isIdle: true };
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
      if (this.#needs.size === 0) this.#lenders.end();
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
    const { host, address } = need;
    try {
      const path = await (source.kind === "runner" ? this.#push(need) : this.#fetch(need, source.loan));
      // Before anybody looks whether there is one to wait for.
      this.#lenders.add({ host, path, address });
      return path;
    } catch (error) {
      const known = asMurmurationError(error);
      if (source.kind === "runner" || need.signal.aborted || isFinal(known)) throw error;
      const { holder } = source.loan;
      this.#options.debug(`${known.message} (from ${holder.host.connection.name})`);
      need.avoided.add(holder);
      need.fetchesLeft = known.code === "TARGET_SILENT" ? 0 : need.fetchesLeft - 1;
      need.trouble = known;
      return undefined;
    } finally {
      need.isIdle = true;
      this.#wake();
    }
  }

  async #push({ host, place, trouble, signal }: Need): Promise<string> {
    const { runtime, debug, onCutOff } = this.#options;
    const { connection, gzipThere: gzipped } = host;
    if (trouble !== undefined) onCutOff(connection.name, trouble);
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

  async #fetch({ host, place, address, signal }: Need, loan: Loan): Promise<string> {
    using borrowed = loan;
    const { holder, lender } = borrowed;
    const { connection, gzipThere: gzipped } = host;
    this.#options.debug(`${connection.name}: gets the Node.js runtime from ${holder.host.connection.name}`);
    try {
      const check = await fetchRuntime(
        connection,
        lender.urlsFor(address ?? connection.remoteAddress, { gzipped }),
        { place, gzipped, signal },
      );
      const path = this.#pathIn(check, host);
      this.#counts.fetched += 1;
      return path;
    } finally {
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
    const canFetch = need.fetchesLeft > 0;
    if (canFetch) {
      const loan = this.#lenders.tryBorrow(need.avoided);
      if (loan !== undefined) {
        this.#fetching += 1;
        return { kind: "loan", loan };
      }
      const isOnItsWay = this.#fetching > 0 || this.#pushing >= PUSHES_AT_ONCE;
      if (isOnItsWay || this.#lenders.hasBeside(need.avoided)) return undefined;
    }
    const room = this.#isReady ? PUSHES_AT_ONCE - this.#pushing : 0;
    // Who can only get it from the runner goes first, and lends it to the others.
    const before = canFetch ? this.#idle((other) => other.fetchesLeft === 0).length : 0;
    if (room <= before) return undefined;
    this.#pushing += 1;
    return { kind: "runner" };
  }

  /** Those for whom nothing is on its way. */
  #idle(which: (need: Need) => boolean): Need[] {
    return [...this.#needs].filter((need) => need.isIdle && which(need));
  }

  /** Something has changed: whoever waits looks again. */
  #wake(): void {
    const waiting = this.#idle((need) => need.fetchesLeft > 0);
    this.#lenders.lendTo(waiting.map(({ avoided }) => avoided));
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
    this.#options.onChange();
  }
}

/** It would be the same from another source. */
function isFinal({ code }: MurmurationError): boolean {
  return code !== "AGENT_PUSH_FAILED" && code !== "TARGET_SILENT";
}
