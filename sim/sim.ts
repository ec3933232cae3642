import { writeFile } from "node:fs/promises";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { HELP, readSimOptions, type SimOptions } from "./sim-options.ts";
import { SimSwarm } from "./sim-swarm.ts";

/** Whoever is not done by then is stuck. */
const LIMIT_FACTOR = 100;

async function main(): Promise<number> {
  const options = readSimOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const scenario = scenarioOf(options);
  const swarm = new SimSwarm(scenario.plan);
  const startedMs = performance.now();
  const finished = swarm.run(scenario.boundMs * LIMIT_FACTOR);
  process.stdout.write(summary(options, scenario, swarm, performance.now() - startedMs));
  if (options.csvPath !== undefined) await writeFile(options.csvPath, csvOf(swarm));
  return finished ? 0 : 1;
}

function summary(options: SimOptions, { sound, boundMs }: Scenario, swarm: SimSwarm, tookMs: number): string {
  const doneMs = [...sound].map((id) => swarm.peers[id]!.doneMs ?? Number.POSITIVE_INFINITY);
  doneMs.sort((one, other) => one - other);
  const sum = (of: "duplicates" | "refused") => swarm.peers.reduce((total, peer) => total + peer[of], 0);
  const at = (part: number) => doneMs[Math.max(0, Math.ceil(doneMs.length * part) - 1)] ?? Number.NaN;
  const inBounds = (ms: number) => `${(ms / 1_000).toFixed(2)} s, ${(ms / boundMs).toFixed(3)} × T*`;
  const pieces = options.targets * options.pieces;
  return [
    `${options.targets} targets, ${options.pieces} pieces of ${options.pieceBytes / 1024} KiB, ${options.rateMbit} Mbit/s, ${options.latencyMs} ms, seed ${options.seed}`,
    `T* = (1 + log2(N)/M) · F/B = ${(boundMs / 1_000).toFixed(2)} s`,
    `sound targets: ${doneMs.length}, of them stuck: ${doneMs.filter((ms) => !Number.isFinite(ms)).length}`,
    `  first  ${inBounds(at(0))}`,
    `  median ${inBounds(at(0.5))}`,
    `  last   ${inBounds(at(1))}`,
    `copies sent by the seeder: ${(swarm.peers[0]!.piecesSent / options.pieces).toFixed(2)}`,
    `pieces that came twice: ${((100 * sum("duplicates")) / pieces).toFixed(2)} %`,
    `requests refused: ${(sum("refused") / pieces).toFixed(2)} for each piece`,
    `simulated in ${(tookMs / 1_000).toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 1024 ** 2)} MiB`,
    "",
  ].join("\n");
}

function csvOf(swarm: SimSwarm): string {
  const lines = swarm.peers
    .slice(1)
    .map(({ id, plan, doneMs }) =>
      [
        id,
        plan.kind,
        (plan.link.downBytesPerMs * 8) / 1_000,
        plan.joinsMs.toFixed(1),
        plan.leavesMs?.toFixed(1) ?? "",
        doneMs?.toFixed(1) ?? "",
      ].join(","),
    );
  return `target,kind,rate_mbit,joined_ms,left_ms,done_ms\n${lines.join("\n")}\n`;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`sim: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
