import { expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { Scheduler, SchedulerOptions } from "../../src/core/scheduler.ts";
import {
  arrives,
  BYTES,
  field,
  join,
  kinds,
  PIECES,
  peersOf,
  scheduler,
  serve,
  tickUntil,
} from "./scheduler-fixture.ts";

/** A seeder that has given somebody, who has left, a turn one second ago: time for a fleet to join. */
function seeder(options: Partial<SchedulerOptions> = {}): Scheduler {
  const us = scheduler({ have: Bitfield.full(PIECES), firstSeeder: true, slots: 4, ...options });
  us.peerJoined(99, { hearsRefusals: true });
  us.peerInterested(99, true, -1_000);
  serve(us, 99, 0, -1_000);
  us.peerLeft(99, -900);
  us.takeActions();
  return us;
}

function told(us: Scheduler): string[] {
  return kinds(us.takeActions(), "suggest").map((action) =>
    action.kind === "suggest" ? `${action.peer}:${action.piece}` : "",
  );
}

test("one peer alone is told as many pieces as may be on the way, so that its link is not idle for a round trip after each", () => {
  const us = seeder();
  join(us, field());
  us.peerInterested(1, true, 0);
  expect(told(us)).toEqual(["1:0"]);
  serve(us, 1, 0, 0);
  expect(told(us)).toEqual(["1:1", "1:2", "1:3"]);
  for (const piece of [1, 2, 3]) expect(us.peerRequested(1, piece, BYTES, 10)).toBe(true);
  expect(told(us)).toEqual([]);
  us.peerHas(1, 0, 20);
  expect(told(us)).toEqual(["1:4"]);
});

test("while a fleet joins, nobody is told ahead what the next could spread", () => {
  const us = scheduler({ have: Bitfield.full(PIECES), firstSeeder: true, slots: 4 });
  join(us, field());
  us.peerInterested(1, true, 0);
  serve(us, 1, 0, 0);
  expect(told(us)).toEqual(["1:0"]);
  us.uploaded(1, true, 400);
  us.peerHas(1, 0, 400);
  serve(us, 1, 1, 600);
  expect(told(us)).toEqual(["1:1", "1:2", "1:3", "1:4"]);
});

test("several peers share what may be on the way, and no piece is told twice", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  serve(us, 1, 0, 0);
  serve(us, 2, 1, 0);
  expect(told(us)).toEqual(["1:0", "2:1", "1:2", "2:3"]);
});

test("where as many want something as may be on the way, each is told one piece", () => {
  const us = seeder({ slots: 2 });
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
  expect(told(us)).toEqual(["1:0", "2:1"]);
});

test("when others come, what was told ahead and is not being sent is free for them, and comes in turns again", () => {
  const us = seeder();
  join(us, field(), field(7), field(7));
  us.peerInterested(1, true, 0);
  serve(us, 1, 0, 0);
  for (const piece of [1, 2, 3]) us.peerRequested(1, piece, BYTES, 10);
  us.takeActions();
  for (const peer of [2, 3]) us.peerInterested(peer, true, 20);
  us.uploaded(1, true, 30);
  const actions = us.takeActions();
  expect(peersOf(actions, "choke")).toEqual([1]);
  expect(peersOf(actions, "unchoke")).toEqual([2, 3, 1]);
  expect(us.peerRequested(1, 5, BYTES, 40)).toBe(true);
});

test("what a peer was told and never asks for is told to another after two seconds", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  serve(us, 1, 0, 0);
  us.uploaded(1, true, 0);
  expect(told(us)).toEqual(["1:0", "1:1", "1:2", "1:3"]);
  us.peerInterested(2, true, 10);
  expect(peersOf(tickUntil(us, 100, 1_900), "choke")).toEqual([]);
  const late = tickUntil(us, 2_000, 2_300);
  expect(peersOf(late, "choke")).toContain(1);
  expect(kinds(late, "suggest").map((action) => action.kind === "suggest" && action.piece)).toContain(0);
});

test("what we are told ahead is asked for while another piece is coming", () => {
  const us = scheduler();
  join(us, Bitfield.full(PIECES));
  us.suggested(1, 4, 0);
  us.unchoked(1, 0);
  us.suggested(1, 5, 10);
  us.suggested(1, 6, 10);
  expect(kinds(us.takeActions(), "request")).toEqual(
    [4, 5, 6].map((piece) => ({ kind: "request", peer: 1, piece })),
  );
});

