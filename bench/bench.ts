import { mkdtemp, rm } from "node:fs/promises";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import webtorrent from "webtorrent/package.json" with { type: "json" };
import { missingBundles } from "../demo/action-step.ts";
import { formatBytes } from "../src/core/units.ts";
import { measureAdoption } from "./adoption-part.ts";
import { type BenchOptions, HELP, readBenchOptions } from "./bench-options.ts";
import type { Contender } from "./contenders.ts";
import { measureFleet } from "./fleet-part.ts";
import { measureGrowth } from "./growth-part.ts";
import { whyNoLab } from "./lab.ts";
import { measurePair } from "./pair-part.ts";
import { findLibtorrentVersion } from "./peer-process.ts";
import { runCommand } from "./run-command.ts";
import { measureTransfer } from "./transfer-part.ts";

/** Progress goes to stderr, so that stdout is the Markdown and nothing else. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: BenchOptions, signal: AbortSignal): Promise<string> {
  await using acquired = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "murmuration-bench-"));
  acquired.defer(() => rm(folder, { recursive: true, force: true }));
  const libtorrentVersion = await findLibtorrentVersion();
  const missing = await missingPackages(options.peers, libtorrentVersion);
  for (const [name, peersWithout] of missing) {
    say(`left out: ${peersWithout.join(", ")}: not installed (apt-get install ${name})`);
  }
  const peers = options.peers.filter((peer) => ![...missing.values()].flat().includes(peer));
  if (peers.length === 0) throw new Error("none of --peers is installed");
  const context = { signal, say };
  const sections: string[] = [await machine(libtorrentVersion)];
  const labParts = (["swarm", "growth"] as const).filter((part) => options.parts.has(part));
  const why = whyNoLab();
  if (labParts.length > 0 && why !== undefined) {
    say(`${labParts.join(" and ")} left out: ${why}`);
  } else {
    if (options.parts.has("swarm")) sections.push(await measureTransfer(options, peers, folder, context));
    if (options.parts.has("growth")) sections.push(await measureGrowth(options, peers, folder, context));
  }
  if (options.parts.has("adoption")) {
    if (process.getuid?.() === 0) sections.push(await measureAdoption(options, peers, folder, context));
    else say("adoption left out: only root may start its targets");
  }
  if (options.parts.has("pair")) sections.push(await measurePair(options, peers, folder, context));
  if (options.parts.has("fleet")) sections.push(await measureFleet(options, folder, context));
  return sections.join("\n\n");
}

/** By Debian package: the peers that need it, where it is not installed. */
async function missingPackages(
  peers: readonly Contender[],
  libtorrentVersion: string | undefined,
): Promise<Map<string, Contender[]>> {
  const missing = new Map<string, Contender[]>();
  const needed = (name: string, of: (peer: Contender) => boolean) => {
    if (peers.some(of)) missing.set(name, peers.filter(of));
  };
  if (libtorrentVersion === undefined) needed("python3-libtorrent", (peer) => peer.startsWith("libtorrent"));
  const hasRsync = await runCommand(["rsync", "--version"]).then(
    () => true,
    () => false,
  );
  if (!hasRsync) needed("rsync", (peer) => peer === "rsync");
  return missing;
}

async function machine(libtorrentVersion: string | undefined): Promise<string> {
  const processors = cpus();
  const versions = [
    ...[`Node.js ${process.version}`, `kernel ${release()}`, `webtorrent ${webtorrent.version}`],
    `libtorrent ${libtorrentVersion ?? "not installed"}`,
  ];
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
  const missing = options.peers.includes("murmuration") ? await missingBundles() : [];
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
