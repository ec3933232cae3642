import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Runtime } from "../../src/action/runtime-file.ts";
import { RuntimeSupply } from "../../src/action/runtime-supply.ts";
import type { FromAgent, ToAgent } from "../../src/contract.ts";
import type { ProgramEnd } from "../../src/remote/program.ts";
import type { HostWithoutNode } from "../../src/remote/ssh-agent-program.ts";
import { MARK } from "../../src/remote/ssh-agent-scripts.ts";
import type { CommandOptions, CommandResult } from "../../src/remote/ssh-command.ts";

/*
 * Who gets the runtime from whom, and when, for fleets that no machine holds: targets that say what real ones would, after a moment. What they are told to do, and that it works, is
 * tested with real ones in `target-runtimes.test.ts` and `runtime.test.ts`.
 */

const never = new AbortController().signal;
const LENDING_PORT = 4_000;

interface Traits {
  readonly hasIt?: boolean;
  readonly httpThere?: boolean;
  /** The agent that would lend does not start there. */
  readonly cannotLend?: boolean;
  /** To others, as behind a firewall. */
  readonly unreachable?: boolean;
  /** Its agent ends as soon as somebody fetches from it. */
  readonly diesLending?: boolean;
  /** It reaches nobody. */
  readonly cut?: boolean;
  readonly delayMs?: number;
}

/** Targets without Node.js that exist on paper only, and what became of them. */
class PaperFleet {
  readonly supply: RuntimeSupply;
  readonly pushed: number[] = [];
  /** From whom. */
  readonly fetched: { readonly index: number; readonly from: number }[] = [];
  /** How the agent of each that lends now ends. */
  readonly lending = new Map<number, () => void>();
  pushingMax = 0;
  /** Of one lender. */
  borrowersMax = 0;
  readonly #traits: Traits[] = [];
  readonly #borrowers = new Map<number, number>();
  #pushing = 0;

  constructor({ packed = Promise.resolve() }: { readonly packed?: Promise<void> } = {}) {
    const runtime = {
      file: { platform: "linux-x64", path: "/node", form: "binary" },
      sha256: "a".repeat(64),
      sizeBytes: 100,
      gzipped: async () => await packed.then(() => []),
    };
    const options = { ports: { from: 0, to: 0 }, debug: () => {}, onCutOff: () => {}, onChange: () => {} };
    this.supply = new RuntimeSupply({ ...options, runtime: runtime as unknown as Runtime });
  }

  async bring(index: number, traits: Traits = {}, signal = never): Promise<string> {
    const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    return await this.supply.bring(this.#host(index, traits), { address, onWait: () => {}, signal });
  }

  #host(index: number, traits: Traits): HostWithoutNode {
    this.#traits[index] = traits;
    const connection = {
      name: `web-${index}`,
      remoteAddress: "",
      run: async (_command: string, options: CommandOptions) => {
        const result = await this.#run(index, options);
        options.signal.throwIfAborted();
        return result;
      },
    };
    return {
      connection: connection as unknown as HostWithoutNode["connection"],
      agentDir: "~/agents",
      machine: "Linux x86_64",
      gzipThere: true,
      httpThere: traits.httpThere ?? true,
      startAgent: async () => {
        await this.#moment(index);
        if (traits.cannotLend) throw new Error("it does not start");
        return this.#lender(index) as unknown as Awaited<ReturnType<HostWithoutNode["startAgent"]>>;
      },
    };
  }

  async #moment(index: number): Promise<void> {
    await sleep(this.#traits[index]?.delayMs ?? 1);
  }

