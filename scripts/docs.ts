import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { ERROR_CODES } from "../src/core/error-codes.ts";
import { reportSchema } from "../src/report/report-json.ts";

/**
 * Writes what the documentation repeats from the code: the README's tables and the report's JSON schema.
 * With `--check` it writes nothing and fails where something would change.
 */

const root = new URL("../", import.meta.url);

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string().optional() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});
export type ActionMetadata = z.infer<typeof actionSchema>;

export async function readActionMetadata(): Promise<ActionMetadata> {
  return actionSchema.parse(parse(await readFile(new URL("action.yml", root), "utf8")));
}

interface Document {
  /** From the repository's root. */
  readonly path: string;
  readonly content: string;
}

/** Every generated document as it should be. */
export async function generateDocuments(): Promise<Document[]> {
  const { inputs, outputs } = await readActionMetadata();
  const readme = await readFile(new URL("README.md", root), "utf8");
  const tables: Record<string, string> = {
    inputs: table(
      ["input", "default", "meaning"],
      Object.entries(inputs).map(([name, input]) => [
        `\`${name}\``,
        input.default === undefined ? "" : `\`${input.default}\``,
        input.description,
      ]),
    ),
    outputs: table(
      ["output", "meaning"],
      Object.entries(outputs).map(([name, output]) => [`\`${name}\``, output.description]),
    ),
    troubleshooting: table(
      ["code", "what to do"],
      Object.entries(ERROR_CODES).map(([code, remedy]) => [`\`${code}\``, remedy]),
    ),
  };
  const filled = Object.entries(tables).reduce((text, [name, rows]) => fill(text, name, rows), readme);
  // The form for readers: a field that a later report adds is no error to them.
  const schema = { $id: "report.schema.json", ...z.toJSONSchema(reportSchema, { io: "input" }) };
  return [
    { path: "README.md", content: filled },
    { path: "docs/report.schema.json", content: `${JSON.stringify(schema, null, 2)}\n` },
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->`. */
function fill(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`README.md lacks the markers ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

/** Paths of the documents that are not as they should be. */
export async function staleDocuments(): Promise<string[]> {
  const stale: string[] = [];
  for (const { path, content } of await generateDocuments()) {
    const present = await readFile(new URL(path, root), "utf8").catch(() => undefined);
    if (present !== content) stale.push(path);
  }
  return stale;
}

async function main(check: boolean): Promise<void> {
  const stale = await staleDocuments();
  if (check) {
    if (stale.length === 0) return;
    console.error(`Not up to date: ${stale.join(", ")}. Run \`npm run docs\` and commit the result.`);
    process.exitCode = 1;
    return;
  }
  for (const { path, content } of await generateDocuments()) await writeFile(new URL(path, root), content);
  console.log(stale.length === 0 ? "Everything was up to date." : `Written: ${stale.join(", ")}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes("--check"));
