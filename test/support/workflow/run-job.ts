import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interpolate, interpolateAll, isToRun, type Scope, type Status } from "./expression.ts";
import { MaskedLog } from "./masked-log.ts";
import { runScript, runUses, type StepEnd, type StepSurroundings } from "./run-step.ts";
import type { Job, Step } from "./workflow-file.ts";

export interface JobOptions {
  readonly id: string;
  readonly job: Job;
  readonly matrix: Readonly<Record<string, string>>;
  /** `github`, `inputs`, `needs`, `vars` and `secrets`. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What the runner itself puts into the environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly repository: string;
  readonly signal: AbortSignal;
}

export interface StepRun extends StepEnd {
  readonly id: string | null;
  readonly name: string;
}

/** One run of one job; a matrix has several. */
export interface JobRun {
  readonly id: string;
  readonly matrix: Readonly<Record<string, string>>;
  readonly result: Status;
  readonly outputs: Readonly<Record<string, string>>;
  readonly environment: string | null;
  readonly labels: readonly string[];
  /** Those that were run. */
  readonly steps: readonly StepRun[];
  readonly log: string;
  readonly summary: string;
}

/** Runs a job's steps in a workspace of its own that is gone afterwards. */
export async function runJob(options: JobOptions): Promise<JobRun> {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-job-"));
  try {
    return await new RunningJob(options, folder).run();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class RunningJob {
  readonly #options: JobOptions;
  readonly #folder: string;
  readonly #workspace: string;
  readonly #log: MaskedLog;
  readonly #steps: StepRun[] = [];
  #environment: Record<string, string> = {};
  #status: Status = "success";

  constructor(options: JobOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    this.#workspace = join(folder, "workspace");
    mkdirSync(this.#workspace);
    this.#log = new MaskedLog(Object.values(options.secrets));
  }

  async run(): Promise<JobRun> {
    const { id, job, matrix, signal } = this.#options;
    this.#environment = interpolateAll(job.env, this.#scope());
    const labels = [job["runs-on"]].flat().map((label) => interpolate(label, this.#scope()));
    const late = AbortSignal.timeout(job["timeout-minutes"] * 60_000);
    const over = AbortSignal.any([signal, late]);
    for (const [index, step] of job.steps.entries()) {
      if (over.aborted) this.#status = "cancelled";
      if (isToRun(step.if, this.#scope())) await this.#runStep(step, index, over);
    }
    return {
      id,
      matrix,
      result: this.#status,
      outputs: interpolateAll(job.outputs, this.#scope()),
      environment: job.environment === undefined ? null : interpolate(job.environment, this.#scope()),
      labels,
      steps: this.#steps,
      log: this.#log.text,
      summary: this.#steps.map(({ summary }) => summary).join("\n"),
    };
  }

  async #runStep(step: Step, index: number, signal: AbortSignal): Promise<void> {
    const environment = { ...this.#environment, ...interpolateAll(step.env, this.#scope()) };
    const scope = this.#scope(environment);
    const surroundings: StepSurroundings = {
      folder: join(this.#folder, `step-${index}`),
      workspace: this.#workspace,
      repository: this.#options.repository,
      environment: { ...this.#options.environment, ...environment },
      onLine: (line) => this.#log.add(line),
      signal,
    };
    const end =
      step.uses === undefined
        ? await runScript(interpolate(step.run ?? "", scope), surroundings)
        : await runUses(step.uses, interpolateAll(step.with, scope), surroundings);
    this.#environment = { ...this.#environment, ...end.environment };
    const name = step.name ?? step.uses ?? step.run ?? "";
    this.#steps.push({ ...end, id: step.id ?? null, name });
    if (end.outcome === "failure" && this.#status === "success") this.#status = "failure";
  }

  #scope(environment = this.#environment): Scope {
    const { contexts, matrix } = this.#options;
    const named = this.#steps.flatMap(({ id, outcome, outputs }) =>
      id === null ? [] : [[id, { outcome, conclusion: outcome, outputs }]],
    );
    const own = { env: environment, matrix, steps: Object.fromEntries(named), job: { status: this.#status } };
    return { contexts: { ...contexts, ...own }, status: this.#status };
  }
}
