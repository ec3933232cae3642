import fc from "fast-check";
import { expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";

const sized = fc
  .integer({ min: 1, max: 200 })
  .chain((size) => fc.tuple(fc.constant(size), fc.array(fc.integer({ min: 0, max: size - 1 }))));

test("what is added is there and counted once, and survives the wire", () => {
  fc.assert(
    fc.property(sized, ([size, pieces]) => {
      const field = new Bitfield(size);
      for (const piece of pieces) field.add(piece);
      const distinct = new Set(pieces);
      expect(field.count).toBe(distinct.size);
      const parsed = Bitfield.tryParse(field.bytes, size);
      const held = [...Array(size).keys()].filter((piece) => parsed!.has(piece));
      expect(held).toEqual([...distinct].sort((a, b) => a - b));
      expect(parsed!.count).toBe(field.count);
      expect(field.complete).toBe(distinct.size === size);
    }),
  );
});

test("adding twice and removing what is not there change nothing", () => {
  const field = new Bitfield(10);
  expect(field.add(9)).toBe(true);
  expect(field.add(9)).toBe(false);
  expect(field.remove(3)).toBe(false);
  expect(field.remove(9)).toBe(true);
  expect(field.count).toBe(0);
});

test("a piece that does not exist is not there", () => {
  expect(Bitfield.full(10).has(10)).toBe(false);
  expect(Bitfield.full(8).has(4_000_000_000)).toBe(false);
});

test("a bitfield of the wrong length, or with a spare bit set, is refused", () => {
  expect(Bitfield.tryParse(new Uint8Array(1), 9)).toBeUndefined();
  expect(Bitfield.tryParse(new Uint8Array(3), 9)).toBeUndefined();
  expect(Bitfield.tryParse(Uint8Array.of(0, 0x40), 9)).toBeUndefined();
  expect(Bitfield.tryParse(Uint8Array.of(0, 0x80), 9)?.has(8)).toBe(true);
});
