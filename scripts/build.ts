import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { collectLicences } from "./licences.ts";

/**
 * `npm run build`: one readable file a program in `dist/`, and the licences of what is bundled. With `--outdir DIR`
 * elsewhere, to compare. The same sources give the same bytes.
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The action runs on GitHub's Node 24; agent and origin on whatever a machine of the fleet has, 22 or newer. */
const PROGRAMS = [
  { name: "action", entry: "src/action/main.ts", target: "node24" },
  { name: "cleanup", entry: "src/action/cleanup.ts", target: "node24" },
  { name: "agent", entry: "src/agent/main.ts", target: "node22" },
  { name: "origin", entry: "src/origin/main.ts", target: "node22" },
] as const;

/** What bundled CommonJS modules expect to find. */
const BANNER = `import { createRequire as __createRequire } from "node:module";
import { fileURLToPath as __fileURLToPath } from "node:url";
import { dirname as __pathDirname } from "node:path";
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __pathDirname(__filename);`;

/** Native add-ons that their packages do without. */
const ABSENT = [
  "cpu-features",
  "./crypto/build/Release/sshcrypto.node",
  "bufferutil",
  "utf-8-validate",
  "utp-native",
];

function optionsFor(program: (typeof PROGRAMS)[number], outdir: string): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: [program.entry],
    outfile: join(outdir, `${program.name}.mjs`),
    bundle: true,
    platform: "node",
    format: "esm",
    target: program.target,
    banner: { js: BANNER },
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
    plugins: [
      {
        name: "absent-add-ons",
        setup(plugin) {
          plugin.onResolve({ filter: /./ }, ({ path }) =>
            ABSENT.includes(path) ? { path, namespace: "absent" } : undefined,
          );
          plugin.onLoad({ filter: /./, namespace: "absent" }, ({ path }) => ({
            contents: `throw new Error(${JSON.stringify(`${path} is not bundled`)});`,
          }));
        },
      },
    ],
  };
}

const outdirFlag = process.argv.indexOf("--outdir");
const outdir = outdirFlag === -1 ? join(ROOT, "dist") : (process.argv[outdirFlag + 1] ?? "");
mkdirSync(outdir, { recursive: true });
for (const file of readdirSync(outdir)) rmSync(join(outdir, file), { recursive: true });

const bundled = new Map<string, readonly string[]>();
for (const program of PROGRAMS) {
  const { metafile } = await build(optionsFor(program, outdir));
  bundled.set(program.name, Object.keys(metafile?.inputs ?? {}));
}
writeFileSync(join(outdir, "THIRD_PARTY_LICENCES.txt"), collectLicences(ROOT, [...bundled.values()].flat()));
