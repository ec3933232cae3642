import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MurmurationError } from "../core/errors.ts";
import { keepLastWords, shownWords } from "./last-words.ts";
import { OUTPUT_BYTES_MAX } from "./login-noise.ts";
import { endGroup, type OpenSshProgram, spawnSsh } from "./openssh-process.ts";
import { isAuthenticated, readFailure, readForwardFailure, readPeerAddress } from "./openssh-words.ts";
import { LINES_TO_READ, throughLoginShell } from "./ssh-agent-scripts.ts";

/** From the login on: the login shell and its start-up files on a machine that may be busy. */
const SHELL_TIMEOUT_MS = 30_000;
/** What `ssh` exits with where it is the connection that failed. */
const SSH_FAILED = 255;
/** After its end, for what it wrote last. */
const LAST_WORDS_MS = 200;
/** A farewell leaves the socket in no time, or never. */
const STOP_GRACE_MS = 1_000;

/** An `ssh` that holds a connection which others share. */
export interface OpenSshMaster extends AsyncDisposable {
  /** As the server sees the connection: client's address and port, server's address and port. */
  readonly connectionSeen: readonly string[];
  /** The server's address as `ssh` sees it; undefined behind a proxy. */
  readonly peerAddress: string | undefined;
  /** What its host said last where it did not forward to another. */
  readonly forwardFailure: () => string | undefined;
  /** As `SshConnection.lost`. */
  readonly lost: Promise<string>;
}

/** `ssh` ended before the login shell answered. */
export class LoginFailure extends Error {
  /** All that it wrote to stderr, or its end. */
  readonly stderr: string;

  constructor(stderr: string) {
    super("ssh could not log in");
    this.stderr = stderr;
  }
}

export interface LoginOptions {
  readonly name: string;
  /** For the handshake and the login together. */
  readonly timeoutMs: number;
  readonly program: OpenSshProgram;
  readonly argumentsFor: (command: string) => string[];
  readonly signal: AbortSignal;
}

/**
 * Connects and logs in. Its own command waits for the end of its stdin: when the process that started it is gone, however that ended, the connection ends too.
 * @throws LoginFailure; MurmurationError `TARGET_SILENT`, `LOGIN_SHELL_UNFIT` where the login shell does not run a command; the signal's reason where it aborts.
 */
export async function logIn(options: LoginOptions): Promise<OpenSshMaster> {
  const { name, timeoutMs, program, argumentsFor, signal } = options;
  signal.throwIfAborted();
  const mark = `@murmuration-${randomBytes(8).toString("hex")}`;
  const command = throughLoginShell(`echo "${mark} $SSH_CONNECTION";`, "exec cat >/dev/null");
  const child = spawnSsh(argumentsFor(command), program);
  child.stdin.write(LINES_TO_READ);
  let peerAddress: string | undefined;
  let forwardFailure: string | undefined;
  const { promise: authenticated, resolve: isIn } = Promise.withResolvers<void>();
  const stderr = keepLastWords(child.stderr, (line) => {
    forwardFailure = readForwardFailure(line) ?? forwardFailure;
    if (!isAuthenticated(line)) return;
    peerAddress = readPeerAddress(line);
    isIn();
  });
  const ended = endOf(child);
  const over = new AbortController();
  const after = (ms: number) => sleep(ms, undefined, { signal: over.signal, ref: false }).catch(() => {});
  const aborted = new Promise<"aborted">((resolve) => {
    signal.addEventListener("abort", () => resolve("aborted"), { once: true, signal: over.signal });
  });
  try {
    const printed = awaitMark(child, mark);
    const late = after(timeoutMs).then(() => "late" as const);
    const first = await Promise.race([printed.seen, authenticated, ended, aborted, late]);
    if (first === "late") throw new LoginFailure(`${stderr()}\ntimed out after ${timeoutMs / 1_000} s`);
    const mute = after(SHELL_TIMEOUT_MS).then(() => "mute" as const);
    const second = await Promise.race([printed.seen, ended, aborted, mute]);
    signal.throwIfAborted();
    if (second === "mute" || second === "aborted")
      throw new MurmurationError(
        "TARGET_SILENT",
        `${name}: the login shell did not run what it was told to within ${SHELL_TIMEOUT_MS / 1_000} s; a start-up file of it may wait for input`,
      );
    if ("connectionSeen" in second) {
      const lost = ended.then(() => lastWordsOf(stderr()));
      const { connectionSeen } = second;
      return {
        connectionSeen,
        peerAddress,
        lost,
        forwardFailure: () => forwardFailure,
        [Symbol.asyncDispose]: () => end(child, ended),
      };
    }
    if (second.code === null || second.code === SSH_FAILED) throw new LoginFailure(stderr());
    const words = shownWords(printed.noise()) || lastWordsOf(stderr());
    throw new MurmurationError(
      "LOGIN_SHELL_UNFIT",
      `${name}: the login shell does not run what it is told to: ${words} (exit code ${second.code})`,
    );
  } catch (error) {
    endGroup(child, "SIGTERM");
    await end(child, ended);
    throw error;
  } finally {
    over.abort();
  }
}

interface Ended {
  readonly code: number | null;
}

/** Resolves with its exit and what it wrote last; what it has started may hold its stderr open. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: null }));
    child.once("close", (code) => resolve({ code }));
    child.once("exit", (code) => setTimeout(() => resolve({ code }), LAST_WORDS_MS).unref());
  });
}

interface MarkWait {
  readonly seen: Promise<{ readonly connectionSeen: readonly string[] }>;
  readonly noise: () => string;
}

/** What comes after the mark is dropped, and so is what comes before it. */
function awaitMark(child: ChildProcessWithoutNullStreams, mark: string): MarkWait {
  const line = new RegExp(`${mark} ?([^\\r\\n]*)\\r?\\n`);
  let printed: string | null = "";
  const seen = new Promise<{ connectionSeen: string[] }>((resolve) => {
    child.stdout.setEncoding("latin1").on("data", (text: string) => {
      if (printed === null) return;
      printed = (printed + text).slice(-OUTPUT_BYTES_MAX);
      const found = line.exec(printed);
      if (found === null) return;
      printed = null;
      resolve({ connectionSeen: (found[1] ?? "").split(" ") });
    });
  });
  return { seen, noise: () => printed ?? "" };
}

function lastWordsOf(stderr: string): string {
  const failure = readFailure(stderr);
  return "words" in failure ? failure.words : "the connection was closed";
}

async function end(child: ChildProcessWithoutNullStreams, ended: Promise<Ended>): Promise<void> {
  endGroup(child, "SIGTERM");
  const over = new AbortController();
  const late = sleep(STOP_GRACE_MS, "late" as const, { signal: over.signal }).catch(() => undefined);
  if ((await Promise.race([ended, late])) === "late") endGroup(child, "SIGKILL");
  over.abort();
  child.stdin.destroy();
  child.stdout.destroy();
  child.stderr.destroy();
}
