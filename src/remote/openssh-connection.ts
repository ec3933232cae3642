import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { MurmurationError } from "../core/errors.ts";
import { keepLastWords } from "./last-words.ts";
import type { OpenSshMaster } from "./openssh-master.ts";
import { checkArguments, sharedArguments } from "./openssh-options.ts";
import { PidLine } from "./openssh-pid.ts";
import { endGroup, type OpenSshProgram, spawnSsh } from "./openssh-process.ts";
import type { ProgramEnd } from "./program.ts";
import { throughLoginShell } from "./ssh-agent-scripts.ts";
import { whyLost } from "./ssh-channel.ts";
import { runCommand } from "./ssh-command.ts";
import type { SshPipe } from "./ssh-pipe.ts";
import { asWay, lostOver, type Way } from "./ssh-way.ts";

/** What `ssh` exits with where it could not do what it was told, or got no exit code: a signal ended the command. */
const SSH_FAILED = 255;
/** A target that is there answers in milliseconds; under load in a second or two. */
const KILL_TIMEOUT_MS = 10_000;
/** Before the connection is closed, so much time is left to what still has to be killed over it. */
const KILL_GRACE_MS = 1_000;

export interface OpenSshConnectionOptions {
  readonly name: string;
  readonly host: string;
  readonly controlPath: string;
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly program: OpenSshProgram;
  readonly via: OpenSshConnection | undefined;
}

export interface OpenSshConnection extends Way {
  /** Where it is shared. */
  readonly controlPath: string;
  /** What its host said last where it did not forward to another. */
  readonly forwardFailure: () => string | undefined;
}

/** The connection that a master holds: each command is a further `ssh` that shares it, so there is one handshake and one login. */
export function shareMaster(master: OpenSshMaster, options: OpenSshConnectionOptions): OpenSshConnection {
  const { name, host, controlPath, localAddress, remoteAddress, program, via } = options;
  const lost = via === undefined ? master.lost : lostOver(via, master.lost);
  const { depth, whenBroken, isBroken } = asWay(name, lost, via);
  let gone: string | undefined;
  void lost.then((why) => {
    gone = why;
  });
  const killing = new Set<Promise<void>>();
  const start = (argv: readonly string[]) => spawnSsh(argv, program);
  const killGroup = (pid: number) => {
    const done = runShortly(start(sharedArguments(host, controlPath, killGroupCommand(pid))));
    const forgotten = done.then(() => void killing.delete(forgotten));
    killing.add(forgotten);
  };
  const stands = async () => (await runShortly(start(checkArguments(host, controlPath)))) === 0;
  const open = async (command: string, { signal }: { readonly signal: AbortSignal }): Promise<SshPipe> => {
    signal.throwIfAborted();
    if (gone !== undefined)
      throw new MurmurationError("SSH_LOST", `${name}: cannot start a command: ${gone}`);
    const mark = `@murmuration-${randomBytes(8).toString("hex")}`;
    const marked = throughLoginShell(`echo "${mark} $$" >&2;`, command);
    return pipeOver(start(sharedArguments(host, controlPath, marked)), { mark, lost, killGroup, stands });
  };
  return {
    name,
    localAddress,
    remoteAddress,
    lost,
    depth,
    get broken() {
      return isBroken();
    },
    whenBroken,
    gone: via === undefined ? master.lost : Promise.race([master.lost, via.gone]),
    controlPath,
    forwardFailure: master.forwardFailure,
    open,
    run: (command, runOptions) => runCommand({ name, open }, command, runOptions),
    async [Symbol.asyncDispose]() {
      const over = new AbortController();
      const late = sleep(KILL_GRACE_MS, undefined, { signal: over.signal }).catch(() => {});
      await Promise.race([Promise.all(killing), late]);
      over.abort();
      await master[Symbol.asyncDispose]();
    },
  };
}

interface PipeContext {
  /** Stands before the command's process id on its stderr. */
  readonly mark: string;
  readonly lost: Promise<string>;
  readonly killGroup: (pid: number) => void;
  /** Whether the connection still stands. */
  readonly stands: () => Promise<boolean>;
}

/**
 * `ssh` has no way to send a signal over a shared connection, so the command tells its process id, and another command kills its group. That works for
 * root too, for whom sshd does not pass on signals.
 */
function pipeOver(child: ChildProcessWithoutNullStreams, context: PipeContext): SshPipe {
  const { mark, lost, killGroup } = context;
  const stderr = new PidLine(mark);
  child.stderr.pipe(stderr);
  const stdout = new PassThrough();
  child.stdout.pipe(stdout);
  stdout.on("close", () => {
    child.stdout.unpipe(stdout);
    child.stdout.resume();
  });
  const lastWords = keepLastWords(child.stderr.pipe(new PassThrough()));
  const { promise: ended, resolve } = Promise.withResolvers<ProgramEnd>();
  const read = Promise.all([stdout, stderr].map((one) => new Promise((done) => one.once("close", done))));
  let exited = false;
  child.once("error", (error) => resolve({ kind: "lost", why: error.message }));
  child.once("exit", (code) => {
    exited = code !== null && code !== SSH_FAILED;
  });
  child.once("close", async (code, signal) => {
    child.stdin.destroy();
    const end = await endOf(code, signal, { ...context, started: stderr.pid !== undefined, lastWords });
    if (end.kind !== "lost") await read;
    resolve(end);
  });
  void lost.then((why) => {
    if (!exited) resolve({ kind: "lost", why });
  });
  return {
    stdin: child.stdin,
    stdout,
    stderr,
    ended,
    kill() {
      if (stderr.pid !== undefined) killGroup(stderr.pid);
      endGroup(child, "SIGKILL");
    },
  };
}

interface EndContext extends PipeContext {
  readonly started: boolean;
  readonly lastWords: () => string;
}

async function endOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  { lost, stands, started, lastWords }: EndContext,
): Promise<ProgramEnd> {
  if (code === null) return { kind: "killed", signal: signal ?? "an unknown signal" };
  if (code !== SSH_FAILED) return { kind: "exited", code };
  // Either the connection is gone, or no session was to be had on it, or a signal ended the command: `ssh` does not tell these apart.
  if (!(await stands()))
    return { kind: "lost", why: await whyLost(lost, lastWords() || "the connection is gone") };
  if (!started) return { kind: "lost", why: lastWords() || "the command was not started" };
  return { kind: "killed", signal: "an unknown signal" };
}

/** First in a way that lets it clean up. */
function killGroupCommand(pid: number): string {
  const kill = (signal: string) =>
    `{ kill -s ${signal} -- -${pid} || kill -s ${signal} ${pid}; } 2>/dev/null`;
  return throughLoginShell(`${kill("TERM")} && sleep 1 && ${kill("KILL")}`);
}

/** Resolves with its exit code; undefined where it had to be ended. */
async function runShortly(child: ChildProcessWithoutNullStreams): Promise<number | null | undefined> {
  child.stdin.end();
  child.stdout.resume();
  child.stderr.resume();
  const over = new AbortController();
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  const late = sleep(KILL_TIMEOUT_MS, undefined, { signal: over.signal }).catch(() => undefined);
  const code = await Promise.race([ended, late]);
  over.abort();
  if (code === undefined) endGroup(child, "SIGKILL");
  return code;
}
