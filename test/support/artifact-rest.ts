import { type Answer, REPOSITORY, type ServiceState, signedUrl } from "./artifact-service.ts";

/** The two questions of GitHub's API by which the client reads another run's artifacts. */
export function answerRest(state: ServiceState, url: URL, authorization: string): Answer {
  if (!/^(token|Bearer) /.test(authorization)) return refusal(401, "Bad credentials");
  if (!authorization.endsWith(` ${state.readToken}`))
    return refusal(403, "Resource not accessible by integration");
  const path = url.pathname.replace(`/repos/${REPOSITORY}/actions/`, "");
  const runId = /^runs\/(\d+)\/artifacts$/.exec(path)?.[1];
  if (runId !== undefined) return list(state, Number(runId), url.searchParams.get("name"));
  const artifactId = /^artifacts\/(\d+)\/zip$/.exec(path)?.[1];
  if (artifactId !== undefined) return redirect(state, Number(artifactId));
  return refusal(404, "Not Found");
}

function list({ runs, shelf }: ServiceState, runId: number, name: string | null): Answer {
  const run = runs.find((one) => one.runId === runId);
  if (run === undefined) return refusal(404, "Not Found");
  const files = shelf.ofRun(run).filter((file) => name === null || file.name === name);
  const artifacts = files.map((file) => ({
    id: file.id,
    name: file.name,
    size_in_bytes: file.content.length,
    created_at: "2026-07-14T09:30:00Z",
    expired: file.isExpired,
    digest: file.digest,
  }));
  return json(200, { total_count: artifacts.length, artifacts });
}

function redirect(state: ServiceState, id: number): Answer {
  const file = state.shelf.byId(id);
  if (file === undefined) return refusal(404, "Not Found");
  if (file.isExpired) return refusal(410, "Artifact has expired");
  return { status: 302, headers: { location: signedUrl(state, id) } };
}

function refusal(status: number, message: string): Answer {
  return json(status, { message });
}

function json(status: number, value: unknown): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
