import { expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import { Scheduler, type SchedulerAction, type SchedulerOptions } from "../../src/core/scheduler.ts";

const PIECES = 8;
const BYTES = 64 * 1024;

function field(...pieces: number[]): Bitfield {
  const bits = new Bitfield(PIECES);
  for (const piece of pieces) bits.add(piece);
  return bits;
}

/** With peers that are told at once whether we are interested. */
class ToldAtOnce extends Scheduler {
  #told: SchedulerAction[] = [];
  #nowMs = 0;

  override unchoked(peer: number, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#tell();
    super.unchoked(peer, nowMs);
  }

  override tick(nowMs: number): void {
    this.#nowMs = nowMs;
    super.tick(nowMs);
  }

  override takeActions(): SchedulerAction[] {
    this.#tell();
    return this.#told.splice(0);
  }

  #tell(): void {
    for (const action of super.takeActions()) {
      this.#told.push(action);
      if (action.kind === "interested") this.interestTold(action.peer, action.interested, this.#nowMs);
    }
  }
}

function scheduler(options: Partial<SchedulerOptions> = {}): Scheduler {
  return new ToldAtOnce({
    pieceCount: PIECES,
    pieceBytes: () => BYTES,
    have: new Bitfield(PIECES),
    firstPieces: 0,
    earlyPiecesMax: 2,
    unstoredMax: 6,
    slots: 3,
    random: () => 0,
    ...options,
  });
}

function seeder(options: Partial<SchedulerOptions> = {}): Scheduler {
  return scheduler({ have: Bitfield.full(PIECES), ...options });
}

function kinds(actions: readonly SchedulerAction[], kind: SchedulerAction["kind"]): SchedulerAction[] {
  return actions.filter((action) => action.kind === kind);
}

function peersOf(actions: readonly SchedulerAction[], kind: SchedulerAction["kind"]): number[] {
  return kinds(actions, kind).map(({ peer }) => peer);
}

/** Joins peers 1, 2, … that hold these pieces. */
function join(of: Scheduler, ...holdings: Bitfield[]): void {
  holdings.forEach((pieces, index) => {
    of.peerJoined(index + 1);
    of.peerHasAll(index + 1, pieces, 0);
  });
}

function tickUntil(of: Scheduler, fromMs: number, toMs: number): SchedulerAction[] {
  const actions: SchedulerAction[] = [];
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 100) {
    of.tick(nowMs);
    actions.push(...of.takeActions());
  }
  return actions;
}

/** The peer asks for a whole piece, and it is handed to its socket. */
function serve(of: Scheduler, peer: number, piece: number, nowMs: number): void {
  expect(of.peerRequested(peer, piece, BYTES, nowMs)).toBe(true);
  of.served(peer, nowMs);
}

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
  us.peerJoined(2);
  us.peerHas(2, 0, 0);
  us.unchoked(2, 0);
  us.pieceArrived(2, 0, 0);
  us.pieceStored(0, 0);
  us.unchoked(1, 0);
  expect(peersOf(us.takeActions(), "request")).toEqual([2, 1]);
});

test("who takes as many turns as it gives is not interested in more", () => {
  const us = scheduler({ slots: 2 });
  join(us, Bitfield.full(PIECES), Bitfield.full(PIECES), Bitfield.full(PIECES));
  expect(peersOf(us.takeActions(), "interested")).toEqual([1, 2, 3]);
  us.unchoked(1, 0);
  expect(kinds(us.takeActions(), "interested")).toEqual([]);
  us.unchoked(2, 0);
  expect(kinds(us.takeActions(), "interested")).toEqual([{ kind: "interested", peer: 3, interested: false }]);
  us.unchoked(3, 0);
  expect(kinds(us.takeActions(), "request")).toEqual([]);
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

test("who has the fewest pieces is served first", () => {
  const us = seeder({ slots: 1 });
  join(us, field(0, 1, 2), field(0, 1), field(0), field(0, 1));
  for (const peer of [1, 2, 3, 4]) us.peerInterested(peer, true, 0);
  expect(peersOf(us.takeActions(), "unchoke")).toEqual([1]);
  serve(us, 1, 5, 0);
  us.uploaded(1, true, 0);
  expect(us.takeActions()).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 3 },
  ]);
});

