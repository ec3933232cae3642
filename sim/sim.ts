import { writeFile } from "node:fs/promises";
import { Progress } from "./progress.ts";
import { scenarioOf } from "./scenario.ts";
import { csvOf, summaryOf } from "./sim-figures.ts";
import { HELP, readSimOptions } from "./sim-options.ts";
import { SimSwarm } from "./sim-swarm.ts";

/** How often the wall clock is looked at, in virtual time. */
const SLICE_MS = 10;

async function main(): Promise<number> {
  const options = readSimOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const scenario = scenarioOf(options);
  const swarm = new SimSwarm(scenario.plan);
  const progress = new Progress(swarm, (text) => process.stderr.write(text));
  const startedMs = performance.now();
  let finished = false;
  for (let untilMs = SLICE_MS; !finished && untilMs < scenario.limitMs; untilMs += SLICE_MS) {
    finished = swarm.run(untilMs);
    progress.show(performance.now());
  }
  process.stdout.write(summaryOf(options, scenario, swarm, performance.now() - startedMs));
  if (options.csvPath !== undefined) await writeFile(options.csvPath, csvOf(swarm));
  return finished ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`sim: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
