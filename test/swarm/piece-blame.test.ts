import { randomBytes } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import type { BlockCallback, Wire } from "webtorrent";
import { PieceBlame } from "../../src/swarm/piece-blame.ts";

/** A connection as webtorrent sees it: what it says it has, and an answer to each request. */
class TestWire {
  readonly name: string;
  peerPieces = { get: (_piece: number) => true };
  answer: (offset: number, length: number) => Uint8Array;

  constructor(name: string, answer: (offset: number, length: number) => Uint8Array) {
    this.name = name;
    this.answer = answer;
  }

  request(_piece: number, offset: number, length: number, callback: BlockCallback): void {
    callback(null, this.answer(offset, length));
  }
}

const BLOCK = 16_384;
const PIECE = randomBytes(4 * BLOCK);
const good = (offset: number, length: number) => PIECE.subarray(offset, offset + length);
const bad = (_offset: number, length: number) => Buffer.alloc(length);

function setUp(...wires: TestWire[]) {
  const guilty: string[] = [];
  const blame = new PieceBlame<TestWire>((wire) => guilty.push(wire.name));
  for (const wire of wires) blame.watch(wire as unknown as Wire, wire);
  /** Each block of piece 7 from the next of these. */
  const fetch = (...from: TestWire[]) => {
    for (let block = 0; block < 4; block++)
      from[block % from.length]!.request(7, block * BLOCK, BLOCK, () => {});
  };
  return { guilty, blame, fetch };
}

afterEach(() => void vi.restoreAllMocks());

test("a bad piece from one peer names it, once", () => {
  const liar = new TestWire("liar", bad);
  const { guilty, blame, fetch } = setUp(liar);
  for (let time = 0; time < 2; time++) {
    fetch(liar);
    blame.bad(7);
  }
  expect(guilty).toEqual(["liar"]);
});

test("a bad piece from several is asked from one of them alone, and the right one names who sent others", () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const [honest, liar, other] = [
    new TestWire("honest", good),
    new TestWire("liar", bad),
    new TestWire("other", good),
  ];
  const { guilty, blame, fetch } = setUp(honest, liar, other);
  fetch(honest, liar, other);
  blame.bad(7);
  expect(guilty).toEqual([]);
  expect([honest, liar, other].map(({ peerPieces }) => peerPieces.get(7))).toEqual([true, false, false]);
  expect([honest, liar, other].map(({ peerPieces }) => peerPieces.get(8))).toEqual([true, true, true]);
  fetch(honest);
  blame.good(7, PIECE);
  expect(guilty).toEqual(["liar"]);
  expect([honest, liar, other].map(({ peerPieces }) => peerPieces.get(7))).toEqual([true, true, true]);
});

test("where the one that is asked alone is the liar, it is named, and the others are asked again", () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const [liar, honest] = [new TestWire("liar", bad), new TestWire("honest", good)];
  const { guilty, blame, fetch } = setUp(liar, honest);
  fetch(liar, honest);
  blame.bad(7);
  fetch(liar);
  blame.bad(7);
  expect(guilty).toEqual(["liar"]);
  expect(honest.peerPieces.get(7)).toBe(true);
});

test("a peer that leaves, or does not send what only it is asked for, keeps nobody from asking others", () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const [silent, liar] = [new TestWire("silent", good), new TestWire("liar", bad)];
  const { blame, fetch } = setUp(silent, liar);
  fetch(silent, liar);
  blame.bad(7);
  expect(liar.peerPieces.get(7)).toBe(false);
  blame.left(silent);
  expect(liar.peerPieces.get(7)).toBe(true);

  fetch(silent, liar);
  blame.bad(7);
  clock.mockReturnValue(5_001);
  expect(liar.peerPieces.get(7)).toBe(true);
});

test("of two answers to one request for a block the first counts, as in webtorrent", () => {
  const [honest, late] = [new TestWire("honest", good), new TestWire("late", bad)];
  const { guilty, blame, fetch } = setUp(honest, late);
  fetch(honest);
  fetch(late);
  blame.bad(7);
  expect(guilty).toEqual(["honest"]);
});
