import { expect, test } from "vitest";
import { reportSchema, reportText } from "../../src/report/report-json.ts";
import { failedTarget, rightTarget, runOf } from "./sample-run.ts";

function parsed(...run: Parameters<typeof runOf>) {
  return reportSchema.strict().parse(JSON.parse(reportText(runOf(...run))));
}

test("a report follows its own schema and carries each target's figures", () => {
  const report = parsed([rightTarget("web-1"), rightTarget("web-2")]);
  expect(report).toMatchObject({
    version: 1,
    status: "success",
    error: null,
    counts: { total: 2, verified: 2, activated: 2, failed: 0 },
    transfer: { durationMs: 6_400, bytes: 64 * 1024 ** 2 },
    release: { id: "20260714093000-4f2a9c1", pieces: 512 },
  });
  expect(report.transfer.bound?.ratio).toBeCloseTo(1.194, 2);
  expect(report.targets[0]).toMatchObject({
    name: "web-1",
    state: "activated",
    error: null,
    previousRelease: "older",
    bytes: { fromSeeder: 2 * 1024 ** 2, fromPeers: 30 * 1024 ** 2 },
  });
  expect(report.targets[0]?.phases.map(({ name }) => name)).toEqual([
    "connect",
    "preflight",
    "transfer",
    "verify",
    "commit",
  ]);
});

test("a target whose word the verdict did not believe is failed in the report too", () => {
  const liar = rightTarget("web-1");
  if (liar.state.kind !== "activated") throw new Error("the sample is activated");
  const state = { ...liar.state, verified: { ...liar.state.verified, infoHash: "d".repeat(40) } };
  const report = parsed([{ ...liar, state }]);
  expect(report.targets[0]).toMatchObject({ state: "failed", error: { code: "VERIFY_FAILED" } });
  expect(report.counts).toMatchObject({ verified: 0, activated: 0, failed: 1 });
});

test("silent targets and the run's own failure are in the report", () => {
  const lost = { code: "SSH_LOST", message: "the connection broke" } as const;
  const runFailure = { code: "ORIGIN_FAILED", message: "exited with code 1" } as const;
  const report = parsed([failedTarget("web-1", lost)], { silent: ["web-2"], runFailure });
  expect(report.error).toMatchObject({ code: "ORIGIN_FAILED", remedy: expect.any(String) });
  expect(report.targets.map(({ name, state }) => [name, state])).toEqual([
    ["web-1", "failed"],
    ["web-2", "failed"],
  ]);
});
