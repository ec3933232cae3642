import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

export interface OpenSshProgram {
  /** Where relative paths of `ssh-config` begin. */
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts `ssh` in a process group of its own: what it starts for itself (ProxyCommand) can be ended with it, and what a terminal sends to the action
 * is the action's to answer.
 */
export function spawnSsh(
  argv: readonly string[],
  { workingDirectory, environment }: OpenSshProgram,
): ChildProcessWithoutNullStreams {
  const child = spawn("ssh", argv, {
    cwd: workingDirectory,
    env: { ...environment },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  // That it is gone is told by its end.
  child.stdin.on("error", () => {});
  return child;
}

/** Ends it and what it has started. */
export function endGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
