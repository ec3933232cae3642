import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type CurrentState,
  NO_TRANSFER,
  type TargetOutcome,
  type TargetState,
  type Verification,
} from "../../src/core/outcome.ts";
import { type Expectation, judge, releaseOfMost } from "../../src/core/verdict.ts";

const verified: Verification = {
  release: "20260714093000-4f2a9c1",
  infoHash: "a".repeat(40),
  infoSha256: "b".repeat(64),
  manifestSha256: "c".repeat(64),
  pieces: 512,
  files: 3,
  sizeBytes: 1_000_000,
};

function outcome(target: string, activated: boolean): TargetOutcome {
  const state: TargetOutcome["state"] = activated
    ? { kind: "activated", verified, activated: { release: verified.release, previous: null } }
    : { kind: "verified", verified };
  return { target, group: null, state, phases: {}, transfer: NO_TRANSFER, hooks: [], hostKeyLine: null };
}

function rightRun(targets: string[], activate: boolean) {
  const expectation: Expectation = { targets, release: verified, activate, enough: null, source: "runner" };
  return { expectation, outcomes: targets.map((target) => outcome(target, activate)) };
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 12 });
const anyRightRun = fc.tuple(names, fc.boolean()).map(([targets, activate]) => rightRun(targets, activate));

type Run = ReturnType<typeof rightRun>;
type Perturbation = (run: Run, index: number) => Run;

function withState(change: (state: TargetOutcome["state"]) => TargetOutcome["state"]): Perturbation {
  return ({ expectation, outcomes }, index) => ({
    expectation,
    outcomes: outcomes.map((each, at) => (at === index ? { ...each, state: change(each.state) } : each)),
  });
}

const withVerified = (change: Partial<Verification>) =>
  withState((state) => ({ ...state, verified: { ...verified, ...change } }));

const PERTURBATIONS: Record<string, Perturbation> = {
  "a target is missing": ({ expectation, outcomes }, index) => ({
    expectation,
    outcomes: outcomes.filter((_, at) => at !== index),
  }),
  "a target has two outcomes": ({ expectation, outcomes }, index) => ({
    expectation,
    outcomes: [...outcomes, outcomes[index]!],
  }),
  "a stranger has an outcome": ({ expectation, outcomes }) => ({
    expectation,
    outcomes: [...outcomes, outcome("STRANGER", expectation.activate)],
  }),
  "an outcome is another target's": ({ expectation, outcomes }, index) => ({
    expectation,
    outcomes: outcomes.map((each, at) => (at === index ? { ...each, target: "STRANGER" } : each)),
  }),
  "the inventory names a target twice": ({ expectation, outcomes }, index) => ({
    expectation: { ...expectation, targets: [...expectation.targets, expectation.targets[index]!] },
    outcomes,
  }),
  "the info-hash differs": withVerified({ infoHash: "d".repeat(40) }),
  "the info-hash's SHA-256 differs": withVerified({ infoSha256: "d".repeat(64) }),
  "the manifest differs": withVerified({ manifestSha256: "d".repeat(64) }),
  "a piece is missing": withVerified({ pieces: verified.pieces - 1 }),
  "the release has another id": withVerified({ release: "other" }),
  "a target failed": withState(() => ({
    kind: "failed",
    during: "transfer",
    failure: { code: "SSH_LOST", message: "the connection broke" },
    verified: null,
    current: "kept",
  })),
  "a target failed after it had verified": withState(() => ({
    kind: "failed",
    during: "commit",
    failure: { code: "FLEET_INCOMPLETE", message: "web-2 failed" },
    verified,
    current: "kept",
  })),
  "activation is other than asked": withState((state) =>
    state.kind === "activated"
      ? { kind: "verified", verified }
      : { kind: "activated", verified, activated: { release: verified.release, previous: null } },
  ),
  "nothing is expected": ({ expectation, outcomes }) => ({
    expectation: { ...expectation, release: null },
    outcomes,
  }),
};

test("a fully right run passes", () => {
  fc.assert(
    fc.property(anyRightRun, ({ expectation, outcomes }) => {
      const verdict = judge(expectation, outcomes);
      const count = outcomes.length;
      expect(verdict).toEqual({
        status: "success",
        runFailure: null,
        failures: [],
        targetsTotal: count,
        targetsVerified: count,
        targetsActivated: expectation.activate ? count : 0,
      });
    }),
  );
});

test.each(Object.entries(PERTURBATIONS))("no false pass when %s", (_, perturb) => {
  fc.assert(
    fc.property(anyRightRun, fc.nat(), (run, seed) => {
      const perturbed = perturb(run, seed % run.outcomes.length);
      const verdict = judge(perturbed.expectation, perturbed.outcomes);
      expect(verdict.status).toBe("failed");
      expect(verdict.failures.length).toBeGreaterThan(0);
    }),
  );
});

test("no false pass when several things are wrong at once, in any order", () => {
  const several = fc.array(fc.tuple(fc.constantFrom(...Object.values(PERTURBATIONS)), fc.nat()), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(anyRightRun, several, (run, changes) => {
      let perturbed: Run = run;
      for (const [perturb, seed] of changes) {
        if (perturbed.outcomes.length === 0) break;
        // Removing what an earlier change has added would mend the run, so the index stays among the first.
        perturbed = perturb(perturbed, seed % Math.min(run.outcomes.length, perturbed.outcomes.length));
      }
      // Nor is the right run in another order a wrong one.
      fc.pre(inOrder(perturbed) !== inOrder(run));
      expect(judge(perturbed.expectation, perturbed.outcomes).status).toBe("failed");
    }),
  );
});

