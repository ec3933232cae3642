import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, PROGRAMS, ROOT } from "./bundles.ts";
import { collectLicences } from "./licences.ts";

/**
 * `npm run build`: one readable file a program in `dist/`, and the licences of what is bundled. With `--outdir DIR`
 * elsewhere, to compare. The same sources give the same bytes.
 */

const outdirFlag = process.argv.indexOf("--outdir");
const outdir = outdirFlag === -1 ? join(ROOT, "dist") : (process.argv[outdirFlag + 1] ?? "");
mkdirSync(outdir, { recursive: true });
for (const file of readdirSync(outdir)) rmSync(join(outdir, file), { recursive: true });

const bundled = new Map<string, readonly string[]>();
for (const program of PROGRAMS) {
  const { metafile } = await build(bundleOptions(program, outdir));
  bundled.set(program.file, Object.keys(metafile?.inputs ?? {}));
}
writeFileSync(join(outdir, "THIRD_PARTY_LICENCES.txt"), collectLicences(ROOT, [...bundled.values()].flat()));
