import { Readable } from "node:stream";
import { MurmurationError } from "../core/errors.ts";
import { OUTPUT_BYTES_MAX } from "./login-noise.ts";
import type { SshPipe } from "./ssh-pipe.ts";

export interface CommandOptions {
  /** Sent to the command, which then sees the end of its stdin. A stream is read as fast as the command takes it, and destroyed in the end. */
  readonly stdin?: Uint8Array | Readable;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface CommandResult {
  /** Null where a signal ended it. A lost connection is no result: it throws. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Of both, what is beyond `OUTPUT_BYTES_MAX` is dropped. */
  readonly stdout: string;
  readonly stderr: string;
}

interface Connection {
  readonly name: string;
  open(command: string, options: { readonly signal: AbortSignal }): Promise<SshPipe>;
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
    const pipe = await connection.open(command, { signal });
    return await collect(connection.name, pipe, options.stdin, signal);
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
  name: string,
  pipe: SshPipe,
  stdin: Uint8Array | Readable | undefined,
  signal: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const stdout = keepStart(pipe.stdout);
    const stderr = keepStart(pipe.stderr);
    const onAbort = () => {
      pipe.kill();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    // A command that refuses its stdin says so by its exit code.
    pipe.stdin.on("error", () => {});
    void pipe.ended.then((end) => {
      signal.removeEventListener("abort", onAbort);
      if (end.kind === "lost") {
        const message = `${name}: the connection broke during a command: ${end.why}`;
        return reject(new MurmurationError("SSH_LOST", message));
      }
      const exit =
        end.kind === "exited" ? { code: end.code, signal: null } : { code: null, signal: end.signal };
      resolve({ ...exit, stdout: stdout(), stderr: stderr() });
    });
    if (signal.aborted) return onAbort();
    if (stdin instanceof Readable) feed(pipe, stdin);
    else pipe.stdin.end(stdin);
  });
}

function feed(pipe: SshPipe, stdin: Readable): void {
  void pipe.ended.then(() => stdin.destroy());
  // What can't be read any more must not look to the command as if it were all.
  stdin.on("error", () => pipe.kill());
  stdin.pipe(pipe.stdin);
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
