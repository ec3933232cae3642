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

function seeder(options: Partial<SchedulerOptions> = {}): Scheduler {
  return scheduler({ have: Bitfield.full(PIECES), firstSeeder: true, slots: 1, ...options });
}

function withoutSuggestions(us: Scheduler): ReturnType<Scheduler["takeActions"]> {
  return us.takeActions().filter(({ kind }) => kind !== "suggest" && kind !== "serve");
}

test("nobody is unchoked before it is interested", () => {
  const us = seeder();
  us.peerJoined(1, { hearsRefusals: true });
  expect(us.takeActions()).toEqual([]);
  us.peerInterested(1, true, 0);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([1]);
});

test("each piece is handed out once before any twice, the first pieces first", () => {
  const us = seeder({ slots: 3 });
  join(us, field(), field(), field(1));
  for (const peer of [1, 2, 3]) us.peerInterested(peer, true, 0);
  expect(kinds(us.takeActions(), "suggest")).toEqual([
    { kind: "suggest", peer: 1, piece: 0 },
    { kind: "suggest", peer: 2, piece: 2 },
    { kind: "suggest", peer: 3, piece: 3 },
  ]);
});

test("who asks for another piece than it was told leaves that one to others", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 7, 0);
  arrives(us, 1, 7, 0);
  expect(kinds(us.takeActions(), "suggest")).toEqual([{ kind: "suggest", peer: 2, piece: 0 }]);
});

test("a piece whose taker is gone before it had it is handed out again", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  us.peerLeft(1, 10);
  expect(kinds(us.takeActions(), "suggest")).toEqual([{ kind: "suggest", peer: 2, piece: 0 }]);
});

test("who has the fewest pieces is served first", () => {
  const us = seeder();
  join(us, field(0, 1, 2), field(0, 1), field(0), field(0, 1));
  for (const peer of [1, 2, 3, 4]) us.peerInterested(peer, true, 0);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([1]);
  serve(us, 1, 5, 0);
  arrives(us, 1, 5, 0);
  expect(withoutSuggestions(us)).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 3 },
  ]);
});

test("a peer that nobody else can reach does not keep what all the others wait for", () => {
  const us = seeder();
  join(us, field(), field(4, 5));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([1]);
  serve(us, 1, 0, 0);
  arrives(us, 1, 0, 0);
  // Poorer, but what it was given has not come to anybody else.
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([2]);
  us.peerHas(2, 0, 10);
  serve(us, 2, 1, 10);
  arrives(us, 2, 1, 10);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([1]);
});

test("a turn passes on when the peer has its piece: that the kernel has taken its bytes is not enough", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  expect(withoutSuggestions(us)).toEqual([{ kind: "choke", peer: 1 }]);
  us.uploaded(1, true, 10);
  expect(us.takeActions()).toEqual([]);
  us.peerHas(1, 0, 20);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([2]);
});

test("a client that never says what it has costs the others half a second, and itself two", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  arrives(us, 1, 0, 10);
  serve(us, 2, 1, 10);
  us.uploaded(2, true, 10);
  us.takeActions();
  expect(peersOf(tickUntil(us, 100, 700), "unchoke")).toEqual([1]);
  expect(peersOf(tickUntil(us, 800, 2_000), "unchoke")).toEqual([]);
  us.tick(2_100);
  us.takeActions();
  us.peerInterested(1, false, 2_100);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([2]);
});

test("slow peers do not hold every slot, though they are the poorest", () => {
  const us = seeder();
  join(us, field(), field(4));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  const turn = (peer: number, piece: number, startMs: number, endMs: number) => {
    serve(us, peer, piece, startMs);
    arrives(us, peer, piece, endMs);
    us.peerHas(3 - peer, piece, endMs);
    return peersOf(us.takeActions(), "unchoke");
  };
  expect(turn(1, 0, 0, 10)).toEqual([2]);
  expect(turn(2, 1, 10, 20)).toEqual([1]);
  expect(turn(1, 2, 20, 420)).toEqual([2]);
  expect(turn(2, 3, 420, 430)).toEqual([2]);
});

test("what a peer was given that has left is handed out again", () => {
  const us = seeder();
  join(us, field(), field(4));
  us.peerInterested(1, true, 0);
  us.takeActions();
  us.peerInterested(2, true, 0);
  serve(us, 1, 0, 0);
  arrives(us, 1, 0, 10);
  us.takeActions();
  us.peerLeft(1, 20);
  serve(us, 2, 1, 20);
  arrives(us, 2, 1, 30);
  expect(kinds(us.takeActions(), "suggest")).toEqual([{ kind: "suggest", peer: 2, piece: 0 }]);
});

