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

/** Has everything, but is not the first seeder. */
function full(options: Partial<SchedulerOptions> = {}): Scheduler {
  return scheduler({ have: Bitfield.full(PIECES), slots: 1, ...options });
}

test("everybody may ask from the beginning, and nobody is choked", () => {
  const us = full();
  us.peerJoined(1, { hearsRefusals: true });
  us.peerJoined(2, { hearsRefusals: true });
  expect(us.takeActions()).toEqual([
    { kind: "unchoke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
  serve(us, 1, 0, 0);
  serve(us, 2, 0, 0);
  arrives(us, 1, 0, 10);
  expect(kinds(us.takeActions(), "choke")).toEqual([]);
});

test("a piece that is not here is refused", () => {
  const us = scheduler({ have: field(0) });
  join(us, field());
  expect(us.peerRequested(1, 1, BYTES, 0)).toBe(false);
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
});

test("what is asked meanwhile waits, and is sent when the peer that is served has its piece", () => {
  const us = full();
  join(us, field(), field());
  serve(us, 1, 0, 0);
  expect(us.peerRequested(2, 3, BYTES, 0)).toBe(true);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 1, piece: 0 }]);
  us.uploaded(1, true, 10);
  expect(us.takeActions()).toEqual([]);
  us.peerHas(1, 0, 20);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 2, piece: 3 }]);
});

test("of those who wait the poorest is served first, each for one piece", () => {
  const us = full({ waitingMax: 4 });
  join(us, field(7), field(5, 6, 7), field(7));
  serve(us, 1, 0, 0);
  for (const piece of [1, 2]) us.peerRequested(1, piece, BYTES, 0);
  us.peerRequested(2, 3, BYTES, 0);
  us.peerRequested(3, 4, BYTES, 0);
  us.takeActions();
  arrives(us, 1, 0, 10);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 3, piece: 4 }]);
  us.served(3, 10);
  arrives(us, 3, 4, 20);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 1, piece: 1 }]);
});

test("no more may wait than so many, and who has asked already may ask on", () => {
  const us = full({ waitingMax: 2 });
  join(us, field(), field(), field(), field());
  serve(us, 1, 0, 0);
  expect(us.peerRequested(2, 0, BYTES, 0)).toBe(true);
  expect(us.peerRequested(3, 0, BYTES / 2, 0)).toBe(true);
  expect(us.peerRequested(4, 0, BYTES, 0)).toBe(false);
  expect(us.peerRequested(3, 0, BYTES / 2, 0)).toBe(true);
});

test("who cannot be told of a refusal is never refused", () => {
  const us = full({ waitingMax: 1 });
  join(us, field(), field());
  us.peerJoined(3, { hearsRefusals: false });
  serve(us, 1, 0, 0);
  us.peerRequested(2, 0, BYTES, 0);
  expect(us.peerRequested(3, 0, BYTES, 0)).toBe(true);
});

test("who asks for the same bytes again and again gets a piece, not more", () => {
  const us = full();
  join(us, field(), field());
  serve(us, 1, 0, 0);
  expect(us.peerRequested(2, 0, BYTES, 0)).toBe(true);
  expect(us.peerRequested(2, 0, BYTES, 0)).toBe(false);
  arrives(us, 1, 0, 10);
  expect(us.peerRequested(2, 0, BYTES, 10)).toBe(false);
});

test("a client that asks block by block keeps its turn while it does, and not longer", () => {
  const us = full();
  join(us, field(), field());
  for (const nowMs of [0, 50, 100]) {
    expect(us.peerRequested(1, 0, BYTES / 4, nowMs)).toBe(true);
    us.served(1, nowMs);
    us.uploaded(1, true, nowMs);
  }
  us.peerRequested(2, 1, BYTES, 100);
  us.takeActions();
  us.tick(190);
  expect(us.takeActions()).toEqual([]);
  us.tick(290);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 2, piece: 1 }]);
});

test("a peer that does not take its bytes frees the slot, and is sent nothing else meanwhile", () => {
  const us = full();
  join(us, field(), field(1));
  serve(us, 1, 0, 0);
  us.peerRequested(1, 5, BYTES, 0);
  us.peerRequested(2, 0, BYTES, 0);
  us.takeActions();
  expect(peersOf(tickUntil(us, 0, 2_200), "serve")).toEqual([2]);
  us.served(2, 2_200);
  arrives(us, 2, 0, 2_200);
  expect(us.takeActions()).toEqual([{ kind: "rest", peer: 2 }]);
});

test("a client that never says what it has costs the next two seconds, not its slot", () => {
  const us = full();
  join(us, field(), field());
  serve(us, 1, 0, 0);
  us.uploaded(1, true, 0);
  us.peerRequested(2, 0, BYTES, 0);
  us.takeActions();
  expect(peersOf(tickUntil(us, 0, 2_100), "serve")).toEqual([2]);
});

test("what is taken back is not sent, and a turn for it is over", () => {
  const us = full();
  join(us, field(), field(), field());
  us.peerRequested(1, 0, BYTES, 0);
  us.peerRequested(2, 1, BYTES, 0);
  us.peerRequested(3, 2, BYTES, 0);
  us.takeActions();
  us.peerCancelled(2, 1, 5);
  us.peerCancelled(1, 0, 5);
  us.uploaded(1, true, 5);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 3, piece: 2 }]);
});

test("a peer that leaves in its turn makes room for the next", () => {
  const us = full();
  join(us, field(), field());
  us.peerRequested(1, 0, BYTES, 0);
  us.peerRequested(2, 1, BYTES, 0);
  us.takeActions();
  us.peerLeft(1, 5);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 2, piece: 1 }]);
});

test("who asks for several pieces at once is not waited for until it says what it has", () => {
  const us = full();
  join(us, field());
  serve(us, 1, 0, 0);
  for (const piece of [1, 2]) us.peerRequested(1, piece, BYTES, 0);
  us.uploaded(1, true, 0);
  expect(kinds(us.takeActions(), "serve").at(-1)).toEqual({ kind: "serve", peer: 1, piece: 1 });
  us.peerHas(1, 0, 10);
  us.served(1, 10);
  us.uploaded(1, true, 10);
  expect(kinds(us.takeActions(), "serve")).toEqual([{ kind: "serve", peer: 1, piece: 2 }]);
});
