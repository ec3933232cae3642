// biome-ignore-all lint/suspicious/noTemplateCurlyInString: GitHub's expressions look like templates.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runWorkflow, type WorkflowOptions } from "../support/workflow/run-workflow.ts";

/** That the runner does what GitHub does: what the examples' tests say is worth no more than this. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "murmuration-runner-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(jobs: string, options: Partial<WorkflowOptions> = {}) {
  const path = join(folder, "workflow.yml");
  const head = "name: t\non: {push: {branches: [main]}}\npermissions: {contents: read}\n";
  const concurrency = "concurrency: {group: t, cancel-in-progress: false}\n";
  writeFileSync(path, `${head}${concurrency}jobs:\n${jobs}`);
  const nothing = { event: "push", secrets: {}, vars: {}, repository: folder } as const;
  return await runWorkflow(path, { ...nothing, ...options });
}

const job = (name: string, body: string, more = "") =>
  `  ${name}:\n    runs-on: ubuntu-latest\n    timeout-minutes: 1\n${more}    steps:\n${body}`;
const script = (text: string, more = "") => `      - run: ${text}\n${more}`;

test("after a failure only steps that ask for it are run, and the job has failed", async () => {
  const steps = [
    script("echo one; exit 3"),
    script("echo two"),
    script("echo three", "        if: failure()\n"),
    script("echo four", "        if: always()\n"),
    script("echo five", "        if: failure() && 'x' == 'y'\n"),
    script("echo six", "        if: ${{ github.ref_name == 'main' }}\n"),
  ];
  const workflow = await run(job("a", steps.join("")));
  expect(workflow.result).toBe("failure");
  expect(workflow.jobs[0]?.log).toBe("one\nthree\nfour");
});

test("a script ends with its first failing command", async () => {
  const workflow = await run(job("a", script("|\n          false\n          echo not reached")));
  expect(workflow.jobs[0]).toMatchObject({ result: "failure", log: "" });
});

test("outputs go from step to step and from job to job, the environment to later steps", async () => {
  const steps = [
    script(`echo "word=hello" >> "$GITHUB_OUTPUT"; echo "LATER=yes" >> "$GITHUB_ENV"`, "        id: say\n"),
    script('echo "$LATER $WORD"', "        env: {WORD: '${{ steps.say.outputs.word }}'}\n"),
  ];
  const outputs = "    outputs: {word: '${{ steps.say.outputs.word }}'}\n";
  const second = script('echo "${{ needs.a.outputs.word }} ${{ needs.a.result }}"');
  const workflow = await run(job("a", steps.join(""), outputs) + job("b", second, "    needs: a\n"));
  expect(workflow.jobs.map(({ log }) => log)).toEqual(["yes hello", "hello success"]);
});

test("what needs a failed job is skipped, and what asks for it is not", async () => {
  const jobs = [
    job("a", script("exit 1")),
    job("b", script("echo b"), "    needs: a\n"),
    job("c", script("echo c"), "    needs: [b]\n"),
    job("d", script("echo ${{ needs.a.result }}"), "    needs: [a, b]\n    if: always()\n"),
  ];
  const workflow = await run(jobs.join(""));
  expect(workflow.results).toEqual({ a: "failure", b: "skipped", c: "skipped", d: "success" });
  expect(workflow.jobs.at(-1)?.log).toBe("failure");
});

test.each([
  [true, "cancelled"],
  [false, "success"],
])("with fail-fast %s the rest of a matrix is %s", async (failFast, expected) => {
  const strategy = `    strategy: {fail-fast: ${failFast}, matrix: {n: [1, 2]}}\n`;
  const steps = script("if [ ${{ matrix.n }} = 1 ]; then exit 1; else sleep 2; fi") + script("echo after");
  const workflow = await run(job("a", steps, strategy));
  const byN = Object.fromEntries(workflow.jobs.map(({ matrix, result }) => [matrix.n, result]));
  expect(byN).toEqual({ 1: "failure", 2: expected });
});

test("secrets, and what a step says is one, never stand in a log", async () => {
  const secrets = { KEY: "first line\nsecond line" };
  const steps =
    script('echo "$KEY"', "        env: {KEY: '${{ secrets.KEY }}'}\n") +
    script("echo '::add-mask::told'") +
    script("echo it was told");
  const workflow = await run(job("a", steps), { secrets });
  expect(workflow.jobs[0]?.log).toBe("***\n***\nit was ***");
});

test.each([
  ["a key of the syntax that it does not know", script("true", "        continue-on-error: true\n")],
  ["an action that it has no stand-in for", "      - uses: actions/cache@v4\n"],
  ["a context that does not exist", script("echo ${{ nothing.here }}")],
  [
    "an input that the action does not have",
    "      - uses: OWNER/murmuration@v1\n        with: {colour: red}\n",
  ],
])("%s is an error, and not passed over", async (_what, steps) => {
  await expect(run(job("a", steps))).rejects.toThrow();
});
