import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * The action runs on GitHub's Node 24; agent and origin on whatever a machine of the fleet has, 22 or newer. These two are CommonJS:
 * an ES module that imports `node:http` reads all its properties, which loads Node's whole fetch, a quarter of an agent's start.
 */
export const PROGRAMS = [
  { file: "action.mjs", entry: "src/action/main.ts", target: "node24", format: "esm" },
  // Loaded by the action where a run stores or reads an artifact: most never do, and it is larger than all the rest.
  { file: "artifact.mjs", entry: "src/action/actions-artifact.ts", target: "node24", format: "esm" },
  { file: "cleanup.mjs", entry: "src/action/cleanup.ts", target: "node24", format: "esm" },
  { file: "agent.cjs", entry: "src/agent/main.ts", target: "node22", format: "cjs" },
  { file: "origin.cjs", entry: "src/origin/main.ts", target: "node22", format: "cjs" },
  // With `engine: webtorrent` these take the place of the two above.
  { file: "webtorrent-agent.cjs", entry: "src/agent/main-webtorrent.ts", target: "node22", format: "cjs" },
  { file: "webtorrent-origin.cjs", entry: "src/origin/main-webtorrent.ts", target: "node22", format: "cjs" },
] as const;

/** What CommonJS modules expect to find, also in an ES module. */
const ESM_BANNER = `import { createRequire as __createRequire } from "node:module";
import { fileURLToPath as __fileURLToPath } from "node:url";
import { dirname as __pathDirname } from "node:path";
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __pathDirname(__filename);`;

/** Native add-ons that their packages do without. */
const ABSENT = ["cpu-features", "./crypto/build/Release/sshcrypto.node", "bufferutil", "utf-8-validate"];

/** What makes and reads zip files, and an artifact of ours is none. */
const ZIP = ["archiver", "unzip-stream"];

/** `@actions/core` asks GitHub for identity tokens by it, and we never do. It loads a whole HTTP client: two thirds of the post step's start. */
const IDENTITY_TOKENS = "./oidc-utils.js";

/** What webtorrent takes for switched off where it is empty, as in a browser, and is switched off here: half of its bytes. */
const EMPTY = [
  ...ZIP,
  IDENTITY_TOKENS,
  "utp-native",
  "bittorrent-dht",
  "bittorrent-tracker",
  "bittorrent-lsd",
  "@silentbot1/nat-api",
  "load-ip-set",
  "ut_pex",
  "cross-fetch-ponyfill",
];

/** How a program becomes one file in `outdir`. */
export function bundleOptions(program: (typeof PROGRAMS)[number], outdir: string): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: [program.entry],
    outfile: join(outdir, program.file),
    bundle: true,
    platform: "node",
    format: program.format,
    target: program.target,
    banner: { js: program.format === "esm" ? ESM_BANNER : "" },
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
    plugins: [
      {
        name: "left-out",
        setup(plugin) {
          plugin.onResolve({ filter: /./ }, ({ path, kind }) => {
            if (kind === "dynamic-import" && path.endsWith("/actions-artifact.ts"))
              return { path: "./artifact.mjs", external: true };
            if (ABSENT.includes(path)) return { path, namespace: "absent" };
            return EMPTY.includes(path) ? { path, namespace: "empty" } : undefined;
          });
          plugin.onLoad({ filter: /./, namespace: "absent" }, ({ path }) => ({
            contents: `throw new Error(${JSON.stringify(`${path} is not bundled`)});`,
          }));
          plugin.onLoad({ filter: /./, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
        },
      },
    ],
  };
}
