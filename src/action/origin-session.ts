import {
  type FromOrigin,
  type MessageOf,
  type Packed,
  PING_INTERVAL_MS,
  type ToOrigin,
} from "../contract.ts";
import { isErrorCode, MurmurationError } from "../core/errors.ts";
import { shownWords } from "../remote/last-words.ts";
import { describeEnd, type Program } from "../remote/program.ts";

const FINISH_TIMEOUT_MS = 5_000;

export interface OriginFigures {
  readonly bytesUploaded: number;
  readonly memoryBytes: number;
}

/**
 * The conversation with the origin. It answers `pack` with `packed` and `serve` with `serving`; if it fails or ends at any
 * other moment, `failed` resolves, and the run is over: without it nothing can be fetched.
 */
export class OriginSession implements AsyncDisposable {
  readonly #program: Program<FromOrigin, ToOrigin>;
  readonly #onPacking: (progress: MessageOf<FromOrigin, "packing">) => void;
  readonly #pings: NodeJS.Timeout;
  readonly #answers = new Map<string, (message: FromOrigin) => void>();
  #figures: OriginFigures = { bytesUploaded: 0, memoryBytes: 0 };
  #fail!: (error: MurmurationError) => void;
  #finishing = false;
  /** Never rejects. */
  readonly failed: Promise<MurmurationError>;

  constructor(
    program: Program<FromOrigin, ToOrigin>,
    onPacking: (progress: MessageOf<FromOrigin, "packing">) => void,
  ) {
    this.#program = program;
    this.#onPacking = onPacking;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
    this.#pings = setInterval(() => void program.channel.send({ type: "ping" }), PING_INTERVAL_MS);
    void this.#read();
  }

  get figures(): OriginFigures {
    return this.#figures;
  }

  /** @throws MurmurationError what the origin told, or what became of it; the signal's reason where it aborts */
  async pack(
    command: Omit<MessageOf<ToOrigin, "pack">, "type">,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<Packed> {
    return await this.#ask({ type: "pack", ...command }, "packed", signal);
  }

  /** @throws MurmurationError as above */
  async serve(
    command: Omit<MessageOf<ToOrigin, "serve">, "type">,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<MessageOf<FromOrigin, "serving">> {
    return await this.#ask({ type: "serve", ...command }, "serving", signal);
  }

  /** Without an answer: a target that comes to the tracker before it is admitted asks again soon. */
  admit(command: Omit<MessageOf<ToOrigin, "admit">, "type">): void {
    void this.#program.channel.send({ type: "admit", ...command });
  }

  /** Never throws: what the origin had to do is done. */
  async finish(): Promise<void> {
    this.#finishing = true;
    const late = AbortSignal.timeout(FINISH_TIMEOUT_MS);
    await this.#ask({ type: "finish" }, "finished", late).catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#finishing = true;
    clearInterval(this.#pings);
    await this.#program[Symbol.asyncDispose]();
  }

  async #ask<Answer extends FromOrigin["type"]>(
    command: ToOrigin,
    answer: Answer,
    signal: AbortSignal,
  ): Promise<MessageOf<FromOrigin, Answer>> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<FromOrigin>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    this.#answers.set(answer, resolve);
    void this.failed.then(reject);
    try {
      void this.#program.channel.send(command);
      return (await promise) as MessageOf<FromOrigin, Answer>;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #read(): Promise<void> {
    try {
      for await (const message of this.#program.channel) this.#take(message);
    } catch (error) {
      if (error instanceof MurmurationError) this.#fail(error);
    }
    clearInterval(this.#pings);
    const end = await this.#program.ended;
    if (this.#finishing) return;
    const words = shownWords(this.#program.lastWords());
    this.#fail(new MurmurationError("ORIGIN_FAILED", `tracker and seeder ${describeEnd(end)}: ${words}`));
  }

  #take(message: FromOrigin): void {
    switch (message.type) {
      case "packing":
        this.#onPacking(message);
        break;
      case "seeding":
        this.#figures = { ...this.#figures, bytesUploaded: message.bytesUploaded };
        break;
      case "finished":
        this.#figures = { bytesUploaded: message.bytesUploaded, memoryBytes: message.memoryBytes };
        break;
      case "failed":
        this.#fail(
          new MurmurationError(isErrorCode(message.code) ? message.code : "INTERNAL", message.message),
        );
        break;
    }
    this.#answers.get(message.type)?.(message);
  }
}
