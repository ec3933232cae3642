import { expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { Scheduler, SchedulerOptions } from "../../src/core/scheduler.ts";
import { field, join, kinds, PIECES, peersOf, scheduler, tickUntil } from "./scheduler-fixture.ts";

test("the rarest piece is asked for first", () => {
  const us = scheduler();
  join(us, field(0, 1, 2), field(0, 1), field(0));
  us.unchoked(1, 0);
  expect(kinds(us.takeActions(), "request")).toEqual([{ kind: "request", peer: 1, piece: 2 }]);
});

test("among pieces that are as rare, chance decides, and never for one on its way", () => {
  const asked = new Set<number>();
  for (let chance = 0; chance < 1; chance += 0.01) {
    const us = scheduler({ random: () => chance });
    join(us, field(3, 4, 5), field(3, 4, 5));
    us.unchoked(1, 0);
    us.unchoked(2, 0);
    const [first, second] = kinds(us.takeActions(), "request") as { piece: number }[];
    expect(first!.piece).not.toBe(second!.piece);
    asked.add(first!.piece);
  }
  expect(asked.size).toBeGreaterThan(1);
});

test("the first pieces come before rarer ones", () => {
  const us = scheduler({ firstPieces: 2 });
  join(us, Bitfield.full(PIECES), field(0, 1), field(0, 1));
  us.unchoked(1, 0);
  const [request] = kinds(us.takeActions(), "request") as { piece: number }[];
  expect(request!.piece).toBeLessThan(2);
});

test("no more others are taken before the first pieces than may wait in memory", () => {
  const us = scheduler({ firstPieces: 1, earlyPiecesMax: 2 });
  join(us, field(2, 3, 4, 5));
  for (const expected of [1, 1, 0]) {
    us.unchoked(1, 0);
    const requests = kinds(us.takeActions(), "request") as { piece: number }[];
    expect(requests).toHaveLength(expected);
    for (const { piece } of requests) {
      us.pieceArrived(1, piece, 0);
      us.choked(1, false, 0);
      us.pieceStored(piece, 0);
    }
  }
  us.takeActions();
  us.peerJoined(2, { hearsRefusals: true });
  us.peerHas(2, 0, 0);
  us.unchoked(2, 0);
  us.pieceArrived(2, 0, 0);
  us.pieceStored(0, 0);
  us.unchoked(1, 0);
  expect(peersOf(us.takeActions(), "request")).toEqual([2, 1]);
});

test("no more pieces are taken at once than may be, and one from each peer", () => {
  const us = scheduler({ downloadsMax: 2 });
  join(us, Bitfield.full(PIECES), Bitfield.full(PIECES), Bitfield.full(PIECES));
  us.unchoked(1, 0);
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.unchoked(3, 0);
  const requests = kinds(us.takeActions(), "request") as { peer: number; piece: number }[];
  expect(requests.map(({ peer }) => peer)).toEqual([1, 2]);
  us.pieceArrived(1, requests[0]!.piece, 10);
  expect(kinds(us.takeActions(), "request")).toHaveLength(1);
});

test("whom we ask next is left to chance, so that no link is everybody's first choice", () => {
  const asked = new Set<number>();
  for (let chance = 0; chance < 1; chance += 0.05) {
    const us = scheduler({ downloadsMax: 1, random: () => chance });
    join(us, field(0), ...Array.from({ length: 5 }, () => field(1, 2)));
    for (const peer of [1, 2, 3, 4, 5, 6]) us.unchoked(peer, 0);
    us.takeActions();
    us.pieceArrived(1, 0, 10);
    for (const peer of peersOf(us.takeActions(), "request")) asked.add(peer);
  }
  expect(asked.size).toBe(5);
});

test("a turn of a peer that gives them is used though we take enough already", () => {
  const us = scheduler({ downloadsMax: 1 });
  join(us, Bitfield.full(PIECES), Bitfield.full(PIECES));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.choked(2, false, 10);
  expect(peersOf(us.takeActions(), "request")).toEqual([1]);
  us.unchoked(2, 20);
  expect(peersOf(us.takeActions(), "request")).toEqual([2]);
});

test("what a peer suggests is taken, also though we take enough already", () => {
  const us = scheduler({ downloadsMax: 1 });
  join(us, Bitfield.full(PIECES), field(0, 1, 2, 3, 4, 6, 7));
  us.unchoked(2, 0);
  us.takeActions();
  us.suggested(1, 5, 0);
  us.unchoked(1, 0);
  expect(us.takeActions()).toEqual([{ kind: "request", peer: 1, piece: 5 }]);
});

test("a suggestion that is of no use is not taken", () => {
  const us = scheduler({ have: field(5) });
  join(us, Bitfield.full(PIECES), field(0, 1));
  for (const useless of [5, 3]) {
    us.suggested(2, useless, 0);
    us.unchoked(2, 0);
    const [request] = kinds(us.takeActions(), "request") as { piece: number }[];
    expect([0, 1]).toContain(request!.piece);
    us.choked(2, true, 0);
  }
});

test("no suggestion makes more wait for the first pieces than may wait in memory", () => {
  const us = scheduler({ firstPieces: 1, earlyPiecesMax: 1 });
  join(us, Bitfield.full(PIECES), field(2));
  us.unchoked(2, 0);
  us.suggested(1, 5, 0);
  us.unchoked(1, 0);
  expect(us.takeActions()).toEqual([
    { kind: "request", peer: 2, piece: 2 },
    { kind: "request", peer: 1, piece: 0 },
  ]);
});

test("we are interested in who has what we lack, and say so once", () => {
  const us = scheduler();
  us.peerJoined(1, { hearsRefusals: true });
  us.takeActions();
  us.peerHas(1, 0, 0);
  us.peerHas(1, 1, 0);
  expect(us.takeActions()).toEqual([{ kind: "interested", peer: 1, interested: true }]);
  us.unchoked(1, 0);
  for (const piece of [0, 1]) {
    us.pieceArrived(1, piece, 0);
    us.pieceStored(piece, 0);
  }
  expect(kinds(us.takeActions(), "interested")).toEqual([{ kind: "interested", peer: 1, interested: false }]);
});

test("pieces that wait for a slow disk hold back further requests", () => {
  const us = scheduler();
  join(us, Bitfield.full(PIECES));
  us.unchoked(1, 0);
  let asked = 0;
  for (; asked < PIECES; asked++) {
    const [request] = kinds(us.takeActions(), "request") as { piece: number }[];
    if (request === undefined) break;
    us.pieceArrived(1, request.piece, 0);
  }
  expect(asked).toBe(6);
});

test("a piece of which nothing comes for two seconds is asked of somebody else", () => {
  const us = scheduler({ have: field(1, 2, 3, 4, 5, 6, 7) });
  join(us, field(0), field(0));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  expect(peersOf(us.takeActions(), "request")).toEqual([1]);
  expect(kinds(tickUntil(us, 0, 1_900), "request")).toEqual([]);
  const actions = tickUntil(us, 2_000, 2_200);
  expect(actions).toContainEqual({ kind: "cancel", peer: 1, piece: 0 });
  expect(actions).toContainEqual({ kind: "request", peer: 2, piece: 0 });
});

test("a peer whose bytes come after a stall is asked again before its time is over", () => {
  const us = scheduler();
  join(us, field(0, 1));
  us.unchoked(1, 0);
  us.takeActions();
  expect(peersOf(tickUntil(us, 0, 3_000), "request")).toEqual([]);
  us.received(1, 3_000);
  us.tick(3_100);
  expect(peersOf(us.takeActions(), "request")).toEqual([1]);
});

test("the last piece is asked of a second peer when the first is late, and taken back where it is not needed", () => {
  const us = scheduler({ have: field(2, 3, 4, 5, 6, 7) });
  join(us, field(0, 1), field(1));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.pieceArrived(1, 0, 100);
  us.pieceStored(0, 100);
  expect(peersOf(us.takeActions(), "request")).toEqual([1, 2]);
  us.tick(290);
  expect(us.takeActions()).toEqual([]);
  us.tick(310);
  expect(us.takeActions()).toEqual([{ kind: "request", peer: 1, piece: 1 }]);
  us.pieceArrived(1, 1, 600);
  us.pieceStored(1, 600);
  expect(us.takeActions()).toContainEqual({ kind: "cancel", peer: 2, piece: 1 });
});

test("no piece is asked of two peers while others are lacking that nobody sends", () => {
  const us = scheduler({ have: field(3, 4, 5, 6, 7) });
  join(us, field(0), field(0), field(1));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.takeActions();
  expect(peersOf(tickUntil(us, 0, 1_000), "request")).toEqual([]);
});

test("a lost piece is asked for again", () => {
  const us = scheduler({ have: field(1, 2, 3, 4, 5, 6, 7) });
  join(us, field(0), field(0));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.pieceArrived(1, 0, 0);
  expect(peersOf(us.takeActions(), "request")).toEqual([1]);
  us.peerLeft(1, 0);
  us.pieceLost(0, 0);
  expect(us.takeActions()).toEqual([{ kind: "request", peer: 2, piece: 0 }]);
});

test("a piece that arrives from a peer that is gone is waited for, not asked for again", () => {
  const us = scheduler({ have: field(1, 2, 3, 4, 5, 6, 7) });
  join(us, field(0), field(0));
  us.unchoked(1, 0);
  us.takeActions();
  us.peerLeft(1, 0);
  us.pieceArrived(1, 0, 0);
  us.takeActions();
  us.unchoked(2, 0);
  expect(kinds(us.takeActions(), "request")).toEqual([]);
});

test("an arrival does not end the download that its peer has begun since", () => {
  const us = scheduler();
  join(us, field(0, 1));
  us.unchoked(1, 0);
  us.choked(1, true, 0);
  us.unchoked(1, 0);
  const [first, second] = kinds(us.takeActions(), "request") as { piece: number }[];
  expect(second).toBeDefined();
  us.pieceArrived(1, 1 - second!.piece, 0);
  us.takeActions();
  us.peerLeft(1, 0);
  us.peerJoined(2, { hearsRefusals: true });
  us.peerHas(2, second!.piece, 0);
  us.unchoked(2, 0);
  expect(kinds(us.takeActions(), "request")).toMatchObject([{ piece: second!.piece }]);
  expect(first).toBeDefined();
});

test("who refuses is left alone for a little, and longer each time", () => {
  const us = scheduler();
  join(us, field(0));
  us.unchoked(1, 0);
  const askedAtMs: number[] = [];
  for (let nowMs = 0; nowMs <= 30_000; nowMs += 10) {
    us.tick(nowMs);
    if (peersOf(us.takeActions(), "request").length === 0) continue;
    askedAtMs.push(nowMs);
    us.rejected(1, 0, nowMs);
  }
  expect(askedAtMs.slice(0, 4)).toEqual([0, 20, 60, 140]);
  expect(askedAtMs.at(-1)! - askedAtMs.at(-2)!).toBe(1_000);
});

test("a turn taken back before our request came is no refusal", () => {
  const us = scheduler();
  join(us, field(0));
  us.unchoked(1, 0);
  us.choked(1, false, 10);
  us.rejected(1, 0, 10);
  us.takeActions();
  us.unchoked(1, 11);
  expect(peersOf(us.takeActions(), "request")).toEqual([1]);
});

test("who has everything wants nothing from anybody", () => {
  const us = scheduler({ have: field(0, 1, 2, 3, 4, 5, 6) });
  join(us, field(7));
  us.unchoked(1, 0);
  us.pieceArrived(1, 7, 0);
  us.pieceStored(7, 0);
  expect(us.have.complete).toBe(true);
  expect(us.takeActions().at(-1)).toEqual({ kind: "interested", peer: 1, interested: false });
});

/** Peer 1 is a stranger with everything, and may be asked. */
function withStranger(options: Partial<SchedulerOptions> = {}): Scheduler {
  const us = scheduler(options);
  us.peerJoined(1, { hearsRefusals: true, isStranger: true });
  us.peerHasAll(1, Bitfield.full(PIECES), 0);
  us.takeActions();
  us.unchoked(1, 0);
  return us;
}

function requested(us: Scheduler): number[] {
  const requests = kinds(us.takeActions(), "request") as { piece: number }[];
  return requests.map(({ piece }) => piece);
}

test("a stranger is asked for several pieces at once, as many as clients allow", () => {
  expect(new Set(requested(withStranger())).size).toBe(PIECES);
  const pieceBytes = () => 1_000_000;
  expect(requested(withStranger({ pieceBytes }))).toHaveLength(4);
  expect(requested(withStranger({ pieceBytes: () => 16 * 1024 * 1024 }))).toHaveLength(1);
});

test("a stranger is asked for nothing ahead before the first pieces are there", () => {
  const us = withStranger({ firstPieces: 1 });
  expect(requested(us)).toEqual([0]);
  us.pieceArrived(1, 0, 0);
  us.pieceStored(0, 0);
  expect(requested(us)).toHaveLength(PIECES - 1);
});

test("what a stranger was asked for ahead is asked of others when it stalls", () => {
  const us = withStranger();
  const pieces = requested(us);
  const actions = tickUntil(us, 0, 2_100);
  const cancelled = kinds(actions, "cancel") as { piece: number }[];
  expect(new Set(cancelled.map(({ piece }) => piece))).toEqual(new Set(pieces));
  us.peerJoined(2, { hearsRefusals: true });
  us.peerHasAll(2, Bitfield.full(PIECES), 2_100);
  us.unchoked(2, 2_100);
  expect(requested(us)).toHaveLength(1);
});

test("what a stranger was asked for ahead is asked of others when it leaves, refuses or chokes", () => {
  const endings: ((us: Scheduler, pieces: readonly number[]) => void)[] = [
    (us) => us.peerLeft(1, 10),
    (us) => us.choked(1, true, 10),
    (us, pieces) => {
      for (const piece of pieces) us.rejected(1, piece, 10);
    },
  ];
  for (const end of endings) {
    const us = withStranger();
    end(us, requested(us));
    expect(requested(us)).toEqual([]);
    for (let piece = 0; piece < PIECES; piece++) {
      us.peerJoined(2, { hearsRefusals: true });
      us.peerHas(2, piece, 10);
      us.unchoked(2, 10);
      expect(requested(us)).toEqual([piece]);
      us.peerLeft(2, 10);
    }
  }
});

test("pieces may come from a stranger in another order than they were asked for", () => {
  const us = withStranger();
  for (const piece of requested(us).reverse()) {
    us.pieceArrived(1, piece, 10);
    us.pieceStored(piece, 10);
  }
  expect(us.have.complete).toBe(true);
  expect(kinds(us.takeActions(), "request", "cancel")).toEqual([]);
});

test("in the end game what a slow stranger was asked for ahead is asked of a second peer too", () => {
  const us = withStranger();
  const pieces = requested(us);
  us.peerJoined(2, { hearsRefusals: true });
  us.peerHasAll(2, Bitfield.full(PIECES), 0);
  us.unchoked(2, 0);
  expect(requested(us)).toEqual([]);
  us.received(1, 4_000);
  const second: number[] = [];
  for (let nowMs = 4_100; us.have.count < PIECES - 1; nowMs += 500) {
    us.received(1, nowMs);
    us.tick(nowMs);
    const [piece] = requested(us);
    if (piece === undefined) continue;
    second.push(piece);
    us.pieceArrived(2, piece, nowMs);
    us.pieceStored(piece, nowMs);
    expect(us.takeActions()).toContainEqual({ kind: "cancel", peer: 1, piece });
  }
  expect(pieces).toEqual(expect.arrayContaining(second));
});

test("in the end game a piece of which most has come is not asked of a second peer, and one that hardly comes is", () => {
  const us = scheduler({ have: field(2, 3, 4, 5, 6, 7) });
  join(us, field(0, 1), field(1));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.pieceArrived(1, 0, 100);
  us.pieceStored(0, 100);
  us.takeActions();
  us.received(2, 390);
  us.progressed(2, 1, 0.6);
  us.tick(400);
  expect(us.takeActions()).toEqual([]);
  us.received(2, 990);
  us.progressed(2, 1, 0.7);
  us.tick(1_000);
  expect(us.takeActions()).toEqual([{ kind: "request", peer: 1, piece: 1 }]);
});
