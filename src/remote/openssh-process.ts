import { type ChildProcess, type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const QUESTION_TIMEOUT_MS = 20_000;

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

export type OpenSshAnswer =
  | { readonly kind: "done" | "failed"; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "missing" };

/** For what contacts nobody. */
export async function askSsh(
  argv: readonly string[],
  { environment, workingDirectory }: OpenSshProgram,
): Promise<OpenSshAnswer> {
  const options = { env: { ...environment }, cwd: workingDirectory, timeout: QUESTION_TIMEOUT_MS };
  try {
    return { kind: "done", ...(await promisify(execFile)("ssh", argv, options)) };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    return code === "ENOENT" ? { kind: "missing" } : { kind: "failed", stdout, stderr };
  }
}
