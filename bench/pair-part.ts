import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fetchTimesMs } from "../demo/report-file.ts";
import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions } from "./bench-options.ts";
import { deployToBuiltIn, largestProcess } from "./built-in-deploy.ts";
import type { Context } from "./competition.ts";
import type { Contender } from "./contenders.ts";
import { LIBTORRENT, PeerProcess, type PeerProgram, WEBTORRENT } from "./peer-process.ts";
import { type ProcessFigures, watchProcesses } from "./process-watch.ts";
import { runCommand } from "./run-command.ts";
import { makeSharedBuild, type SharedBuild } from "./shared-build.ts";
import { formatSpread, markdownTable, median, rightAligned } from "./table.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** Goals of the project: resident memory, and what encryption may cost. */
const AGENT_MEMORY_MAX_BYTES = 200 * MIB;
const ENCRYPTED_SHARE_MIN = 0.75;
const PART_TIMEOUT_MS = 30 * 60_000;
/** Two samples of the watch, so that what a process used until its end is in them. */
const LAST_SAMPLE_MS = 250;

interface PairRun {
  readonly fetchSeconds: number;
  /** Undefined where the process was not seen. */
  readonly fetcher: ProcessFigures | undefined;
  readonly seeder: ProcessFigures | undefined;
}

type Pair = (build: SharedBuild, folder: string) => Promise<PairRun>;

/** One seeder and one that fetches, over loopback and without a limit: what one pair of processes can move. */
export async function measurePair(
  options: BenchOptions,
  peers: readonly Contender[],
  parent: string,
  context: Context,
): Promise<string> {
  const folder = await mkdtemp(join(parent, "pair-"));
  const { say } = context;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PART_TIMEOUT_MS)]);
  const build = await makeSharedBuild(folder, { sizeBytes: options.pairSizeBytes, variant: 1, signal });
  const pairs = pairsOf(peers, options, signal);
  const runs = new Map<string, PairRun[]>(Object.keys(pairs).map((name) => [name, []]));
  for (let run = 1; run <= options.runs; run++) {
    for (const [name, pair] of Object.entries(pairs)) {
      signal.throwIfAborted();
      const runFolder = await mkdtemp(join(folder, "run-"));
      const figures = await pair(build, runFolder);
      await rm(runFolder, { recursive: true });
      runs.get(name)!.push(figures);
      say(`pair, ${name}, run ${run}: ${mibPerSecond(build)(figures).toFixed(0)} MiB/s`);
    }
  }
  const fileSystem = (await runCommand(["stat", "--file-system", "--format=%T", folder])).trim();
  const title =
    `One pair over loopback, no limit, ${formatBytes(options.pairSizeBytes)}, all files on ${fileSystem}, ` +
    `${options.runs} runs: the fetch alone; murmuration's CPU has packing and re-reading in it`;
  await rm(folder, { recursive: true });
  return [title, pairTable(runs, build), ...verdicts(runs, build)].join("\n\n");
}

function pairsOf(
  peers: readonly Contender[],
  options: BenchOptions,
  signal: AbortSignal,
): Readonly<Record<string, Pair>> {
  const ours =
    (encryption: "on" | "off"): Pair =>
    async (build, folder) => {
      const { verbose } = options;
      const deploy = { targets: 1, encryption, verbose, source: build.source, folder };
      const step = await deployToBuiltIn(deploy, { signal });
      return {
        fetchSeconds: fetchTimesMs(step.report).at(-1)! / 1_000,
        fetcher: largestProcess(step, "agent.cjs"),
        seeder: largestProcess(step, "origin.cjs"),
      };
    };
  const client =
    (program: PeerProgram): Pair =>
    (build, folder) =>
      runClientPair(program, build, { folder, signal });
  return {
    ...(peers.includes("murmuration")
      ? { "murmuration, encryption off": ours("off"), "murmuration, encryption on": ours("on") }
      : {}),
    ...(peers.includes("libtorrent") ? { libtorrent: client(LIBTORRENT) } : {}),
    ...(peers.includes("webtorrent") ? { webtorrent: client(WEBTORRENT) } : {}),
  };
}

