import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type * as z from "zod/mini";
import { keepLastWords } from "./last-words.ts";
import { MessageChannel } from "./message-channel.ts";
import type { Program, ProgramEnd } from "./program.ts";

/** A cancelled step has 7.5 s in all; a program of ours needs a fraction of a second to stop. */
const STOP_GRACE_MS = 3_000;

export interface ChildProgramOptions<In> {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly schema: z.ZodMiniType<In>;
  readonly name: string;
  readonly log?: (line: string) => void;
}

export interface ChildProgram<In, Out> extends Program<In, Out> {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
}

/** Starts a program of ours as a child process. A program that cannot be started has `ended` as `lost`. */
export function startChildProgram<In, Out>(options: ChildProgramOptions<In>): ChildProgram<In, Out> {
  const child = spawn(options.command, options.arguments, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...options.environment },
  });
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once("error", (error) => resolve({ kind: "lost", why: error.message }));
    child.once("close", (code, signal) => {
      if (code !== null) resolve({ kind: "exited", code });
      else resolve({ kind: "killed", signal: signal ?? "an unknown signal" });
    });
  });
  const lastWords = keepLastWords(child.stderr, options.log);
  const channel = new MessageChannel<In, Out>({
    input: child.stdout,
    output: child.stdin,
    schema: options.schema,
    peerName: options.name,
  });
  return {
    channel,
    ended,
    lastWords,
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      channel.end();
      const graceOver = new AbortController();
      const stopped = await Promise.race([
        ended.then(() => true),
        sleep(STOP_GRACE_MS, false, { signal: graceOver.signal }),
      ]);
      graceOver.abort();
      if (stopped) return;
      child.kill("SIGKILL");
      await ended;
    },
  };
}
