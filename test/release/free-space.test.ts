import { expect, test } from "vitest";
import { spaceOf } from "../../src/release/free-space.ts";

test("a file system without limits has as much room as a number can say, and no number of inodes", () => {
  const endless = { bavail: 2 ** 63 / 4_096, bsize: 4_096, frsize: 4_096, files: 2 ** 64, ffree: 2 ** 64 };
  expect(spaceOf(endless)).toEqual({ freeBytes: Number.MAX_SAFE_INTEGER, freeInodes: null });
  expect(spaceOf({ bavail: 10, bsize: 4_096, frsize: 4_096, files: 0, ffree: 0 })).toEqual({
    freeBytes: 40_960,
    freeInodes: null,
  });
  expect(spaceOf({ bavail: 10, bsize: 4_096, frsize: 4_096, files: 9, ffree: 7 }).freeInodes).toBe(7);
});