async function runClientPair(
  program: PeerProgram,
  { torrentPath, seedFolder }: SharedBuild,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<PairRun> {
  using watch = watchProcesses(process.pid);
  const address = "127.0.0.1";
  await using seeder = new PeerProcess(
    program,
    [],
    { torrentPath, folder: seedFolder, address, seed: true },
    { signal },
  );
  await using fetcher = new PeerProcess(
    program,
    [],
    { torrentPath, folder, address, seed: false },
    { signal },
  );
  const [port] = await Promise.all([seeder.told("port"), fetcher.told("port")]);
  seeder.start({ peers: [] });
  fetcher.start({ peers: [[address, port]] });
  const startMs = await fetcher.told("startedMs");
  const endMs = await fetcher.told("endedMs");
  await sleep(LAST_SAMPLE_MS, undefined, { signal });
  const figuresOf = (peer: PeerProcess) => watch.figures("").find(({ pid }) => pid === peer.pid);
  return { fetchSeconds: (endMs - startMs) / 1_000, fetcher: figuresOf(fetcher), seeder: figuresOf(seeder) };
}

function mibPerSecond({ tarBytes }: SharedBuild): (run: PairRun) => number {
  return ({ fetchSeconds }) => tarBytes / MIB / fetchSeconds;
}

function pairTable(runs: ReadonlyMap<string, readonly PairRun[]>, build: SharedBuild): string {
  const rows = [...runs].map(([name, of]) => {
    const rates = of.map(mibPerSecond(build));
    const seen = (end: "fetcher" | "seeder") => of.flatMap((run) => run[end] ?? []);
    const cpu = (end: "fetcher" | "seeder") => {
      const values = seen(end).map(({ cpuSeconds }) => (cpuSeconds * GIB) / build.tarBytes);
      return values.length === 0 ? "not seen" : `${median(values).toFixed(2)} s`;
    };
    const memory = (end: "fetcher" | "seeder") => {
      const values = seen(end).map(({ peakResidentBytes }) => peakResidentBytes);
      return values.length === 0 ? "not seen" : formatBytes(Math.max(...values));
    };
    return [
      name,
      `${median(rates).toFixed(0)} MiB/s`,
      formatSpread(rates, 0),
      ...[cpu("fetcher"), cpu("seeder"), memory("fetcher"), memory("seeder")],
    ];
  });
  const headings = [
    ...["", "rate, median", "worst–best", "CPU a GiB, target", "CPU a GiB, seeder"],
    ...["peak memory, target", "peak memory, seeder"],
  ];
  return markdownTable(rightAligned(headings), rows);
}

/** What the goals say of these figures, one line for each that could be measured. */
function verdicts(runs: ReadonlyMap<string, readonly PairRun[]>, build: SharedBuild): string[] {
  const rate = (name: string) => median((runs.get(name) ?? []).map(mibPerSecond(build)));
  const plain = rate("murmuration, encryption off");
  const shares = [
    { what: "encryption off ÷ libtorrent", share: plain / rate("libtorrent"), least: 1 },
    {
      what: "encryption on ÷ off",
      share: rate("murmuration, encryption on") / plain,
      least: ENCRYPTED_SHARE_MIN,
    },
  ].filter(({ share }) => !Number.isNaN(share));
  const lines = shares.map(
    ({ what, share, least }) =>
      `- ${what}: ${share.toFixed(2)}, goal at least ${least}${share < least ? " (missed)" : ""}`,
  );
  const agents = [...runs].flatMap(([name, of]) =>
    name.startsWith("murmuration") ? of.flatMap(({ fetcher }) => fetcher?.peakResidentBytes ?? []) : [],
  );
  if (agents.length > 0) {
    const most = Math.max(...agents);
    const missed = most > AGENT_MEMORY_MAX_BYTES ? " (missed)" : "";
    lines.push(
      `- agent's peak memory: ${formatBytes(most)}, goal at most ${formatBytes(AGENT_MEMORY_MAX_BYTES)}${missed}`,
    );
  }
  return lines.length === 0 ? [] : [lines.join("\n")];
}
