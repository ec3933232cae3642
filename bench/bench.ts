import { mkdtemp, rm } from "node:fs/promises";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { missingBundles } from "../demo/action-step.ts";
import { formatBytes } from "../src/core/units.ts";
import { type BenchOptions, HELP, readBenchOptions } from "./bench-options.ts";
import { whyNoLab } from "./lab.ts";
import { measureAgent, measureFleet, type Row } from "./process-part.ts";
import { runCommand } from "./run-command.ts";
import { markdownTable } from "./table.ts";
import { measureTransfer } from "./transfer-part.ts";

/** Progress goes to stderr, so that stdout is the Markdown and nothing else. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: BenchOptions, signal: AbortSignal): Promise<string> {
  await using acquired = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "murmuration-bench-"));
  acquired.defer(() => rm(folder, { recursive: true, force: true }));
  const sections: string[] = [await machine()];
  if (options.parts.has("swarm") || options.parts.has("rsync")) {
    const why = whyNoLab();
    if (why === undefined) sections.push(await measureTransfer(options, folder, { signal, say }));
    else say(`swarm and rsync are left out: ${why}`);
  }
  const rows: Row[] = [];
  if (options.parts.has("memory")) rows.push(...(await measureAgent(options, folder, { signal, say })));
  if (options.parts.has("fleet")) rows.push(...(await measureFleet(options, folder, { signal, say })));
  if (rows.length > 0) {
    const columns = ["", "measured", "goal"].map(
      (heading, index) => ({ heading, align: index === 0 ? "left" : "right" }) as const,
    );
    sections.push(markdownTable(columns, rows));
  }
  return sections.join("\n\n");
}

async function machine(): Promise<string> {
  const processors = cpus();
  const versions = [`Node.js ${process.version}`, `kernel ${release()}`];
  for (const command of [
    ["rsync", "--version"],
    ["ssh", "-V"],
  ]) {
    const [line] = (await runCommand(["sh", "-c", `${command.join(" ")} 2>&1`]).catch(() => "")).split("\n");
    if (line) versions.push(line.replace(/\s+/g, " ").replace(/ protocol version.*/, ""));
  }
  const hardware = `${processors.length} × ${processors[0]?.model ?? "unknown processor"}, ${formatBytes(totalmem())}`;
  return `${new Date().toISOString().slice(0, 10)} · ${hardware} · ${versions.join(", ")}`;
}

async function main(): Promise<number> {
  const options = readBenchOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const missing = options.parts.size === 1 && options.parts.has("rsync") ? [] : await missingBundles();
  if (missing.length > 0) throw new Error(`${missing.join(", ")} missing: run \`npm run build\` first`);
  // A terminal that was closed takes no more lines; what was started must be ended all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const cancelled = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => cancelled.abort());
  try {
    process.stdout.write(`${await bench(options, cancelled.signal)}\n`);
    return 0;
  } catch (error) {
    if (cancelled.signal.aborted) return 130;
    throw error;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  say(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
