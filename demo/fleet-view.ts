import { styleText } from "node:util";
import { formatBytes } from "../src/core/units.ts";
import { type FleetProgress, shareOf, type TargetProgress } from "./fleet-progress.ts";

export interface ViewTarget {
  readonly label: string;
  /** As the action names it. */
  readonly name: string;
}

export interface ViewSize {
  readonly rows: number;
  readonly columns: number;
}

/** Lines kept free for the log above the bars and for the last line. */
const RESERVED_ROWS = 3;
const BAR_MAX_CHARACTERS = 40;
const FIGURES_CHARACTERS = 44;

/**
 * The fleet as lines of text: one bar a target where they fit, else what they have in common. In a bar the bytes that came from the
 * seeder stand first, then those from other targets.
 */
export function renderFleet(
  targets: readonly ViewTarget[],
  progress: FleetProgress,
  size: ViewSize,
): string[] {
  if (targets.length > size.rows - RESERVED_ROWS) return renderAggregate(targets, progress, size);
  const labelWidth = Math.max(...targets.map(({ label }) => label.length));
  const nameWidth = Math.max(...targets.map(({ name }) => name.length));
  const barWidth = Math.min(
    BAR_MAX_CHARACTERS,
    Math.max(8, size.columns - labelWidth - nameWidth - FIGURES_CHARACTERS),
  );
  return targets.map(({ label, name }) => {
    const latest = progress.of(name);
    const heading = `${label.padEnd(labelWidth)} ${styleText("dim", name.padEnd(nameWidth))} `;
    return `${heading}${bar(latest, barWidth)} ${figures(latest, progress.noteOn(name))}`;
  });
}

function figures(latest: TargetProgress | undefined, note: string | undefined): string {
  const shown = note === undefined ? "" : ` ${styleText("red", note)}`;
  if (latest === undefined) return styleText("dim", "waiting") + shown;
  const from = `${formatBytes(latest.bytesFromPeers)} from peers`;
  return `${percent(shareOf(latest))} ${latest.step.padEnd(6)} ${styleText("dim", from)}${shown}`;
}

/** As wide as `width`, whatever its colours. */
function bar(latest: TargetProgress | undefined, width: number): string {
  if (latest === undefined) return styleText("dim", "·".repeat(width));
  const filled = Math.round(shareOf(latest) * width);
  const receivedBytes = latest.bytesFromSeeder + latest.bytesFromPeers;
  const seeded = receivedBytes === 0 ? 0 : Math.round((filled * latest.bytesFromSeeder) / receivedBytes);
  return (
    styleText("yellow", "█".repeat(seeded)) +
    styleText("cyan", "█".repeat(filled - seeded)) +
    styleText("dim", "·".repeat(width - filled))
  );
}

function renderAggregate(targets: readonly ViewTarget[], progress: FleetProgress, size: ViewSize): string[] {
  const known = targets.flatMap(({ name }) => progress.of(name) ?? []);
  const sum = (pick: (one: TargetProgress) => number) => known.reduce((total, one) => total + pick(one), 0);
  const whole: TargetProgress = {
    target: "fleet",
    step: "",
    piecesDone: sum((one) => shareOf(one)),
    piecesTotal: targets.length,
    bytesFromSeeder: sum((one) => one.bytesFromSeeder),
    bytesFromPeers: sum((one) => one.bytesFromPeers),
  };
  const complete = known.filter((one) => shareOf(one) === 1).length;
  const slowest = known.toSorted((a, b) => shareOf(a) - shareOf(b))[0];
  const notes = targets.flatMap(({ label, name }) => {
    const note = progress.noteOn(name);
    return note === undefined ? [] : [styleText("red", `${label} ${note}`)];
  });
  const width = Math.min(BAR_MAX_CHARACTERS, Math.max(8, size.columns - FIGURES_CHARACTERS));
  const sources = `${formatBytes(whole.bytesFromSeeder)} from the seeder, ${formatBytes(whole.bytesFromPeers)} from peers`;
  return [
    `${targets.length} targets ${bar(whole, width)} ${percent(shareOf(whole))}`,
    `${complete} hold all of it · ${sources}${slowest === undefined ? "" : ` · slowest ${slowest.target} ${percent(shareOf(slowest))}`}`,
    ...notes,
  ];
}

/** Rounded down, so that 100 % means all. */
function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)}%`;
}
