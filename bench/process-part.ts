import { join } from "node:path";
import { startEmbeddedFleet } from "../demo/embedded-fleet.ts";
import { makeSampleBuild } from "../demo/sample-build.ts";
import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions } from "./bench-options.ts";
import { type MeasuredStep, runMeasuredStep } from "./measured-step.ts";
import type { ProcessFigures } from "./process-watch.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** Goals of the project, in bytes of resident memory. */
const AGENT_MEMORY_MAX_BYTES = 200 * MIB;
const ACTION_MEMORY_MAX_BYTES = 350 * MIB;
/** Of the release in the part `fleet`: what counts there is the number of conversations. */
const FLEET_BUILD_BYTES = 16 * MIB;

export interface Context {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** A row for the table: what, measured, goal. */
export type Row = readonly [string, string, string];

/** One agent that receives a large release over loopback, as fast as it can. */
export async function measureAgent(options: BenchOptions, folder: string, context: Context): Promise<Row[]> {
  const { memorySizeBytes } = options;
  const step = await deployToBuiltIn(options, { targets: 1, sizeBytes: memorySizeBytes }, folder, context);
  const [agent] = step.processes.figures("agent.cjs").toSorted(byMemory);
  const [origin] = step.processes.figures("origin.cjs").toSorted(byMemory);
  const size = formatBytes(memorySizeBytes);
  const told = step.report.targets[0]?.memoryBytes ?? 0;
  const seconds = step.report.transfer.durationMs / 1_000;
  const perGib = (figures: ProcessFigures | undefined) =>
    figures === undefined ? "not seen" : `${((figures.cpuSeconds * GIB) / memorySizeBytes).toFixed(2)} s`;
  return [
    memoryRow(`agent that receives ${size}: peak memory`, agent, AGENT_MEMORY_MAX_BYTES),
    ["the same, as the agent itself reports it", formatBytes(told), ""],
    memoryRow(`origin that seeds it: peak memory`, origin, undefined),
    [`agent: CPU for each GiB, with verification`, perGib(agent), ""],
    [`origin: CPU for each GiB, with packing`, perGib(origin), ""],
    [
      `fetch of ${size} over loopback`,
      `${seconds.toFixed(1)} s (${(memorySizeBytes / MIB / seconds).toFixed(0)} MiB/s)`,
      "",
    ],
  ];
}

/** The runner's own programs with many conversations at once. */
export async function measureFleet(options: BenchOptions, folder: string, context: Context): Promise<Row[]> {
  const { fleetTargets: targets } = options;
  const step = await deployToBuiltIn(options, { targets, sizeBytes: FLEET_BUILD_BYTES }, folder, context);
  const [action] = step.processes.figures("action.mjs").toSorted(byMemory);
  const [origin] = step.processes.figures("origin.cjs").toSorted(byMemory);
  return [
    memoryRow(`action with ${targets} targets: peak memory`, action, ACTION_MEMORY_MAX_BYTES),
    memoryRow(`its origin: peak memory`, origin, undefined),
    [
      `whole step, ${targets} targets and ${formatBytes(FLEET_BUILD_BYTES)} on this one machine`,
      `${(step.wallMs / 1_000).toFixed(1)} s`,
      "",
    ],
  ];
}

async function deployToBuiltIn(
  options: BenchOptions,
  { targets, sizeBytes }: { targets: number; sizeBytes: number },
  folder: string,
  { signal, say }: Context,
): Promise<MeasuredStep> {
  say(`${targets} built-in targets, ${formatBytes(sizeBytes)} …`);
  await using fleet = await startEmbeddedFleet({ count: targets });
  const source = join(folder, `build-for-${targets}`);
  await makeSampleBuild(source, sizeBytes);
  const step = await runMeasuredStep(
    {
      inputs: {
        path: source,
        targets: fleet.inventoryText,
        "ssh-key": fleet.privateKey,
        "ssh-known-hosts": fleet.knownHostsText,
        encryption: options.encryption,
      },
      tempFolder: join(folder, `runner-for-${targets}`),
      workspace: folder,
      verbose: options.verbose,
    },
    { signal },
  );
  return step;
}

function byMemory(one: ProcessFigures, other: ProcessFigures): number {
  return other.peakResidentBytes - one.peakResidentBytes;
}

function memoryRow(what: string, figures: ProcessFigures | undefined, goalBytes: number | undefined): Row {
  const goal = goalBytes === undefined ? "" : `under ${formatBytes(goalBytes)}`;
  if (figures === undefined) return [what, "not seen", goal];
  const missed = goalBytes !== undefined && figures.peakResidentBytes > goalBytes;
  return [what, `${formatBytes(figures.peakResidentBytes)}${missed ? " (missed)" : ""}`, goal];
}
