import * as z from "zod";
import { type Answer, type ServiceState, signedUrl } from "./artifact-service.ts";
import type { ServedRun, StoredFile } from "./artifact-shelf.ts";

/** Protocol buffers in JSON: 64-bit numbers are strings there, and wrapped values are plain ones. */
const int64 = z.coerce.number().int().nonnegative();
const question = z.object({
  workflow_run_backend_id: z.string(),
  workflow_job_run_backend_id: z.string(),
});
const QUESTIONS = {
  CreateArtifact: question.extend({
    name: z.string().min(1),
    version: z.literal(7),
    mime_type: z.string(),
    expires_at: z.iso.datetime().nullish(),
  }),
  FinalizeArtifact: question.extend({ name: z.string(), size: int64, hash: z.string() }),
  ListArtifacts: question.extend({ name_filter: z.string().optional(), id_filter: int64.optional() }),
  GetSignedArtifactURL: question.extend({ name: z.string() }),
} as const;

/** The methods that the client calls. */
export function answerTwirp(
  state: ServiceState,
  method: string,
  authorization: string,
  body: unknown,
): Answer {
  const run = runOf(state, authorization);
  if (run === undefined) return refusal(401, "unauthenticated", "no such token");
  const { workflow_run_backend_id: backendId } = question.parse(body);
  if (backendId !== run.backendId) return refusal(403, "permission_denied", "the token is another run's");
  switch (method) {
    case "CreateArtifact":
      return create(state, run, QUESTIONS.CreateArtifact.parse(body));
    case "FinalizeArtifact":
      return finalize(state, run, QUESTIONS.FinalizeArtifact.parse(body));
    case "ListArtifacts":
      return list(state, run, QUESTIONS.ListArtifacts.parse(body));
    case "GetSignedArtifactURL": {
      const { name } = QUESTIONS.GetSignedArtifactURL.parse(body);
      const file = readable(state, run).findLast((one) => one.name === name);
      if (file === undefined) return refusal(404, "not_found", "no such artifact");
      return json({ signed_url: signedUrl(state, file.id) });
    }
    default:
      return refusal(404, "bad_route", `no method ${method}`);
  }
}

function create(
  state: ServiceState,
  run: ServedRun,
  { name, mime_type: contentType, expires_at: expiresAt = null }: z.infer<typeof QUESTIONS.CreateArtifact>,
): Answer {
  const file = state.shelf.create(run, name, contentType, expiresAt);
  if (file === undefined)
    return refusal(409, "already_exists", "an artifact with this name already exists on the workflow run");
  return json({ ok: true, signed_upload_url: signedUrl(state, file.id) });
}

function finalize(
  state: ServiceState,
  run: ServedRun,
  { name, size, hash }: z.infer<typeof QUESTIONS.FinalizeArtifact>,
): Answer {
  const file = state.shelf.finalize(run, name, size, hash);
  if (file === undefined) return refusal(400, "invalid_argument", "size or hash is not that of the blob");
  return json({ ok: true, artifact_id: String(file.id) });
}

function list(
  state: ServiceState,
  run: ServedRun,
  { name_filter: name, id_filter: id }: z.infer<typeof QUESTIONS.ListArtifacts>,
): Answer {
  const files = readable(state, run).filter(
    (file) => (name === undefined || file.name === name) && (id === undefined || file.id === id),
  );
  return json({
    artifacts: files.map((file) => ({
      workflow_run_backend_id: run.backendId,
      workflow_job_run_backend_id: "job-1",
      database_id: String(file.id),
      name: file.name,
      size: String(file.content.length),
      created_at: "2026-07-14T09:30:00Z",
      digest: file.digest,
    })),
  });
}

function readable({ shelf }: ServiceState, run: ServedRun): StoredFile[] {
  return shelf.ofRun(run).filter(({ isExpired }) => !isExpired);
}

function runOf({ runs }: ServiceState, authorization: string): ServedRun | undefined {
  const payload = authorization.replace(/^Bearer /, "").split(".")[1] ?? "";
  const text = Buffer.from(payload, "base64url").toString();
  return runs.find(({ backendId }) => text.includes(`Actions.Results:${backendId}:`));
}

function json(value: unknown): Answer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

function refusal(status: number, code: string, msg: string): Answer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify({ code, msg }) };
}
