import type { ErrorCode } from "../core/errors.ts";
import {
  type Failure,
  NO_TRANSFER,
  type RunResult,
  type TargetOutcome,
  type TargetPhase,
} from "../core/outcome.ts";

/** One line of a table: what a target was left as, by the verdict and not by the target's own word. */
export interface TargetRow {
  readonly target: string;
  readonly group: string | null;
  /** `held-back`: it verified, and nothing was switched because of other targets. */
  readonly state: "verified" | "activated" | "held-back" | "failed";
  readonly failure: Failure | null;
  readonly during: TargetPhase | null;
  readonly previousRelease: string | null;
  readonly phases: TargetOutcome["phases"];
  readonly transfer: TargetOutcome["transfer"];
  readonly hostKeyLine: string | null;
}

export const STATE_NAMES: Readonly<Record<TargetRow["state"], string>> = {
  verified: "verified",
  activated: "activated",
  "held-back": "held back",
  failed: "failed",
};

/** Consequences of other failures: who looks for the cause need not read them first. */
const CONSEQUENCES: ReadonlySet<ErrorCode> = new Set(["FLEET_INCOMPLETE", "CANCELLED"]);

export function isConsequence(failure: Failure): boolean {
  return CONSEQUENCES.has(failure.code);
}

/** Not a failure of the target's own: it has done its part. */
export function isHeldBack(failure: Failure): boolean {
  return failure.code === "FLEET_INCOMPLETE";
}

/** Every target, the outcomes' order kept; targets without an outcome last. */
export function targetRows(result: RunResult): TargetRow[] {
  const failures = new Map(result.verdict.failures.map((failure) => [failure.target, failure]));
  const rows: TargetRow[] = [];
  for (const { target, group, state, phases, transfer, hostKeyLine } of result.targets) {
    const failed = failures.get(target);
    const failure = failed?.failure ?? (state.kind === "failed" ? state.failure : null);
    rows.push({
      target,
      group,
      state: stateOf(state.kind, failure),
      failure,
      during: failed?.during ?? (state.kind === "failed" ? state.during : null),
      previousRelease: state.kind === "activated" ? state.activated.previous : null,
      phases,
      transfer,
      hostKeyLine,
    });
  }
  const heard = new Set(result.targets.map(({ target }) => target));
  for (const { target, failure, during } of failures.values()) {
    if (heard.has(target)) continue;
    const nothing = {
      group: null,
      previousRelease: null,
      phases: {},
      transfer: NO_TRANSFER,
      hostKeyLine: null,
    };
    rows.push({ target, state: "failed", failure, during, ...nothing });
  }
  return rows;
}

function stateOf(kind: TargetOutcome["state"]["kind"], failure: Failure | null): TargetRow["state"] {
  if (failure !== null) return isHeldBack(failure) ? "held-back" : "failed";
  return kind;
}

/** Failed ones first, and among those the causes before the consequences. */
export function failedFirst(rows: readonly TargetRow[]): TargetRow[] {
  const rank = ({ failure }: TargetRow) => (failure === null ? 2 : isConsequence(failure) ? 1 : 0);
  return rows.toSorted((one, other) => rank(one) - rank(other));
}

const DOING: Readonly<Record<TargetPhase, string>> = {
  connect: "connecting",
  preflight: "checking the target",
  transfer: "fetching",
  verify: "verifying",
  commit: "putting the release in place",
};

/** What was being done, what went wrong. The target's name stands before the message once, whoever wrote it. */
export function failureSentence(target: string, failure: Failure, during: TargetPhase | null): string {
  const prefix = `${target}: `;
  const message = failure.message.startsWith(prefix) ? failure.message.slice(prefix.length) : failure.message;
  return during === null ? message : `while ${DOING[during]}: ${message}`;
}
