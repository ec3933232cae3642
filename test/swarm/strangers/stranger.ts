import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { DebianPackage } from "../../support/debian-package.ts";

/** A BitTorrent client that is not ours. */
export interface StrangerKind {
  readonly name: string;
  /** Undefined: it comes with the project's own packages. */
  readonly package: DebianPackage | undefined;
  /** Whether it dials whom the tracker names at a loopback address. Others take such peers only when they are dialled. */
  readonly dialsLoopback: boolean;
  /** What it writes of its own goes below `options.folder`, or is gone when it is disposed. */
  start(options: StrangerOptions): Stranger;
}

export interface StrangerOptions {
  readonly torrentFile: string;
  /** Where the content is, or is put, under the torrent's name. */
  readonly folder: string;
  /** One of this machine's loopback addresses: it listens there and dials from there, where it can be told to. */
  readonly host: string;
  /** Where it listens. */
  readonly port: number;
}

/** A running client. It finds by itself what it holds, fetches the rest, and serves all of it until it is disposed. */
export interface Stranger extends AsyncDisposable {
  /** What it said last. */
  readonly output: string;
  /** Resolves when it says that it has everything. @throws where it ends before */
  finished(): Promise<void>;
}

export interface StrangerProcessOptions {
  readonly command: string;
  readonly argv: readonly string[];
  /** In its output: it has everything. */
  readonly saysFinished: RegExp;
}

const OUTPUT_KEPT_CHARACTERS = 4_000;

/** A client that is a program of its own. Disposing it kills it. */
export class StrangerProcess implements Stranger {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #finished = Promise.withResolvers<void>();
  #output = "";

  constructor({ command, argv, saysFinished }: StrangerProcessOptions) {
    this.#child = spawn(command, argv, { stdio: ["ignore", "pipe", "pipe"] });
    this.#exit = once(this.#child, "exit");
    // Whoever waits for it is told; where nobody does, its end is no news.
    this.#finished.promise.catch(() => {});
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_KEPT_CHARACTERS);
        if (saysFinished.test(this.#output)) this.#finished.resolve();
      });
    }
    this.#child.on("exit", (code, signal) => {
      this.#finished.reject(new Error(`${command} ended (${code ?? signal}):\n${this.#output}`));
    });
  }

  get output(): string {
    return this.#output;
  }

  finished(): Promise<void> {
    return this.#finished.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGKILL");
    await this.#exit;
  }
}
