import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import { RateLimiter } from "../../src/core/rate-limiter.ts";
import { BlockUpload } from "../../src/swarm/block-upload.ts";
import type { PieceBuffer } from "../../src/swarm/piece-buffers.ts";

const BLOCK_BYTES = 16;
/** As many as one peer may have waiting. */
const WAITING = 4_095;

function upload(socket: PassThrough, readPiece: () => Promise<PieceBuffer>): BlockUpload {
  return new BlockUpload({
    socket,
    limiter: new RateLimiter(0),
    now: () => performance.now(),
    readPiece,
    onServed: () => {},
    onUploaded: () => {},
    onUnreadable: () => {},
  });
}

test("who takes back thousands of requests that it never made keeps nobody waiting", () => {
  const socket = new PassThrough();
  const to = upload(socket, () => new Promise(() => {}));
  for (let begin = 0; begin < WAITING; begin++) to.add({ piece: 1, begin, length: 1 });
  const startMs = performance.now();
  // 256 KiB of messages: it was 18 seconds.
  for (let count = 0; count < 15_000; count++) {
    expect(to.takeBack({ piece: 9, begin: 0, length: 1 })).toBe(false);
    expect(to.asksFor(9)).toBe(false);
  }
  expect(performance.now() - startMs).toBeLessThan(3_000);
  expect(to.pending).toBe(WAITING);
});

test("what is served goes out in the order in which it was asked for, without what was taken back", async () => {
  const socket = new PassThrough();
  const bytes = Buffer.alloc(BLOCK_BYTES * 4);
  const to = upload(socket, async () => ({ bytes, hold: () => {}, release: () => {} }));
  const block = (piece: number, index: number) => ({
    piece,
    begin: index * BLOCK_BYTES,
    length: BLOCK_BYTES,
  });
  for (const index of [2, 0, 3, 1]) {
    to.add(block(5, index));
    to.add(block(6, index));
  }
  expect(to.takeBack(block(6, 0))).toBe(true);
  expect(to.takeBack(block(6, 0))).toBe(false);
  to.serve(6);
  const sent: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => sent.push(chunk));
  await vi.waitFor(() => expect(sent).toHaveLength(2 * 3));
  // The head of a block message: length, id, piece, begin.
  const begins = sent.filter(({ length }) => length === 13).map((head) => head.readUInt32BE(9) / BLOCK_BYTES);
  expect(begins).toEqual([2, 3, 1]);
  expect([to.asksFor(6), to.asksFor(5), to.pending]).toEqual([false, true, 4]);
});
