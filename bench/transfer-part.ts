import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions, Race } from "./bench-options.ts";
import {
  boundSeconds,
  type Competition,
  type Context,
  compete,
  formatShare,
  type Result,
} from "./competition.ts";
import type { Contender } from "./contenders.ts";
import { machineCongestion } from "./lab.ts";
import { formatSpread, markdownTable, median, rightAligned } from "./table.ts";

/** Everybody on the same lab: seconds until the first, the median and the last target has all of it; then who is faster by how much. */
export async function measureTransfer(
  options: BenchOptions,
  peers: readonly Contender[],
  folder: string,
  context: Context,
): Promise<string> {
  const { swarm } = options;
  const competition = await compete(swarm, () => peers, options, folder, context);
  const bound = boundSeconds(swarm);
  const title =
    `${swarm.targets} targets, ${formatBytes(swarm.sizeBytes)}, every link ${swarm.rateMbit} Mbit/s in both directions` +
    `${swarm.slowTargets === 0 ? "" : ` (of ${swarm.slowTargets} targets a tenth)`}, ` +
    `encryption ${options.encryption} (murmuration only); F/B = ${bound.toFixed(2)} s ` +
    `(plain TCP, ${options.congestion ?? (await machineCongestion())}, reaches ${competition.linkMbit.toFixed(1)} Mbit/s)`;
  const tables = [runsTable(competition, swarm, bound), summaryTable(competition, peers, bound)];
  return [title, ...tables, ...competition.failures].join("\n\n");
}

function runsTable({ results }: Competition, { slowTargets }: Race, bound: number): string {
  const headings = [
    ...["", "first target", "median", "last target", "last ÷ F/B", "from the last start"],
    ...["copies from the seeder", "processors busy", "whole step"],
  ];
  if (slowTargets > 0) headings.push("last of the others ÷ F/B");
  const rows = results.map((result) => {
    const { seconds } = result;
    // In ascending order: whoever has a tenth of the rate comes last.
    const others = seconds.at(-1 - slowTargets)! / bound;
    return [
      `${result.contender}, run ${result.run}`,
      ...[seconds[0]!, median(seconds), lastSeconds(result)].map((value) => `${value.toFixed(2)} s`),
      ...[lastSeconds(result), fromLastStart(result)].map((value) => (value / bound).toFixed(2)),
      result.copies.toFixed(2),
      formatShare(result.busyShare),
      result.wholeSeconds === undefined ? "" : `${result.wholeSeconds.toFixed(1)} s`,
      ...(slowTargets > 0 ? [others.toFixed(2)] : []),
    ];
  });
  return markdownTable(rightAligned(headings), rows);
}

function summaryTable({ results }: Competition, peers: readonly Contender[], bound: number): string {
  const lastOf = (peer: Contender) =>
    results.filter(({ contender }) => contender === peer).map((result) => lastSeconds(result));
  const ours = median(lastOf("murmuration"));
  const rows = peers.map((peer) => {
    const last = lastOf(peer);
    if (last.length === 0) return [peer, "0", "", "", "", ""];
    const faster = median(last) / ours;
    return [
      peer,
      String(last.length),
      `${median(last).toFixed(2)} s`,
      `${formatSpread(last, 2)} s`,
      (median(last) / bound).toFixed(2),
      peer === "murmuration" || Number.isNaN(faster) ? "" : `${faster.toFixed(2)} ×`,
    ];
  });
  const headings = [
    "",
    "runs",
    "last target, median",
    "best–worst",
    "last ÷ F/B",
    "murmuration is faster by",
  ];
  return markdownTable(rightAligned(headings), rows);
}

export function lastSeconds({ seconds }: Result): number {
  return seconds.at(-1)!;
}

export function fromLastStart(result: Result): number {
  return lastSeconds(result) - result.startSpreadSeconds;
}
