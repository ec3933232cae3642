import fc from "fast-check";
import { expect, test } from "vitest";
import { Lab, type LabPlan } from "../support/scheduler-lab.ts";
import { type PeerPlan, PIECE_BYTES } from "../support/scheduler-lab-peer.ts";

const UPLINK_BYTES_PER_MS = 2_000;
/** A block every 1.6 s: just not a stall. */
const DRIP_BYTES_PER_MS = 10;
const HONEST: PeerPlan = {
  kind: "honest",
  uplinkBytesPerMs: UPLINK_BYTES_PER_MS,
  joinsMs: 0,
  leavesMs: undefined,
};

const honest = fc.record({
  kind: fc.constant("honest" as const),
  uplinkBytesPerMs: fc.constantFrom(UPLINK_BYTES_PER_MS, UPLINK_BYTES_PER_MS, UPLINK_BYTES_PER_MS / 10),
  joinsMs: fc.constantFrom(0, 0, 0, 700, 3_000),
  leavesMs: fc.constantFrom(undefined, undefined, undefined, 400, 2_000),
  zone: fc.constantFrom(0, 0, 1, 2),
});
const hostile = fc.record({
  kind: fc.constantFrom("stalls" as const, "drips" as const, "rejects" as const, "lies" as const),
  uplinkBytesPerMs: fc.constantFrom(UPLINK_BYTES_PER_MS, DRIP_BYTES_PER_MS),
  joinsMs: fc.constantFrom(0, 0, 500),
  leavesMs: fc.constantFrom(undefined, 1_500),
  zone: fc.constantFrom(0, 1),
});
const plans: fc.Arbitrary<LabPlan> = fc
  .record({
    seed: fc.integer(),
    pieces: fc.integer({ min: 1, max: 40 }),
    firstPieces: fc.integer({ min: 0, max: 3 }),
    slots: fc.integer({ min: 1, max: 4 }),
    latencyMs: fc.constantFrom(0, 1, 15),
    others: fc.array(honest, { minLength: 1, maxLength: 8 }),
    strangers: fc.array(hostile, { maxLength: 6 }),
    hasZones: fc.boolean(),
  })
  .map(({ others, strangers, hasZones, pieces, firstPieces, ...rest }) => ({
    ...rest,
    pieces,
    firstPieces: Math.min(firstPieces, pieces),
    peers: [HONEST, ...[...others, ...strangers].map((peer) => (hasZones ? peer : withoutZone(peer)))],
  }));

function withoutZone({ zone: _, ...peer }: PeerPlan): PeerPlan {
  return peer;
}

/** Everything that the seeder could send each of them by itself, time for every stall on the way, and each piece once from a peer that drips. */
function boundMs({ pieces, peers }: LabPlan): number {
  const drips = peers.some(({ kind }) => kind === "drips");
  const bytes = pieces * PIECE_BYTES;
  return 30_000 + (2 * peers.length * bytes) / UPLINK_BYTES_PER_MS + (drips ? bytes / DRIP_BYTES_PER_MS : 0);
}

function finished(lab: Lab): boolean {
  return lab.peers.every(
    ({ honest, here, scheduler, plan }) =>
      !honest ||
      scheduler.have.complete ||
      (!here && plan.leavesMs !== undefined && lab.nowMs >= plan.leavesMs),
  );
}

test("whatever joins late, leaves, stalls, rejects or lies, every honest peer finishes", () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const lab = new Lab(plan);
      const done = lab.run(boundMs(plan), () => finished(lab));
      expect({
        done,
        left: lab.peers.map(({ scheduler }) => plan.pieces - scheduler.have.count),
      }).toMatchObject({
        done: true,
      });
    }),
    { numRuns: 300 },
  );
}, 120_000);

test("the seeder leaves when every piece is out once, and the rest finish from each other", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 10 }),
      fc.integer({ min: 1, max: 40 }),
      (seed, others, pieces) => {
        const plan: LabPlan = {
          seed,
          pieces,
          firstPieces: 1,
          slots: 3,
          latencyMs: 2,
          peers: Array.from({ length: others + 1 }, () => HONEST),
        };
        const lab = new Lab(plan);
        const rest = lab.peers.slice(1);
        const allOut = () =>
          Array.from({ length: pieces }, (_, piece) => piece).every((piece) =>
            rest.some(({ scheduler }) => scheduler.have.has(piece)),
          );
        expect(lab.run(boundMs(plan), allOut)).toBe(true);
        lab.leave(lab.peers[0]!);
        expect(lab.run(lab.nowMs + boundMs(plan), () => finished(lab))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test("equal links take not much longer than one piece after the other from the seeder", () => {
  const plan: LabPlan = {
    seed: 1,
    pieces: 40,
    firstPieces: 1,
    slots: 3,
    latencyMs: 1,
    peers: Array.from({ length: 12 }, () => HONEST),
  };
  const lab = new Lab(plan);
  expect(lab.run(60_000, () => finished(lab))).toBe(true);
  // Two transfers in a row for each doubling of the holders, and the pieces behind each other.
  expect(lab.nowMs).toBeLessThan(2 * (40 + Math.log2(12)) * (PIECE_BYTES / UPLINK_BYTES_PER_MS));
});

test("each piece crosses into a zone about once", () => {
  const inZone = (zone: number) => Array.from({ length: 10 }, (): PeerPlan => ({ ...HONEST, zone }));
  const plan: LabPlan = {
    seed: 1,
    pieces: 200,
    firstPieces: 1,
    slots: 3,
    latencyMs: 1,
    peers: [HONEST, ...inZone(0), ...inZone(1), ...inZone(2)],
  };
  const lab = new Lab(plan);
  expect(lab.run(60_000, () => finished(lab))).toBe(true);
  for (const zone of [0, 1, 2]) {
    const inside = lab.peers.filter((peer) => peer.plan.zone === zone);
    const imports = inside.reduce((sum, peer) => sum + peer.imports, 0);
    expect(imports).toBeGreaterThanOrEqual(200);
    expect(imports).toBeLessThan(1.1 * 200);
  }
  expect(lab.nowMs).toBeLessThan(2 * (200 + Math.log2(30)) * (PIECE_BYTES / UPLINK_BYTES_PER_MS));
});
