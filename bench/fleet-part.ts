import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { makeSampleBuild } from "../demo/sample-build.ts";
import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions } from "./bench-options.ts";
import { deployToBuiltIn, largestProcess } from "./built-in-deploy.ts";
import type { Context } from "./competition.ts";
import type { ProcessFigures } from "./process-watch.ts";
import { markdownTable, rightAligned } from "./table.ts";

const MIB = 1024 * 1024;
/** A goal of the project, in bytes of resident memory. */
const ACTION_MEMORY_MAX_BYTES = 350 * MIB;
/** What counts here is the number of conversations. */
const BUILD_BYTES = 16 * MIB;

/** The runner's own programs with many conversations at once. */
export async function measureFleet(
  options: BenchOptions,
  parent: string,
  { signal, say }: Context,
): Promise<string> {
  const { fleetTargets: targets, encryption, verbose } = options;
  say(`${targets} built-in targets, ${formatBytes(BUILD_BYTES)} …`);
  const folder = await mkdtemp(join(parent, "fleet-"));
  const source = join(folder, "build");
  await makeSampleBuild(source, BUILD_BYTES);
  const step = await deployToBuiltIn({ targets, encryption, verbose, source, folder }, { signal });
  const rows = [
    memoryRow(
      `action with ${targets} targets: peak memory`,
      largestProcess(step, "action.mjs"),
      ACTION_MEMORY_MAX_BYTES,
    ),
    memoryRow(`its origin: peak memory`, largestProcess(step, "origin.cjs"), undefined),
    [
      `whole step, ${targets} targets and ${formatBytes(BUILD_BYTES)} on this one machine`,
      `${(step.wallMs / 1_000).toFixed(1)} s`,
      "",
    ],
  ];
  return markdownTable(rightAligned(["", "measured", "goal"]), rows);
}

function memoryRow(
  what: string,
  figures: ProcessFigures | undefined,
  goalBytes: number | undefined,
): readonly string[] {
  const goal = goalBytes === undefined ? "" : `under ${formatBytes(goalBytes)}`;
  if (figures === undefined) return [what, "not seen", goal];
  const missed = goalBytes !== undefined && figures.peakResidentBytes > goalBytes;
  return [what, `${formatBytes(figures.peakResidentBytes)}${missed ? " (missed)" : ""}`, goal];
}