function inOrder({ expectation, outcomes }: Run): string {
  return JSON.stringify([expectation, outcomes.map((outcome) => JSON.stringify(outcome)).sort()]);
}

test("no false pass without targets", () => {
  const { expectation, outcomes } = rightRun([], true);
  expect(judge(expectation, outcomes).status).toBe("failed");
});

test("an origin that died fails the run although every target says that it is well", () => {
  const { expectation, outcomes } = rightRun(["web-1"], true);
  const runFailure = { code: "ORIGIN_FAILED", message: "exited with code 1" } as const;
  expect(judge(expectation, outcomes, runFailure)).toMatchObject({ status: "failed", runFailure });
});

test("activation of another release than the verified one is not activation", () => {
  const { expectation, outcomes } = rightRun(["web-1"], true);
  const state = { kind: "activated", verified, activated: { release: "other", previous: null } } as const;
  const verdict = judge(expectation, [{ ...outcomes[0]!, state }]);
  expect(verdict).toMatchObject({ status: "failed", targetsVerified: 1, targetsActivated: 0 });
});

test("a target that fell silent is named", () => {
  const { expectation, outcomes } = rightRun(["web-1", "web-2"], true);
  expect(judge(expectation, outcomes.slice(0, 1)).failures).toMatchObject([
    { target: "web-2", during: null, failure: { code: "TARGET_SILENT" } },
  ]);
});

test("a target whose name is a property of every object is counted like any other", () => {
  const { expectation, outcomes } = rightRun(["__proto__", "constructor"], true);
  expect(judge(expectation, outcomes).status).toBe("success");
  expect(judge(expectation, outcomes.slice(1)).status).toBe("failed");
});

test("a target that holds something else than the rest of the fleet is the one that fails", () => {
  const other = { ...verified, manifestSha256: "d".repeat(64) };
  const outcomes = [
    { ...outcome("web-1", false), state: { kind: "verified", verified: other } } as const,
    outcome("web-2", false),
    outcome("web-3", false),
  ];
  const { most: release, isTied } = releaseOfMost(outcomes, null);
  expect(isTied).toBe(false);
  expect(releaseOfMost(outcomes.slice(0, 2), null)).toEqual({ most: other, isTied: true });
  const targets = outcomes.map(({ target }) => target);
  const verdict = judge({ targets, release, activate: false, enough: null, source: "fleet" }, outcomes);
  expect(verdict.failures).toMatchObject([{ target: "web-1", failure: { code: "RELEASE_DIFFERS" } }]);
});

test("a fleet that agrees on another release than the one asked for has none of it", () => {
  const outcomes = [outcome("web-1", false)];
  expect(releaseOfMost(outcomes, "other")).toEqual({ most: null, isTied: false });
  expect(releaseOfMost(outcomes, verified.release)).toEqual({ most: verified, isTied: false });
});

const lost: TargetState = {
  kind: "failed",
  during: "connect",
  failure: { code: "HOST_UNREACHABLE", message: "no answer" },
  verified: null,
  current: "kept",
};

test("where fewer are enough, a target that failed before the switch is listed and tolerated", () => {
  const { expectation, outcomes } = rightRun(["web-1", "web-2", "web-3"], true);
  const most = [{ ...outcomes[0]!, state: lost }, ...outcomes.slice(1)];
  expect(judge({ ...expectation, enough: 2 }, most)).toMatchObject({ status: "success", failures: [{}] });
  expect(judge({ ...expectation, enough: 3 }, most).status).toBe("failed");
  expect(judge(expectation, most).status).toBe("failed");
});

test.each([
  ["it failed in its health check", { during: "health", current: "switched" }],
  ["it failed in a hook, and nothing was switched", { during: "activate" }],
  ["nobody knows what current is", { during: "activate", current: "unknown" }],
  ["the rollout stopped before it", { failure: { code: "FLEET_INCOMPLETE", message: "a wave failed" } }],
  ["the run was cancelled", { failure: { code: "CANCELLED", message: "cancelled" } }],
] as const)("enough others do not make up for a target of which %s", (_, changes) => {
  const { expectation, outcomes } = rightRun(["web-1", "web-2", "web-3"], true);
  const state = { ...lost, ...changes } as TargetState;
  const verdict = judge({ ...expectation, enough: 1 }, [{ ...outcomes[0]!, state }, ...outcomes.slice(1)]);
  expect(verdict.status).toBe("failed");
});

test("a run is rolled back only where every target that had switched was put back", () => {
  const { expectation, outcomes } = rightRun(["web-1", "web-2", "web-3"], true);
  const failed = (current: CurrentState) => ({ ...lost, during: "activate", current }) as TargetState;
  const statusOf = (...states: TargetState[]) =>
    judge(
      expectation,
      states.map((state, index) => ({ ...outcomes[index]!, state })),
    ).status;
  expect(statusOf(failed("put-back"), failed("kept"), failed("put-back"))).toBe("rolled-back");
  expect(statusOf(failed("put-back"), failed("unknown"), failed("kept"))).toBe("failed");
  expect(statusOf(failed("put-back"), outcomes[1]!.state, failed("kept"))).toBe("failed");
  expect(statusOf(failed("kept"), failed("kept"), failed("kept"))).toBe("failed");
});
