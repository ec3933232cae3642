import { styleText } from "node:util";
import { formatBytes } from "../src/core/units.ts";
import { type FleetProgress, heldShare, holdsAll, shareOf, type TargetProgress } from "./fleet-progress.ts";

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
 * seeder stand first (yellow), then those from other targets (cyan); what has been verified turns green.
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

/** Steps that go through the pieces one by one. */
const COUNTED: ReadonlySet<string> = new Set(["resume", "fetch", "verify"]);

function figures(latest: TargetProgress | undefined, note: string | undefined): string {
  const shown = note === undefined ? "" : ` ${styleText("red", note)}`;
  if (latest === undefined) return styleText("dim", "waiting") + shown;
  const share = COUNTED.has(latest.step) && latest.piecesTotal > 0 ? percent(shareOf(latest)) : "    ";
  const step = latest.step.padEnd(9);
  const from = latest.bytesFromPeers === 0 ? "" : `${formatBytes(latest.bytesFromPeers)} from peers`;
  return `${share} ${latest.step === "failed" ? styleText("red", step) : step} ${styleText("dim", from)}${shown}`;
}

/** As wide as `width`, whatever its colours. */
function bar(latest: TargetProgress | undefined, width: number): string {
  if (latest === undefined || latest.step === "failed") return styleText("dim", "·".repeat(width));
  if (latest.step === "verify") return twoPartBar("green", "cyan", shareOf(latest) * width, width, width);
  if (holdsAll(latest)) return styleText("green", "█".repeat(width));
  const filled = heldShare(latest) * width;
  const receivedBytes = latest.bytesFromSeeder + latest.bytesFromPeers;
  const seeded = receivedBytes === 0 ? 0 : (filled * latest.bytesFromSeeder) / receivedBytes;
  return twoPartBar("yellow", "cyan", seeded, filled, width);
}

type Colour = "green" | "yellow" | "cyan";

/** `first` up to `middle`, `second` from there to `end`, dots to `width`; all in characters. */
function twoPartBar(first: Colour, second: Colour, middle: number, end: number, width: number): string {
  const [middleAt, endAt] = [Math.round(middle), Math.round(end)];
  return (
    styleText(first, "█".repeat(middleAt)) +
    styleText(second, "█".repeat(endAt - middleAt)) +
    styleText("dim", "·".repeat(width - endAt))
  );
}

function renderAggregate(targets: readonly ViewTarget[], progress: FleetProgress, size: ViewSize): string[] {
  const known = targets.flatMap(({ name }) => progress.of(name) ?? []);
  const sum = (pick: (one: TargetProgress) => number) => known.reduce((total, one) => total + pick(one), 0);
  const whole: TargetProgress = {
    target: "fleet",
    step: "fetch",
    piecesDone: sum(heldShare),
    piecesTotal: targets.length,
    bytesFromSeeder: sum((one) => one.bytesFromSeeder),
    bytesFromPeers: sum((one) => one.bytesFromPeers),
  };
  const complete = known.filter(holdsAll).length;
  const slowest = known.toSorted((one, other) => heldShare(one) - heldShare(other))[0];
  const notes = targets.flatMap(({ label, name }) => {
    const note = progress.noteOn(name);
    return note === undefined ? [] : [styleText("red", `${label} ${note}`)];
  });
  const width = Math.min(BAR_MAX_CHARACTERS, Math.max(8, size.columns - FIGURES_CHARACTERS));
  const sources = `${formatBytes(whole.bytesFromSeeder)} from the seeder, ${formatBytes(whole.bytesFromPeers)} from peers`;
  return [
    `${targets.length} targets ${bar(whole, width)} ${percent(shareOf(whole))}`,
    `${complete} hold all of it · ${sources}${slowest === undefined ? "" : ` · slowest ${slowest.target} ${percent(heldShare(slowest))}`}`,
    ...notes,
  ];
}

/** Rounded down, so that 100 % means all. */
function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)}%`;
}
