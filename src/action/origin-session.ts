import {
  type FromOrigin,
  type MessageOf,
  type Packed,
  PING_INTERVAL_MS,
  type ToOrigin,
} from "../contract.ts";
import { isErrorCode } from "../core/error-codes.ts";
import { MurmurationError } from "../core/errors.ts";
import { shownWords } from "../remote/last-words.ts";
import { describeEnd, type Program } from "../remote/program.ts";

const FINISH_TIMEOUT_MS = 5_000;

/** What the origin is to seed: it packs a tree, or proves a tar. */
export type OriginSource =
  | { readonly kind: "tree"; readonly path: string; readonly exclude: readonly string[] }
  | ({ readonly kind: "tar" } & Omit<MessageOf<ToOrigin, "open">, "type">);

export type OriginProgress = MessageOf<FromOrigin, "packing" | "writing">;

export interface OriginFigures {
  readonly bytesUploaded: number;
  readonly memoryBytes: number;
}

/**
 * The conversation with the origin. It answers `pack` and `open` with `packed`, `serve` with `serving`; if it fails or ends at any
 * other moment, `failed` resolves, and the run is over: without it nothing can be fetched.
 */
export class OriginSession implements AsyncDisposable {
  readonly #program: Program<FromOrigin, ToOrigin>;
  readonly #onProgress: (progress: OriginProgress) => void;
  readonly #pings: NodeJS.Timeout;
  readonly #answers = new Map<string, (message: FromOrigin) => void>();
  #figures: OriginFigures = { bytesUploaded: 0, memoryBytes: 0 };
  #fail!: (error: MurmurationError) => void;
  #finishing = false;
  /** Never rejects. */
  readonly failed: Promise<MurmurationError>;

  constructor(program: Program<FromOrigin, ToOrigin>, onProgress: (progress: OriginProgress) => void) {
    this.#program = program;
    this.#onProgress = onProgress;
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
    source: OriginSource,
    { pieceLengthBytes, signal }: { readonly pieceLengthBytes: number | null; readonly signal: AbortSignal },
  ): Promise<Packed> {
    if (source.kind === "tar") {
      const { kind: _, ...command } = source;
      return await this.#ask({ type: "open", ...command }, "packed", signal);
    }
    const { path, exclude } = source;
    return await this.#ask({ type: "pack", path, exclude: [...exclude], pieceLengthBytes }, "packed", signal);
  }

  /** Has it write the tar of what it packed to a new file. @throws MurmurationError as above */
  async write(
    path: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<MessageOf<FromOrigin, "written">> {
    return await this.#ask({ type: "write", path }, "written", signal);
  }

  /** @throws MurmurationError as above */
  async serve(
    command: Omit<MessageOf<ToOrigin, "serve">, "type">,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<MessageOf<FromOrigin, "serving">> {
    return await this.#ask({ type: "serve", ...command }, "serving", signal);
  }

  /** Instead of `serve`, where the fleet can't reach the runner. @throws MurmurationError as above */
  async feed(
    command: Omit<MessageOf<ToOrigin, "feed">, "type">,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<MessageOf<FromOrigin, "feeding">> {
    return await this.#ask({ type: "feed", ...command }, "feeding", signal);
  }

  /** Instead of `pack` and `serve`, where it is others that seed. @throws MurmurationError as above */
  async track(
    command: Omit<MessageOf<ToOrigin, "track">, "type">,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<MessageOf<FromOrigin, "serving">> {
    return await this.#ask({ type: "track", ...command }, "serving", signal);
  }

  /** Without an answer: a target that comes to the tracker before it is admitted asks again soon. */
  admit(command: Omit<MessageOf<ToOrigin, "admit">, "type">): void {
    void this.#program.channel.send({ type: "admit", ...command });
  }

  /** Never throws: what the origin had to do is done. */
  async finish(): Promise<void> {
    this.#finishing = true;
    const late = AbortSignal.timeout(FINISH_TIMEOUT_MS);
    const asked = this.#ask({ type: "finish" }, "finished", late).catch(() => {});
    // One that has ended, with the machine that it ran on, says nothing any more.
    await Promise.race([asked, this.#program.ended]);
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
      case "writing":
        this.#onProgress(message);
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
