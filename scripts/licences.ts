import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences under which others' code may be bundled into a work under MIT. */
const ALLOWED = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "Unlicense",
  "CC0-1.0",
  "BlueOak-1.0.0",
]);

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly { readonly type?: string }[];
}

/** The text of every bundled package's licence. `inputs`: files that were bundled, relative to `root`. */
export function collectLicences(root: string, inputs: readonly string[]): string {
  const folders = new Set<string>();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) folders.add(match[1]);
  }
  const sections = [...folders].map((folder) => licenceOf(join(root, folder))).sort();
  return `The files in this folder contain code of these packages.\n\n${[...new Set(sections)].join("\n")}`;
}

function licenceOf(folder: string): string {
  const file = join(folder, "package.json");
  if (!existsSync(file)) throw new Error(`${folder} has no package.json`);
  const manifest = JSON.parse(readFileSync(file, "utf8")) as PackageJson;
  const licence = licenceName(manifest);
  if (!licence.split(/ OR | AND |[()]/).some((one) => ALLOWED.has(one.trim()))) {
    throw new Error(`${manifest.name} is under "${licence}", which is not on the list of licences to bundle`);
  }
  const textFile = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text =
    textFile === undefined
      ? `(the package names its licence only: ${licence})`
      : readFileSync(join(folder, textFile), "utf8").trim();
  return `${"=".repeat(78)}\n${manifest.name} ${manifest.version} — ${licence}\n\n${text}\n`;
}

function licenceName({ license, licenses }: PackageJson): string {
  if (typeof license === "string") return license;
  return license?.type ?? licenses?.[0]?.type ?? "unknown";
}
