import type { RunResult } from "../core/outcome.ts";
import { linkBound, transferMs, transferredBytes } from "../core/transfer-facts.ts";
import { formatBitRate, formatBytes, formatDuration } from "../core/units.ts";
import { oneLine } from "./escape.ts";
import { isHeldBack } from "./target-rows.ts";

/** The whole run in one sentence of plain text: who, what, how long, how near the bound. */
export function headline(result: RunResult): string {
  const done = result.run.mode === "package" ? packaging(result) : achievement(result);
  const clauses = [`${done} in ${formatDuration(result.durationMs)}`];
  const transfer = transferClause(result);
  if (transfer !== undefined) clauses.push(transfer);
  return `${clauses.join("; ")}.`;
}

function packaging({ run, release, artifact, verdict }: RunResult): string {
  const what = run.release === null ? "the release" : `release ${oneLine(run.release)}`;
  if (verdict.status === "failed") return `packaging ${what} failed`;
  const size = release === null ? "" : ` (${formatBytes(release.sizeBytes)})`;
  if (artifact === undefined) return `packed ${what}${size} and stored nothing`;
  return `stored ${what}${size} as artifact ${oneLine(artifact.name)}`;
}

function achievement({ run, release, targets, verdict }: RunResult): string {
  const { targetsTotal, targetsVerified, targetsActivated, failures } = verdict;
  const id = release?.release ?? run.release;
  const what = id === null ? "" : ` release ${oneLine(id)}`;
  const fleet = `${targetsTotal} ${targetsTotal === 1 ? "target" : "targets"}`;
  const activating = run.mode !== "verify" && run.activate;
  if (verdict.status === "success" && failures.length === 0) {
    const verb =
      run.mode === "verify" ? "hold and verified" : activating ? "verified and activated" : "verified";
    return `${targetsTotal} of ${fleet} ${verb}${what}`;
  }
  const parts = [`${targetsVerified} of ${fleet} verified${what}`];
  if (activating) parts.push(`${targetsActivated === 0 ? "none" : targetsActivated} activated it`);
  const putBack = targets.filter(
    ({ state }) => state.kind === "failed" && state.current === "put-back",
  ).length;
  const heldBack = failures.filter(({ failure }) => failure.code === "FLEET_INCOMPLETE").length;
  const failed = failures.filter(({ failure }) => !isHeldBack(failure)).length;
  if (failed > 0) parts.push(`${failed} failed`);
  if (putBack > 0) parts.push(`${putBack} put back`);
  if (heldBack > 0) parts.push(`${heldBack} held back`);
  return parts.join(", ");
}

/** Undefined where nothing was moved. */
function transferClause(result: RunResult): string | undefined {
  const moved = transferredBytes(result.targets);
  if (moved === 0) return undefined;
  const took = `the transfer took ${formatDuration(transferMs(result))}`;
  const bound = linkBound(result);
  if (bound === undefined) return took;
  const { ratio, boundMs, slowestLinkBytesPerSecond, bytes } = bound;
  const link = `the slowest link seen (${formatBitRate(slowestLinkBytesPerSecond)})`;
  return `${took}, ${ratio.toFixed(2)} × the ${formatDuration(boundMs)} that ${link} needs for ${formatBytes(bytes)}`;
}
