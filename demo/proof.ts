import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { treeDigest } from "../test/support/tree-digest.ts";
import type { ActionStepResult } from "./action-step.ts";
import type { DemoTarget } from "./demo-fleet.ts";
import { culprits, type ReportFile } from "./report-file.ts";

/** What the demo found out by itself, in lines for a person. `holds` only where every line is good news. */
export interface Proof {
  readonly holds: boolean;
  readonly lines: readonly string[];
}

/** Lines about single targets before the rest is only counted. */
const NAMED_MAX = 5;

/** That the step passed, and that every target's `current` leads to the very tree that was shipped. */
export function proveSuccess(step: ActionStepResult, targets: readonly DemoTarget[], source: string): Proof {
  const wanted = treeDigest(source);
  const wrong: string[] = [];
  for (const { label, name, folder } of targets) {
    const found = tryDigest(join(folder, "current/"));
    if (found !== wanted) wrong.push(`✗ ${label} (${name}): current is not what was shipped: ${found}`);
  }
  const passed = step.exitCode === 0 && step.outputs.status === "success";
  const lines = [
    passed
      ? "✓ the action passed"
      : `✗ the action ended with exit code ${step.exitCode}, status ${step.outputs.status ?? "none"}`,
    ...(wrong.length === 0
      ? [
          `✓ on all ${targets.length} targets the tree at \`current\` equals the source: SHA-256 ${wanted.slice(0, 16)}…`,
        ]
      : wrong.slice(0, NAMED_MAX)),
    ...(wrong.length > NAMED_MAX ? [`✗ and ${wrong.length - NAMED_MAX} more`] : []),
  ];
  return { holds: passed && wrong.length === 0, lines };
}

/** That the step failed, named exactly the victims, and switched no target. */
export async function proveFailure(
  step: ActionStepResult,
  report: ReportFile | undefined,
  targets: readonly DemoTarget[],
  victims: readonly string[],
): Promise<Proof> {
  const named = report === undefined ? [] : culprits(report);
  const asExpected =
    named
      .map(({ name }) => name)
      .sort()
      .join() === [...victims].sort().join();
  const failed = step.exitCode !== 0 && step.outputs.status === "failed";
  const switched: string[] = [];
  for (const { label, folder } of targets) {
    const current = await readlink(join(folder, "current")).catch(() => undefined);
    if (current !== undefined) switched.push(label);
  }
  const causes = named.map(({ name, error }) => `${name} ${error?.code ?? "without a reason"}`).join(", ");
  const lines = [
    failed ? "✓ the action failed, as it must" : `✗ the action did not fail: exit code ${step.exitCode}`,
    asExpected
      ? `✓ it names exactly the targets that were harmed: ${causes}`
      : `✗ it names ${causes || "nobody"}; harmed were ${victims.join(", ")}`,
    switched.length === 0
      ? "✓ no target was switched: a fleet is never left half updated"
      : `✗ switched all the same: ${switched.join(", ")}`,
  ];
  return { holds: failed && asExpected && switched.length === 0, lines };
}

/** The digest, or why there is none. */
function tryDigest(root: string): string {
  try {
    return treeDigest(root);
  } catch (error) {
    return (error as Error).message;
  }
}
