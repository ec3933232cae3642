import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { type ActionStepResult, runActionStep } from "../../demo/action-step.ts";
import { type TargetProgress, tryParseProgress } from "../../demo/fleet-progress.ts";
import { parseLogLine, readableLine } from "../../demo/workflow-command.ts";
import { hostAndPort } from "../../src/core/ip-address.ts";
import { type Report, reportSchema } from "../../src/report/report-json.ts";
import type { SshdFleet } from "./sshd-fleet.ts";

export type Inputs = Readonly<Record<string, string>>;

export interface ActionRunOptions {
  /** Aborting it cancels the step as GitHub does. */
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs the step elsewhere, such as on the runner of a `NetFleet`. */
  readonly commandPrefix?: readonly string[];
  /** The runner dies with the step: no post step. */
  readonly withoutPost?: boolean;
  /** Each time a target gets further. */
  readonly onProgress?: (progress: TargetProgress) => void;
  readonly onStart?: (pid: number) => void;
  /** Each line of the log as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface ActionRun extends ActionStepResult {
  /** What people read in the log. */
  readonly log: string;
  /** Everything, workflow commands included, as the runner gets it. */
  readonly rawLog: string;
  /** Annotations: title and message. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Undefined where the step wrote none. It is valid by docs/report.schema.json. */
  readonly report: Report | undefined;
}

/** A run that takes longer hangs: it is cancelled, and `runAction` throws. */
const RUN_MAX_MS = 100_000;

/** The published schema, which promises users what they read; not the one that the product writes by. */
const publishedReport = z.fromJSONSchema(
  JSON.parse(readFileSync(new URL("../../docs/report.schema.json", import.meta.url), "utf8")),
);

/** One step of the real action with its post step, in a runner's folder of its own that is gone afterwards. */
export async function runAction(inputs: Inputs, options: ActionRunOptions = {}): Promise<ActionRun> {
  const { signal, onProgress, onLine: alsoTell, ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), "murmuration-step-"));
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    alsoTell?.(line);
    if (onProgress === undefined) return;
    const parsed = parseLogLine(line);
    const progress = parsed.kind === "command" ? tryParseProgress(parsed.message) : undefined;
    if (progress !== undefined) onProgress(progress);
  };
  const late = AbortSignal.timeout(RUN_MAX_MS);
  try {
    const step = await runActionStep(
      {
        inputs,
        tempFolder: join(folder, "temp"),
        workspace,
        onLine,
        debug: onProgress !== undefined,
        ...rest,
      },
      { signal: signal === undefined ? late : AbortSignal.any([signal, late]) },
    );
    if (late.aborted)
      throw new Error(`the step took longer than ${RUN_MAX_MS / 1000} s:\n${lines.join("\n")}`);
    return { ...step, ...readLog(lines), report: readReport(step.outputs["report-path"]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asserts in one place what a passed run is, with its log where it is not. */
export function requirePassed(run: ActionRun): ActionRun & { readonly report: Report } {
  const { report } = run;
  if (run.exitCode === 0 && run.outputs.status === "success" && report !== undefined)
    return { ...run, report };
  throw new Error(`the step ended with exit code ${run.exitCode}:\n${run.log}`);
}

/** The inputs with which the action reaches some targets of a fleet. */
export function reachInputs(fleet: SshdFleet, indexes?: readonly number[]): Record<string, string> {
  const targets = indexes === undefined ? fleet.targets : indexes.map((index) => fleet.targets[index]!);
  return {
    targets: targets.map((host) => `root@${hostAndPort(host)}\n`).join(""),
    "ssh-key": fleet.privateKey,
    "ssh-known-hosts": fleet.knownHostsText,
    "deploy-to": "/srv/app",
  };
}

/** Calls back once, as soon as some of the release (not all) has arrived at the target, or at any. */
export function onceFetching(then: () => void, target?: string): (progress: TargetProgress) => void {
  let isDone = false;
  return (progress) => {
    const { step, piecesDone, piecesTotal } = progress;
    const isPartly = step === "fetch" && piecesDone > 0 && piecesDone < piecesTotal;
    if (isDone || !isPartly || (target !== undefined && progress.target !== target)) return;
    isDone = true;
    then();
  };
}

function readLog(lines: readonly string[]): Pick<ActionRun, "log" | "rawLog" | "errors" | "warnings"> {
  const parsed = lines.map(parseLogLine);
  const annotations = (kind: string) =>
    parsed.flatMap((line) =>
      line.kind === "command" && line.command === kind ? [`${line.title}\n${line.message}`] : [],
    );
  return {
    log: parsed
      .map(readableLine)
      .filter((line) => line !== undefined)
      .join("\n"),
    rawLog: lines.join("\n"),
    errors: annotations("error"),
    warnings: annotations("warning"),
  };
}

function readReport(path: string | undefined): Report | undefined {
  if (path === undefined) return undefined;
  const json: unknown = JSON.parse(readFileSync(path, "utf8"));
  publishedReport.parse(json);
  return reportSchema.parse(json);
}
