import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runActionStep } from "../../../demo/action-step.ts";
import { parseCommandFile } from "../../../demo/command-file.ts";

/** What a step finds on its machine. */
export interface StepSurroundings {
  /** Of this step alone: its `RUNNER_TEMP`, with its command files. */
  readonly folder: string;
  readonly workspace: string;
  /** What `actions/checkout` brings. */
  readonly repository: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface StepEnd {
  readonly outcome: "success" | "failure";
  readonly outputs: Readonly<Record<string, string>>;
  /** For the steps after it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly summary: string;
}

const NOTHING = { outputs: {}, environment: {}, summary: "" } as const;
/** This repository, as an example names it. */
const OURS = /^(OWNER\/murmuration@v\d+|\.\/)$/;
const CHECKOUT = /^actions\/checkout@v\d+$/;

export async function runUses(
  uses: string,
  inputs: Readonly<Record<string, string>>,
  surroundings: StepSurroundings,
): Promise<StepEnd> {
  const { folder, workspace, repository, environment, onLine, signal } = surroundings;
  if (CHECKOUT.test(uses)) {
    if (Object.keys(inputs).length > 0) throw new Error("the stand-in for actions/checkout has no inputs");
    cpSync(repository, workspace, { recursive: true, verbatimSymlinks: true });
    return { outcome: "success", ...NOTHING };
  }
  if (!OURS.test(uses)) throw new Error(`there is no stand-in for ${uses}`);
  const options = { inputs, tempFolder: folder, workspace, environment, onLine };
  const { exitCode, outputs, summary } = await runActionStep(options, { signal });
  return { outcome: exitCode === 0 ? "success" : "failure", outputs, summary, environment: {} };
}

/** As GitHub runs a script whose shell is not named: `bash -e`. */
export async function runScript(script: string, surroundings: StepSurroundings): Promise<StepEnd> {
  const { folder, workspace, environment, onLine, signal } = surroundings;
  mkdirSync(folder, { recursive: true });
  const file = (name: string, content = "") => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const files = {
    GITHUB_OUTPUT: file("output"),
    GITHUB_ENV: file("env"),
    GITHUB_STEP_SUMMARY: file("summary.md"),
    RUNNER_TEMP: folder,
  };
  const child = spawn("bash", ["-e", file("script.sh", script)], {
    cwd: workspace,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment, ...files },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", onLine);
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  return {
    outcome: exitCode === 0 ? "success" : "failure",
    outputs: parseCommandFile(readFileSync(files.GITHUB_OUTPUT, "utf8")),
    environment: parseCommandFile(readFileSync(files.GITHUB_ENV, "utf8")),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"),
  };
}
