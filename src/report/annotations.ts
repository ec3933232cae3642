import { ERROR_CODES } from "../core/error-codes.ts";
import type { Failure, RunResult } from "../core/outcome.ts";
import { cut, oneLine, visibleLines } from "./escape.ts";
import { headline } from "./headline.ts";
import { failedFirst, failureSentence, isConsequence, type TargetRow, targetRows } from "./target-rows.ts";

export interface Annotation {
  readonly title: string;
  readonly message: string;
}

export interface Annotations {
  /** At most nine. Where the run passed without all targets, they are no more than warnings. */
  readonly errors: readonly Annotation[];
  /** For the message that fails the step, which is the tenth annotation. Null where the run passed. */
  readonly failure: string | null;
}

/** GitHub shows ten errors a step, and the message that fails the step is one of them. */
const ERRORS_MAX = 9;
/** Of those that failed for one reason. */
const TARGETS_NAMED_MAX = 5;
/** GitHub cuts annotations at 4,096 characters; nobody reads so many. */
const MESSAGE_LENGTH_MAX = 2_000;
const TITLE_LENGTH_MAX = 200;

export function annotationsOf(result: RunResult): Annotations {
  const all: Annotation[] = [];
  const { runFailure } = result.verdict;
  if (runFailure !== null) {
    all.push(annotation(runFailure.code, runFailure.message, runFailure));
  }
  const rows = failedFirst(targetRows(result));
  const told = new Set<string>();
  for (const { target, failure, during } of rows) {
    // Where causes are named, a line for each of their consequences would only push them out of sight.
    if (failure === null || (all.length > 0 && isConsequence(failure))) continue;
    // What failed all of them has been said once, of the run.
    if (failure.code === runFailure?.code) continue;
    const sentence = failureSentence(target, failure, during);
    const shared = sharedCause(failure);
    if (shared === undefined) {
      all.push(annotation(`${target}: ${failure.code}`, `${target}: ${sentence}`, failure));
    } else if (!told.has(shared)) {
      told.add(shared);
      const whom = listTargets(
        rows.filter((row) => row.failure !== null && sharedCause(row.failure) === shared),
      );
      all.push(annotation(shared, `${whom}: ${sentence}`, failure));
    }
  }
  const errors = all.slice(0, ERRORS_MAX);
  const more = all.length > errors.length ? ` And ${all.length - errors.length} more, see the summary.` : "";
  return { errors, failure: result.verdict.status === "success" ? null : `${headline(result)}${more}` };
}

/** The same for all targets that failed for the same reason, which is none of theirs. */
function sharedCause({ jumpHost, code }: Failure): string | undefined {
  return jumpHost === undefined ? undefined : `${jumpHost}: ${code}`;
}

function listTargets(rows: readonly TargetRow[]): string {
  const names = rows.slice(0, TARGETS_NAMED_MAX).map(({ target }) => target);
  const more = rows.length > names.length ? `, and ${rows.length - names.length} more targets` : "";
  return `${names.join(", ")}${more}`;
}

function annotation(title: string, sentence: string, failure: Failure): Annotation {
  const message = `${cut(visibleLines(sentence), MESSAGE_LENGTH_MAX)}\n${ERROR_CODES[failure.code]}`;
  return { title: cut(oneLine(title), TITLE_LENGTH_MAX), message };
}
