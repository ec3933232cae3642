import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm test`: every test, and at the end one line that counts them. Arguments go to vitest: `npm test -- swarm`.
 * A run that executed nothing has failed, and in CI so has one that left something out.
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

const folder = mkdtempSync(join(tmpdir(), "murmuration-test-"));
try {
  const resultFile = join(folder, "result.json");
  const { status } = spawnSync(
    process.execPath,
    [
      join(ROOT, "node_modules/vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${resultFile}`,
      ...process.argv.slice(2),
    ],
    { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] },
  );
  process.exitCode = conclude(JSON.parse(readFileSync(resultFile, "utf8")) as Counts, status);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function conclude(counts: Counts, status: number | null): number {
  const { numPassedTests, numFailedTests, numPendingTests } = counts;
  // A file that does not even load has no failed test in it; it counts as one.
  const failed = Math.max(numFailedTests, counts.success || status === 0 ? 0 : 1);
  const leftOut = process.env.CI !== undefined && numPendingTests > 0;
  if (leftOut) console.error(`${numPendingTests} tests were left out, which in CI is a failure.`);
  if (numPassedTests + failed === 0) console.error("No test was executed.");
  console.log(
    `${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ""}`,
  );
  return status === 0 && failed === 0 && numPassedTests > 0 && !leftOut ? 0 : 1;
}
