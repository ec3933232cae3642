import { expect, test } from "vitest";
import type { Blocked } from "../../src/core/blocked-way.ts";
import { concerns, describeFindings, type PeerTry, peerFindings } from "../../src/core/peer-findings.ts";

const FLEET = ["web-1", "web-2", "web-3", "web-4"];

/** Everybody tries everybody; `how` says what it meets. */
function tries(fleet: readonly string[], how: (from: string, to: string) => Blocked | "reached"): PeerTry[] {
  return fleet.flatMap((from) =>
    fleet
      .filter((to) => to !== from)
      .map((to) => ({ from, to, at: `10.0.0.${to.slice(-1)}:7000`, end: { kind: how(from, to) } })),
  );
}

function found(...all: Parameters<typeof tries>): string[] {
  return peerFindings(tries(...all)).map((finding) =>
    finding.kind === "all" ? "all" : `${finding.kind} ${finding.target}`,
  );
}

test("a fleet that is well has no findings, and neither has one of which nothing is known", () => {
  expect(found(FLEET, () => "reached")).toEqual([]);
  expect(peerFindings([])).toEqual([]);
  const unknown = tries(FLEET, () => "reached").map((one) => ({
    ...one,
    end: { kind: "unknown", why: "too many open files" } as const,
  }));
  expect(peerFindings(unknown)).toEqual([]);
});

test("where nobody reaches anybody that is one finding, and not one for each target", () => {
  expect(found(FLEET, () => "timed-out")).toEqual(["all"]);
  expect(found(["web-1", "web-2"], () => "refused")).toEqual(["all"]);
});

test("a target whose own firewall lets nobody in is named, and not those that try it", () => {
  expect(found(FLEET, (_, to) => (to === "web-3" ? "timed-out" : "reached"))).toEqual(["unreached web-3"]);
  expect(found(["web-1", "web-3"], (_, to) => (to === "web-3" ? "timed-out" : "reached"))).toEqual([
    "unreached web-3",
  ]);
});

test("a target that may not go out is named, and not those that it tries", () => {
  expect(found(FLEET, (from) => (from === "web-3" ? "timed-out" : "reached"))).toEqual([
    "reaches-none web-3",
  ]);
});

test("a target that may not go out is no witness against others", () => {
  const known = tries(["web-1", "web-2", "web-3"], (from) => (from === "web-3" ? "timed-out" : "reached"));
  // Nobody else has tried it.
  const [more] = tries(["web-3", "web-4"], () => "timed-out");
  expect(peerFindings([...known, more!])).toMatchObject([{ kind: "reaches-none", target: "web-3" }]);
});

test("a target that is cut off in both directions is one finding", () => {
  expect(found(FLEET, (from, to) => (from === "web-3" || to === "web-3" ? "timed-out" : "reached"))).toEqual([
    "alone web-3",
  ]);
});

test("two that cannot reach each other are named, but not where one can reach the other", () => {
  const both = new Set(["web-1", "web-2"]);
  expect(found(FLEET, (from, to) => (both.has(from) && both.has(to) ? "timed-out" : "reached"))).toEqual([
    "pair web-1",
  ]);
  expect(found(FLEET, (from, to) => (from === "web-1" && to === "web-2" ? "timed-out" : "reached"))).toEqual(
    [],
  );
});

test("one failed attempt of two targets is not taken for all", () => {
  const [first] = tries(["web-1", "web-2"], () => "timed-out");
  expect(peerFindings([first!]).map(({ kind }) => kind)).toEqual(["unreached"]);
});

test("a finding says who cannot reach whom, at which port, and what comes of it", () => {
  const closed = peerFindings(tries(FLEET, (_, to) => (to === "web-3" ? "timed-out" : "reached")));
  expect(describeFindings(closed, true)).toMatch(
    /^web-3 is not reached by its peers at 10\.0\.0\.3:7000, tried by web-1, web-2 and web-4: no answer \(a firewall drops it/,
  );
  expect(closed.map((finding) => ["web-3", "web-1"].map((name) => concerns(finding, name)))).toEqual([
    [true, false],
  ]);
  const all = peerFindings(tries(FLEET, () => "refused"));
  expect(describeFindings(all, true)).toMatch(
    /^None of the 4 targets that tried reaches another, such as web-1 to web-2 at 10\.0\.0\.2:7000: refused \(.*\. Everything has to come from the seeder/,
  );
  expect(describeFindings(all, false)).not.toContain("seeder");
});

test("however many targets are closed, the text is short", () => {
  const fleet = Array.from({ length: 60 }, (_, index) => `web-${index}`);
  const closed = peerFindings(
    tries(fleet, (_, to) => (Number(to.slice(4)) % 2 === 0 ? "timed-out" : "reached")),
  );
  expect(closed).toHaveLength(30);
  const text = describeFindings(closed, true);
  expect(text.length).toBeLessThan(2_000);
  expect(text).toMatch(/The same is true of .* and 17 more\.$/);
});
