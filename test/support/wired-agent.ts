import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ReachedTarget } from "../../src/action/target-session.ts";
import { type FromAgent, fromAgent, type ToAgent, toAgent } from "../../src/contract.ts";
import { keepLastWords } from "../../src/remote/last-words.ts";
import { MessageChannel } from "../../src/remote/message-channel.ts";
import type { Program, ProgramEnd } from "../../src/remote/program.ts";

const AGENT = fileURLToPath(new URL("../../dist/agent.cjs", import.meta.url));

/** A real agent on this machine, at the end of a wire on which one can listen, and that can be cut without a word. */
export class WiredAgent {
  readonly program: Program<FromAgent, ToAgent>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<unknown>;
  readonly #lost = Promise.withResolvers<ProgramEnd>();
  readonly #commands = new PassThrough();
  readonly #answers = new PassThrough();

  /** `onMessage` is called with what passes, in both directions. */
  constructor(name: string, onMessage: (message: ToAgent | FromAgent) => void) {
    const child = spawn(process.execPath, [AGENT], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    this.#ended = once(child, "close");
    child.stdin.on("error", () => {});
    this.#commands.pipe(child.stdin);
    child.stdout.pipe(this.#answers);
    listen(this.#commands, toAgent, onMessage);
    listen(this.#answers, fromAgent, onMessage);
    const closed = this.#ended.then(
      (): ProgramEnd =>
        child.exitCode === null
          ? { kind: "killed", signal: child.signalCode ?? "an unknown signal" }
          : { kind: "exited", code: child.exitCode },
    );
    const channel = new MessageChannel<FromAgent, ToAgent>({
      ...{ input: this.#answers, output: this.#commands, schema: fromAgent, peerName: name },
    });
    const ended = Promise.race([closed, this.#lost.promise]);
    this.program = {
      ...{ channel, ended, lastWords: keepLastWords(child.stderr) },
      async [Symbol.asyncDispose]() {
        channel.end();
        await ended;
      },
    };
  }

  get reached(): ReachedTarget {
    const never = async () => {
      throw new Error("nothing else is started here");
    };
    return {
      program: this.program,
      ...{ localAddress: "127.0.0.1", remoteAddress: "127.0.0.1", brokenWay: undefined },
      ...{ startOrigin: never, openUplink: never },
      async [Symbol.asyncDispose]() {},
    };
  }

  /** The runner sees a connection that is lost, and the agent hears nothing any more. */
  cut(): void {
    this.#commands.unpipe();
    this.#child.stdout.unpipe(this.#answers);
    this.#child.stdout.resume();
    this.#lost.resolve({ kind: "lost", why: "the wire was cut" });
    this.#answers.end();
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

function listen<Message>(
  stream: Readable,
  schema: { parse(value: unknown): Message },
  onMessage: (message: Message) => void,
): void {
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line !== "") onMessage(schema.parse(JSON.parse(line)));
  });
}
