import type { RunResult, TargetPhase } from "../core/outcome.ts";
import { formatBytes, formatDuration } from "../core/units.ts";
import { cut, logLine } from "./escape.ts";
import { failedFirst, failureSentence, STATE_NAMES, type TargetRow, targetRows } from "./target-rows.ts";

/** A log is read from its end: more rows than this push the causes out of sight. The report has them all. */
const ROWS_MAX = 200;
const NAME_LENGTH_MAX = 60;
const MESSAGE_LENGTH_MAX = 400;
const PHASES: readonly TargetPhase[] = ["connect", "transfer", "verify", "commit", "activate", "health"];

/** The outcomes as lines for the log, aligned; a failed target's line is followed by what went wrong. */
export function outcomeTable(result: RunResult): string[] {
  const rows = failedFirst(targetRows(result));
  const shown = rows.slice(0, ROWS_MAX);
  const phases = PHASES.filter((phase) => phase !== "health" || rows.some((row) => row.phases.health));
  const header = ["target", "state", ...phases, "seeder", "peers", "reused"];
  const texts = shown.map((row) => rowTexts(row, phases));
  const widths = header.map((name, column) =>
    [name, ...texts.map((row) => row[column] ?? "")].reduce((most, text) => Math.max(most, text.length), 0),
  );
  const lines = [align(header, widths)];
  for (const [index, row] of shown.entries()) {
    lines.push(align(texts[index] ?? [], widths));
    const { target, failure, during } = row;
    if (failure === null || row.state === "held-back" || row.state === "put-back") continue;
    const sentence = cut(failureSentence(target, failure, during), MESSAGE_LENGTH_MAX);
    lines.push(`    ${logLine(`${failure.code} ${sentence}`)}`);
  }
  if (rows.length > shown.length) lines.push(`and ${rows.length - shown.length} more`);
  return lines;
}

function rowTexts(row: TargetRow, phases: readonly TargetPhase[]): string[] {
  const { bytesFromSeeder, bytesFromPeers, bytesReused } = row.transfer;
  return [
    cut(logLine(row.target), NAME_LENGTH_MAX),
    STATE_NAMES[row.state],
    ...phases.map((phase) => {
      const span = row.phases[phase];
      return span === undefined ? "–" : formatDuration(span.endMs - span.startMs);
    }),
    ...[bytesFromSeeder, bytesFromPeers, bytesReused].map(formatBytes),
  ];
}

/** Words to the left, quantities to the right. */
function align(texts: readonly string[], widths: readonly number[]): string {
  return texts
    .map((text, column) =>
      column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
    )
    .join("  ")
    .trimEnd();
}
