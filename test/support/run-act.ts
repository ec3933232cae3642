import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACT } from "./act-tool.ts";

const ROOT = join(import.meta.dirname, "../..");
const RUN_MAX_MS = 120_000;

export interface ActOptions {
  readonly event: "push" | "workflow_dispatch";
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** What the workflow is in and checks out. Is not changed. */
  readonly repository: string;
  /** For the steps. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ActRun {
  readonly passed: boolean;
  readonly log: string;
}

/**
 * Runs a workflow file by nektos/act on this machine itself, without containers. `OWNER/murmuration` is our action.yml with our dist/, and `actions/checkout` a
 * copy of the repository, which act does itself.
 */
export async function runAct(workflow: string, options: ActOptions): Promise<ActRun> {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-act-run-"));
  try {
    const action = join(folder, "action");
    mkdirSync(action);
    cpSync(join(ROOT, "action.yml"), join(action, "action.yml"));
    cpSync(join(ROOT, "dist"), join(action, "dist"), { recursive: true });
    const repository = makeRepository(join(folder, "shop"), options.repository);
    return await run(actArguments(workflow, { folder, action, options }), repository, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function actArguments(
  workflow: string,
  { folder, action, options }: { folder: string; action: string; options: ActOptions },
): string[] {
  const { event, inputs = {}, secrets, vars, environment } = options;
  const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const names = (flag: string, values: object) => Object.keys(values).flatMap((name) => [flag, name]);
  return [
    event,
    ...["--workflows", workflow],
    ...["--platform", "ubuntu-latest=-self-hosted", "--platform", "self-hosted=-self-hosted"],
    ...["--local-repository", `OWNER/murmuration@v1=${action}`],
    ...["--action-cache-path", join(folder, "cache"), "--no-cache-server", "--pull=false"],
    ...pairs("--input", inputs),
    ...pairs("--env", environment),
    // By name: the values come from the environment, and stand in nobody's list of processes.
    ...names("--secret", secrets),
    ...names("--var", vars),
  ];
}

/** act asks git for the commit and the branch. */
function makeRepository(path: string, source: string): string {
  cpSync(source, path, { recursive: true, verbatimSymlinks: true });
  const git = (...words: string[]) => execFileSync("git", words, { cwd: path, stdio: "ignore" });
  git("init", "--initial-branch=main");
  git("add", "--all");
  const author = ["-c", "user.name=example", "-c", "user.email=example@example.com"];
  git(...author, "commit", "--message=a push");
  git("remote", "add", "origin", "https://github.com/example/shop");
  return path;
}

async function run(argv: readonly string[], cwd: string, options: ActOptions): Promise<ActRun> {
  const child = spawn(ACT, argv, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...options.secrets, ...options.vars },
    stdio: ["ignore", "pipe", "pipe"],
    signal: AbortSignal.timeout(RUN_MAX_MS),
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { passed: exitCode === 0, log };
}
