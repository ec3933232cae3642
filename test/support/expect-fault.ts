import { expect } from "vitest";
import { ERROR_CODES, type ErrorCode } from "../../src/core/error-codes.ts";
import type { ActionRun } from "./action-run.ts";

export interface ExpectedFault {
  /** The only target that fails by itself. */
  readonly target: string;
  readonly code: ErrorCode;
  /** What the annotation says was being done and went wrong. */
  readonly says: RegExp;
  /** The whole step; by default as long as a busy machine may take for what should be a few seconds. */
  readonly withinMs?: number;
}

const WITHIN_MS = 45_000;

/**
 * What every fault of one target gets: the job fails and names it, says what was being done and what to do; all others have
 * verified, and nothing is activated anywhere.
 */
export function expectFault(run: ActionRun, fault: ExpectedFault): void {
  const { target, code, says, withinMs = WITHIN_MS } = fault;
  const { outputs, report, errors, summary, log } = run;
  expect(run.exitCode, log).toBe(1);
  expect(outputs.status).toBe("failed");
  expect(JSON.parse(outputs["failed-targets"] ?? ""), log).toEqual([target]);
  expect(outputs["targets-activated"]).toBe("0");
  expect(outputs["targets-verified"], log).toBe(String(Number(outputs["targets-total"]) - 1));

  const annotation = errors.find((error) => error.startsWith(`${target}: `)) ?? "";
  expect(annotation, log).toContain(`${target}: ${code}\n`);
  expect(annotation).toMatch(says);
  expect(annotation).toContain(ERROR_CODES[code]);
  expect(summary).toContain("## Deploy failed");
  expect(summary).toContain(`**${code}**`);

  // A target that fails is no reason to take paths for blocked.
  expect(run.warnings.filter((warning) => /reach/.test(warning))).toEqual([]);

  expect(report?.status).toBe("failed");
  for (const { name, state, error } of report?.targets ?? []) {
    const expected = name === target ? ["failed", code] : ["held-back", "FLEET_INCOMPLETE"];
    expect({ name, is: [state, error?.code] }).toEqual({ name, is: expected });
  }
  expect(run.wallMs).toBeLessThan(withinMs);
}