  /** What it is told is known by what it is given. */
  async #run(index: number, { stdin }: CommandOptions): Promise<CommandResult> {
    if (stdin === undefined) {
      await this.#moment(index);
      return this.#traits[index]?.hasIt ? RUNS : says(`${MARK} lacking`);
    }
    if (stdin instanceof Readable) {
      stdin.destroy();
      return await this.#pushTo(index);
    }
    const [, high, middle, low] = /http:\/\/10\.(\d+)\.(\d+)\.(\d+):/.exec(Buffer.from(stdin).toString())!;
    return await this.#fetch(index, (Number(high) << 16) + (Number(middle) << 8) + Number(low));
  }

  async #pushTo(index: number): Promise<CommandResult> {
    this.pushed.push(index);
    this.#pushing += 1;
    this.pushingMax = Math.max(this.pushingMax, this.#pushing);
    await this.#moment(index);
    this.#pushing -= 1;
    return RUNS;
  }

  async #fetch(index: number, from: number): Promise<CommandResult> {
    this.fetched.push({ index, from });
    const borrowers = (this.#borrowers.get(from) ?? 0) + 1;
    this.#borrowers.set(from, borrowers);
    this.borrowersMax = Math.max(this.borrowersMax, borrowers);
    const { diesLending, unreachable } = this.#traits[from]!;
    if (diesLending) this.lending.get(from)?.();
    await this.#moment(index);
    this.#borrowers.set(from, this.#borrowers.get(from)! - 1);
    if (this.#traits[index]?.cut || diesLending || unreachable) return { ...says(""), code: 1 };
    return RUNS;
  }

  #lender(index: number) {
    const { promise: ended, resolve } = Promise.withResolvers<ProgramEnd>();
    const arrived: FromAgent[] = [];
    let wake = () => {};
    let isOver = false;
    const tell = (message: object) => {
      arrived.push(message as FromAgent);
      wake();
    };
    const end = () => {
      isOver = true;
      this.lending.delete(index);
      resolve({ kind: "exited", code: 0 });
      wake();
    };
    this.lending.set(index, end);
    tell({ type: "hello" });
    const channel = {
      send: async (message: ToAgent) => {
        if (message.type === "lend") tell({ type: "lending", port: LENDING_PORT, addresses: [] });
        if (message.type === "finish") end();
      },
      async *[Symbol.asyncIterator]() {
        for (;;) {
          for (const message of arrived.splice(0)) yield message;
          if (arrived.length > 0) continue;
          if (isOver) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
    };
    return { channel, ended, lastWords: () => "", [Symbol.asyncDispose]: async () => end() };
  }
}

function says(line: string): CommandResult {
  return { code: 0, signal: null, stdout: `${line}\n${MARK} end\n`, stderr: "" };
}

const RUNS = says(`${MARK} runs v24.1.0 /agents/node`);

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("a runtime for a whole fleet", () => {
  test("three thousand that wait at once cost the runner little, and it sends to two of them", async () => {
    const { user } = process.cpuUsage();
    const fleet = new PaperFleet();
    await Promise.all(upTo(3_000).map((index) => fleet.bring(index, { delayMs: 20 })));
    expect(fleet.supply.counts).toEqual({ wanted: 3_000, pushed: 2, fetched: 2_998, failed: 0 });
    expect(fleet.borrowersMax).toBe(2);
    // A look at all of them whenever something happens to one takes more than a minute.
    expect(process.cpuUsage().user - user).toBeLessThan(10_000_000);
    await fleet.supply[Symbol.asyncDispose]();
    expect(fleet.lending.size).toBe(0);
  });

  test("who can have it from the runner only goes first, although it came last", async () => {
    const packed = Promise.withResolvers<void>();
    const fleet = new PaperFleet({ packed: packed.promise });
    const brought = upTo(6).map((index) => fleet.bring(index, { httpThere: index !== 5 }));
    await sleep(50);
    packed.resolve();
    await Promise.all(brought);
    expect(fleet.pushed[0]).toBe(5);
    expect(fleet.supply.counts).toMatchObject({ pushed: 2, fetched: 4 });
    await fleet.supply[Symbol.asyncDispose]();
  });

  test("who can't fetch from the one that lends has it from another, which lends for its sake", async () => {
    const fleet = new PaperFleet();
    await fleet.bring(0, { hasIt: true, unreachable: true });
    await fleet.bring(1, { hasIt: true });
    await fleet.bring(2);
    expect(fleet.fetched.map(({ from }) => from)).toEqual([0, 1]);
    expect(fleet.pushed).toEqual([]);
    await fleet.supply[Symbol.asyncDispose]();
  });

  test("who is cancelled while it waits ends at once with the reason, and the others get it", async () => {
    const packed = Promise.withResolvers<void>();
    const fleet = new PaperFleet({ packed: packed.promise });
    const cancel = new AbortController();
    const cancelled = [0, 1].map((index) => fleet.bring(index, {}, cancel.signal));
    const others = [2, 3, 4].map((index) => fleet.bring(index));
    await sleep(50);
    cancel.abort(new Error("cancelled"));
    for (const one of cancelled) await expect(one).rejects.toThrow("cancelled");
    packed.resolve();
    await Promise.all(others);
    expect(fleet.supply.counts).toEqual({ wanted: 5, pushed: 2, fetched: 1, failed: 2 });
    await fleet.supply[Symbol.asyncDispose]();
  });

  test("whoever is unreachable, cut off, dies or is cancelled: each of the others has it in the end, and no lender is left", async () => {
    const often = fc.boolean();
    const seldom = fc.integer({ min: 0, max: 4 }).map((value) => value === 0);
    const target = fc.record({
      hasIt: seldom,
      httpThere: fc.oneof(often, fc.constant(true)),
      cannotLend: seldom,
      unreachable: seldom,
      diesLending: seldom,
      cut: seldom,
      delayMs: fc.integer({ min: 0, max: 3 }),
      cancelled: seldom,
    });
    const fleets = fc.array(target, { minLength: 1, maxLength: 16 });
    const allHaveIt = fc.asyncProperty(fleets, fc.integer({ min: 0, max: 12 }), async (targets, cancelMs) => {
      const fleet = new PaperFleet({ packed: sleep(2) });
      const cancel = new AbortController();
      const timer = setTimeout(() => cancel.abort(new Error("cancelled")), cancelMs);
      const brought = await Promise.allSettled(
        targets.map((traits, index) => fleet.bring(index, traits, traits.cancelled ? cancel.signal : never)),
      );
      clearTimeout(timer);
      for (const [index, one] of brought.entries()) {
        if (one.status === "rejected") {
          expect(targets[index]!.cancelled).toBe(true);
          expect(one.reason).toBe(cancel.signal.reason);
        }
      }
      await fleet.supply[Symbol.asyncDispose]();
      expect(fleet.lending.size).toBe(0);
      // Who could not fetch from one does not try it again.
      expect(new Set(fleet.fetched.map(({ index, from }) => `${index} ${from}`)).size).toBe(
        fleet.fetched.length,
      );
      expect(fleet.pushingMax).toBeLessThanOrEqual(2);
      expect(fleet.borrowersMax).toBeLessThanOrEqual(2);
    });
    await fc.assert(allHaveIt, { numRuns: 60, timeout: 10_000 });
  });
});
