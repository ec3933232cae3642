import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly stdin?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end and returns its stdout.
 * @throws Error with the command and the end of its stderr, where it does not exit with 0.
 */
export async function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [program, ...rest] = command;
  const child = spawn(program!, rest, {
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: "SIGKILL" }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-4_096);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode));
  });
  if (code !== 0) throw new Error(`${command.join(" ")}: exit code ${code}: ${stderr.trim()}`);
  return stdout;
}
