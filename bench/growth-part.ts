import { writeFile } from "node:fs/promises";
import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions } from "./bench-options.ts";
import { boundSeconds, type Context, compete, type Result } from "./competition.ts";
import type { Contender } from "./contenders.ts";
import { formatGrowthCsv } from "./growth-csv.ts";
import { formatSpread, markdownTable, median, rightAligned } from "./table.ts";
import { fromLastStart, lastSeconds } from "./transfer-part.ts";

/** Everybody with more and more targets: what the last one waits for should not grow with them. */
export async function measureGrowth(
  options: BenchOptions,
  peers: readonly Contender[],
  folder: string,
  context: Context,
): Promise<string> {
  const { growth, growthRsyncMost } = options;
  const peersFor = (targets: number) =>
    peers.filter((peer) => peer !== "rsync" || targets <= growthRsyncMost);
  const { results, failures } = await compete(growth, peersFor, options, folder, context);
  if (options.growthCsvPath !== undefined) {
    const rows = results.map((result) => ({
      peer: result.contender,
      targets: result.targets,
      run: result.run,
      secondsToLast: lastSeconds(result),
      secondsFromLastStart: fromLastStart(result),
      sizeBytes: growth.sizeBytes,
      rateMbit: growth.rateMbit,
      pieces: result.pieces,
    }));
    await writeFile(options.growthCsvPath, formatGrowthCsv(rows));
  }
  const bound = boundSeconds(growth);
  const title =
    `Growth: ${formatBytes(growth.sizeBytes)}, every link ${growth.rateMbit} Mbit/s in both directions, ` +
    `encryption ${options.encryption} (murmuration only); seconds until the last target has everything, ` +
    `median of the runs (best–worst); F/B = ${bound.toFixed(2)} s; rsync up to ${growthRsyncMost} targets`;
  return [title, growthTable(results, peers, growth.targets, bound), ...failures].join("\n\n");
}

function growthTable(
  results: readonly Result[],
  peers: readonly Contender[],
  targets: readonly number[],
  bound: number,
): string {
  const pieces = results[0]?.pieces ?? Number.NaN;
  const rows = targets.map((count) => {
    const at = results.filter((result) => result.targets === count);
    const cells = peers.map((peer) => describe(at.filter(({ contender }) => contender === peer)));
    const ours = at.filter(({ contender }) => contender === "murmuration").map(fromLastStart);
    return [
      String(count),
      (bound * (1 + Math.log2(count) / pieces)).toFixed(2),
      ...cells,
      ours.length === 0 ? "" : median(ours).toFixed(2),
    ];
  });
  return markdownTable(rightAligned(["targets", "T*", ...peers, "murmuration, from the last start"]), rows);
}

function describe(results: readonly Result[]): string {
  if (results.length === 0) return "not measured";
  const last = results.map(lastSeconds);
  return last.length === 1 ? formatSpread(last, 2) : `${median(last).toFixed(2)} (${formatSpread(last, 2)})`;
}
