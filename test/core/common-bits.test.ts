import { expect, test } from "vitest";
import { commonBits } from "../../src/core/common-bits.ts";

test("addresses are as near as their start is the same", () => {
  expect(commonBits("10.77.3.20", "10.77.3.20")).toBe(32);
  expect(commonBits("10.77.3.20", "10.77.3.21")).toBe(31);
  expect(commonBits("10.77.3.20", "10.77.131.20")).toBe(16);
  expect(commonBits("fd77::1:0:0:0:b", "FD77:0:0:1::C")).toBe(125);
  expect(commonBits("fd77::b", "fd77:0:0:1::b")).toBe(63);
  expect(commonBits("::ffff:10.1.2.3", "10.1.2.3")).toBe(32);
});

test("those of different families, and what is none, are not near", () => {
  for (const other of ["fd77::1", "web-1", ""]) expect(commonBits("10.1.2.3", other)).toBe(-1);
  expect(commonBits("", "")).toBe(-1);
});
