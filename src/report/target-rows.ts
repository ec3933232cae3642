import { CONSEQUENCES } from "../core/errors.ts";
import {
  type CurrentState,
  type Failure,
  type HookRun,
  NO_TRANSFER,
  type RunResult,
  type TargetOutcome,
  type TargetPhase,
} from "../core/outcome.ts";

/** One line of a table: what a target was left as, by the verdict and not by the target's own word. */
export interface TargetRow {
  readonly target: string;
  readonly group: string | null;
  /**
   * `held-back`: it verified, and was not switched because of other targets, or stays switched though the rollout stopped. `put-back`: it was switched, and then
   * put back because of other targets.
   */
  readonly state: "verified" | "activated" | "held-back" | "put-back" | "failed";
  readonly failure: Failure | null;
  readonly during: TargetPhase | null;
  readonly previousRelease: string | null;
  /** Of a target that failed or was held back. */
  readonly current: CurrentState | null;
  readonly hooks: readonly HookRun[];
  readonly phases: TargetOutcome["phases"];
  readonly transfer: TargetOutcome["transfer"];
  readonly hostKeyLine: string | null;
}

export const STATE_NAMES: Readonly<Record<TargetRow["state"], string>> = {
  verified: "verified",
  activated: "activated",
  "held-back": "held back",
  "put-back": "put back",
  failed: "failed",
};

export function isConsequence(failure: Failure): boolean {
  return CONSEQUENCES.has(failure.code);
}

/** Not a failure of the target's own: it has done its part. */
export function isHeldBack(failure: Failure): boolean {
  return failure.code === "FLEET_INCOMPLETE" || failure.code === "PUT_BACK";
}

/** Every target, the outcomes' order kept; targets without an outcome last. */
export function targetRows(result: RunResult): TargetRow[] {
  const failures = new Map(result.verdict.failures.map((failure) => [failure.target, failure]));
  const rows: TargetRow[] = [];
  for (const { target, group, state, phases, transfer, hooks, hostKeyLine } of result.targets) {
    const failed = failures.get(target);
    const failure = failed?.failure ?? (state.kind === "failed" ? state.failure : null);
    rows.push({
      target,
      group,
      state: stateOf(state.kind, failure),
      failure,
      during: failed?.during ?? (state.kind === "failed" ? state.during : null),
      previousRelease: state.kind === "activated" ? state.activated.previous : null,
      current: state.kind === "failed" ? state.current : null,
      hooks,
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
      current: null,
      hooks: [],
      phases: {},
      transfer: NO_TRANSFER,
      hostKeyLine: null,
    };
    rows.push({ target, state: "failed", failure, during, ...nothing });
  }
  return rows;
}

function stateOf(kind: TargetOutcome["state"]["kind"], failure: Failure | null): TargetRow["state"] {
  if (failure?.code === "PUT_BACK") return "put-back";
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
  activate: "activating",
  health: "checking its health",
};

/** What was being done, what went wrong. The target's name stands before the message once, whoever wrote it. */
export function failureSentence(target: string, failure: Failure, during: TargetPhase | null): string {
  const prefix = `${target}: `;
  const message = failure.message.startsWith(prefix) ? failure.message.slice(prefix.length) : failure.message;
  return during === null ? message : `while ${DOING[during]}: ${message}`;
}
