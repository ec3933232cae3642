import { type FromAgent, type MessageOf, PING_INTERVAL_MS, type ToAgent } from "../contract.ts";
import { isErrorCode } from "../core/error-codes.ts";
import { MurmurationError } from "../core/errors.ts";
import { shownWords } from "../remote/last-words.ts";
import { describeEnd, type Program } from "../remote/program.ts";
import { TargetProbes } from "./target-probes.ts";

/** After the pipe has closed, how it ended is known at once or never. */
const END_WAIT_MS = 2_000;
/** Answers are awaited one at a time; an agent that sends many unasked is not one of ours. */
const ARRIVED_MAX = 16;

export interface ExpectOptions {
  readonly signal: AbortSignal;
  /** Undefined: whoever calls watches the progress instead. */
  readonly timeoutMs?: number;
  /** Answers to what was asked before, which nobody waits for any more. */
  readonly passOver?: readonly FromAgent["type"][];
}

/** What an agent tells unasked. */
export interface AgentListener {
  readonly onProgress: (progress: MessageOf<FromAgent, "progress">) => void;
  readonly onJoined: (joined: MessageOf<FromAgent, "joined">) => void;
  readonly onListening: (listening: MessageOf<FromAgent, "listening">) => void;
}

/**
 * One conversation with an agent, as seen from the runner: commands go out, and the answer that is due is awaited. Whatever
 * else can happen instead (a `failed`, the end of the pipe, a message out of turn, silence) is an error with the target's name.
 */
export class AgentTalk implements AsyncDisposable {
  readonly #name: string;
  readonly #program: Program<FromAgent, ToAgent>;
  readonly #listener: AgentListener;
  readonly probes = new TargetProbes((message) => this.send(message));
  readonly #pings: NodeJS.Timeout;
  readonly #arrived: FromAgent[] = [];
  #broken: MurmurationError | undefined;
  #wake: () => void = () => {};
  #ending: PromiseLike<void> | undefined;

  constructor(name: string, program: Program<FromAgent, ToAgent>, listener: AgentListener) {
    this.#name = name;
    this.#program = program;
    this.#listener = listener;
    this.#pings = setInterval(() => void program.channel.send({ type: "ping" }), PING_INTERVAL_MS);
    void this.#read();
  }

  /** Why nothing more will come; undefined while the agent is well. */
  get broken(): MurmurationError | undefined {
    return this.#broken;
  }

  /** Does not wait for the pipe, which a frozen target would leave full: the answer is awaited, with a limit. */
  send(message: ToAgent): void {
    void this.#program.channel.send(message);
  }

  /** @throws MurmurationError what the agent told, or what became of it; the signal's reason */
  async expect<Type extends FromAgent["type"]>(
    type: Type | readonly Type[],
    options: ExpectOptions,
  ): Promise<MessageOf<FromAgent, Type>> {
    const types: readonly string[] = typeof type === "string" ? [type] : type;
    const expected = types.join(" or ");
    const { signal, timeoutMs, passOver = [] } = options;
    let timer: NodeJS.Timeout | undefined;
    let late = false;
    const wakeUp = () => this.#wake();
    signal.addEventListener("abort", wakeUp);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => {
        late = true;
        this.#wake();
      }, timeoutMs);
    }
    try {
      for (;;) {
        signal.throwIfAborted();
        const message = this.#arrived.shift();
        if (message !== undefined && types.includes(message.type))
          return message as MessageOf<FromAgent, Type>;
        if (message !== undefined && passOver.includes(message.type)) continue;
        if (message !== undefined) throw this.#outOfTurn(message.type, expected);
        if (this.#broken !== undefined) throw this.#broken;
        if (late) throw this.#silent(expected, timeoutMs ?? 0);
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", wakeUp);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#pings);
    // Begun when the target failed and awaited at the run's end: its graces are waited for once.
    this.#ending ??= this.#program[Symbol.asyncDispose]();
    await this.#ending;
  }

  async #read(): Promise<void> {
    try {
      for await (const message of this.#program.channel) {
        if (message.type === "progress") this.#listener.onProgress(message);
        else if (message.type === "joined") this.#listener.onJoined(message);
        else if (message.type === "listening") this.#listener.onListening(message);
        else if (message.type === "probed") this.probes.take(message);
        else if (message.type === "failed") this.#break(toldError(this.#name, message));
        else if (this.#arrived.length < ARRIVED_MAX) this.#arrived.push(message);
        else throw this.#outOfTurn(message.type, "nothing");
        this.#wake();
      }
      this.#break(await this.#whatBecameOfIt());
    } catch (error) {
      const known = error instanceof MurmurationError ? error : await this.#whatBecameOfIt();
      this.#break(known);
    }
  }

  /** The first reason counts: an agent that told why it fails then ends its pipe. */
  #break(error: MurmurationError): void {
    this.#broken ??= error;
    clearInterval(this.#pings);
    this.probes.close();
    this.#wake();
  }

  async #whatBecameOfIt(): Promise<MurmurationError> {
    const unknown = new Promise<undefined>((resolve) => setTimeout(resolve, END_WAIT_MS, undefined).unref());
    const end = await Promise.race([this.#program.ended, unknown]);
    if (end === undefined)
      return new MurmurationError("AGENT_FAILED", `${this.#name}: the agent closed its output`);
    if (end.kind === "lost")
      return new MurmurationError("SSH_LOST", `${this.#name}: the connection was lost: ${end.why}`);
    const words = shownWords(this.#program.lastWords());
    const said = words === "" ? "" : `; its last words: ${words}`;
    return new MurmurationError("AGENT_FAILED", `${this.#name}: the agent ${describeEnd(end)}${said}`);
  }

  #outOfTurn(got: string, expected: string): MurmurationError {
    return new MurmurationError(
      "CONTRACT_VIOLATED",
      `${this.#name}: the agent sent "${got}" where "${expected}" was due`,
    );
  }

  #silent(expected: string, timeoutMs: number): MurmurationError {
    return new MurmurationError(
      "TARGET_SILENT",
      `${this.#name}: no "${expected}" from the agent within ${timeoutMs / 1000} s`,
    );
  }
}

/** What an agent said went wrong, with its target's name. */
export function toldError(
  name: string,
  { code, message }: { readonly code: string; readonly message: string },
): MurmurationError {
  return new MurmurationError(isErrorCode(code) ? code : "INTERNAL", `${name}: ${message}`);
}
