import type { ClientChannel } from "ssh2";
import { MurmurationError } from "../core/errors.ts";
import type { ProgramEnd } from "./program.ts";

type Exit = Exclude<ProgramEnd, { kind: "lost" }>;

/** What our commands print is far less; a broken login script may print for ever, and what is beyond is dropped. */
const OUTPUT_BYTES_MAX = 256 * 1024;

export interface CommandOptions {
  /** Sent to the command, which then sees the end of its stdin. */
  readonly stdin?: Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface CommandResult {
  /** Null where a signal ended it. A lost connection is no result: it throws. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Connection {
  readonly name: string;
  readonly lost: Promise<string>;
  open(command: string, options: { readonly signal: AbortSignal }): Promise<ClientChannel>;
  kill(channel: ClientChannel): void;
}

/** Runs one command to its end; see `SshConnection.run`. */
export async function runCommand(
  connection: Connection,
  command: string,
  options: CommandOptions,
): Promise<CommandResult> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    const channel = await connection.open(command, { signal });
    return await collect(connection, channel, options.stdin, signal);
  } catch (thrown) {
    if (options.signal.aborted || !timeout.aborted || thrown !== signal.reason) throw thrown;
    throw new MurmurationError(
      "TARGET_SILENT",
      `${connection.name}: a command did not end within ${options.timeoutMs / 1_000} s`,
      { cause: thrown },
    );
  }
}

function collect(
  connection: Connection,
  channel: ClientChannel,
  stdin: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const stdout = keepStart(channel);
    const stderr = keepStart(channel.stderr);
    const onAbort = () => {
      connection.kill(channel);
      reject(signal.reason);
    };
    const lose = (why: string) => {
      signal.removeEventListener("abort", onAbort);
      reject(
        new MurmurationError("SSH_LOST", `${connection.name}: the connection broke during a command: ${why}`),
      );
    };
    signal.addEventListener("abort", onAbort, { once: true });
    // A command that refuses its stdin says so by its exit code.
    channel.on("error", () => {});
    channel.on("close", (code?: number | null, by?: string) => {
      const end = readExit(code, by);
      if (end === undefined) return void whyClosed(connection.lost).then(lose);
      signal.removeEventListener("abort", onAbort);
      const exit =
        end.kind === "exited" ? { code: end.code, signal: null } : { code: null, signal: end.signal };
      resolve({ ...exit, stdout: stdout(), stderr: stderr() });
    });
    void connection.lost.then(lose);
    if (signal.aborted) return onAbort();
    channel.end(stdin);
  });
}

/**
 * What the `close` event of a channel says; undefined where no exit code came. (The event `exit` may be over before anybody could listen: it can arrive in one packet
 * with the answer that the command was started.)
 */
export function readExit(code: number | null | undefined, by: string | undefined): Exit | undefined {
  if (code === undefined) return undefined;
  return code === null ? { kind: "killed", signal: by ?? "an unknown signal" } : { kind: "exited", code };
}

/** Why a channel closed that brought no exit code: the connection's end, where that came first. */
export function whyClosed(lost: Promise<string>): Promise<string> {
  return Promise.race([lost, Promise.resolve("the channel closed without an exit code")]);
}

function keepStart(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytesLeft = OUTPUT_BYTES_MAX;
  stream.on("data", (chunk: Buffer) => {
    if (bytesLeft > 0) chunks.push(chunk.subarray(0, bytesLeft));
    bytesLeft -= chunk.length;
  });
  return () => Buffer.concat(chunks).toString("utf8");
}
