import {
  type RunResult,
  TARGET_PHASES,
  type TargetOutcome,
  type TargetPhase,
  type TimeSpan,
} from "./outcome.ts";

/** From the first target that begins a phase to the last that ends it; undefined where none began. */
export function spanOverTargets(targets: readonly TargetOutcome[], phase: TargetPhase): TimeSpan | undefined {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = 0;
  for (const { phases } of targets) {
    const span = phases[phase];
    if (span === undefined) continue;
    startMs = Math.min(startMs, span.startMs);
    endMs = Math.max(endMs, span.endMs);
  }
  return Number.isFinite(startMs) ? { startMs, endMs } : undefined;
}

/** When the first target began each phase and the last ended it. */
export function phasesOfTargets(targets: RunResult["targets"]): { [Phase in TargetPhase]?: TimeSpan } {
  const phases: { [Phase in TargetPhase]?: TimeSpan } = {};
  for (const phase of TARGET_PHASES) {
    const span = spanOverTargets(targets, phase);
    if (span !== undefined) phases[phase] = span;
  }
  return phases;
}

export function bytesReceived(target: TargetOutcome): number {
  return target.transfer.bytesFromSeeder + target.transfer.bytesFromPeers;
}

/** Payload bytes that all targets received over the network. */
export function transferredBytes(targets: readonly TargetOutcome[]): number {
  return targets.reduce((sum, target) => sum + bytesReceived(target), 0);
}

/** The time to the last target: from the first that began to fetch to the last that ended; 0 where none fetched. */
export function transferMs(result: Pick<RunResult, "targets">): number {
  const span = spanOverTargets(result.targets, "transfer");
  return span === undefined ? 0 : span.endMs - span.startMs;
}

/** How near the transfer came to F/B: the time that the slowest link seen needs for what a target received. */
export interface LinkBound {
  /** The most that one target received: F. */
  readonly bytes: number;
  /** The smallest peak rate among the targets that received about as much: B. */
  readonly slowestLinkBytesPerSecond: number;
  /** F/B. */
  readonly boundMs: number;
  /** The transfer's time over F/B. */
  readonly ratio: number;
}

/** A target that received less than this share of F says nothing about its link: it was not busy for long enough. */
const TELLING_SHARE = 0.5;

/**
 * Undefined where it would say nothing: nothing was moved, or a target failed before it had verified, so that there is no
 * time to the last. A peak is what was seen on a link, not what it could do.
 */
export function linkBound(result: Pick<RunResult, "targets">): LinkBound | undefined {
  const { targets } = result;
  if (targets.some(({ state }) => state.kind === "failed" && state.verified === null)) return undefined;
  const bytes = targets.reduce((most, target) => Math.max(most, bytesReceived(target)), 0);
  const tookMs = transferMs(result);
  if (bytes === 0 || tookMs === 0) return undefined;
  const peaks = targets
    .filter((target) => bytesReceived(target) >= bytes * TELLING_SHARE)
    .map((target) => target.transfer.peakRateBytesPerSecond)
    .filter((rate) => rate > 0);
  const slowestLinkBytesPerSecond = peaks.reduce(
    (least, rate) => Math.min(least, rate),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(slowestLinkBytesPerSecond)) return undefined;
  const boundMs = (bytes / slowestLinkBytesPerSecond) * 1_000;
  return { bytes, slowestLinkBytesPerSecond, boundMs, ratio: tookMs / boundMs };
}
