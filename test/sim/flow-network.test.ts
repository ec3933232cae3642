import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue } from "../../sim/event-queue.ts";
import { FlowNetwork, newLink } from "../../sim/flow-network.ts";

test("events run in the order of their time, and those of one moment as they were asked for", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (delaysMs) => {
      const queue = new EventQueue();
      const ran: [number, number][] = [];
      delaysMs.forEach((delayMs, index) => {
        queue.after(delayMs, () => void ran.push([queue.nowMs, index]));
      });
      queue.run(1_000, () => false);
      const expected = delaysMs.map((delayMs, index) => [delayMs, index] as const);
      expect(ran).toEqual(expected.toSorted((one, other) => one[0] - other[0] || one[1] - other[1]));
    }),
  );
});

/** When each of the flows ends, started together at 0. */
function endsOf(
  start: (network: FlowNetwork, end: (name: string) => () => void) => void,
): Record<string, number> {
  const queue = new EventQueue();
  const ends: Record<string, number> = {};
  start(new FlowNetwork(queue), (name) => () => {
    ends[name] = Math.round(queue.nowMs);
  });
  queue.run(1e9, () => false);
  return ends;
}

test("a link is shared in equal parts, and by the rest when one has ended", () => {
  const [from, one, other] = [newLink(10, 10), newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    network.start(from, one, 1_000, end("short"));
    network.start(from, other, 2_000, end("long"));
  });
  expect(ends).toEqual({ short: 200, long: 300 });
});

test("what a narrow receiver cannot use is used by the others", () => {
  const [from, narrow, wide] = [newLink(10, 10), newLink(2, 2), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    network.start(from, narrow, 2_000, end("narrow"));
    network.start(from, wide, 8_000, end("wide"));
  });
  expect(ends).toEqual({ narrow: 1_000, wide: 1_000 });
});

test("a receiver gives each sender an equal part", () => {
  const [one, other, to] = [newLink(10, 10), newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    network.start(one, to, 1_000, end("one"));
    network.start(other, to, 1_000, end("other"));
  });
  expect(ends).toEqual({ one: 200, other: 200 });
});

test("a flow that is stopped ends never, and leaves its part to the others", () => {
  const [from, to] = [newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    const stopped = network.start(from, to, 1_000, end("stopped"));
    network.start(from, to, 1_000, end("other"));
    network.stop(stopped);
    network.stop(stopped);
  });
  expect(ends).toEqual({ other: 100 });
});
