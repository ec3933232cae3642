import type { Scenario } from "./scenario.ts";
import type { SimOptions } from "./sim-options.ts";
import type { Losses, SimPeer } from "./sim-peer.ts";
import type { SimSwarm } from "./sim-swarm.ts";

const LOSSES: Record<keyof Losses, string> = {
  duplicates: "pieces that came twice",
  refused: "requests refused",
  revoked: "turns taken back unused",
  stalled: "requests taken back, nothing came",
  late: "requests taken back, another was quicker",
  left: "requests whose peer left or was banned",
};

export function summaryOf(
  options: SimOptions,
  { sound, bound }: Scenario,
  swarm: SimSwarm,
  tookMs: number,
): string {
  const targets = swarm.peers.slice(1);
  const inBounds = (ms: number) => `${(ms / 1_000).toFixed(2)} s, ${(ms / bound.ms).toFixed(3)} × T*`;
  const soundMs = sorted(targets.filter(({ id }) => sound.has(id)).map(timeOf));
  const staying = targets.filter(({ plan }) => plan.kind === "honest" && plan.leavesMs === undefined);
  const sinceJoined = (peer: SimPeer) => timeOf(peer) - peer.plan.joinsMs;
  const late = sorted(staying.filter(({ plan }) => plan.traits.includes("late")).map(sinceJoined));
  const pieces = options.targets * options.pieces;
  const sum = (of: keyof Losses) => swarm.peers.reduce((total, { lost }) => total + lost[of], 0);
  const rates = [...new Set([options.upMbit, options.downMbit])].join(" up, ");
  return [
    `${options.targets} targets, ${options.pieces} pieces of ${options.pieceBytes / 1024} KiB, ${rates} Mbit/s${rates.includes("up") ? " down" : ""}, ${options.latencyMs} ms, seed ${options.seed}`,
    `T* = ${bound.of} = ${(bound.ms / 1_000).toFixed(2)} s`,
    `sound targets: ${soundMs.length}, of them stuck: ${soundMs.filter((ms) => !Number.isFinite(ms)).length}`,
    `  first  ${inBounds(at(soundMs, 0))}`,
    `  median ${inBounds(at(soundMs, 0.5))}`,
    `  last   ${inBounds(at(soundMs, 1))}`,
    ...(staying.length > soundMs.length
      ? [
          `all ${staying.length} that are honest and stay: last ${inBounds(at(sorted(staying.map(timeOf)), 1))}`,
        ]
      : []),
    ...(late.length > 0
      ? [
          `the ${late.length} late ones, since they joined: median ${inBounds(at(late, 0.5))}, last ${inBounds(at(late, 1))}`,
        ]
      : []),
    `copies sent by the seeder: ${(swarm.peers[0]!.piecesSent / options.pieces).toFixed(2)}`,
    ...swarm.crossed.map(
      (zone, index) =>
        `copies into zone ${index}: ${(zone.in / options.pieces).toFixed(2)}, out of it: ${(zone.out / options.pieces).toFixed(2)}`,
    ),
    ...(Object.keys(LOSSES) as (keyof Losses)[]).map(
      (loss) => `${LOSSES[loss]}: ${(sum(loss) / pieces).toFixed(4)} for each piece`,
    ),
    `simulated in ${(tookMs / 1_000).toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 1024 ** 2)} MiB`,
    "",
  ].join("\n");
}

export function csvOf(swarm: SimSwarm): string {
  const head = [
    "target,kind,traits,zone,up_mbit,down_mbit,joined_ms,left_ms,done_ms,pieces_sent",
    ...Object.keys(LOSSES),
  ];
  const lines = swarm.peers
    .slice(1)
    .map(({ id, plan, doneMs, piecesSent, lost }) =>
      [
        id,
        plan.kind,
        plan.traits.join("+"),
        plan.zone ?? "",
        mbit(plan.link.up.bytesPerMs),
        mbit(plan.link.down.bytesPerMs),
        plan.joinsMs.toFixed(1),
        plan.leavesMs?.toFixed(1) ?? "",
        doneMs?.toFixed(1) ?? "",
        piecesSent,
        ...(Object.keys(LOSSES) as (keyof Losses)[]).map((loss) => lost[loss]),
      ].join(","),
    );
  return `${head.join(",")}\n${lines.join("\n")}\n`;
}

function mbit(bytesPerMs: number): number {
  return (bytesPerMs * 8) / 1_000;
}

function timeOf({ doneMs }: SimPeer): number {
  return doneMs ?? Number.POSITIVE_INFINITY;
}

function sorted(ms: number[]): number[] {
  return ms.toSorted((one, other) => one - other);
}

function at(ordered: readonly number[], part: number): number {
  return ordered[Math.max(0, Math.ceil(ordered.length * part) - 1)] ?? Number.NaN;
}