test("a turn passes on when its bytes have left the socket, not before", () => {
  const us = seeder({ slots: 1 });
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  expect(us.takeActions()).toEqual([{ kind: "choke", peer: 1 }]);
  us.uploaded(1, false, 10);
  expect(us.takeActions()).toEqual([]);
  us.uploaded(1, true, 20);
  expect(us.takeActions()).toEqual([{ kind: "unchoke", peer: 2 }]);
});

test("nobody is choked when nobody else waits", () => {
  const us = seeder({ slots: 1 });
  join(us, field());
  us.peerInterested(1, true, 0);
  us.takeActions();
  for (const piece of [0, 1, 2]) serve(us, 1, piece, piece);
  expect(us.takeActions()).toEqual([]);
});

test("who asks for more than one piece in a turn is told when it is over, so that it asks again", () => {
  const us = seeder({ slots: 1 });
  join(us, field());
  us.peerInterested(1, true, 0);
  us.takeActions();
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
  expect(us.peerRequested(1, 1, BYTES, 0)).toBe(false);
  us.served(1, 0);
  us.uploaded(1, true, 0);
  expect(us.takeActions()).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 1 },
  ]);
});

test("a request without a turn, or for a piece that is not here, is refused", () => {
  const us = scheduler({ have: field(0), slots: 1 });
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  expect(us.peerRequested(2, 0, BYTES, 0)).toBe(false);
  expect(us.peerRequested(1, 1, BYTES, 0)).toBe(false);
  expect(us.peerRequested(1, 0, BYTES, 0)).toBe(true);
});

test("a turn in which nothing is asked goes to the next after two seconds", () => {
  const us = seeder({ slots: 1 });
  join(us, field(), field(7));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  expect(tickUntil(us, 0, 1_900)).toEqual([]);
  expect(tickUntil(us, 2_000, 2_200)).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 1 },
  ]);
});

test("a turn without a request is taken from a peer that is no longer the poorest, and given to who is", () => {
  const us = seeder({ slots: 1 });
  join(us, field(1, 2), field(7, 6, 5));
  us.peerInterested(1, true, 0);
  us.takeActions();
  us.peerInterested(2, true, 0);
  us.peerHasAll(1, field(3, 4), 0);
  expect(tickUntil(us, 0, 2_200)).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
});

test("who wants nothing any more gives its turn back at once", () => {
  const us = seeder({ slots: 1 });
  join(us, field(), field());
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  us.peerInterested(1, false, 5);
  expect(us.takeActions()).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
});

test("a peer that does not take its bytes frees the slot, and gets no second turn meanwhile", () => {
  const us = seeder({ slots: 1 });
  join(us, field(), field(1));
  us.peerInterested(1, true, 0);
  us.peerInterested(2, true, 0);
  us.takeActions();
  serve(us, 1, 0, 0);
  expect(tickUntil(us, 0, 2_200)).toEqual([
    { kind: "choke", peer: 1 },
    { kind: "unchoke", peer: 2 },
  ]);
  serve(us, 2, 0, 2_200);
  us.uploaded(2, true, 2_200);
  expect(us.takeActions().filter(({ peer }) => peer === 1)).toEqual([]);
});

test("who takes back what it asked for has used its turn, and may use the next", () => {
  const us = seeder({ slots: 1 });
  join(us, field());
  us.peerInterested(1, true, 0);
  us.peerRequested(1, 0, BYTES / 2, 0);
  us.peerCancelled(1, 0);
  us.peerCancelled(1, 0);
  us.uploaded(1, true, 0);
  expect(us.peerRequested(1, 3, BYTES, 0)).toBe(true);
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
  expect(tickUntil(us, 0, 3_000)).toContainEqual({ kind: "interested", peer: 1, interested: false });
  us.received(1, 3_000);
  us.tick(3_100);
  expect(us.takeActions()).toContainEqual({ kind: "interested", peer: 1, interested: true });
});

