import { isToRun, type Status } from "./expression.ts";
import { type JobRun, runJob } from "./run-job.ts";
import { dispatchInputs, type Job, matrixOf, readWorkflow } from "./workflow-file.ts";

export interface WorkflowOptions {
  readonly event: "push" | "workflow_dispatch";
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Folder that `actions/checkout` brings. */
  readonly repository: string;
  /** What the runner puts into the environment of every step, such as the address of the artifact service. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface WorkflowRun {
  readonly result: Status;
  /** Those that were run, in the order of their end. */
  readonly jobs: readonly JobRun[];
  /** By id, as `needs` sees it; `skipped` for a job that was not run. */
  readonly results: Readonly<Record<string, JobResult>>;
}

type JobResult = Status | "skipped";
interface Needed {
  readonly result: JobResult;
  readonly outputs: Readonly<Record<string, string>>;
}

const GITHUB = {
  repository: "example/shop",
  ref: "refs/heads/main",
  ref_name: "main",
  sha: "4f2a9c1d00000000000000000000000000000000",
  run_id: "1001",
  run_attempt: "1",
  actor: "octocat",
  token: "the-token-of-the-job",
} as const;

/** Runs a workflow file as GitHub does: jobs as soon as what they need is there, each on a machine of its own. */
export async function runWorkflow(path: string, options: WorkflowOptions): Promise<WorkflowRun> {
  const workflow = readWorkflow(path);
  const { event, secrets, vars } = options;
  if (!Object.hasOwn(workflow.on, event)) throw new Error(`${path} does not run on ${event}`);
  const inputs = event === "push" ? {} : dispatchInputs(workflow, options.inputs ?? {});
  const base = { github: { ...GITHUB, event_name: event, event: { inputs } }, inputs, secrets, vars };
  const ended: JobRun[] = [];
  const running = new Map<string, Promise<Needed>>();
  const start = (id: string): Promise<Needed> => {
    const job = workflow.jobs[id];
    if (job === undefined) throw new Error(`${path} has no job ${id}`);
    const known = running.get(id);
    if (known !== undefined) return known;
    const promise = runWithNeeds(id, job);
    running.set(id, promise);
    return promise;
  };
  async function runWithNeeds(id: string, job: Job): Promise<Needed> {
    const needed = await Promise.all(job.needs.map(async (name) => [name, await start(name)] as const));
    const needs = Object.fromEntries(needed);
    const results = needed.map(([, { result }]) => result);
    const status = results.includes("skipped") ? "skipped" : statusOf(results);
    const contexts = { ...base, needs };
    if (!isToRun(job.if, { contexts, status })) return { result: "skipped", outputs: {} };
    const runs = await runMatrix(id, job, contexts, options);
    ended.push(...runs);
    const outputs = Object.assign({}, ...runs.map((run) => run.outputs)) as Needed["outputs"];
    return { result: statusOf(runs.map(({ result }) => result)), outputs };
  }
  const names = Object.keys(workflow.jobs);
  const all = await Promise.all(names.map(start));
  const results = Object.fromEntries(names.map((name, index) => [name, all[index]!.result]));
  const run = ended.map(({ result }) => result);
  return { result: statusOf(run), jobs: ended, results };
}

async function runMatrix(
  id: string,
  job: Job,
  contexts: Readonly<Record<string, unknown>>,
  { secrets, environment = {}, repository, signal }: WorkflowOptions,
): Promise<JobRun[]> {
  const stop = new AbortController();
  const signals = signal === undefined ? [stop.signal] : [signal, stop.signal];
  const common = { id, job, contexts, secrets, environment, repository, signal: AbortSignal.any(signals) };
  return await Promise.all(
    matrixOf(job).map(async (matrix) => {
      const run = await runJob({ ...common, matrix });
      if (run.result === "failure" && job.strategy?.["fail-fast"]) stop.abort(new Error("fail-fast"));
      return run;
    }),
  );
}

/** Of several together. */
function statusOf(results: readonly JobResult[]): Status {
  if (results.includes("cancelled")) return "cancelled";
  return results.every((result) => result === "success") ? "success" : "failure";
}
