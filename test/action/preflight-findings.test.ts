import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { PeerWays } from "../../src/action/peer-ways.ts";
import { Preflight, type SwarmEndpoints, type Ways } from "../../src/action/preflight.ts";
import type { Endpoint, ProbeEnd } from "../../src/core/blocked-way.ts";
import type { MurmurationError } from "../../src/core/errors.ts";
import { probeTcp } from "../../src/swarm/tcp-probe.ts";

/** Targets whose attempts are real ones from here; what is blocked is a port where nobody listens. */

const { signal } = new AbortController();

class TestTarget {
  readonly target;
  alive = true;
  failure: MurmurationError | undefined;
  /** What it answers; undefined: nothing. */
  answer = async (endpoints: readonly Endpoint[]): Promise<readonly ProbeEnd[] | undefined> =>
    await Promise.all(endpoints.map((endpoint) => probeTcp(endpoint, { signal })));

  constructor(name: string, zone: string | null = null) {
    this.target = { name, zone };
  }

  async probe(endpoints: readonly Endpoint[]): Promise<readonly ProbeEnd[] | undefined> {
    return this.alive ? await this.answer(endpoints) : undefined;
  }

  isCutOff(error: MurmurationError): void {
    this.failure = error;
    this.alive = false;
  }
}

async function openPort(): Promise<Endpoint> {
  const server = createServer((socket) => void socket.on("error", () => {}).resume());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

async function closedPort(): Promise<Endpoint> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return { host: "127.0.0.1", port };
}

function preflightOf(fetching: readonly TestTarget[]) {
  const ended: MurmurationError[] = [];
  const warnings: string[] = [];
  const preflight = new Preflight({
    ...{ fetching, giving: [], place: () => "the runner", seederPort: "seed-port", placeHint: null, signal },
    end: (error) => ended.push(error),
    warn: (line) => warnings.push(line),
  });
  return { preflight, ended, warnings };
}

function peerWays(hasSeeder = true) {
  const warnings: string[] = [];
  const ways = new PeerWays({ hasSeeder, signal, warn: (line) => warnings.push(line) });
  return { ways, warnings };
}

/** Ways that stay what they are. */
function only(endpoints: SwarmEndpoints): Ways {
  return { now: () => endpoints, areReplaced: async () => false };
}

const fleetOf = (count: number) =>
  Array.from({ length: count }, (_, index) => new TestTarget(`web-${index + 1}`));

test("targets that do not reach the tracker have failed, and those that do go on", async () => {
  const [open, closed] = [await openPort(), await closedPort()];
  const fleet = fleetOf(3);
  const { preflight, ended } = preflightOf(fleet);
  const well = await Promise.all(
    fleet.map((one, index) =>
      preflight.isWell(one, only({ tracker: index > 0 ? closed : open, seeder: open })),
    ),
  );
  expect(well).toEqual([true, false, false]);
  expect(ended).toEqual([]);
  expect(fleet.map(({ failure }) => failure?.code)).toEqual([
    undefined,
    "TRACKER_UNREACHABLE",
    "TRACKER_UNREACHABLE",
  ]);
  expect(fleet[1]?.failure?.message).toBe(
    `web-2: it does not reach the tracker on the runner at 127.0.0.1:${closed.port}: refused (a firewall rejects it, or nothing listens there)`,
  );
});

test("a target that comes while the machine with the tracker is being replaced waits for the next one, and is well", async () => {
  const [open, closed] = [await openPort(), await closedPort()];
  const fleet = fleetOf(2);
  const { preflight, ended } = preflightOf(fleet);
  let tracker = closed;
  const waysOf = (): Ways => {
    let tried = tracker;
    const now = () => {
      tried = tracker;
      return { tracker, seeder: open };
    };
    const areReplaced = async () => {
      await sleep(50);
      tracker = open;
      return tried !== tracker;
    };
    return { now, areReplaced };
  };
  expect(await Promise.all(fleet.map((one) => preflight.isWell(one, waysOf())))).toEqual([true, true]);
  expect(ended).toEqual([]);
});

test("where nobody reaches the tracker the run is over, and each target has failed for that", async () => {
  const closed = await closedPort();
  const fleet = fleetOf(3);
  const { preflight, ended } = preflightOf(fleet);
  await Promise.all(fleet.map((one) => preflight.isWell(one, only({ tracker: closed, seeder: closed }))));
  expect(ended[0]?.message).toMatch(/^none of the 3 targets that tried reaches the tracker on the runner/);
  expect(fleet.map(({ failure }) => failure?.code)).toEqual(Array(3).fill("TRACKER_UNREACHABLE"));
});

