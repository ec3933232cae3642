import { PassThrough, type Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientChannel } from "ssh2";
import type { ProgramEnd } from "./program.ts";
import type { SshPipe } from "./ssh-pipe.ts";

/** Channels close with their connection. Why that one is lost may be known later: with jump hosts it is asked which of them broke. */
const LOSS_KNOWN_MS = 1_000;

type Exit = Exclude<ProgramEnd, { kind: "lost" }>;

/** A channel of ssh2 as a pipe; `lost` is its connection's. */
export function pipeOver(
  channel: ClientChannel,
  { lost, kill }: { readonly lost: Promise<string>; readonly kill: () => void },
): SshPipe {
  const stdout = readableOf(channel);
  return { stdin: channel, stdout, stderr: channel.stderr, ended: awaitEnd(channel, stdout, lost), kill };
}

/**
 * What the command says. A reader that leaves destroys what it read from; for a channel of ssh2 that means to close it, and then it never tells of its end. Here
 * the rest is read and dropped instead, as from a child process.
 */
function readableOf(channel: ClientChannel): Readable {
  const stdout = new PassThrough();
  channel.pipe(stdout);
  stdout.on("close", () => {
    channel.unpipe(stdout);
    channel.resume();
  });
  return stdout;
}

function awaitEnd(channel: ClientChannel, stdout: Readable, lost: Promise<string>): Promise<ProgramEnd> {
  const { promise, resolve } = Promise.withResolvers<ProgramEnd>();
  const read = new Promise((done) => stdout.once("close", done));
  let exited = false;
  channel.on("exit", () => {
    exited = true;
  });
  channel.on("close", async (code?: number | null, by?: string) => {
    // ssh2 never finishes a write to a channel that is gone; an ended one takes none.
    channel.end();
    const exit = readExit(code, by);
    if (exit !== undefined) await read;
    resolve(exit ?? { kind: "lost", why: await whyLost(lost, "the channel closed without an exit code") });
  });
  // A channel that nobody reads does not close by itself.
  void lost.then((why) => {
    if (!exited) resolve({ kind: "lost", why });
  });
  return promise;
}

/**
 * What the `close` event of a channel says; undefined where no exit code came. (The event `exit` may be over before anybody could listen: it can arrive in one packet
 * with the answer that the command was started.)
 */
function readExit(code: number | null | undefined, by: string | undefined): Exit | undefined {
  if (code === undefined) return undefined;
  return code === null ? { kind: "killed", signal: by ?? "an unknown signal" } : { kind: "exited", code };
}

/** Why something ended that its connection carried: the connection's own end, where that is what it was. */
export async function whyLost(lost: Promise<string>, otherwise: string): Promise<string> {
  const over = new AbortController();
  const late = sleep(LOSS_KNOWN_MS, otherwise, { signal: over.signal });
  const why = await Promise.race([lost, late]);
  over.abort();
  return why;
}
