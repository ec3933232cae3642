import { newLink } from "./flow-network.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SimOptions } from "./sim-options.ts";
import type { PeerKind, PeerPlan } from "./sim-peer.ts";
import type { SwarmPlan } from "./sim-swarm.ts";

/** Who is honest, has a full link and stays: whom the figures are about. */
export interface Scenario {
  readonly plan: SwarmPlan;
  readonly sound: ReadonlySet<number>;
  /** (1 + log2(N) / M) · F/B (Mundinger, Weber, Weiss 2008), in milliseconds. */
  readonly boundMs: number;
}

const SLOW_FACTOR = 10;

export function scenarioOf(options: SimOptions): Scenario {
  const { targets, pieces, pieceBytes, rateMbit } = options;
  const bytesPerMs = (rateMbit * 1e6) / 8 / 1_000;
  const random = seededRandom(options.seed);
  // A part of all, spread evenly: the same number whatever the seed.
  const isOneIn = (percent: number, offset: number) => (index: number) =>
    Math.floor(((index + offset) * percent) / 100) !== Math.floor(((index + offset - 1) * percent) / 100);
  const [slow, leaves, lying, silent] = [
    isOneIn(options.slowPercent, 1),
    isOneIn(options.leavePercent, 7),
    isOneIn(options.lyingPercent, 13),
    isOneIn(options.silentPercent, 29),
  ];
  const fullMs = (pieces * pieceBytes) / bytesPerMs;
  const peers: PeerPlan[] = [
    { kind: "honest", link: newLink(bytesPerMs, bytesPerMs), joinsMs: 0, leavesMs: undefined },
  ];
  const sound = new Set<number>();
  for (let index = 1; index <= targets; index++) {
    const kind: PeerKind = lying(index) ? "lying" : silent(index) ? "silent" : "honest";
    const rate = slow(index) ? bytesPerMs / SLOW_FACTOR : bytesPerMs;
    const joinsMs = random() * options.joinWithinMs;
    const leavesMs = leaves(index) ? joinsMs + random() * fullMs : undefined;
    peers.push({ kind, link: newLink(rate, rate), joinsMs, leavesMs });
    if (kind === "honest" && rate === bytesPerMs && leavesMs === undefined) sound.add(index);
  }
  const plan: SwarmPlan = { ...options, peers };
  return { plan, sound, boundMs: (1 + Math.log2(targets) / pieces) * fullMs };
}
