import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../core/errors.ts";
import type { Hook, HookEnd, HookRun } from "../core/outcome.ts";
import { shellQuote } from "../core/shell-quote.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { releaseTree } from "./held-release.ts";
import { OutputTail } from "./output-tail.ts";

/** Between SIGTERM and SIGKILL. Less than the three seconds that an agent has whose runner wants it to end. */
const TERMINATION_GRACE_MS = 2_000;
const GROUP_POLL_MS = 20;
/** A command has ended, and its last words may still be in the pipe. */
const LAST_WORDS_MS = 200;
/** Between two attempts of a health check. */
const RETRY_PAUSE_MS = 1_000;

export interface HookCall {
  readonly hook: Hook;
  readonly command: string;
  /** For each attempt. */
  readonly timeoutMs: number;
  /** Tried again until so much time has passed; 0: once. */
  readonly retryForMs: number;
}

/** What a hook finds in its environment, as MURMURATION_RELEASE and so on. */
export interface HookSurroundings {
  readonly release: string;
  /** Live before; null where there was none. */
  readonly previous: string | null;
  /** The target's name in the inventory. */
  readonly target: string;
  readonly outputCharactersMax: number;
  readonly signal: AbortSignal;
}

/**
 * Runs a command by `sh -e` in the directory of a release, in a process group of its own. What it leaves running in the background goes on, and is
 * not waited for. On the limit, and when the signal aborts, its group gets SIGTERM, and SIGKILL after two seconds; it is gone when this
 * returns, since the agent may exit then. Whatever the command does is told, and nothing thrown but the signal's reason.
 */
export async function runHook(
  deployDir: DeployDir,
  call: HookCall,
  surroundings: HookSurroundings,
): Promise<HookRun> {
  const { hook, retryForMs } = call;
  const { signal, release } = surroundings;
  const startMs = performance.now();
  const elapsedMs = () => performance.now() - startMs;
  for (let attempts = 1; ; attempts++) {
    signal.throwIfAborted();
    const leftMs = retryForMs === 0 ? call.timeoutMs : Math.max(1, retryForMs - elapsedMs());
    const timeoutMs = Math.ceil(Math.min(call.timeoutMs, leftMs));
    const { end, output } = await attempt(deployDir, { ...call, timeoutMs }, surroundings);
    signal.throwIfAborted();
    const passed = end.kind === "exited" && end.code === 0;
    if (passed || elapsedMs() + RETRY_PAUSE_MS >= retryForMs) {
      return {
        hook,
        release,
        end,
        attempts,
        durationMs: Math.round(elapsedMs()),
        output: output.text,
        outputBytesDropped: output.bytesDropped,
      };
    }
    await pause(RETRY_PAUSE_MS, undefined, { signal });
  }
}

async function attempt(
  deployDir: DeployDir,
  { command, timeoutMs }: HookCall,
  surroundings: HookSurroundings,
): Promise<{ end: HookEnd; output: OutputTail }> {
  const { release, outputCharactersMax, signal } = surroundings;
  const output = new OutputTail(outputCharactersMax);
  let child: ChildProcessByStdio<null, Readable, null>;
  try {
    child = spawn("/bin/sh", ["-e", "-c", `${preamble(deployDir, surroundings)}\n${command}`], {
      cwd: releaseTree(deployDir, release),
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    return { end: { kind: "not-started", why: messageOf(error) }, output };
  }
  child.stdout.on("data", (chunk: Buffer) => output.add(chunk));
  const closed = new Promise<void>((resolve) => child.stdout.once("close", resolve));
  let timedOut = false;
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= endGroup(child);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeoutMs);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    const end = await endOf(child);
    await Promise.race([closed, pause(LAST_WORDS_MS, undefined, { ref: false })]);
    await stopped;
    return { end: timedOut ? { kind: "timed-out", afterMs: timeoutMs } : end, output };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    // Whoever stays in the background may hold the other end; it is not waited for.
    child.stdout.destroy();
  }
}

/** The variables; and one pipe for both outputs, so that what was written in turn is read in turn. */
function preamble(deployDir: DeployDir, { release, previous, target }: HookSurroundings): string {
  const variables = {
    MURMURATION_RELEASE: release,
    MURMURATION_PREVIOUS: previous ?? "",
    MURMURATION_CURRENT: deployDir.current,
    MURMURATION_TARGET: target,
  };
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${shellQuote(value)}`);
  return `exec 2>&1; export ${assignments.join(" ")}`;
}

/** `exit`, not `close`: that would wait for everybody who has inherited the pipe. */
function endOf(child: ChildProcess): Promise<HookEnd> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ kind: "not-started", why: error.message }));
    child.once("exit", (code, killedBy) =>
      resolve(code === null ? { kind: "killed", signal: killedBy ?? "?" } : { kind: "exited", code }),
    );
  });
}

/** Also where the shell has ended: who ignores the first signal is in its group still. */
async function endGroup(child: ChildProcess): Promise<void> {
  const untilMs = performance.now() + TERMINATION_GRACE_MS;
  let isLeft = signalGroup(child, "SIGTERM");
  while (isLeft && performance.now() < untilMs) {
    await pause(GROUP_POLL_MS);
    isLeft = signalGroup(child, 0);
  }
  if (isLeft) signalGroup(child, "SIGKILL");
}

/** Whether anybody was there to get it. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
