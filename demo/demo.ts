import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatByteRate, formatBytes, formatDuration } from "../src/core/units.ts";
import { type ActionStepResult, missingBundles, runActionStep } from "./action-step.ts";
import { type DemoFleet, startDemoFleet } from "./demo-fleet.ts";
import { biggerCommand, type DemoOptions, HELP, readDemoOptions } from "./demo-options.ts";
import { FleetProgress, tryParseProgress } from "./fleet-progress.ts";
import { renderFleet } from "./fleet-view.ts";
import { type Proof, proveFailure, proveSuccess } from "./proof.ts";
import { readReport } from "./report-file.ts";
import { startSaboteur } from "./saboteur.ts";
import { makeSampleBuild } from "./sample-build.ts";
import { openTerminal } from "./terminal.ts";
import { parseLogLine, readableLine } from "./workflow-command.ts";

/** Ships a build to a fleet and checks what came of it. True where all is as it should be. */
async function demo(options: DemoOptions, signal: AbortSignal): Promise<boolean> {
  await using acquired = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "murmuration-demo-run-"));
  if (!options.keep) acquired.defer(() => rm(folder, { recursive: true, force: true }));
  const source = join(folder, "build");
  const { files } = await makeSampleBuild(source, options.sizeBytes);
  say(`a build of ${formatBytes(options.sizeBytes)} in ${files} files, for ${options.targets} servers`);
  signal.throwIfAborted();
  const fleet = acquired.use(await startDemoFleet(options));
  signal.throwIfAborted();
  const limit = options.uploadLimitBytesPerSecond;
  if (limit > 0)
    say(`each program uploads at ${formatByteRate(limit)} at most (--rate), to make it watchable`);
  say("");

  const { step, victims, missed } = await deploy(options, fleet, { folder, source }, signal);
  signal.throwIfAborted();
  if (step.summary === "") say("! the action wrote no step summary");
  const reportPath = step.outputs["report-path"];
  const report = reportPath === undefined ? undefined : await readReport(reportPath);

  say(`\nwhat the demo checked by itself, after ${formatDuration(step.wallMs)}:`);
  for (const name of missed) say(`! ${name} had finished before the demo could harm it; try a larger --size`);
  const proof =
    victims.length === 0
      ? proveSuccess(step, fleet.targets, source)
      : await proveFailure(step, report, fleet.targets, victims);
  for (const line of proof.lines) say(line);
  const again = options.verify && proof.holds ? await verify(options, fleet, folder, signal) : undefined;
  for (const line of again?.lines ?? []) say(line);

  say(
    options.keep
      ? `\nreport: ${reportPath}`
      : "\n--keep leaves the report and the servers' folders for a look",
  );
  if (options.keep) say(`one of the servers: ${fleet.targets[0]?.folder}`);
  say(`again, larger: ${biggerCommand(options)}`);
  return proof.holds && (again?.holds ?? true);
}

interface Places {
  readonly folder: string;
  readonly source: string;
}

async function deploy(
  options: DemoOptions,
  fleet: DemoFleet,
  { folder, source }: Places,
  signal: AbortSignal,
): Promise<{ step: ActionStepResult; victims: readonly string[]; missed: string[] }> {
  const progress = new FleetProgress();
  using terminal = openTerminal((size) => renderFleet(fleet.targets, progress, size));
  using saboteur = startSaboteur(fleet, options, { progress, source, log: terminal.line });
  const inputs = {
    ...fleet.inputs,
    path: source,
    "upload-limit": String(options.uploadLimitBytesPerSecond),
  };
  const step = await runActionStep(
    {
      inputs,
      tempFolder: join(folder, "runner"),
      workspace: folder,
      debug: true,
      onLine: (text) => {
        const line = parseLogLine(text);
        const latest = line.kind === "command" && line.command === "debug" && tryParseProgress(line.message);
        if (latest) return progress.take(latest);
        const readable = readableLine(line);
        if (readable !== undefined) terminal.line(readable);
      },
    },
    { signal },
  );
  return { step, victims: saboteur.victims, missed: saboteur.missed() };
}

/** A second run of the action, which re-hashes what every target holds and changes nothing. */
async function verify(
  options: DemoOptions,
  fleet: DemoFleet,
  folder: string,
  signal: AbortSignal,
): Promise<Proof> {
  const step = await runActionStep(
    {
      inputs: { ...fleet.inputs, mode: "verify" },
      tempFolder: join(folder, "runner-verify"),
      workspace: folder,
      onLine: () => {},
    },
    { signal },
  );
  const verified = Number(step.outputs["targets-verified"]);
  const holds = step.exitCode === 0 && verified === options.targets;
  const line = `mode: verify: ${verified} of ${options.targets} targets hold the release, in ${formatDuration(step.wallMs)}`;
  return { holds, lines: [`${holds ? "✓" : "✗"} ${line}`] };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === undefined) {
    say(HELP);
    return 0;
  }
  const missing = await missingBundles();
  if (missing.length > 0) throw new Error(`${missing.join(", ")} missing: run \`npm run build\` first`);
  // A terminal that was closed takes no more lines; what was started must be ended all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const cancelled = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (!cancelled.signal.aborted) say("\nstopping…");
      cancelled.abort();
    });
  }
  try {
    return (await demo(options, cancelled.signal)) ? 0 : 1;
  } catch (error) {
    if (cancelled.signal.aborted) return 130;
    throw error;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
