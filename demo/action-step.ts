import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parse as parseYaml } from "yaml";
import { parseCommandFile } from "./command-file.ts";

const REPOSITORY = resolve(import.meta.dirname, "..");
/** GitHub's runner: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
const INTERRUPT_GRACE_MS = 7_500;
const TERMINATE_GRACE_MS = 2_500;

export interface ActionStepOptions {
  /** What stands under `with:`; the other inputs get the defaults of action.yml, as on GitHub. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Becomes RUNNER_TEMP and holds the command files. Created. */
  readonly tempFolder: string;
  readonly workspace: string;
  /** Every line of the log, workflow commands included. */
  readonly onLine: (line: string) => void;
  /** Called with the action's process id as soon as there is one. */
  readonly onStart?: (pid: number) => void;
  /** A command that runs the rest of its arguments elsewhere, such as `ip netns exec NAME`. */
  readonly commandPrefix?: readonly string[];
  /** RUNNER_DEBUG=1: the action then logs each target's progress as a debug line. */
  readonly debug?: boolean;
  /** What else the job's environment holds, such as SSH_AUTH_SOCK or GITHUB_RUN_ID. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The runner itself dies with the step, so that its post step never runs. */
  readonly withoutPost?: boolean;
}

export interface ActionStepResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly summary: string;
  readonly wallMs: number;
}

/** The action's files that a step needs; those that have not been built. */
export async function missingBundles(): Promise<string[]> {
  const programs = ["agent.cjs", "origin.cjs", "webtorrent-agent.cjs", "webtorrent-origin.cjs"];
  const bundles = ["action.mjs", "artifact.mjs", "cleanup.mjs", ...programs].map((file) => `dist/${file}`);
  const found = await Promise.allSettled(bundles.map((path) => readFile(join(REPOSITORY, path))));
  return bundles.filter((_, index) => found[index]!.status === "rejected");
}

/**
 * Runs `dist/action.mjs` and then `dist/cleanup.mjs` as GitHub's runner runs a step with `uses:` and its post step, with the
 * same environment and nothing of ours. When `signal` aborts, the step is cancelled as on GitHub.
 */
export async function runActionStep(
  options: ActionStepOptions,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ActionStepResult> {
  const { tempFolder } = options;
  await mkdir(tempFolder, { recursive: true });
  const files = {
    GITHUB_OUTPUT: join(tempFolder, "output"),
    GITHUB_STEP_SUMMARY: join(tempFolder, "summary.md"),
    GITHUB_STATE: join(tempFolder, "state"),
    GITHUB_ENV: join(tempFolder, "env"),
    GITHUB_PATH: join(tempFolder, "path"),
  };
  for (const path of Object.values(files)) await writeFile(path, "");
  const environment: Record<string, string> = {
    ...runnerEnvironment(options),
    ...(await inputEnvironment(options.inputs)),
    ...files,
  };

  const startedMs = performance.now();
  const exitCode = await runBundle("action", environment, options, signal);
  const wallMs = performance.now() - startedMs;

  const state = parseCommandFile(await readFile(files.GITHUB_STATE, "utf8"));
  const saved = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
  const { onStart: _, ...postOptions } = options;
  if (!options.withoutPost) await runBundle("cleanup", { ...environment, ...saved }, postOptions, undefined);
  return {
    exitCode,
    outputs: parseCommandFile(await readFile(files.GITHUB_OUTPUT, "utf8")),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, "utf8"),
    wallMs,
  };
}

function runnerEnvironment(options: ActionStepOptions): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: homedir(),
    USER: process.env.USER ?? "runner",
    LANG: "C.UTF-8",
    TMPDIR: tmpdir(),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: options.workspace,
    GITHUB_SHA: "4f2a9c1d00000000000000000000000000000000",
    RUNNER_TEMP: options.tempFolder,
    RUNNER_OS: process.platform === "darwin" ? "macOS" : "Linux",
    RUNNER_ARCH: process.arch.toUpperCase(),
    ...(options.debug ? { RUNNER_DEBUG: "1" } : {}),
    ...options.environment,
  };
}

async function inputEnvironment(given: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const metadata = parseYaml(await readFile(join(REPOSITORY, "action.yml"), "utf8")) as {
    inputs: Record<string, { default?: unknown }>;
  };
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(metadata.inputs, name));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(", ")}`);
  return Object.fromEntries(
    Object.entries(metadata.inputs).map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      given[name] ?? String(input.default ?? ""),
    ]),
  );
}

async function runBundle(
  name: "action" | "cleanup",
  environment: Readonly<Record<string, string>>,
  options: Pick<ActionStepOptions, "commandPrefix" | "workspace" | "onLine" | "onStart">,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const bundle = join(REPOSITORY, "dist", `${name}.mjs`);
  const [command, ...rest] = [...(options.commandPrefix ?? []), process.execPath, bundle];
  const child = spawn(command!, rest, {
    cwd: options.workspace,
    env: { ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: a ctrl-C at the terminal reaches it through `signal` only, once, as on GitHub.
    detached: true,
  });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", options.onLine);
  }
  const over = new AbortController();
  const onAbort = () => void cancel(child.kill.bind(child), over.signal);
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    return await new Promise<number | null>((resolveEnd, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolveEnd(code));
    });
  } finally {
    signal?.removeEventListener("abort", onAbort);
    over.abort();
  }
}

async function cancel(kill: (name: NodeJS.Signals) => boolean, over: AbortSignal): Promise<void> {
  try {
    kill("SIGINT");
    await sleep(INTERRUPT_GRACE_MS, undefined, { signal: over });
    kill("SIGTERM");
    await sleep(TERMINATE_GRACE_MS, undefined, { signal: over });
    kill("SIGKILL");
  } catch {
    // It ended within its time.
  }
}
