import { spawn } from "node:child_process";
import type { ServerChannel } from "ssh2";

/** A program that reads its stdin ends by itself when the channel closes; one that does not is killed after this long. */
const CLOSE_GRACE_MS = 2_000;

export interface EmbeddedSession {
  /** The shell's process group. Undefined where the shell could not be started. */
  readonly processGroup: number | undefined;
  /** Resolves when the shell has ended and its output was passed on. Never rejects. */
  readonly ended: Promise<void>;
  /** SIGKILL to the shell and all that it started, as a crash or the kernel's memory killer would. */
  kill(): void;
}

export interface EmbeddedSessionOptions {
  readonly command: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs `sh -c command` behind an SSH channel as sshd does without a terminal: three pipes with back-pressure, in a process group
 * of its own. When the channel closes, stdin closes; what then does not end is killed.
 */
export function startEmbeddedSession(
  channel: ServerChannel,
  options: EmbeddedSessionOptions,
): EmbeddedSession {
  const shell = spawn("sh", ["-c", options.command], {
    cwd: options.directory,
    env: { ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const kill = () => {
    if (shell.pid !== undefined) killGroup(shell.pid);
  };
  // A broken pipe at either end shows as the end of the other one; without a listener it would end this whole process.
  for (const stream of [channel, channel.stderr, shell.stdin]) stream.on("error", () => {});

  let graceTimer: NodeJS.Timeout | undefined;
  channel.once("close", () => {
    shell.stdin.end();
    // Output that nobody takes any more must not stop the program from ending.
    shell.stdout.unpipe().resume();
    shell.stderr.unpipe().resume();
    graceTimer = setTimeout(kill, CLOSE_GRACE_MS);
  });
  channel.pipe(shell.stdin);
  shell.stdout.pipe(channel, { end: false });
  shell.stderr.pipe(channel.stderr, { end: false });

  const ended = new Promise<void>((resolve) => {
    shell.once("error", () => {
      channel.exit(127);
      channel.end();
      resolve();
    });
    shell.once("close", (code, signal) => {
      clearTimeout(graceTimer);
      if (code !== null) channel.exit(code);
      else channel.exit((signal ?? "SIGKILL").replace("SIG", ""));
      channel.end();
      resolve();
    });
  });
  return { processGroup: shell.pid, ended, kill };
}

function killGroup(processGroup: number): void {
  try {
    process.kill(-processGroup, "SIGKILL");
  } catch {
    // ESRCH: all of the group have ended, which is what was wanted.
  }
}

/** Kills every session and waits until their shells have been reaped. */
export async function endSessions(sessions: Iterable<EmbeddedSession>): Promise<void> {
  const all = [...sessions];
  for (const session of all) session.kill();
  await Promise.all(all.map((session) => session.ended));
}
