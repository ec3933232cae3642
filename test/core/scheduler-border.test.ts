import { expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { field, kinds, PIECES, peersOf, scheduler, tickUntil } from "./scheduler-fixture.ts";

const FAR = 1;
const NEAR = 2;
const OUR_KEY = 1;

function zoned(): Scheduler {
  return scheduler({ zoneKey: OUR_KEY, downloadsMax: PIECES, random: () => 0.5 });
}

function joins(
  of: Scheduler,
  peer: number,
  pieces: Bitfield,
  { near, key = 0 }: { near: boolean; key?: number },
) {
  of.peerJoined(peer, { hearsRefusals: true, near, key });
  of.peerHasAll(peer, pieces, 0);
}

function requested(of: Scheduler): (readonly [peer: number, piece: number])[] {
  return kinds(of.takeActions(), "request").map((action) => [
    action.peer,
    action.kind === "request" ? action.piece : -1,
  ]);
}

test("what somebody in our zone has is not taken from another zone", () => {
  const us = zoned();
  joins(us, FAR, field(3), { near: false });
  joins(us, NEAR, field(3), { near: true });
  us.unchoked(FAR, 0);
  expect(requested(us)).toEqual([]);
  us.unchoked(NEAR, 0);
  expect(requested(us)).toEqual([[NEAR, 3]]);
});

test("what nobody in our zone has is fetched by one of us, and which one is settled without a word", () => {
  const keys = [11, 22, 33];
  const fetched = keys.map((own) => {
    const us = scheduler({ zoneKey: own, downloadsMax: 1, random: () => 0.5 });
    keys
      .filter((key) => key !== own)
      .forEach((key, at) => void us.peerJoined(10 + at, { hearsRefusals: true, near: true, key }));
    const pieces: number[] = [];
    for (let far = 1; far <= PIECES; far++) {
      joins(us, 100 + far, Bitfield.full(PIECES), { near: false });
      us.unchoked(100 + far, 0);
      for (const [peer, piece] of requested(us)) {
        pieces.push(piece);
        us.pieceArrived(peer, piece, 0);
        us.pieceStored(piece, 0);
      }
    }
    return pieces;
  });
  expect(fetched.flat().sort()).toEqual([...Array(PIECES).keys()]);
});

test("a turn from another zone that we have no use for is given back at once", () => {
  const us = zoned();
  joins(us, NEAR, field(0, 1, 2, 3, 4, 5, 6, 7), { near: true });
  joins(us, FAR, Bitfield.full(PIECES), { near: false });
  us.takeActions();
  us.unchoked(FAR, 0);
  expect(us.takeActions()).toEqual([{ kind: "interested", peer: FAR, interested: false }]);
});

test("the piece that a first seeder chooses for us is taken, whoever of the zone would have fetched it", () => {
  const us = zoned();
  for (let peer = 10; peer < 30; peer++)
    us.peerJoined(peer, { hearsRefusals: true, near: true, key: peer * 77_777 });
  joins(us, FAR, Bitfield.full(PIECES), { near: false });
  us.takeActions();
  us.suggested(FAR, 5, 0);
  us.unchoked(FAR, 0);
  expect(requested(us)).toEqual([[FAR, 5]]);
});

test("a peer of our zone that let a piece stall no longer keeps us from fetching it outside", () => {
  const us = zoned();
  joins(us, NEAR, field(3), { near: true });
  us.unchoked(NEAR, 0);
  joins(us, FAR, field(3), { near: false });
  us.unchoked(FAR, 0);
  expect(requested(us)).toEqual([[NEAR, 3]]);
  expect(peersOf(tickUntil(us, 100, 2_500), "request")).toEqual([FAR]);
});

test("when nothing comes for two seconds, everything is taken from wherever it is to be had", () => {
  const us = zoned();
  // It has the piece and never lets us ask.
  joins(us, NEAR, field(3), { near: true });
  joins(us, FAR, field(3), { near: false });
  us.unchoked(FAR, 0);
  expect(peersOf(tickUntil(us, 0, 1_900), "request")).toEqual([]);
  expect(peersOf(tickUntil(us, 2_000, 2_500), "request")).toEqual([FAR]);
});

test("what a peer of our zone alone had is fetched from outside when that peer leaves", () => {
  const us = zoned();
  joins(us, NEAR, field(3), { near: true });
  joins(us, FAR, field(3), { near: false });
  us.unchoked(FAR, 0);
  us.takeActions();
  us.peerLeft(NEAR, 10);
  expect(requested(us)).toEqual([[FAR, 3]]);
});
