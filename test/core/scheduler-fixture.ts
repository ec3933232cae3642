import { expect } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import { Scheduler, type SchedulerAction, type SchedulerOptions } from "../../src/core/scheduler.ts";

export const PIECES = 8;
export const BYTES = 64 * 1024;

export function field(...pieces: number[]): Bitfield {
  const bits = new Bitfield(PIECES);
  for (const piece of pieces) bits.add(piece);
  return bits;
}

export function scheduler(options: Partial<SchedulerOptions> = {}): Scheduler {
  return new Scheduler({
    pieceCount: PIECES,
    pieceBytes: () => BYTES,
    have: new Bitfield(PIECES),
    firstPieces: 0,
    earlyPiecesMax: 2,
    unstoredMax: 6,
    firstSeeder: false,
    slots: 3,
    waitingMax: 3,
    downloadsMax: 3,
    random: () => 0,
    ...options,
  });
}

export function kinds(
  actions: readonly SchedulerAction[],
  ...wanted: readonly SchedulerAction["kind"][]
): SchedulerAction[] {
  return actions.filter(({ kind }) => wanted.includes(kind));
}

export function peersOf(actions: readonly SchedulerAction[], kind: SchedulerAction["kind"]): number[] {
  return kinds(actions, kind).map(({ peer }) => peer);
}

/** Joins peers 1, 2, … that hold these pieces. What is to be done for that is left out. */
export function join(of: Scheduler, ...holdings: Bitfield[]): void {
  holdings.forEach((pieces, index) => {
    of.peerJoined(index + 1, { hearsRefusals: true });
    of.peerHasAll(index + 1, pieces, 0);
  });
  of.takeActions();
}

export function tickUntil(of: Scheduler, fromMs: number, toMs: number): SchedulerAction[] {
  const actions: SchedulerAction[] = [];
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 100) {
    of.tick(nowMs);
    actions.push(...of.takeActions());
  }
  return actions;
}

/** The peer asks for a whole piece, and it is handed to its socket. */
export function serve(of: Scheduler, peer: number, piece: number, nowMs: number): void {
  expect(of.peerRequested(peer, piece, BYTES, nowMs)).toBe(true);
  of.served(peer, nowMs);
}

/** The bytes of the peer's turn have left, and it has the piece. */
export function arrives(of: Scheduler, peer: number, piece: number, nowMs: number): void {
  of.uploaded(peer, true, nowMs);
  of.peerHas(peer, piece, nowMs);
}
