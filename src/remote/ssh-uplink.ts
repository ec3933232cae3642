import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { PassThrough, type Readable } from "node:stream";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { shownWords } from "./last-words.ts";
import { RemoteProcess } from "./remote-process.ts";
import { type CompanionOptions, openCompanion } from "./ssh-agent-program.ts";
import type { SshConnection } from "./ssh-connection.ts";
import type { SshPipe } from "./ssh-pipe.ts";
import { carry, codingOf, type UplinkCoding } from "./uplink-pipe.ts";

/** It connects to a socket of its own machine. */
const GREETING_TIMEOUT_MS = 30_000;
/** What a login shell may print before the program's first line. */
const NOISE_BYTES_MAX = 64 * 1024;

export interface UplinkEnds {
  /** The private socket of a program on this machine. */
  readonly localPath: string;
  /** That of the agent at the other end of the connection. */
  readonly remotePath: string;
}

/** A pipe between the private sockets of two programs. Disposing it closes both ends. */
export interface Uplink extends AsyncDisposable {
  readonly coding: UplinkCoding;
  /** Resolves with why it carries nothing any more, when the program at its other end has ended. Never rejects. */
  readonly ended: Promise<string>;
}

/**
 * Opens a pipe between two private sockets through a connection, which encrypts it and knows who is at its other end.
 * @throws MurmurationError as `startAgentOverSsh`; `AGENT_FAILED` where nobody listens at one of its ends
 */
export async function openUplinkOverSsh(
  connection: SshConnection,
  options: CompanionOptions,
  { localPath, remotePath }: UplinkEnds,
  { signal }: { readonly signal: AbortSignal },
): Promise<Uplink> {
  const pipe = await openCompanion(connection, options, [`--uplink=${remotePath}`], signal);
  const program = new RemoteProcess(connection, pipe);
  // What breaks the pipe is told by its end.
  pipe.stdin.on("error", () => {});
  let local: Socket;
  let greeted: { readonly coding: UplinkCoding; readonly input: Readable };
  try {
    greeted = await readGreeting(pipe, AbortSignal.any([signal, AbortSignal.timeout(GREETING_TIMEOUT_MS)]));
    local = await connectTo(localPath, signal);
  } catch (error) {
    await program.end();
    signal.throwIfAborted();
    const words = shownWords(program.lastWords());
    const why = words === "" ? messageOf(error) : words;
    throw new MurmurationError("AGENT_FAILED", `${connection.name}: cannot open an uplink: ${why}`, {
      cause: error,
    });
  }
  // What is carried ends by being destroyed, and how the program ends is told by its own pipe.
  const output = new PassThrough();
  output.pipe(pipe.stdin);
  pipe.stdin.once("close", () => output.destroy());
  const ended = carry(local, { input: greeted.input, output }, greeted.coding)
    .then(() => "it was closed", messageOf)
    .finally(() => program.end());
  void connection.lost.then(() => local.destroy());
  return {
    coding: greeted.coding,
    ended,
    async [Symbol.asyncDispose]() {
      local.destroy();
      await ended;
    },
  };
}

async function connectTo(path: string, signal: AbortSignal): Promise<Socket> {
  const socket = connect(path);
  await once(socket, "connect", { signal });
  return socket;
}

/** Reads lines up to the greeting; `input` is what comes after it. */
function readGreeting(
  { stdout, ended }: SshPipe,
  signal: AbortSignal,
): Promise<{ readonly coding: UplinkCoding; readonly input: Readable }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ coding: UplinkCoding; input: Readable }>();
  let read = Buffer.alloc(0);
  let bytes = 0;
  const onData = (chunk: Buffer) => {
    read = Buffer.concat([read, chunk]);
    bytes += chunk.length;
    for (let end = read.indexOf(10); end !== -1; end = read.indexOf(10)) {
      const coding = codingOf(read.toString("latin1", 0, end));
      read = read.subarray(end + 1);
      if (coding === undefined) continue;
      stdout.off("data", onData);
      stdout.pause();
      if (read.length > 0) stdout.unshift(read);
      return resolve({ coding, input: stdout });
    }
    if (bytes > NOISE_BYTES_MAX) reject(new Error("it does not greet"));
  };
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  stdout.on("data", onData);
  // The rest of what it said is read before: a program that ends at once tells why on stderr.
  void ended.then(() => reject(new Error("it ended at once")));
  return promise.finally(() => signal.removeEventListener("abort", onAbort));
}
