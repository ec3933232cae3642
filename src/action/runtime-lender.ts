import { randomBytes } from "node:crypto";
import { MurmurationError } from "../core/errors.ts";
import { hostAndPort, isLinkLocal, plainAddress } from "../core/ip-address.ts";
import type { HostWithoutNode } from "../remote/ssh-agent-program.ts";
import { AgentTalk } from "./agent-talk.ts";
import type { PortRange } from "./config.ts";

const ANSWER_TIMEOUT_MS = 30_000;
/** Each costs whoever fetches a connect that may be in vain. */
const ADDRESSES_MAX = 6;

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
  readonly #urls: readonly string[];
  /** Resolves when it gives no more. */
  readonly ended: Promise<unknown>;
  /** Of those that fetch from it now. */
  borrowers = 0;

  private constructor(talk: AgentTalk, urls: readonly string[], ended: Promise<unknown>) {
    this.#talk = talk;
    this.#urls = urls;
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
      const hosts = hostsOf(address, remoteAddress, lending.addresses);
      if (hosts.length === 0)
        throw new MurmurationError("AGENT_FAILED", `${name}: no address of it is known`);
      const urls = hosts.map((host) => `http://${hostAndPort({ host, port: lending.port })}/${token}/node`);
      return new RuntimeLender(talk, urls, program.ended);
    } catch (error) {
      await talk[Symbol.asyncDispose]();
      throw error;
    }
  }

  get isGone(): boolean {
    return this.#talk.broken !== undefined;
  }

  urls({ gzipped }: { readonly gzipped: boolean }): string[] {
    return this.#urls.map((url) => (gzipped ? `${url}.gz` : url));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#talk.send({ type: "finish" });
    await this.#talk[Symbol.asyncDispose]();
  }
}

/** What the user says comes first; then what has just worked from the runner; then what the target knows of itself. */
function hostsOf(address: string | null, remoteAddress: string, own: readonly string[]): string[] {
  const seen = plainAddress(remoteAddress) ?? "";
  const others = own.map((one) => plainAddress(one) ?? "").filter((one) => !isLoopback(one));
  const all = [address ?? "", seen, ...others].filter((one) => one !== "" && !isLinkLocal(one));
  return [...new Set(all)].slice(0, ADDRESSES_MAX);
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
