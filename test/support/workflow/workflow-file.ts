import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";

/**
 * The part of GitHub's workflow syntax that this runner does. Whatever else stands in a file is an error, never passed over: an
 * example that uses it would be tested without it.
 */

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const env = z.record(z.string(), scalar).default({});
/** Evaluated as an expression, with or without `${{ }}`. */
const condition = z.union([z.string(), z.boolean().transform(String)]);
const names = z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]);

const step = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: condition.optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: env,
  env,
});

const job = z.strictObject({
  needs: names,
  if: condition.optional(),
  strategy: z
    .strictObject({
      "fail-fast": z.boolean().default(true),
      matrix: z.record(z.string(), z.array(scalar).min(1)),
    })
    .optional(),
  "runs-on": z.union([z.string(), z.array(z.string())]),
  environment: z.string().optional(),
  "timeout-minutes": z.number().positive(),
  permissions: env,
  outputs: env,
  env,
  steps: z.array(step).min(1),
});

const dispatchInput = z.strictObject({
  description: z.string(),
  type: z.enum(["string", "choice", "boolean"]),
  required: z.boolean().default(false),
  options: z.array(z.string()).optional(),
  default: scalar.optional(),
});

const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    push: z.strictObject({ branches: z.array(z.string()) }).optional(),
    workflow_dispatch: z.strictObject({ inputs: z.record(z.string(), dispatchInput).default({}) }).nullish(),
  }),
  permissions: z.record(z.string(), z.enum(["read", "write", "none"])),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() }),
  jobs: z.record(z.string(), job),
});

export type Workflow = z.infer<typeof workflow>;
export type Job = z.infer<typeof job>;
export type Step = z.infer<typeof step>;

export function readWorkflow(path: string): Workflow {
  return workflow.parse(parse(readFileSync(path, "utf8")));
}

/** One for each run of the job: every combination of the matrix' values. */
export function matrixOf({ strategy }: Job): Record<string, string>[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(strategy?.matrix ?? {})) {
    combinations = combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return combinations;
}

/** The inputs of a run that somebody starts by hand. @throws where GitHub's form would not let it start */
export function dispatchInputs(
  { on }: Workflow,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = on.workflow_dispatch?.inputs ?? {};
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new Error(`the workflow has no input ${unknown.join(", ")}`);
  const inputs = Object.entries(declared).map(([name, { required, options, default: fallback }]) => {
    const value = given[name] ?? fallback ?? options?.[0] ?? "";
    if (required && value === "") throw new Error(`input ${name} is required`);
    if (options !== undefined && !options.includes(value))
      throw new Error(`input ${name}: ${value} is none of ${options.join(", ")}`);
    return [name, value];
  });
  return Object.fromEntries(inputs);
}
