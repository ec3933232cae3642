import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { bundleOptions, PROGRAMS } from "../scripts/bundles.ts";

/** The rules of ARCHITECTURE.md, "Layers": imports go down only, and each outside world has one place. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCE = join(ROOT, "src");

const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  contract: 1,
  remote: 2,
  swarm: 2,
  release: 2,
  report: 2,
  action: 3,
  agent: 3,
  origin: 3,
};

/** Packages that only one place may import. */
const HOMES: ReadonlyArray<{ readonly packages: RegExp; readonly home: RegExp }> = [
  { packages: /^@actions\//, home: /^action\// },
  { packages: /^(ssh2|node-ssh)$/, home: /^remote\/ssh-/ },
  { packages: /^(bittorrent-tracker|bittorrent-protocol|webtorrent)(\/|$)/, home: /^swarm\// },
];

/** What the core may import: nothing that touches disk, network, processes or the clock. */
const CORE_MAY_IMPORT = new Set(["node:crypto", "node:path", "node:net", "bencode", "zod", "zod/mini"]);

interface Import {
  readonly file: string;
  readonly imported: string;
}

const imports = sourceFiles(SOURCE).flatMap(importsOf);

test("imports go down only, and two folders of one floor do not know each other", () => {
  const wrong = imports.filter(({ file, imported }) => {
    if (!imported.startsWith(".")) return false;
    const from = folderOf(file);
    const to = folderOf(relative(SOURCE, resolve(SOURCE, dirname(file), imported)));
    return from !== to && !(floorOf(from) > floorOf(to));
  });
  expect(wrong).toEqual([]);
});

test("each outside world is imported in one place", () => {
  const wrong = imports.filter(({ file, imported }) =>
    HOMES.some(({ packages, home }) => packages.test(imported) && !home.test(file)),
  );
  expect(wrong).toEqual([]);
});

test("the core is pure", () => {
  const wrong = imports.filter(
    ({ file, imported }) =>
      file.startsWith("core/") && !imported.startsWith(".") && !CORE_MAY_IMPORT.has(imported),
  );
  expect(wrong).toEqual([]);
});

test("nothing below action/ reads the environment", () => {
  const readers = sourceFiles(SOURCE).filter((file) =>
    readFileSync(join(SOURCE, file), "utf8").includes("process.env"),
  );
  expect(readers.filter((file) => !file.startsWith("action/"))).toEqual([]);
});

const FORBIDDEN_IN: Readonly<Record<string, RegExp>> = {
  "agent.cjs": /node_modules\/(@actions|ssh2|node-ssh|webtorrent|bittorrent-tracker|undici)\//,
  "origin.cjs": /node_modules\/(@actions|ssh2|node-ssh|webtorrent|undici|node-datachannel)\//,
  "webtorrent-agent.cjs": /node_modules\/(@actions|ssh2|node-ssh|bittorrent-tracker|undici)\//,
  "webtorrent-origin.cjs": /node_modules\/(@actions|ssh2|node-ssh|undici|node-datachannel)\//,
  "action.mjs":
    /node_modules\/(webtorrent|bittorrent-tracker|@actions\/(artifact|github|http-client)|undici|@azure|@octokit)\//,
  "artifact.mjs": /node_modules\/(ssh2|node-ssh|webtorrent|bittorrent-tracker|zod|archiver|unzip-stream)\//,
  "cleanup.mjs":
    /node_modules\/(ssh2|node-ssh|webtorrent|bittorrent-tracker|zod|@actions\/http-client|undici)\//,
};

/** The agent crosses the runner's link once for each target, so it may not grow unnoticed. */
const BYTES_MAX: Readonly<Record<string, number>> = {
  "agent.cjs": 354_000,
  "webtorrent-agent.cjs": 797_000,
};

test.each(PROGRAMS)("the bundle of $file holds nothing that belongs elsewhere", async (program) => {
  const { metafile } = await build({ ...bundleOptions(program, join(ROOT, "dist")), write: false });
  const inputs = Object.keys(metafile?.inputs ?? {});
  expect(inputs.length).toBeGreaterThan(0);
  expect(inputs.filter((input) => FORBIDDEN_IN[program.file]!.test(input))).toEqual([]);
  const [output] = Object.values(metafile?.outputs ?? {});
  expect(output?.bytes).toBeLessThan(BYTES_MAX[program.file] ?? Number.POSITIVE_INFINITY);
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.d)\.ts$/.test(file),
  );
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCE, file), "utf8");
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()"([^"]+)"/g)].map((match) => ({
    file,
    imported: match[1]!,
  }));
}

function folderOf(file: string): string {
  return file.startsWith("contract") ? "contract" : file.split("/")[0]!;
}

function floorOf(folder: string): number {
  const floor = FLOORS[folder];
  if (floor === undefined) throw new Error(`src/${folder} has no floor`);
  return floor;
}