test("those that wait for something else do not keep the message back, but they are not condemned by one", async () => {
  const closed = await closedPort();
  const [one, waiting] = [fleetOf(3), fleetOf(3)];
  const alone = preflightOf(one);
  expect(await alone.preflight.isWell(one[0]!, only({ tracker: closed, seeder: null }))).toBe(false);
  expect(alone.ended).toEqual([]);
  const most = preflightOf(waiting);
  const asked = waiting.slice(0, 2);
  await Promise.all(
    asked.map((target) => most.preflight.isWell(target, only({ tracker: closed, seeder: null }))),
  );
  expect(most.ended[0]?.message).toMatch(/^none of the 2 targets that tried/);
});

test("a target that does not answer is let go on, and proves nothing about the others", async () => {
  const closed = await closedPort();
  const fleet = fleetOf(2);
  fleet[0]!.answer = async () => undefined;
  const { preflight, ended } = preflightOf(fleet);
  expect(await preflight.isWell(fleet[0]!, only({ tracker: closed, seeder: null }))).toBe(true);
  expect(await preflight.isWell(fleet[1]!, only({ tracker: closed, seeder: null }))).toBe(false);
  expect(ended).toEqual([]);
});

test("targets that do not reach the seeder are one warning, and one more for those that come later", async () => {
  const [open, closed] = [await openPort(), await closedPort()];
  const fleet = fleetOf(5);
  const { preflight, warnings } = preflightOf(fleet);
  const isWell = (index: number, seeder: Endpoint) =>
    preflight.isWell(fleet[index]!, only({ tracker: open, seeder }));
  const answer = fleet[2]!.answer;
  fleet[2]!.answer = async (endpoints) => {
    await sleep(150);
    return await answer(endpoints);
  };
  await Promise.all([isWell(0, open), isWell(1, closed), isWell(2, closed)]);
  await expect.poll(() => warnings.length).toBe(1);
  expect(warnings[0]).toMatch(/^web-2 and web-3 do not reach the seeder/);
  await Promise.all([isWell(3, closed), isWell(4, closed)]);
  preflight.end();
  expect(warnings).toHaveLength(2);
  expect(warnings[1]).toMatch(/^web-4 and web-5 do not reach the seeder/);
});

test("of a target that has died its peers say nothing, nor of one that does not answer any more", async () => {
  const [dead, silent, well] = fleetOf(3);
  const { ways, warnings } = peerWays();
  ways.add(well!, await openPort());
  ways.add(dead!, await closedPort());
  ways.add(silent!, await closedPort());
  dead!.alive = false;
  silent!.answer = async () => undefined;
  await ways.end();
  expect(warnings).toEqual([]);
});

test("of a target that is well its peers say at once that they do not reach it, and it is the reason where it stalls", async () => {
  const fleet = fleetOf(3);
  const closed = await closedPort();
  const { ways, warnings } = peerWays();
  ways.add(fleet[0]!, await openPort());
  ways.add(fleet[1]!, closed);
  ways.add(fleet[2]!, await openPort());
  await expect.poll(() => warnings.length).toBe(1);
  const finding = `web-2 is not reached by its peers at 127.0.0.1:${closed.port}, tried by web-1 and web-3: refused`;
  expect(warnings[0]).toContain(finding);
  expect(ways.explain(fleet[1]!)).toContain(finding);
  expect(ways.explain(fleet[0]!)).toBeUndefined();
  await ways.end();
  expect(warnings).toHaveLength(1);
});

test("those of other zones or other families of addresses are not tried", async () => {
  const { ways, warnings } = peerWays();
  ways.add(new TestTarget("iad-1", "iad"), await closedPort());
  ways.add(new TestTarget("fra-1", "fra"), await closedPort());
  ways.add(new TestTarget("fra-2", "fra"), { ...(await closedPort()), host: "::1" });
  await ways.end();
  expect(warnings).toEqual([]);
});

test("however many join, each tries and is tried by four at most", async () => {
  const fleet = fleetOf(200);
  const asked = new Map<string, number>();
  for (const one of fleet) {
    one.answer = async (endpoints) => {
      asked.set(one.target.name, (asked.get(one.target.name) ?? 0) + endpoints.length);
      return endpoints.map(() => ({ kind: "reached" }));
    };
  }
  const { ways } = peerWays();
  for (const [index, one] of fleet.entries()) ways.add(one, { host: "10.0.0.1", port: index + 1 });
  await ways.end();
  expect(Math.max(...asked.values())).toBe(4);
});
