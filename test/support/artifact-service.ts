import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRest } from "./artifact-rest.ts";
import { ArtifactShelf, type ServedRun } from "./artifact-shelf.ts";
import { answerTwirp } from "./artifact-twirp.ts";

export const REPOSITORY = "example/shop";

/** One kind of request: a Twirp method, `block` and `commit` of an upload, `blob` of a download, `rest` of GitHub's API. */
export type ServedRequest = string;

export interface ServiceFaults {
  /** These are never answered. */
  readonly hanging: Set<ServedRequest>;
  /** So many times the next ones of this kind are answered with status 500. */
  readonly failing: Map<ServedRequest, number>;
  /** Names of artifacts of which a byte is changed on the way. */
  readonly corrupt: Set<string>;
}

/** GitHub's service of artifacts as package `@actions/artifact` knows it: Twirp, block blobs, and the REST API for other runs. */
export interface ArtifactService extends AsyncDisposable {
  readonly shelf: ArtifactShelf;
  /** Of this machine's loopback. */
  readonly port: number;
  readonly faults: ServiceFaults;
  /** Of every request, in order. */
  readonly requests: readonly ServedRequest[];
  /** What a token needs to read artifacts of other runs. */
  readonly readToken: string;
  readonly run: ServedRun;
  /** What the runner puts into the environment of a job's steps. */
  environment(run?: ServedRun): Record<string, string>;
  newRun(): ServedRun;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface ServiceState {
  readonly shelf: ArtifactShelf;
  readonly runs: ServedRun[];
  readonly readToken: string;
  readonly baseUrl: string;
  readonly faults: ServiceFaults;
}

export async function startArtifactService(): Promise<ArtifactService> {
  const requests: ServedRequest[] = [];
  const faults: ServiceFaults = { hanging: new Set(), failing: new Map(), corrupt: new Set() };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const state: ServiceState = {
    shelf: new ArtifactShelf(),
    runs: [],
    readToken: "a-token-that-reads-actions",
    baseUrl: `http://127.0.0.1:${port}`,
    faults,
  };
  const newRun = (): ServedRun => {
    const runId = 1_001 + state.runs.length;
    const run = { runId, backendId: `0000${runId}-run` };
    state.runs.push(run);
    return run;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", state.baseUrl);
    const kind = kindOf(request.method ?? "", url);
    requests.push(kind);
    const body = Buffer.concat(await request.toArray());
    if (faults.hanging.has(kind)) return;
    const answer = takeFailure(faults, kind) ?? answerTo(state, { request, url, kind, body });
    response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
  }

  const run = newRun();
  return {
    ...{ shelf: state.shelf, port, faults, requests, readToken: state.readToken, run, newRun },
    environment: (of = run) => environmentOf(state, of),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Question {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly kind: ServedRequest;
  readonly body: Buffer;
}

function kindOf(method: string, url: URL): ServedRequest {
  const twirp = /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(
    url.pathname,
  )?.[1];
  if (twirp !== undefined) return twirp;
  if (!url.pathname.startsWith("/blob/")) return "rest";
  if (method === "GET") return "blob";
  return url.searchParams.get("comp") === "blocklist" ? "commit" : "block";
}

function takeFailure(faults: ServiceFaults, kind: ServedRequest): Answer | undefined {
  const left = faults.failing.get(kind) ?? 0;
  if (left === 0) return undefined;
  faults.failing.set(kind, left - 1);
  const headers = { "content-type": "application/json" };
  return { status: 500, headers, body: '{"code":"internal","msg":"it broke"}' };
}

function answerTo(state: ServiceState, { request, url, kind, body }: Question): Answer {
  const authorization = request.headers.authorization ?? "";
  switch (kind) {
    case "rest":
      return answerRest(state, url, authorization);
    case "blob":
      return download(state, url);
    case "block":
      state.shelf.addBlock(blobId(url), url.searchParams.get("blockid") ?? "", body);
      return { status: 201, headers: BLOB_HEADERS };
    case "commit": {
      const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1]!);
      state.shelf.commitBlocks(blobId(url), ids);
      return { status: 201, headers: BLOB_HEADERS };
    }
    default:
      return answerTwirp(state, kind, authorization, JSON.parse(body.toString()));
  }
}

const BLOB_HEADERS = { etag: '"0x1"', "last-modified": "Tue, 14 Jul 2026 09:30:00 GMT" };

function blobId(url: URL): number {
  return Number(url.pathname.split("/")[2]);
}

function download({ shelf, faults }: ServiceState, url: URL): Answer {
  const file = shelf.byId(blobId(url));
  if (file === undefined || url.searchParams.get("sig") !== signatureOf(file.id)) return { status: 403 };
  const content = Buffer.from(file.content);
  if (faults.corrupt.has(file.name)) content[content.length >> 1]! ^= 1;
  const disposition = `attachment; filename="${file.name}"; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const headers = { "content-type": file.contentType, "content-disposition": disposition };
  return { status: 200, headers, body: content };
}

/** Stands for what signs a URL: who has not asked for one can't read or write. */
export function signatureOf(id: number): string {
  return `signature-of-${id}`;
}

export function signedUrl({ baseUrl }: ServiceState, id: number): string {
  return `${baseUrl}/blob/${id}?sig=${signatureOf(id)}`;
}

function environmentOf({ baseUrl }: ServiceState, run: ServedRun): Record<string, string> {
  return {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_API_URL: baseUrl,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_RUN_ID: String(run.runId),
    GITHUB_RUN_ATTEMPT: "1",
    ACTIONS_RESULTS_URL: `${baseUrl}/`,
    ACTIONS_RUNTIME_TOKEN: runtimeToken(run),
  };
}

/** Three parts as every JWT; the client reads the second. */
function runtimeToken({ backendId }: ServedRun): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const scp = `Actions.GenericRead:1 Actions.Results:${backendId}:job-1`;
  return [part({ alg: "none", typ: "JWT" }), part({ scp }), "signature"].join(".");
}
