import { formatByteRate, formatBytes, formatCount, formatDuration, formatShare } from "../core/units.ts";
import { cut, logLine } from "./escape.ts";

/** Where a target is now, in this order; `done` and `failed` are ends. */
export const PROGRESS_STEPS = [
  "connect",
  "preflight",
  "lock",
  "resume",
  "fetch",
  "verify",
  "commit",
  "activate",
  "health",
  "done",
] as const;
export type ProgressStep = (typeof PROGRESS_STEPS)[number];

export interface TargetProgress {
  readonly target: string;
  readonly step: ProgressStep | "failed";
  /** In step `lock`: who holds the lock, since when and by which run. */
  readonly waitsFor?: string | null;
  /** Of the present step. */
  readonly piecesDone: number;
  readonly piecesTotal: number;
}

export interface DownloadProgress {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** The fleet at one moment. */
export interface FleetProgress {
  readonly elapsedMs: number;
  /** Not null until the release is packed. */
  readonly packing: { readonly bytes: number; readonly totalBytes: number | null } | null;
  /** Not null while a package is downloaded: nothing else has begun then. */
  readonly download?: DownloadProgress | null;
  /** Where the release goes from the runner, as long as it has not all arrived; null: to all of the fleet. */
  readonly upload?: (DownloadProgress & { readonly to: string; readonly rateBytesPerSecond: number }) | null;
  /** What all targets together received over the network, averaged over the last seconds. */
  readonly fleetRateBytesPerSecond: number;
  readonly targets: readonly TargetProgress[];
  /** Null where all are switched at once, or none yet. */
  readonly wave: { readonly number: number; readonly of: number } | null;
}

/** So few can be named on one line. */
const NAMED_MAX = 3;
const NAME_LENGTH_MAX = 60;
const LOCK_LENGTH_MAX = 300;

/**
 * The fleet in one line of the log. While many are at work: the step that most are in, how far they are, and the slowest.
 * When few are left: who they are.
 */
export function progressLine(progress: FleetProgress): string {
  const { targets, elapsedMs, fleetRateBytesPerSecond, packing, download = null } = progress;
  if (download !== null) return downloadLine(download, elapsedMs);
  const active = targets.filter(({ step }) => step !== "done" && step !== "failed");
  const parts = [packing === null ? fleetPart(targets, active) : packingPart(packing, targets)];
  const failed = targets.filter(({ step }) => step === "failed").length;
  if (progress.wave !== null) parts.push(`wave ${progress.wave.number} of ${progress.wave.of}`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (packing === null && progress.upload) parts.push(uploadPart(progress.upload));
  if (fleetRateBytesPerSecond > 0) parts.push(`${formatByteRate(fleetRateBytesPerSecond)} fleet`);
  const who = packing === null ? (lockPart(active) ?? whoIsLeft(active, targets.length)) : undefined;
  if (who !== undefined) parts.push(who);
  parts.push(formatDuration(elapsedMs));
  return logLine(parts.join(" · "));
}

function downloadLine({ bytes, totalBytes }: DownloadProgress, elapsedMs: number): string {
  const size = `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;
  return `download ${formatShare(bytes, totalBytes)}  ${size} · ${formatDuration(elapsedMs)}`;
}

function uploadPart({
  to,
  bytes,
  totalBytes,
  rateBytesPerSecond,
}: NonNullable<FleetProgress["upload"]>): string {
  const rate = rateBytesPerSecond > 0 ? `, ${formatByteRate(rateBytesPerSecond)}` : "";
  return `${cut(to, NAME_LENGTH_MAX)}: ${formatBytes(bytes)} of ${formatBytes(totalBytes)} received${rate}`;
}

function packingPart(
  { bytes, totalBytes }: NonNullable<FleetProgress["packing"]>,
  targets: readonly TargetProgress[],
): string {
  const share = totalBytes === null ? "" : ` ${formatShare(bytes, totalBytes)}`;
  const connected = targets.filter(({ step }) => step !== "connect" && step !== "failed").length;
  return `pack${share}  ${formatBytes(bytes)} hashed, ${connected}/${formatCount(targets.length, "target")} connected`;
}

function fleetPart(targets: readonly TargetProgress[], active: readonly TargetProgress[]): string {
  const done = targets.filter((target) => target.step === "done").length;
  // All wait for whoever waits for a lock.
  const step = active.some((target) => target.step === "lock") ? "lock" : mostCommonStep(active);
  if (step === undefined) return `done  ${done}/${targets.length} done`;
  const share = hasPieces(step) ? `  ${formatShare(sharePast(targets, step), 1)}` : "";
  return `${step}${share}  ${done}/${targets.length} done`;
}

/** Of equally common ones the earlier: it is what the others wait for. */
function mostCommonStep(active: readonly TargetProgress[]): ProgressStep | undefined {
  let common: ProgressStep | undefined;
  let most = 0;
  for (const step of PROGRESS_STEPS) {
    const count = active.filter((target) => target.step === step).length;
    if (count > most) [common, most] = [step, count];
  }
  return common;
}

function hasPieces(step: ProgressStep): boolean {
  return step === "resume" || step === "fetch" || step === "verify";
}

/** The mean share of a step that the targets which did not fail have behind them, 0–1. */
function sharePast(targets: readonly TargetProgress[], step: ProgressStep): number {
  const alive = targets.filter((target) => target.step !== "failed");
  const at = PROGRESS_STEPS.indexOf(step);
  let past = 0;
  for (const target of alive) {
    const position = PROGRESS_STEPS.indexOf(target.step as ProgressStep);
    if (position > at) past += 1;
    else if (position === at) past += shareDone(target);
  }
  return past / alive.length;
}

function shareDone({ piecesDone, piecesTotal }: TargetProgress): number {
  return piecesTotal === 0 ? 0 : piecesDone / piecesTotal;
}

/** One stands for all: mostly the same deploy holds the lock everywhere. */
function lockPart(active: readonly TargetProgress[]): string | undefined {
  const waiting = active.find(({ step, waitsFor }) => step === "lock" && waitsFor);
  if (waiting === undefined) return undefined;
  return `${cut(waiting.target, NAME_LENGTH_MAX)}: ${cut(waiting.waitsFor ?? "", LOCK_LENGTH_MAX)}`;
}

function whoIsLeft(active: readonly TargetProgress[], total: number): string | undefined {
  if (active.length > 0 && active.length <= NAMED_MAX && active.length < total) {
    return `waiting for ${active.map(described).join(", ")}`;
  }
  const slowest = active
    .filter(({ step }) => step === "fetch")
    .reduce<TargetProgress | undefined>(
      (least, target) => (least === undefined || shareDone(target) < shareDone(least) ? target : least),
      undefined,
    );
  return slowest === undefined || active.length === 1 ? undefined : `slowest ${described(slowest)}`;
}

function described(target: TargetProgress): string {
  const name = cut(target.target, NAME_LENGTH_MAX);
  if (!hasPieces(target.step as ProgressStep)) return `${name} (${target.step})`;
  return `${name} ${formatShare(target.piecesDone, target.piecesTotal)}`;
}
