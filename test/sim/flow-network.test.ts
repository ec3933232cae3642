import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue } from "../../sim/event-queue.ts";
import { FlowNetwork, type Link, newBorder, newLink, type Pipe } from "../../sim/flow-network.ts";

test("events of lanes and others run in the order of their time, and those of one moment as they were asked for", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (delaysMs) => {
      const queue = new EventQueue();
      const ran: [number, number][] = [];
      const lanes = [3, 7].map((delayMs) => ({ delayMs, lane: queue.lane(delayMs) }));
      delaysMs.forEach((delayMs, index) => {
        const run = () => void ran.push([queue.nowMs, index]);
        const lane = lanes.find((one) => one.delayMs === delayMs)?.lane;
        if (lane === undefined) queue.after(delayMs, run);
        else lane.push(run);
      });
      queue.run(1_000, () => false);
      const expected = delaysMs.map((delayMs, index) => [delayMs, index] as const);
      expect(ran).toEqual(expected.toSorted((one, other) => one[0] - other[0] || one[1] - other[1]));
    }),
  );
});

/** When each of the flows ends, started together at 0. */
function endsOf(
  start: (network: FlowNetwork, end: (name: string) => () => void, queue: EventQueue) => void,
): Record<string, number> {
  const queue = new EventQueue();
  const ends: Record<string, number> = {};
  const end = (name: string) => () => {
    ends[name] = Math.round(queue.nowMs);
  };
  start(new FlowNetwork(queue), end, queue);
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

test("what a slow sender cannot give is offered to the others", () => {
  const [slow, quick, to] = [newLink(1, 1), newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    network.start(slow, to, 1_000, end("slow"));
    network.start(quick, to, 9_000, end("quick"));
  });
  expect(ends).toEqual({ slow: 1_000, quick: 1_000 });
});

test("a sender without a rate sends nothing, the others take its part, and it goes on", () => {
  const [stalls, other, to] = [newLink(10, 10), newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end, queue) => {
    network.start(stalls, to, 1_000, end("stalls"));
    network.start(other, to, 1_000, end("other"));
    queue.after(100, () => network.setRate(stalls.up, 0));
    queue.after(500, () => network.setRate(stalls.up, 10));
  });
  expect(ends).toEqual({ other: 150, stalls: 550 });
});

test("a border is shared by all that cross it, and by nobody else", () => {
  const border = newBorder(4);
  const [inside, neighbour] = [newLink(10, 10, border), newLink(10, 10, border)];
  const [outside, outsideToo] = [newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    network.start(outside, inside, 200, end("in"));
    network.start(outsideToo, neighbour, 200, end("in, too"));
    network.start(inside, outside, 400, end("out"));
    network.start(neighbour, inside, 800, end("within"));
  });
  expect(ends).toEqual({ in: 100, "in, too": 100, out: 100, within: 100 });
});

const rates = fc.constantFrom(0.5, 2, 10);
const flows = fc.array(
  fc.record({
    from: fc.nat(7),
    to: fc.nat(7),
    atMs: fc.nat(500),
    bytes: fc.constantFrom(1, 300, 1_500),
    stopsAfterMs: fc.constantFrom(undefined, undefined, 40),
  }),
  { maxLength: 60 },
);

test("whatever begins and ends when, no pipe carries more than its rate, and every byte arrives", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(rates, rates), { minLength: 8, maxLength: 8 }), flows, (hosts, planned) => {
      const queue = new EventQueue();
      const network = new FlowNetwork(queue);
      const borders = [newBorder(1), newBorder(3)];
      const links: Link[] = hosts.map(([up, down], index) => newLink(up, down, borders[index % 3]));
      const pipes: Pipe[] = [
        ...links.flatMap(({ up, down }) => [up, down]),
        ...borders.flatMap((border) => [border.in, border.out]),
      ];
      const holds = () => {
        for (const pipe of pipes) {
          expect(network.flowingBytesPerMs(pipe)).toBeLessThanOrEqual(pipe.bytesPerMs * (1 + 1e-9));
          expect(pipe.carriedBytes).toBeLessThanOrEqual(pipe.bytesPerMs * queue.nowMs + 1e-6);
        }
      };
      let sentBytes = 0;
      for (const { from, to, atMs, bytes, stopsAfterMs } of planned) {
        if (from === to) continue;
        queue.after(atMs, () => {
          let flow: number | undefined = network.start(links[from]!, links[to]!, bytes, () => {
            sentBytes += bytes;
            flow = undefined;
            holds();
          });
          holds();
          if (stopsAfterMs === undefined) return;
          queue.after(stopsAfterMs, () => {
            if (flow !== undefined) network.stop(flow);
            holds();
          });
        });
      }
      expect(queue.run(1e7, () => false)).toBe(false);
      expect(links.flatMap(({ up }) => up.flows)).toEqual([]);
      const expected = planned.filter(
        ({ from, to, stopsAfterMs }) => from !== to && stopsAfterMs === undefined,
      );
      expect(sentBytes).toBeGreaterThanOrEqual(expected.reduce((total, { bytes }) => total + bytes, 0));
    }),
    { numRuns: 200 },
  );
});

test("a flow that is stopped ends never, and leaves its part to the others", () => {
  const [from, to] = [newLink(10, 10), newLink(10, 10)];
  const ends = endsOf((network, end) => {
    const stopped = network.start(from, to, 1_000, end("stopped"));
    network.start(from, to, 1_000, end("other"));
    network.stop(stopped);
  });
  expect(ends).toEqual({ other: 100 });
});
