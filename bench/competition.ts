import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type BenchOptions, type Race, runsOf } from "./bench-options.ts";
import { type Arena, type Contender, type RunFigures, runContender } from "./contenders.ts";
import { startLab } from "./lab.ts";
import { startLabSshd } from "./lab-sshd.ts";
import { probeLink } from "./link-probe.ts";
import { startBusyShare } from "./processors.ts";
import { makeSharedBuild } from "./shared-build.ts";

const MIB = 1024 * 1024;
/** Long enough that the bucket's first burst does not count: two seconds of the link. */
const PROBE_SECONDS = 2;

export interface Context {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface Result extends RunFigures {
  readonly contender: Contender;
  readonly run: number;
  readonly targets: number;
  /** Of the torrent. */
  readonly pieces: number;
  /** The part of the run in which the machine's processors were busy, 0 to 1. */
  readonly busyShare: number;
}

export interface Competition {
  /** What plain TCP reaches on one link of this lab. */
  readonly linkMbit: number;
  readonly results: readonly Result[];
  /** A line for each run of somebody else's program that came to no end. */
  readonly failures: readonly string[];
}

/** rsync needs N × F/B; nobody should need this many times as much. */
const PATIENCE_FACTOR = 3;
const PATIENCE_MIN_MS = 60_000;

/** How long one link needs for the build: F/B. */
export function boundSeconds({ sizeBytes, rateMbit }: Race): number {
  return (sizeBytes * 8) / (rateMbit * 1e6);
}

/**
 * Everybody on the same lab with the same bytes, in turn: the first run of each, then the second of each. For each number of
 * targets, that many of the lab's take part.
 */
export async function compete(
  race: Race,
  peersFor: (targets: number) => readonly Contender[],
  options: BenchOptions,
  folder: string,
  { signal, say }: Context,
): Promise<Competition> {
  await using lab = await startLab({
    targets: race.targets.at(-1)!,
    rateMbit: race.rateMbit,
    slowTargets: race.slowTargets,
    congestion: options.congestion,
  });
  // One copy at a time, and whatever else a program needs beside it.
  const sizeMiB = Math.ceil((race.sizeBytes / MIB) * 2) + 64;
  await using sshd = await startLabSshd(lab.targets, {
    folder: await mkdtemp(join(folder, "sshd-")),
    disk: { kind: "memory", sizeMiB },
  });
  const linkMbit = await probeLink(lab.runner, lab.targets[0]!, (race.rateMbit * 1e6 * PROBE_SECONDS) / 8);
  say(`link: ${race.rateMbit} Mbit/s set, ${linkMbit.toFixed(1)} Mbit/s by plain TCP`);

  const results: Result[] = [];
  const failures: string[] = [];
  for (const targets of race.targets) {
    const peers = peersFor(targets);
    const { encryption, verbose } = options;
    const arena: Arena = { lab, sshd, targets: lab.targets.slice(0, targets), encryption, verbose, signal };
    const rounds = Math.max(...peers.map((peer) => runsOf(peer, targets, options)));
    for (let run = 1; run <= rounds; run++) {
      const buildFolder = await mkdtemp(join(folder, "build-"));
      const build = await makeSharedBuild(buildFolder, { sizeBytes: race.sizeBytes, variant: run, signal });
      for (const contender of peers.filter((peer) => run <= runsOf(peer, targets, options))) {
        const name = `${targets} targets, ${contender}, run ${run}`;
        const patience = AbortSignal.timeout(patienceMs(race, targets));
        const bounded = { ...arena, signal: AbortSignal.any([signal, patience]) };
        const busyShare = startBusyShare();
        try {
          const figures = await runContender(contender, build, bounded);
          const result = {
            ...{ contender, run, targets, pieces: build.pieces, busyShare: busyShare() },
            ...figures,
          };
          results.push(result);
          say(`${name}: ${describe(result, boundSeconds(race))}`);
        } catch (error) {
          const failure = `${name}: ${error instanceof Error ? error.message : String(error)}`;
          if (signal.aborted || contender === "murmuration") throw new Error(failure, { cause: error });
          failures.push(failure);
          say(failure);
        }
      }
      await rm(buildFolder, { recursive: true });
    }
  }
  return { linkMbit, results, failures };
}

function patienceMs(race: Race, targets: number): number {
  const wantedMs = boundSeconds(race) * 1_000 * (targets + 10) * PATIENCE_FACTOR;
  return Math.ceil(Math.max(PATIENCE_MIN_MS, wantedMs));
}

function describe({ seconds, copies, busyShare }: Result, bound: number): string {
  const last = seconds.at(-1)!;
  return (
    `last target at ${last.toFixed(2)} s, ${(last / bound).toFixed(2)} × F/B, ` +
    `${copies.toFixed(2)} copies left the seeder, processors ${formatShare(busyShare)} busy`
  );
}

export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}
