import { ERROR_CODES, type ErrorCode } from "../core/error-codes.ts";
import { type RunResult, TARGET_PHASES, type TargetPhase } from "../core/outcome.ts";
import { formatBytes, formatCount, formatDuration } from "../core/units.ts";
import { cut, markdownText, oneLine } from "./escape.ts";
import { headline } from "./headline.ts";
import { heldReleaseRows } from "./holdings-table.ts";
import { failedFirst, failureSentence, STATE_NAMES, type TargetRow, targetRows } from "./target-rows.ts";

/** GitHub takes 1 MiB a step and drops a summary that is larger; the rest is for what else the step may write. */
export const SUMMARY_BYTES_MAX = 1_000 * 1_024;
const MESSAGE_LENGTH_MAX = 500;
const HOST_KEY_LINES_MAX = 1_000;

/** The run as GitHub's Markdown: one sentence, what to do about failures, one row a target with the failed ones first. */
export function stepSummary(result: RunResult): string {
  const rows = failedFirst(targetRows(result));
  const sections = [
    `## ${title(result)}`,
    markdownText(headline(result)),
    runFailure(result),
    releaseFacts(result),
    seedHostFacts(result),
    artifactFacts(result),
    remedies(rows),
    hostKeyLines(rows),
    holdings(result),
  ].filter((section) => section !== "");
  const head = `${sections.join("\n\n")}\n\n`;
  if (result.run.mode === "package") return head;
  return head + targetTable(rows, SUMMARY_BYTES_MAX - Buffer.byteLength(head));
}

const TITLES: Readonly<Record<RunResult["run"]["mode"], string>> = {
  deploy: "Deploy",
  verify: "Verification",
  rollback: "Rollback",
  package: "Packaging",
};

function title({ run, verdict }: RunResult): string {
  const what = TITLES[run.mode];
  if (verdict.status === "rolled-back") return `${what} failed, and was taken back`;
  if (verdict.status === "failed") return `${what} failed`;
  return verdict.failures.length === 0 ? `${what} succeeded` : `${what} succeeded without all targets`;
}

function runFailure({ verdict }: RunResult): string {
  if (verdict.runFailure === null) return "";
  const { code, message } = verdict.runFailure;
  return `**${code}**: ${markdownText(cut(message, MESSAGE_LENGTH_MAX))}\n\n${markdownRemedy(code)}`;
}

function releaseFacts({ release }: RunResult): string {
  if (release === null) return "";
  const facts = [
    formatCount(release.files, "file"),
    formatBytes(release.sizeBytes),
    formatCount(release.pieces, "piece"),
    `info-hash \`${release.infoHash}\``,
  ];
  return facts.join(" · ");
}

/** Mostly one line; more where one was lost. */
function seedHostFacts({ seedHosts = [] }: RunResult): string {
  const lines = seedHosts.map(({ name, bytesFromRunner, bytesReused, bytesUploaded }) => {
    const who = markdownText(cut(name, MESSAGE_LENGTH_MAX));
    // In a rollback targets hold the release already.
    if (bytesFromRunner + bytesReused === 0) return `Tracked by ${who}`;
    const facts = [`${formatBytes(bytesFromRunner)} from the runner`];
    if (bytesReused > 0) facts.push(`${formatBytes(bytesReused)} reused`);
    return [`Seeded by ${who}`, ...facts, `${formatBytes(bytesUploaded)} given to others`].join(" · ");
  });
  // A line break that Markdown keeps.
  return lines.join("  \n");
}

function artifactFacts({ artifact }: RunResult): string {
  if (artifact === undefined) return "";
  return `Artifact ${markdownText(artifact.name)} · ${formatBytes(artifact.sizeBytes)} · SHA-256 \`${artifact.digest}\``;
}

/** Each error once, however many targets have it. */
function remedies(rows: readonly TargetRow[]): string {
  const counts = new Map<ErrorCode, number>();
  for (const { failure } of rows) {
    if (failure !== null) counts.set(failure.code, (counts.get(failure.code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, count]) => `- **${code}** (${formatCount(count, "target")}): ${markdownRemedy(code)}`)
    .join("\n");
}

/** The remedies are our own text and use code spans. */
function markdownRemedy(code: ErrorCode): string {
  return ERROR_CODES[code].replaceAll("<", "&lt;");
}

function hostKeyLines(rows: readonly TargetRow[]): string {
  // All targets behind a jump host have the line of that one.
  const all = [
    ...new Set(rows.flatMap(({ hostKeyLine }) => (hostKeyLine === null ? [] : [oneLine(hostKeyLine)]))),
  ];
  if (all.length === 0) return "";
  // A backtick has no place in a known_hosts line, and would end the block.
  const lines = all.slice(0, HOST_KEY_LINES_MAX).map((line) => line.replaceAll("`", "'"));
  const more = all.length > lines.length ? [`# and ${all.length - lines.length} more`] : [];
  const lead =
    "Host keys that are not pinned. Compare each with the host's own before it goes into `ssh-known-hosts`:";
  return [lead, "", "```", ...lines, ...more, "```"].join("\n");
}

/** What could be gone back to instead. */
function holdings(result: RunResult): string {
  const rows = heldReleaseRows(result);
  if (rows.length === 0) return "";
  const asked = result.holdings?.length ?? 0;
  const lines = rows.map(({ release, heldBy, liveOn, lackedBy }) =>
    cells([
      markdownText(release),
      `${heldBy} of ${asked}`,
      String(liveOn),
      markdownText(lackedBy || "nobody"),
    ]),
  );
  const head = `${cells(["release", "held by", "live on", "lacked by"])}${cells(["---", "---:", "---:", "---"])}`;
  return `What the targets hold:\n\n${head}${lines.join("")}`.trimEnd();
}

function targetTable(rows: readonly TargetRow[], bytesMax: number): string {
  const phases = TARGET_PHASES.filter((phase) => rows.some((row) => row.phases[phase] !== undefined));
  const names = ["target", "state", ...phases, "from seeder", "from peers", "reused"];
  const rule = names.map((_, index) => (index < 2 ? "---" : "---:"));
  let table = `${cells(names)}${cells(rule)}`;
  const reservedForMore = 64;
  let used = Buffer.byteLength(table) + reservedForMore;
  for (const [index, row] of rows.entries()) {
    const line = cells(rowCells(row, phases));
    used += Buffer.byteLength(line);
    if (used > bytesMax) return `${table}\nand ${rows.length - index} more\n`;
    table += line;
  }
  return table;
}

function rowCells(row: TargetRow, phases: readonly TargetPhase[]): string[] {
  const { bytesFromSeeder, bytesFromPeers, bytesReused } = row.transfer;
  return [
    markdownText(cut(row.target, MESSAGE_LENGTH_MAX)),
    stateCell(row),
    ...phases.map((phase) => {
      const span = row.phases[phase];
      return span === undefined ? "" : formatDuration(span.endMs - span.startMs);
    }),
    ...[bytesFromSeeder, bytesFromPeers, bytesReused].map(formatBytes),
  ];
}

function stateCell({ target, state, failure, during }: TargetRow): string {
  if (failure === null || state === "held-back" || state === "put-back") return STATE_NAMES[state];
  const sentence = cut(failureSentence(target, failure, during), MESSAGE_LENGTH_MAX);
  return `**failed** ${markdownText(sentence)} (${failure.code})`;
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |\n`;
}
