import { CONSEQUENCES } from "./errors.ts";
import type {
  Failure,
  ReleaseIdentity,
  TargetFailure,
  TargetOutcome,
  TargetPhase,
  Verdict,
  Verification,
} from "./outcome.ts";

/** What must be proved, and by whom. */
export interface Expectation {
  /** Every target of the inventory. */
  readonly targets: readonly string[];
  /** What the runner packed; in `verify` mode what most of the fleet holds. Null: nothing can be proved, so nothing passes. */
  readonly release: ReleaseIdentity | null;
  readonly activate: boolean;
  /** So many targets are enough for the run to pass, where the others failed before they were switched. Null: all. */
  readonly enough: number | null;
  /**
   * Whose word the release is. Where a target disagrees with the `runner`, its disk returned something else than was sent;
   * where it disagrees with the `fleet`, it holds something else.
   */
  readonly source: "runner" | "fleet";
}

/**
 * The one place that decides whether a run passed: every target of the inventory has exactly one outcome, which proves the
 * expected release and, where `activate` is on, its activation. Whatever else there is, or is not, is a failure. Where fewer are `enough`, what
 * failed before any switch is listed and tolerated.
 */
export function judge(
  expectation: Expectation,
  outcomes: readonly TargetOutcome[],
  runFailure: Failure | null = null,
): Verdict {
  const outcomesOf = Map.groupBy(outcomes, (outcome) => outcome.target);
  const inventory = new Set(expectation.targets);
  const failures: TargetFailure[] = [];
  let targetsVerified = 0;
  let targetsActivated = 0;

  for (const target of inventory) {
    const [outcome, duplicate] = outcomesOf.get(target) ?? [];
    const failure = failureOf(expectation, target, outcome, duplicate);
    if (failure !== undefined) failures.push(failure);
    if (outcome === undefined || duplicate !== undefined) continue;
    if (proves(expectation, outcome.state.verified)) targetsVerified += 1;
    if (failure === undefined && outcome.state.kind === "activated") targetsActivated += 1;
  }
  for (const target of outcomesOf.keys()) {
    if (!inventory.has(target)) failures.push(contradiction(target, null, "it is not in the inventory"));
  }
  if (inventory.size !== expectation.targets.length) {
    failures.push(contradiction("(inventory)", null, "it names a target twice"));
  }

  const reached = expectation.activate ? targetsActivated : targetsVerified;
  const isEnough =
    expectation.enough !== null &&
    reached >= expectation.enough &&
    failures.every((failure) => isTolerable(failure, outcomesOf.get(failure.target)));
  const passed = runFailure === null && reached > 0 && (failures.length === 0 || isEnough);
  return {
    status: passed ? "success" : isPutBack(outcomes) ? "rolled-back" : "failed",
    runFailure,
    failures,
    targetsTotal: inventory.size,
    targetsVerified,
    targetsActivated,
  };
}

const BEFORE_THE_SWITCH: readonly TargetPhase[] = ["connect", "preflight", "transfer", "verify", "commit"];

/** The target failed by itself, and on it everything is as it was. */
function isTolerable({ failure, during }: TargetFailure, outcomes: readonly TargetOutcome[] = []): boolean {
  if (CONSEQUENCES.has(failure.code) || during === null || !BEFORE_THE_SWITCH.includes(during)) return false;
  return outcomes.every(({ state }) => state.kind === "failed" && state.current === "kept");
}

/** Something had been switched, and nothing is any more. */
function isPutBack(outcomes: readonly TargetOutcome[]): boolean {
  const left = outcomes.map(({ state }) => (state.kind === "failed" ? state.current : state.kind));
  return (
    left.includes("put-back") &&
    left.every((current) => current === "put-back" || current === "kept" || current === "verified")
  );
}

/** Packaging has no targets: it passed where nothing failed it. */
export function judgePackaging(runFailure: Failure | null): Verdict {
  const status = runFailure === null ? "success" : "failed";
  return { status, runFailure, failures: [], targetsTotal: 0, targetsVerified: 0, targetsActivated: 0 };
}

function failureOf(
  expectation: Expectation,
  target: string,
  outcome: TargetOutcome | undefined,
  duplicate: TargetOutcome | undefined,
): TargetFailure | undefined {
  if (outcome === undefined) {
    const failure: Failure = {
      code: "TARGET_SILENT",
      message: "nothing was heard of it until the run's end",
    };
    return { target, during: null, failure };
  }
  if (duplicate !== undefined) return contradiction(target, null, "it has more than one outcome");
  const { state } = outcome;
  if (state.kind === "failed") return { target, during: state.during, failure: state.failure };

  const difference = differenceFrom(expectation, state.verified);
  if (difference !== undefined) {
    const code = expectation.source === "runner" ? "VERIFY_FAILED" : "RELEASE_DIFFERS";
    return { target, during: "verify", failure: { code, message: difference } };
  }
  if (!expectation.activate) {
    return state.kind === "verified"
      ? undefined
      : contradiction(target, "commit", "it was activated although `activate` is off");
  }
  if (state.kind !== "activated") return contradiction(target, "commit", "it was not activated");
  const { release } = state.activated;
  if (release !== state.verified.release) {
    return contradiction(target, "commit", `it activated ${release} instead of ${state.verified.release}`);
  }
  return undefined;
}

function contradiction(target: string, during: TargetPhase | null, message: string): TargetFailure {
  return { target, during, failure: { code: "INTERNAL", message } };
}

const IDENTITY: ReadonlyArray<readonly [keyof ReleaseIdentity, string]> = [
  ["release", "release"],
  ["infoHash", "info-hash"],
  ["infoSha256", "info SHA-256"],
  ["manifestSha256", "manifest digest"],
  ["pieces", "piece count"],
];

function proves(expectation: Expectation, verified: Verification | null): boolean {
  return verified !== null && differenceFrom(expectation, verified) === undefined;
}

/** The first thing in which a target's word differs from the expectation, as a clause; undefined where it proves it. */
function differenceFrom({ release, source }: Expectation, verified: Verification): string | undefined {
  if (release === null) return "there is no release to compare it with";
  const whose = source === "runner" ? "the runner's" : "that of most targets";
  for (const [key, name] of IDENTITY) {
    if (verified[key] !== release[key]) {
      return `its ${name} is ${verified[key]}, ${whose} is ${release[key]}`;
    }
  }
  return undefined;
}

/**
 * What most of the fleet holds, where the runner has no release of its own to compare with. Of equally many, the one that was heard first, and
 * `isTied`. Where a release was `asked` for, no other counts.
 */
export function releaseOfMost(
  outcomes: readonly TargetOutcome[],
  asked: string | null,
): { readonly most: Verification | null; readonly isTied: boolean } {
  const held = outcomes
    .flatMap(({ state }) => (state.verified === null ? [] : [state.verified]))
    .filter(({ release }) => asked === null || release === asked);
  const groups = Map.groupBy(held, (verified) => IDENTITY.map(([key]) => verified[key]).join(" "));
  const [first, second] = [...groups.values()].sort((one, other) => other.length - one.length);
  return { most: first?.[0] ?? null, isTied: first !== undefined && first.length === second?.length };
}
