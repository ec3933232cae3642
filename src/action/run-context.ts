import { tmpdir } from "node:os";
import { resolve } from "node:path";
import type { RunContext } from "./config.ts";
import type { Environment } from "./input-reader.ts";

/** What GitHub says about this run; outside of GitHub Actions, what stands in for it. */
export function readRunContext(environment: Environment, cwd: string): RunContext {
  return {
    url: runUrl(environment),
    workspace: resolve(environment.GITHUB_WORKSPACE || cwd),
    tempDir: resolve(environment.RUNNER_TEMP || tmpdir()),
  };
}

function runUrl(environment: Environment): string | null {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = environment;
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return null;
  const attempt = GITHUB_RUN_ATTEMPT ? `/attempts/${GITHUB_RUN_ATTEMPT}` : "";
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}${attempt}`;
}

/** `20260714093000-4f2a9c1`: UTC time and short commit; without a commit, the time alone. */
export function defaultReleaseId(now: Date, environment: Environment): string {
  const time = now.toISOString().replace(/\D/g, "").slice(0, 14);
  const commit = /^[0-9a-f]{7}/.exec(environment.GITHUB_SHA ?? "")?.[0];
  return commit === undefined ? time : `${time}-${commit}`;
}
