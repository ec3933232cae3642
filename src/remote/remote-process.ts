import { setTimeout as sleep } from "node:timers/promises";
import { keepLastWords } from "./last-words.ts";
import { killCommand, readPid } from "./ssh-agent-scripts.ts";
import type { SshConnection } from "./ssh-connection.ts";
import type { SshPipe } from "./ssh-pipe.ts";

/** As for child programs: a cancelled step has 7.5 s in all. */
const STOP_GRACE_MS = 3_000;
/** After a kill only the server's answer is awaited. */
const KILL_GRACE_MS = 1_000;

/** A program of ours at the other end of a connection, which says its process id on stderr before anything else (`startCommand`). */
export class RemoteProcess {
  readonly #connection: SshConnection;
  readonly #pipe: SshPipe;
  readonly #lastWords: () => string;
  #pid: number | undefined;

  /** `log` gets each line of its stderr. */
  constructor(connection: SshConnection, pipe: SshPipe, log?: (line: string) => void) {
    this.#connection = connection;
    this.#pipe = pipe;
    this.#lastWords = keepLastWords(pipe.stderr, (line) => {
      const announced = this.#pid === undefined ? readPid(line) : undefined;
      if (announced === undefined) log?.(line);
      else this.#pid = announced;
    });
  }

  /** The end of what it wrote to stderr. */
  lastWords(): string {
    return this.#lastWords()
      .split("\n")
      .filter((line) => readPid(line) === undefined)
      .join("\n");
  }

  /** Ends its stdin, by which it ends, and kills it where that takes too long. Never throws. */
  async end(): Promise<void> {
    const { stdin, stdout } = this.#pipe;
    stdin.end();
    // Where nobody reads, the end would never be reached. A reader that is still there is not disturbed.
    stdout.resume();
    if (await this.#endsWithin(STOP_GRACE_MS)) return;
    if (this.#pid !== undefined) await this.#tryKill(this.#pid);
    this.#pipe.kill();
    await this.#endsWithin(KILL_GRACE_MS);
  }

  /** OpenSSH does not pass signals on to what root started, so another command kills it. */
  async #tryKill(pid: number): Promise<void> {
    try {
      const { signal } = new AbortController();
      await this.#connection.run(killCommand(pid), { timeoutMs: KILL_GRACE_MS, signal });
    } catch {
      // The connection is gone or the target does not answer: with the connection its stdin ends, and an agent has a clock of its own.
    }
  }

  async #endsWithin(timeoutMs: number): Promise<boolean> {
    const over = new AbortController();
    const late = sleep(timeoutMs, false, { signal: over.signal });
    const inTime = await Promise.race([this.#pipe.ended.then(() => true), late]);
    over.abort();
    return inTime;
  }
}
