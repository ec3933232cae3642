import { randomBytes } from "node:crypto";
import { commonBits } from "../core/common-bits.ts";
import { MurmurationError } from "../core/errors.ts";
import { hostAndPort, isLinkLocal, plainAddress } from "../core/ip-address.ts";
import type { HostWithoutNode } from "../remote/ssh-agent-program.ts";
import { AgentTalk } from "./agent-talk.ts";
import type { PortRange } from "./config.ts";

const ANSWER_TIMEOUT_MS = 30_000;
/** Each costs whoever fetches a connect that may be in vain. */
const ADDRESSES_MAX = 6;

interface LenderHosts {
  readonly named: string | null;
  readonly found: readonly string[];
}

/** A target that has the runtime. */
export interface RuntimeHolder {
  readonly host: HostWithoutNode;
  /** Of the runtime, absolute. */
  readonly path: string;
  /** Where its peers reach it, by the inventory. */
  readonly address: string | null;
}

/** A target that gives its runtime to others. Disposing it ends that. */
export class RuntimeLender implements AsyncDisposable {
  readonly #talk: AgentTalk;
  /** Where it may be reached; what the user says comes first. */
  readonly #hosts: LenderHosts;
  readonly #urlAt: (host: string) => string;
  /** Resolves when it gives no more. */
  readonly ended: Promise<unknown>;
  /** Of those that fetch from it now. */
  borrowers = 0;

  private constructor(
    talk: AgentTalk,
    hosts: LenderHosts,
    urlAt: (host: string) => string,
    ended: Promise<unknown>,
  ) {
    this.#talk = talk;
    this.#hosts = hosts;
    this.#urlAt = urlAt;
    this.ended = ended;
  }

  /** @throws MurmurationError why it can't */
  static async start(
    { host, path, address }: RuntimeHolder,
    ports: PortRange,
    signal: AbortSignal,
  ): Promise<RuntimeLender> {
    const { name, remoteAddress } = host.connection;
    const program = await host.startAgent(path, { signal });
    const talk = new AgentTalk(name, program, {
      onProgress: () => {},
      onJoined: () => {},
      onListening: () => {},
    });
    try {
      await talk.expect("hello", { signal, timeoutMs: ANSWER_TIMEOUT_MS });
      const token = randomBytes(16).toString("hex");
      talk.send({ type: "lend", token, ports });
      const lending = await talk.expect("lending", { signal, timeoutMs: ANSWER_TIMEOUT_MS });
      const hosts = { named: address, found: usable([remoteAddress, ...lending.addresses]) };
      if (address === null && hosts.found.length === 0)
        throw new MurmurationError("AGENT_FAILED", `${name}: no address of it is known`);
      const urlAt = (host: string) => `http://${hostAndPort({ host, port: lending.port })}/${token}/node`;
      return new RuntimeLender(talk, hosts, urlAt, program.ended);
    } catch (error) {
      await talk[Symbol.asyncDispose]();
      throw error;
    }
  }

  get isGone(): boolean {
    return this.#talk.broken !== undefined;
  }

  /** For whoever is at this address: a bastion has one foot in the targets' network, and a connect to the other is in vain. */
  urlsFor(borrower: string, { gzipped }: { readonly gzipped: boolean }): string[] {
    const { named, found } = this.#hosts;
    const nearest = found.toSorted((one, other) => commonBits(borrower, other) - commonBits(borrower, one));
    const hosts = [...new Set(named === null ? nearest : [named, ...nearest])].slice(0, ADDRESSES_MAX);
    return hosts.map((host) => (gzipped ? `${this.#urlAt(host)}.gz` : this.#urlAt(host)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#talk.send({ type: "finish" });
    await this.#talk[Symbol.asyncDispose]();
  }
}

/** The first has just worked from the runner; the others are what it knows of itself, where loopback is nobody else's. */
function usable([seen = "", ...own]: readonly string[]): string[] {
  const others = own.map((one) => plainAddress(one) ?? "").filter((one) => !isLoopback(one));
  return [plainAddress(seen) ?? "", ...others].filter((one) => one !== "" && !isLinkLocal(one));
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
