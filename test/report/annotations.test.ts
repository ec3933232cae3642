import { expect, test } from "vitest";
import { annotationsOf } from "../../src/report/annotations.ts";
import { failedTarget, rightTarget, runOf } from "./sample-run.ts";

const lost = { code: "SSH_LOST", message: "the connection broke" } as const;

test("a right run has no annotation", () => {
  expect(annotationsOf(runOf([rightTarget("web-1")]))).toEqual({ errors: [], failure: null });
});

test("an annotation names the target, what was being done, what went wrong and what to do", () => {
  const { errors, failure } = annotationsOf(runOf([rightTarget("web-1"), failedTarget("web-2", lost)]));
  expect(errors).toHaveLength(1);
  expect(errors[0]?.title).toBe("web-2: SSH_LOST");
  expect(errors[0]?.message).toMatch(
    /^web-2: while fetching: the connection broke\nThe connection broke\. Check/,
  );
  expect(failure).toContain("1 of 2 targets verified");
  expect(failure).not.toContain("more");
});

test("a fleet that failed whole stays within GitHub's ten annotations, and nobody is forgotten", () => {
  const fleet = Array.from({ length: 12 }, (_, index) => failedTarget(`web-${index}`, lost));
  const { errors, failure } = annotationsOf(runOf(fleet));
  expect(errors).toHaveLength(9);
  expect(failure).toMatch(/12 failed.* And 3 more, see the summary\.$/);
});

test("causes are annotated before targets that only waited for them", () => {
  const incomplete = { code: "FLEET_INCOMPLETE", message: "web-10 failed" } as const;
  const waiting = Array.from({ length: 10 }, (_, index) => failedTarget(`web-${index}`, incomplete));
  const { errors } = annotationsOf(runOf([...waiting, failedTarget("web-10", lost)]));
  expect(errors[0]?.title).toBe("web-10: SSH_LOST");
});

test("what a jump host did to all targets behind it is told once, with its name and theirs", () => {
  const jumpHost = "jump host bastion.example.com";
  const broke = { code: "JUMP_LOST", message: `${jumpHost}: the connection broke: reset`, jumpHost } as const;
  const behind = Array.from({ length: 12 }, (_, index) => failedTarget(`web-${index}`, broke));
  const { errors, failure } = annotationsOf(runOf([...behind, failedTarget("db-1", lost)]));
  expect(errors.map(({ title }) => title)).toEqual([`${jumpHost}: JUMP_LOST`, "db-1: SSH_LOST"]);
  expect(errors[0]?.message).toMatch(
    /^web-0, web-1, web-2, web-3, web-4, and 7 more targets: while fetching: jump host bastion.example.com: the/,
  );
  expect(failure).toContain("13 failed");
  expect(failure).not.toContain("more");
});

test("what failed the run as a whole comes first", () => {
  const runFailure = { code: "ORIGIN_FAILED", message: "exited with code 1" } as const;
  const { errors } = annotationsOf(runOf([failedTarget("web-1", lost)], { runFailure }));
  expect(errors.map(({ title }) => title)).toEqual(["ORIGIN_FAILED", "web-1: SSH_LOST"]);
});

test("what failed the run on every target is said once", () => {
  const runFailure = { code: "TRACKER_UNREACHABLE", message: "none of the 12 targets reaches it" } as const;
  const blocked = { code: "TRACKER_UNREACHABLE", message: "it does not reach it" } as const;
  const fleet = Array.from({ length: 12 }, (_, index) => failedTarget(`web-${index}`, blocked));
  const { errors } = annotationsOf(runOf([...fleet, failedTarget("web-12", lost)], { runFailure }));
  expect(errors.map(({ title }) => title)).toEqual(["TRACKER_UNREACHABLE", "web-12: SSH_LOST"]);
});

test("a title is one line whatever a target is called", () => {
  const { errors } = annotationsOf(runOf([failedTarget("web\n::error::x\u001b[1m", lost)]));
  expect(errors[0]?.title).toBe("web ::error::x\\u001b[1m: SSH_LOST");
});
