import type * as z from "zod/mini";
import { bounded } from "../contract.ts";
import { asMurmurationError, messageOf } from "../core/errors.ts";
import { CommandQueue } from "./command-queue.ts";
import { MessageChannel } from "./message-channel.ts";

/** After this a program that was told to stop, or whose runner is gone, ends whatever still holds it. */
const STOP_GRACE_MS = 5_000;

export interface RunnerConversation<In extends { type: string }, Out> {
  readonly commands: CommandQueue<In>;
  readonly send: (message: Out) => Promise<void>;
  /** To stderr, which the runner keeps the end of. */
  readonly log: (line: string) => void;
}

/**
 * Runs a program of ours against its stdin and stdout: `converse` is its story. Whatever it throws is told as `failed`; the
 * process exits when the story ends, and soon after its input ends or a signal comes.
 */
export async function serveRunner<In extends { type: string }, Out extends { type: string }>(
  schema: z.ZodMiniType<In>,
  failedMessage: (code: string, message: string) => Out,
  converse: (conversation: RunnerConversation<In, Out>) => Promise<void>,
): Promise<void> {
  const channel = new MessageChannel<In, Out>({
    input: process.stdin,
    output: process.stdout,
    schema,
    peerName: "the runner",
  });
  const commands = new CommandQueue(channel);
  const stop = () => setTimeout(() => process.exit(1), STOP_GRACE_MS).unref();
  commands.signal.addEventListener("abort", stop, { once: true });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => commands.end(new Error(`stopped by ${signal}`)));
  }
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  let exitCode = 0;
  try {
    await converse({ commands, send: (message) => channel.send(message), log });
  } catch (error) {
    exitCode = 1;
    const { code, message } = asMurmurationError(error);
    if (code === "INTERNAL") log(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
    await channel.send(failedMessage(code, bounded(message)));
  }
  // Whatever is left (a socket that is slow to close) must not keep the process; what was sent must have left it.
  process.stdout.end(() => process.exit(exitCode));
  setTimeout(() => process.exit(exitCode), STOP_GRACE_MS).unref();
}
