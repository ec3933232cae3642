import { tmpdir } from "node:os";
import { resolve } from "node:path";
import type { ArtifactAccess, RunContext } from "./config.ts";
import type { Environment } from "./input-reader.ts";

/** What GitHub says about this run; outside of GitHub Actions, what stands in for it. */
export function readRunContext(environment: Environment, cwd: string): RunContext {
  return {
    url: runUrl(environment),
    workspace: resolve(environment.GITHUB_WORKSPACE || cwd),
    tempDir: resolve(environment.RUNNER_TEMP || tmpdir()),
    repository: /^[^/\s]+\/[^/\s]+$/.exec(environment.GITHUB_REPOSITORY ?? "")?.[0] ?? null,
    artifacts: artifactAccess(environment),
    isHosted: environment.RUNNER_ENVIRONMENT === "github-hosted",
  };
}

function runUrl(environment: Environment): string | null {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = environment;
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return null;
  const attempt = GITHUB_RUN_ATTEMPT ? `/attempts/${GITHUB_RUN_ATTEMPT}` : "";
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}${attempt}`;
}

/** Names of what the runner gives to JavaScript actions for the service of artifacts. */
const SERVICE_VARIABLES = ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL"] as const;

function artifactAccess(environment: Environment): ArtifactAccess {
  if (isEnterpriseServer(environment.GITHUB_SERVER_URL)) {
    const why = "@actions/artifact does not work on GitHub Enterprise Server";
    return { kind: "refused", why };
  }
  const missing = SERVICE_VARIABLES.filter((name) => !environment[name]);
  if (missing.length === 0) return { kind: "service" };
  const verb = missing.length === 1 ? "is" : "are";
  const why = `there is no artifact service here: ${missing.join(" and ")} ${verb} not set, as GitHub's runner does`;
  return { kind: "missing", why };
}

/** As the package decides it (`isGhes` in `@actions/artifact/lib/internal/shared/config.js`). */
function isEnterpriseServer(serverUrl: string | undefined): boolean {
  const url = URL.parse(serverUrl || "https://github.com");
  if (url === null) return false;
  const { hostname } = url;
  return hostname !== "github.com" && !/\.(ghe\.com|localhost)$/.test(hostname);
}

/** `20260714093000-4f2a9c1`: UTC time and short commit; without a commit, the time alone. */
export function defaultReleaseId(now: Date, environment: Environment): string {
  const time = now.toISOString().replace(/\D/g, "").slice(0, 14);
  const commit = /^[0-9a-f]{7}/.exec(environment.GITHUB_SHA ?? "")?.[0];
  return commit === undefined ? time : `${time}-${commit}`;
}