test("a seeder that tells us what to take is not asked for anything else, for a quarter of a second", () => {
  const us = scheduler();
  join(us, Bitfield.full(PIECES));
  us.suggested(1, 4, 0);
  us.unchoked(1, 0);
  us.suggested(1, 5, 10);
  us.takeActions();
  for (const piece of [4, 5]) {
    us.pieceArrived(1, piece, 20);
    us.pieceStored(piece, 20);
  }
  expect(kinds(us.takeActions(), "request")).toEqual([]);
  expect(kinds(tickUntil(us, 100, 200), "request")).toEqual([]);
  expect(kinds(tickUntil(us, 300, 300), "request")).toHaveLength(1);
});

test("a turn of which only a part was asked for does not keep what is asked ahead", () => {
  const us = seeder();
  join(us, field());
  us.peerInterested(1, true, 0);
  expect(us.peerRequested(1, 0, BYTES / 2, 0)).toBe(true);
  us.served(1, 0);
  us.uploaded(1, true, 0);
  us.takeActions();
  expect(us.peerRequested(1, 1, BYTES, 10)).toBe(true);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 1, piece: 1 }]);
});

test("pieces that fill a link by themselves are not told ahead", () => {
  const us = seeder({ pieceBytes: () => 4 * 1024 * 1024 });
  join(us, field());
  us.peerInterested(1, true, 0);
  us.peerRequested(1, 0, BYTES, 0);
  expect(told(us)).toEqual(["1:0"]);
});

test("what is asked in the moment in which a peer is choked is refused, so that it does not wait for ever", () => {
  const us = seeder();
  join(us, field(), field(7), field(7));
  us.peerInterested(1, true, 0);
  us.peerRequested(1, 0, BYTES / 2, 0);
  us.served(1, 0);
  us.peerInterested(2, true, 10);
  us.peerInterested(3, true, 10);
  us.takeActions();
  const accepted = us.peerRequested(1, 1, BYTES, 20);
  expect(peersOf(us.takeActions(), "choke")).toEqual([1]);
  expect(accepted).toBe(false);
});

test("what was told ahead does not outlast a choke", () => {
  const us = scheduler({ downloadsMax: 1, unstoredMax: 1 });
  join(us, Bitfield.full(PIECES));
  us.suggested(1, 4, 0);
  us.unchoked(1, 0);
  us.pieceArrived(1, 4, 5);
  us.suggested(1, 6, 10);
  us.choked(1, false, 20);
  us.pieceStored(4, 20);
  us.takeActions();
  us.unchoked(1, 300);
  expect(kinds(us.takeActions(), "request")).not.toEqual([{ kind: "request", peer: 1, piece: 6 }]);
});

test("a round trip that seemed long because nobody asked sooner counts no more once one was short", () => {
  const us = scheduler({ have: Bitfield.full(PIECES), firstSeeder: true, slots: 1 });
  join(us, ...Array.from({ length: 6 }, () => field()));
  const unchoked: number[] = [];
  const letAsk = () => {
    const more = peersOf(us.takeActions(), "unchoke");
    unchoked.push(...more);
    return more.length;
  };
  /** The peer takes so long to ask, and has the piece soon after. */
  const turn = (peer: number, piece: number, sinceMs: number, answerMs: number) => {
    serve(us, peer, piece, sinceMs + answerMs);
    arrives(us, peer, piece, sinceMs + answerMs + 40);
  };
  for (let peer = 1; peer <= 6; peer++) us.peerInterested(peer, true, 0);
  expect(letAsk()).toBe(1);
  turn(unchoked[0]!, 0, 0, 400);
  expect(letAsk()).toBe(1);
  turn(unchoked[1]!, 1, 440, 400);
  // Two pieces in 880 ms, and 400 ms for each answer: so it seems that three have to be on the way.
  expect(letAsk()).toBe(3);
  serve(us, unchoked[2]!, 2, 882);
  us.peerInterested(unchoked[3]!, false, 883);
  expect(letAsk()).toBe(0);
});
