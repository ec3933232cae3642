import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { DigestQueue } from "../../src/release/digest-queue.ts";
import { FileDigest } from "../../src/release/file-digest.ts";

const MIB = 1024 * 1024;

function sha(algorithm: "sha1" | "sha256", bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest("hex");
}

test("digests are told in the order in which they were asked for, whatever their length", async () => {
  using queue = new DigestQueue();
  const messages = [3 * MIB, 1, 0, 2 * MIB, 40_000, 100].map((lengthBytes) => randomBytes(lengthBytes));
  const told: string[] = [];
  for (const bytes of messages) {
    queue.add("sha1", bytes, (digest) => told.push(digest.toString("hex")));
    queue.add("sha256", bytes, (digest) => told.push(digest.toString("hex")));
    queue.after(() => told.push("after"));
  }
  await queue.end();
  expect(told).toEqual(messages.flatMap((bytes) => [sha("sha1", bytes), sha("sha256", bytes), "after"]));
});

test("what is hashed is what stood there when it was asked for", async () => {
  using queue = new DigestQueue();
  const buffer = randomBytes(MIB);
  const expected = sha("sha1", buffer);
  let told = "";
  queue.add("sha1", buffer, (digest) => {
    told = digest.toString("hex");
  });
  buffer.fill(0xff);
  await queue.end();
  expect(told).toBe(expected);
});

test("no more waits in memory than there is room for, but one that is longer", async () => {
  using queue = new DigestQueue();
  let told = 0;
  // Nothing is told before there is time for it.
  for (let count = 0; count < 9; count++) {
    expect(queue.isFull).toBe(false);
    queue.add("sha1", Buffer.alloc(MIB), () => {
      told += 1;
    });
  }
  expect(queue.isFull).toBe(true);
  await queue.room();
  expect(told).toBeGreaterThan(0);
  await queue.end();
  expect(told).toBe(9);
  queue.add("sha1", Buffer.alloc(16 * MIB), () => {});
  expect(queue.isFull).toBe(true);
  await queue.room();
  expect(queue.isFull).toBe(false);
});

test("what a listener throws is thrown where the queue is waited for, and nothing is told after it", async () => {
  using queue = new DigestQueue();
  const told: number[] = [];
  for (const index of [0, 1, 2])
    queue.add("sha256", Buffer.alloc(MIB), () => {
      if (index === 1) throw new Error("this one is wrong");
      told.push(index);
    });
  await expect(queue.end()).rejects.toThrow("this one is wrong");
  expect(queue.isFull).toBe(true);
  await expect(queue.room()).rejects.toThrow("this one is wrong");
  expect(told).toEqual([0]);
});

test("a queue that is over tells nothing more", async () => {
  const told: string[] = [];
  {
    using queue = new DigestQueue();
    queue.add("sha1", Buffer.alloc(4 * MIB), () => told.push("sha1"));
    queue.after(() => told.push("after"));
  }
  await crypto.subtle.digest("SHA-1", Buffer.alloc(16 * MIB));
  expect(told).toEqual([]);
});

test.each([1, 1_000, 100_000, 3 * MIB])(
  "a file of %i bytes has one SHA-256, however it comes",
  async (sizeBytes) => {
    using queue = new DigestQueue();
    const bytes = randomBytes(sizeBytes);
    for (const chunkBytes of [sizeBytes, Math.ceil(sizeBytes / 3), 65_536]) {
      const told: string[] = [];
      const digest = new FileDigest(sizeBytes, queue, (sha256) => told.push(sha256.toString("hex")));
      for (let start = 0; start < sizeBytes; start += chunkBytes)
        digest.update(bytes.subarray(start, start + chunkBytes));
      await queue.end();
      expect(told).toEqual([sha("sha256", bytes)]);
    }
  },
);
