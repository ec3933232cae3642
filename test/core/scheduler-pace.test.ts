import { expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { Scheduler, SchedulerOptions } from "../../src/core/scheduler.ts";
import { field, join, kinds, PIECES, peersOf, scheduler } from "./scheduler-fixture.ts";

/** Peers 1 to `count` send a byte in time, again and again, and never a whole block. What is asked of others comes after 100 ms. */
function trickle(
  us: Scheduler,
  count: number,
  fromMs: number,
  toMs: number,
): { cancelled: number[]; asked: number[] } {
  const cancelled: number[] = [];
  const asked: number[] = [];
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 100) {
    for (let peer = 1; peer <= count; peer++) us.received(peer, nowMs);
    us.tick(nowMs);
    const actions = us.takeActions();
    cancelled.push(...peersOf(actions, "cancel"));
    for (const { peer, piece } of kinds(actions, "request") as { peer: number; piece: number }[]) {
      asked.push(peer);
      if (peer <= count) continue;
      us.pieceArrived(peer, piece, nowMs + 50);
      us.pieceStored(piece, nowMs + 50);
      nowMs += 50;
    }
  }
  return { cancelled, asked };
}

/** A piece takes 100 ms, and then peers 1 to `count` are asked for one each. */
function withTricklers(count: number, options: Partial<SchedulerOptions>): Scheduler {
  const us = scheduler(options);
  us.peerJoined(99, { hearsRefusals: true });
  us.peerHas(99, 0, 0);
  us.unchoked(99, 0);
  us.pieceArrived(99, 0, 100);
  us.pieceStored(0, 100);
  us.peerLeft(99, 100);
  join(us, ...Array.from({ length: count }, () => Bitfield.full(PIECES)));
  for (let peer = 1; peer <= count; peer++) us.unchoked(peer, 100);
  return us;
}

/** Six tricklers hold all room, and then peer 7 comes, which has everything and nothing to do. */
function withIdlePeer(joinsAtMs: number): Scheduler {
  const us = withTricklers(6, { downloadsMax: 3 });
  trickle(us, 6, 200, joinsAtMs);
  us.peerJoined(7, { hearsRefusals: true });
  us.peerHasAll(7, Bitfield.full(PIECES), joinsAtMs);
  us.unchoked(7, joinsAtMs);
  return us;
}

test("peers that trickle do not hold all room: an idle one that has the same gets it", () => {
  const us = withIdlePeer(2_000);
  const { cancelled } = trickle(us, 6, 2_100, 12_000);
  expect(us.have.complete).toBe(true);
  expect(cancelled).not.toContain(7);
});

test("one that is idle takes the place of one that is too slow, and the others go on", () => {
  const us = withIdlePeer(3_000);
  us.takeActions();
  const { cancelled, asked } = trickle(us, 7, 3_100, 4_500);
  expect(cancelled).toHaveLength(1);
  expect(asked).toEqual([7]);
});

test("in the end game a piece that two are late with is asked of a third, and both go on", () => {
  const us = scheduler({ have: field(1, 2, 3, 4, 5, 6, 7) });
  join(us, field(0), field(0));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  expect(trickle(us, 2, 100, 26_000)).toEqual({ cancelled: [], asked: [1, 2] });
  us.peerJoined(3, { hearsRefusals: true });
  us.peerHas(3, 0, 30_000);
  us.unchoked(3, 30_000);
  expect(trickle(us, 2, 30_000, 34_000).asked).toEqual([3]);
  expect(us.have.complete).toBe(true);
});

test("whoever is slow is left to send where nobody else can", () => {
  const us = withTricklers(1, {});
  expect(trickle(us, 1, 200, 60_000).cancelled).toEqual([]);
});

test("who gave its place up to a quicker one that is gone is asked again as soon as one that had stalled", () => {
  const us = withIdlePeer(3_000);
  us.takeActions();
  const [given] = trickle(us, 7, 3_100, 4_500).cancelled;
  for (let peer = 1; peer <= 7; peer++) if (peer !== given) us.peerLeft(peer, 4_600);
  us.takeActions();
  expect(trickle(us, 7, 4_700, 15_000).asked).toEqual([given]);
});
