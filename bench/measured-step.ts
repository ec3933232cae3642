import { type ActionStepOptions, type ActionStepResult, runActionStep } from "../demo/action-step.ts";
import { type ReportFile, readReport } from "../demo/report-file.ts";
import { parseLogLine, readableLine } from "../demo/workflow-command.ts";
import { type ProcessWatch, watchProcesses } from "./process-watch.ts";

export interface MeasuredStep extends ActionStepResult {
  readonly report: ReportFile;
  /** Of everything below this process: the action, its origin, and agents of built-in targets. */
  readonly processes: ProcessWatch;
}

export interface MeasuredStepOptions extends Omit<ActionStepOptions, "onLine"> {
  readonly verbose: boolean;
}

/** Enough of the end of a log to see why a step failed. */
const LOG_LINES_KEPT = 40;

/** Runs one step of the action under a watch. @throws Error with the end of its log where it did not pass. */
export async function runMeasuredStep(
  options: MeasuredStepOptions,
  { signal }: { signal: AbortSignal },
): Promise<MeasuredStep> {
  using processes = watchProcesses(process.pid);
  let kept: string[] = [];
  const onLine = (text: string) => {
    const line = readableLine(parseLogLine(text));
    if (line === undefined) return;
    kept = [...kept.slice(-LOG_LINES_KEPT), line];
    if (options.verbose) console.error(line);
  };
  const step = await runActionStep({ ...options, onLine }, { signal });
  signal.throwIfAborted();
  const reportPath = step.outputs["report-path"];
  if (step.exitCode !== 0 || reportPath === undefined) {
    throw new Error(`the action ended with exit code ${step.exitCode}:\n${kept.join("\n")}`);
  }
  return { ...step, report: await readReport(reportPath), processes };
}
