import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@actions/core";
import { messageOf } from "../core/errors.ts";
import type { RunResult } from "../core/outcome.ts";
import { transferMs, transferredBytes } from "../core/transfer-facts.ts";
import { annotationsOf } from "../report/annotations.ts";
import { headline } from "../report/headline.ts";
import { holdingsTable } from "../report/holdings-table.ts";
import { outcomeTable } from "../report/outcome-table.ts";
import { reportText } from "../report/report-json.ts";
import { stepSummary } from "../report/step-summary.ts";
import { isHeldBack } from "../report/target-rows.ts";
import type { Config } from "./config.ts";

/** Tells the result: outputs first (a later step may ask for them `if: failure()`), then the log, then the verdict. */
export async function publishResult(config: Config, result: RunResult): Promise<void> {
  setOutputs(result);
  writeReport(config, result);
  if (result.run.mode !== "package")
    for (const line of [...outcomeTable(result), ...holdingsTable(result)]) core.info(line);
  core.info(headline(result));
  await writeSummary(result);
  const { errors, failure } = annotationsOf(result);
  const tell = failure === null ? core.warning : core.error;
  for (const { title, message } of errors) tell(message, { title });
  if (failure !== null) core.setFailed(failure);
}

function setOutputs(result: RunResult): void {
  const { verdict, release, run, artifact } = result;
  // Who verified and was held back because of others did not fail itself: whoever reads this looks for the cause.
  const own = verdict.failures.filter(({ failure }) => !isHeldBack(failure));
  const failed = own.map(({ target }) => target);
  core.setOutput("release", release?.release ?? run.release ?? "");
  core.setOutput("previous-release", previousRelease(result));
  core.setOutput("info-hash", release?.infoHash ?? "");
  core.setOutput("size-bytes", release?.sizeBytes ?? 0);
  core.setOutput("transferred-bytes", transferredBytes(result.targets));
  core.setOutput("targets-total", verdict.targetsTotal);
  core.setOutput("targets-verified", verdict.targetsVerified);
  core.setOutput("targets-activated", verdict.targetsActivated);
  core.setOutput("failed-targets", JSON.stringify(failed));
  core.setOutput("status", verdict.status);
  core.setOutput("artifact-id", artifact?.id ?? "");
  core.setOutput("artifact-digest", artifact?.digest ?? "");
  core.setOutput("duration-seconds", seconds(result.durationMs));
  core.setOutput("transfer-seconds", seconds(transferMs(result)));
}

/** What all of the fleet had before; empty where they differed, or nothing was switched. */
function previousRelease({ targets }: RunResult): string {
  const before = new Set(
    targets.flatMap(({ state }) => (state.kind === "activated" ? [state.activated.previous] : [])),
  );
  const [only, ...others] = before;
  return others.length === 0 ? (only ?? "") : "";
}

/** A folder of its own: several steps may run at once on one runner. */
function writeReport(config: Config, result: RunResult): void {
  try {
    const path = join(mkdtempSync(join(config.run.tempDir, "murmuration-")), "report.json");
    writeFileSync(path, reportText(result));
    core.setOutput("report-path", path);
    core.info(`Report: ${path}`);
  } catch (error) {
    core.warning(`cannot write the report: ${messageOf(error)}`);
  }
}

async function writeSummary(result: RunResult): Promise<void> {
  if (process.env.GITHUB_STEP_SUMMARY === undefined) return;
  try {
    await core.summary.addRaw(stepSummary(result), true).write();
  } catch (error) {
    core.warning(`cannot write the step summary: ${messageOf(error)}`);
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