test("what a peer was given that leaves in its turn goes to the next at once", () => {
  const us = seeder();
  join(us, field(), field(4));
  us.peerInterested(1, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  arrives(us, 1, 0, 10);
  us.peerInterested(2, true, 10);
  us.takeActions();
  us.peerLeft(1, 20);
  expect(kinds(us.takeActions(), "suggest")).toEqual([{ kind: "suggest", peer: 2, piece: 0 }]);
});

test("a peer that says from the start that it has everything is no reason to hand out less", () => {
  const us = seeder();
  join(us, Bitfield.full(PIECES), field());
  us.peerInterested(2, true, 0);
  expect(kinds(us.takeActions(), "suggest")).toEqual([{ kind: "suggest", peer: 2, piece: 0 }]);
});

test("a client of another make is not choked when nobody else waits", () => {
  const us = seeder();
  us.peerJoined(1, { hearsRefusals: true, isStranger: true });
  us.peerInterested(1, true, 0);
  us.takeActions();
  for (const piece of [0, 1, 2]) serve(us, 1, piece, piece);
  expect(kinds(us.takeActions(), "choke", "unchoke")).toEqual([]);
});

test("who asks for several pieces at once gets them one after the other, without a choke between", () => {
  const us = seeder();
  join(us, field());
  us.peerInterested(1, true, 0);
  us.takeActions();
  for (const piece of [3, 5, 7]) expect(us.peerRequested(1, piece, BYTES, 0)).toBe(true);
  for (const [piece, next] of [
    [3, 5],
    [5, 7],
  ] as const) {
    us.takeActions();
    us.served(1, 0);
    // It says later what it has, all at once.
    us.uploaded(1, true, 0);
    expect(kinds(us.takeActions(), "choke", "unchoke", "serve")).toEqual([
      { kind: "serve", peer: 1, piece: next },
    ]);
    us.peerHas(1, piece, 0);
  }
});

test("what was asked ahead waits for its turn as the others wait for theirs", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.takeActions();
  for (const piece of [3, 5]) us.peerRequested(1, piece, BYTES, 0);
  us.peerHasAll(1, field(1), 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  us.served(1, 0);
  us.uploaded(1, true, 0);
  expect(kinds(us.takeActions(), "choke", "unchoke", "serve")).toEqual([{ kind: "unchoke", peer: 2 }]);
  expect(us.peerRequested(1, 6, BYTES, 0)).toBe(true);
  serve(us, 2, 0, 0);
  arrives(us, 2, 0, 0);
  us.peerHas(2, 1, 0);
  us.peerHas(2, 2, 0);
  expect(kinds(us.takeActions(), "serve").at(-1)).toEqual({ kind: "serve", peer: 1, piece: 5 });
});

test("what may be asked ahead has an end, and what was cancelled is not served", () => {
  const us = seeder({ pieceBytes: () => 2 * 1024 * 1024 });
  join(us, field());
  us.peerInterested(1, true, 0);
  us.takeActions();
  for (const piece of [3, 5, 7]) expect(us.peerRequested(1, piece, 2 * 1024 * 1024, 0)).toBe(true);
  expect(us.peerRequested(1, 6, 16_384, 0)).toBe(false);
  us.peerCancelled(1, 5, 0);
  us.takeActions();
  us.served(1, 0);
  us.uploaded(1, true, 0);
  expect(kinds(us.takeActions(), "choke", "serve")).toEqual([{ kind: "serve", peer: 1, piece: 7 }]);
});

test("who asks for the same block again is told when its turn is over, so that it asks again", () => {
  const us = seeder();
  join(us, field());
  us.peerInterested(1, true, 0);
  us.takeActions();
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(false);
  us.served(1, 0);
  arrives(us, 1, 0, 0);
  expect(withoutSuggestions(us)).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 1 },
  ]);
});

test("a request without a turn is refused", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  expect(us.peerRequested(2, 0, BYTES, 0)).toBe(false);
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
});

test("a turn in which nothing is asked goes to the next after two seconds", () => {
  const us = seeder();
  join(us, field(), field(7));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  expect(tickUntil(us, 0, 1_900)).toEqual([]);
  expect(kinds(tickUntil(us, 2_000, 2_200), "choke", "unchoke")).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 1 },
  ]);
});

test("a turn without a request is taken from a peer that is no longer the poorest, and given to who is", () => {
  const us = seeder();
  join(us, field(1, 2), field(7, 6, 5));
  us.peerInterested(1, true, 0);
  us.takeActions();
  us.peerInterested(2, true, 0);
  us.peerHasAll(1, field(3, 4), 0);
  expect(kinds(tickUntil(us, 0, 2_200), "choke", "unchoke")).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
});

test("who wants nothing any more gives its turn back at once", () => {
  const us = seeder();
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  us.peerInterested(1, false, 5);
  expect(withoutSuggestions(us)).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
});

test("a peer that does not take its bytes frees the slot, and gets no second turn meanwhile", () => {
  const us = seeder();
  join(us, field(), field(1));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  expect(kinds(tickUntil(us, 0, 2_200), "choke", "unchoke")).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
  serve(us, 2, 0, 2_200);
  arrives(us, 2, 0, 2_200);
  expect(us.takeActions().filter(({ peer }) => peer === 1)).toEqual([]);
});

test("a peer whose bytes leave slowly frees the slot, and what it still waits for is not refused", () => {
  const us = seeder();
  join(us, field(), field(1));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
  us.uploaded(1, false, 100);
  expect(kinds(tickUntil(us, 100, 2_400), "choke", "unchoke")).toEqual([{ kind: "unchoke", peer: 2 }]);
});

test("who takes back what it asked for has used its turn, and may use the next", () => {
  const us = seeder();
  join(us, field());
  us.peerInterested(1, true, 0);
  us.peerRequested(1, 0, BYTES / 2, 0);
  us.peerCancelled(1, 0, 0);
  us.peerCancelled(1, 0, 0);
  us.uploaded(1, true, 0);
  expect(us.peerRequested(1, 3, BYTES, 0)).toBe(true);
});
