import { type Border, newBorder, newLink } from "./flow-network.ts";
import type { PeerKind, PeerPlan, PeerTrait } from "./peer-plan.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SimOptions } from "./sim-options.ts";
import type { SwarmPlan } from "./sim-swarm.ts";

/** What nobody can be quicker than, and what it follows from. */
interface Bound {
  readonly ms: number;
  readonly of: string;
}

export interface Scenario {
  readonly plan: SwarmPlan;
  /** Who is honest, has a full link, is there from the start, sends all the time and stays: whom the figures are about. */
  readonly sound: ReadonlySet<number>;
  readonly bound: Bound;
  /** Whoever is not done by then is stuck. */
  readonly limitMs: number;
}

const LIMIT_FACTOR = 100;
/** For every wait that ends by the clock. */
const LIMIT_MIN_MS = 60_000;

export function scenarioOf(options: SimOptions): Scenario {
  const { targets, pieces, pieceBytes } = options;
  const upBytesPerMs = bytesPerMs(options.upMbit);
  const downBytesPerMs = bytesPerMs(options.downMbit);
  const random = seededRandom(options.seed);
  // Of random numbers of its own, so that one thing more leaves the rest of the plan as it is.
  const [lateRandom, stallRandom] = [seededRandom(options.seed + 1), seededRandom(options.seed + 2)];
  // A part of all, spread evenly: the same number whatever the seed.
  const isOneIn = (percent: number, offset: number) => (index: number) =>
    Math.floor(((index + offset) * percent) / 100) !== Math.floor(((index + offset - 1) * percent) / 100);
  const [slow, slowUp, leaves, lying, silent, late, stalls] = [
    isOneIn(options.slowPercent, 1),
    isOneIn(options.slowUpPercent, 1),
    isOneIn(options.leavePercent, 7),
    isOneIn(options.lyingPercent, 13),
    isOneIn(options.silentPercent, 29),
    isOneIn(options.latePercent, 41),
    isOneIn(options.stallPercent, 53),
  ];
  const fullMs = (pieces * pieceBytes) / upBytesPerMs;
  const borders: Border[] = Array.from({ length: options.zones }, () =>
    newBorder(bytesPerMs(options.borderMbit)),
  );
  const peers: PeerPlan[] = [
    {
      kind: "honest",
      traits: [],
      link: newLink(upBytesPerMs, downBytesPerMs),
      zone: undefined,
      joinsMs: 0,
      leavesMs: undefined,
      stall: undefined,
    },
  ];
  const sound = new Set<number>();
  for (let index = 1; index <= targets; index++) {
    const kind: PeerKind = lying(index) ? "lying" : silent(index) ? "silent" : "honest";
    const has: Record<PeerTrait, boolean> = {
      slow: slow(index),
      slowUp: slowUp(index),
      leaves: leaves(index),
      late: late(index),
      stalls: stalls(index),
    };
    const traits = (["slow", "slowUp", "leaves", "late", "stalls"] as const).filter((trait) => has[trait]);
    const early = random() * options.joinWithinMs;
    const joinsMs = has.late ? lateRandom() * options.lateWithinMs : early;
    const zone = borders.length === 0 ? undefined : index % borders.length;
    peers.push({
      kind,
      traits,
      link: newLink(
        upBytesPerMs / (has.slow || has.slowUp ? options.slowBy : 1),
        downBytesPerMs / (has.slow ? options.slowBy : 1),
        zone === undefined ? undefined : borders[zone],
      ),
      zone,
      joinsMs,
      leavesMs: has.leaves ? joinsMs + random() * fullMs : undefined,
      stall: has.stalls ? { atMs: joinsMs + stallRandom() * fullMs, forMs: options.stallForMs } : undefined,
    });
    if (kind === "honest" && traits.length === 0) sound.add(index);
  }
  const plan: SwarmPlan = { ...options, peers };
  const bound = boundOf(options);
  const lastJoinMs = peers.reduce((last, { joinsMs }) => Math.max(last, joinsMs), 0);
  const limitMs = lastJoinMs + options.stallForMs + LIMIT_MIN_MS + LIMIT_FACTOR * bound.ms;
  return { plan, sound, bound, limitMs };
}

/** The largest of the lower bounds, as if all targets were sound. */
function boundOf({ targets, pieces, pieceBytes, upMbit, downMbit, zones, borderMbit }: SimOptions): Bound {
  const msAt = (mbit: number) => (pieces * pieceBytes) / bytesPerMs(mbit);
  const bounds: Bound[] = [
    // Mundinger, Weber, Weiss 2008.
    { ms: (1 + Math.log2(targets) / pieces) * msAt(upMbit), of: "(1 + log2(N)/M) · F/B" },
    { ms: msAt(downMbit), of: "F / down" },
  ];
  if (zones > 0) bounds.push({ ms: msAt(borderMbit), of: "F / border" });
  return bounds.reduce((highest, bound) => (bound.ms > highest.ms ? bound : highest));
}

function bytesPerMs(mbit: number): number {
  return (mbit * 1e6) / 8 / 1_000;
}