test("the last piece is asked of a second peer when the first is late, and taken back where it is not needed", () => {
  const us = scheduler({ have: field(2, 3, 4, 5, 6, 7) });
  join(us, field(0, 1), field(1));
  us.unchoked(1, 0);
  us.pieceArrived(1, 0, 100);
  us.pieceStored(0, 100);
  expect(kinds(us.takeActions(), "request")).toHaveLength(2);
  us.received(1, 350);
  us.tick(350);
  expect(us.takeActions()).toEqual([]);
  us.tick(450);
  expect(us.takeActions()).toEqual([{ kind: "interested", peer: 2, interested: true }]);
  us.unchoked(2, 500);
  expect(us.takeActions()).toContainEqual({ kind: "request", peer: 2, piece: 1 });
  us.pieceArrived(2, 1, 600);
  us.pieceStored(1, 600);
  expect(us.takeActions()).toContainEqual({ kind: "cancel", peer: 1, piece: 1 });
});

test("a lost piece is asked for again", () => {
  const us = scheduler({ have: field(1, 2, 3, 4, 5, 6, 7) });
  join(us, field(0), field(0));
  us.unchoked(1, 0);
  us.pieceArrived(1, 0, 0);
  expect(peersOf(us.takeActions(), "request")).toEqual([1]);
  us.pieceLost(0, 0);
  us.peerLeft(1, 0);
  expect(us.takeActions()).toContainEqual({ kind: "interested", peer: 2, interested: true });
  us.unchoked(2, 0);
  expect(kinds(us.takeActions(), "request")).toEqual([{ kind: "request", peer: 2, piece: 0 }]);
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
  us.peerJoined(2);
  us.peerHas(2, second!.piece, 0);
  us.unchoked(2, 0);
  expect(kinds(us.takeActions(), "request")).toMatchObject([{ piece: second!.piece }]);
  expect(first).toBeDefined();
});

test("a peer that rejects what it offers, with our turn open, is left alone for a while", () => {
  const us = scheduler();
  join(us, field(0));
  us.unchoked(1, 0);
  us.rejected(1, 0, 10);
  us.tick(20);
  expect(kinds(us.takeActions(), "request")).toHaveLength(1);
  expect(kinds(tickUntil(us, 100, 10_200), "request")).toHaveLength(1);
});

test("a turn that we gave back is not used while its choke is on the way", () => {
  const us = scheduler({ slots: 1 });
  join(us, field(0, 1), field(0, 1));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.takeActions();
  us.choked(1, false, 10);
  us.rejected(1, 0, 10);
  us.rejected(1, 1, 10);
  expect(peersOf(us.takeActions(), "request")).toEqual([]);
  us.choked(2, false, 20);
  us.unchoked(2, 30);
  expect(peersOf(us.takeActions(), "request")).toEqual([2]);
});

test("a turn is used where we were full and free again before the peer heard of it", () => {
  const us = new Scheduler({
    pieceCount: PIECES,
    pieceBytes: () => BYTES,
    have: new Bitfield(PIECES),
    firstPieces: 0,
    earlyPiecesMax: 2,
    unstoredMax: 6,
    slots: 1,
    random: () => 0,
  });
  join(us, field(0, 1), field(0, 1));
  for (const peer of [1, 2]) us.interestTold(peer, true, 0);
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  expect(us.takeActions()).toContainEqual({ kind: "interested", peer: 2, interested: false });
  us.peerLeft(1, 10);
  expect(peersOf(us.takeActions(), "request")).toEqual([2]);
});

test("a client that leaves its turn open although we want nothing is asked again after a second", () => {
  const us = scheduler({ slots: 1 });
  join(us, field(0, 1), field(0, 1));
  us.unchoked(1, 0);
  us.unchoked(2, 0);
  us.peerLeft(1, 10);
  us.takeActions();
  expect(peersOf(tickUntil(us, 100, 1_200), "request")).toEqual([2]);
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
