import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type PeerConfig, type PeersLine, peerLine } from "./peer-lines.ts";
import { runCommand } from "./run-command.ts";

/** The system's own: distributions package libtorrent for this one, whatever `python3` is on the PATH. */
const PYTHON = "/usr/bin/python3";
const STOP_GRACE_MS = 5_000;

/** A client that the bench compares with, as a command that runs one peer of it. */
export interface PeerProgram {
  readonly name: string;
  readonly command: readonly string[];
}

export const WEBTORRENT: PeerProgram = {
  name: "webtorrent",
  command: [process.execPath, join(import.meta.dirname, "webtorrent-peer.ts")],
};

export const LIBTORRENT: PeerProgram = {
  name: "libtorrent",
  command: [PYTHON, join(import.meta.dirname, "libtorrent-peer.py")],
};

/** With the settings that were best here, see there. */
export const LIBTORRENT_TUNED: PeerProgram = {
  name: "libtorrent, tuned",
  command: [...LIBTORRENT.command, "--tuned"],
};

/** Undefined where it is not installed. */
export async function findLibtorrentVersion(): Promise<string | undefined> {
  if (!existsSync(PYTHON)) return undefined;
  const ask = [PYTHON, "-c", "import libtorrent; print(libtorrent.version)"];
  return (await runCommand(ask).catch(() => undefined))?.trim();
}

/** One running peer; ended when disposed, and by the end of its stdin when this program is killed. */
export class PeerProcess implements AsyncDisposable {
  readonly #child;
  readonly #exited: Promise<unknown>;
  readonly #lines: AsyncIterator<string>;
  readonly #name: string;
  #lastWords = "";

  /** @param prefix runs the rest of the command elsewhere. */
  constructor(
    program: PeerProgram,
    prefix: readonly string[],
    config: PeerConfig,
    { signal }: { signal: AbortSignal },
  ) {
    const command = ["setpriv", "--pdeathsig", "KILL", ...prefix, ...program.command, JSON.stringify(config)];
    this.#name = `${program.name} at ${config.address}`;
    this.#child = spawn(command[0]!, command.slice(1), {
      stdio: ["pipe", "pipe", "pipe"],
      signal,
      killSignal: "SIGKILL",
    });
    // Where it can't be started, or is aborted, "close" comes too.
    this.#child.on("error", (error) => {
      this.#lastWords += error.message;
    });
    this.#exited = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.stdin.on("error", () => {});
    this.#child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-4_096);
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Its next line, which has to be of this kind. @throws Error with its last words where it ends before. */
  async told(kind: "port" | "startedMs" | "endedMs" | "uploadedBytes"): Promise<number> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#name} ended early: ${this.#lastWords.trim()}`);
    const line: Partial<Record<typeof kind, number>> = peerLine.parse(JSON.parse(value));
    const figure = line[kind];
    if (figure === undefined) throw new Error(`${this.#name} said ${value} where ${kind} was expected`);
    return figure;
  }

  start(line: PeersLine): void {
    this.#child.stdin.write(`${JSON.stringify(line)}\n`);
  }

  /** Ends it and returns how many bytes of payload it uploaded. */
  async finish(): Promise<number> {
    this.#child.stdin.end();
    return await this.told("uploadedBytes");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}
