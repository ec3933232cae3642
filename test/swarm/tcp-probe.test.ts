import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { PROBE_ATTEMPT_MS } from "../../src/contract.ts";
import { probeTcp } from "../../src/swarm/tcp-probe.ts";

const { signal } = new AbortController();

async function listen(): Promise<{ port: number; attempts: () => number; close: () => Promise<void> }> {
  let attempts = 0;
  const server = createServer((socket) => {
    attempts += 1;
    socket.on("error", () => {}).resume();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => void (await new Promise((resolve) => server.close(resolve)));
  onTestFinished(close);
  return { port: (server.address() as AddressInfo).port, attempts: () => attempts, close };
}

test("who listens is reached", async () => {
  const { port } = await listen();
  expect(await probeTcp({ host: "127.0.0.1", port }, { signal })).toEqual({ kind: "reached" });
});

test("where nobody listens a connection is refused", async () => {
  const { port, close } = await listen();
  await close();
  expect(await probeTcp({ host: "127.0.0.1", port }, { signal })).toEqual({ kind: "refused" });
});

test("who listens but was late is reached at the second attempt", async () => {
  const { port, close } = await listen();
  await close();
  const probing = probeTcp({ host: "127.0.0.1", port }, { signal });
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise((resolve) => setTimeout(resolve, 100));
  server.listen(port, "127.0.0.1");
  expect(await probing).toEqual({ kind: "reached" });
});

test("a process that was busy for longer than an attempt takes sees the answer that is there", async () => {
  const { port, attempts } = await listen();
  const probing = probeTcp({ host: "127.0.0.1", port }, { signal });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PROBE_ATTEMPT_MS + 100);
  expect(await probing).toEqual({ kind: "reached" });
  expect(attempts()).toBe(1);
});

test("what stops the program stops the attempt, which says nothing of the way", async () => {
  const stopped = AbortSignal.abort();
  expect(await probeTcp({ host: "127.0.0.1", port: 9 }, { signal: stopped })).toMatchObject({
    kind: "unknown",
  });
});
