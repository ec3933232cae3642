import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { markdownTable, rightAligned } from "../bench/table.ts";
import { formatBytes } from "../src/core/units.ts";
import { packTree } from "../src/release/pack.ts";

/**
 * What content-defined chunks would save of a small change, beyond whole files: `node scripts/chunk-reuse.ts LABEL=OLD:NEW …`, each OLD and NEW a
 * folder or a file. Prints a Markdown table, for docs/benchmarks.md.
 */

const KIB = 1024;
const AVERAGES_KIB = [8, 16, 64];
/** A SHA-256 cut to 16 bytes and a length, for every chunk of the release: the runner cannot know what a target has. */
const CHUNK_ENTRY_BYTES = 20;
/** FastCDC (Xia and others, USENIX ATC 2016), with its normalisation of level 2. */
const MIN_SHARE = 0.25;
const MAX_FACTOR = 8;
const NORMALISATION_BITS = 2;

/** 256 numbers of 32 bits, the same in every run. */
const GEAR = Int32Array.from({ length: 256 }, (_, byte) =>
  createHash("sha256").update(`gear ${byte}`).digest().readInt32BE(0),
);

interface Row {
  readonly label: string;
  readonly newBytes: number;
  readonly newFiles: number;
  readonly changedBytes: number;
  readonly changedFiles: number;
  readonly byAverage: readonly { readonly fetchedBytes: number; readonly listBytes: number }[];
}

async function compare(label: string, oldPath: string, newPath: string): Promise<Row> {
  const [oldFiles, newFiles] = [await filesOf(oldPath), await filesOf(newPath)];
  const held = new Set(oldFiles.map(({ sha256 }) => sha256));
  const changed = newFiles.filter(({ sha256 }) => !held.has(sha256));
  const sum = (files: readonly FileOf[]) => files.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const byAverage = AVERAGES_KIB.map((averageKib) => {
    const known = new Set<string>();
    for (const { path } of oldFiles)
      for (const chunk of chunks(readFileSync(path), averageKib * KIB)) known.add(digest(chunk));
    let fetchedBytes = 0;
    for (const { path } of changed) {
      for (const chunk of chunks(readFileSync(path), averageKib * KIB)) {
        const name = digest(chunk);
        if (known.has(name)) continue;
        known.add(name);
        fetchedBytes += chunk.length;
      }
    }
    // A file of one chunk is named by its own SHA-256 already.
    let listed = 0;
    for (const { path } of newFiles) {
      const count = [...chunks(readFileSync(path), averageKib * KIB)].length;
      if (count > 1) listed += count;
    }
    return { fetchedBytes, listBytes: listed * CHUNK_ENTRY_BYTES };
  });
  return {
    label,
    newBytes: sum(newFiles),
    newFiles: newFiles.length,
    changedBytes: sum(changed),
    changedFiles: changed.length,
    byAverage,
  };
}

interface FileOf {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

async function filesOf(path: string): Promise<FileOf[]> {
  const { manifest, source } = await packTree(path, {
    exclude: [],
    pieceLengthBytes: null,
    signal: new AbortController().signal,
  });
  return manifest.entries.flatMap((entry) =>
    entry.type === "file" && entry.sizeBytes > 0
      ? [{ path: source.locate(entry.path), sizeBytes: entry.sizeBytes, sha256: entry.sha256 }]
      : [],
  );
}

function* chunks(bytes: Buffer, averageBytes: number): Generator<Buffer, void> {
  const bits = Math.log2(averageBytes);
  const [strict, lax] = [maskOf(bits + NORMALISATION_BITS), maskOf(bits - NORMALISATION_BITS)];
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + averageBytes * MAX_FACTOR);
    const average = Math.min(end, start + averageBytes);
    let at = Math.min(end, start + averageBytes * MIN_SHARE);
    let hash = 0;
    for (; at < end; at++) {
      hash = ((hash << 1) + GEAR[bytes[at]!]!) | 0;
      if ((hash & (at < average ? strict : lax)) === 0) break;
    }
    at = Math.min(end, at + 1);
    yield bytes.subarray(start, at);
    start = at;
  }
}

/** The highest bits, which the most bytes before have a say in. */
function maskOf(bits: number): number {
  return -1 << (32 - bits);
}

function digest(chunk: Uint8Array): string {
  return createHash("sha256").update(chunk).digest("base64");
}

function cells({ label, newBytes, newFiles, changedBytes, changedFiles, byAverage }: Row): string[] {
  const share = (bytes: number) =>
    `${formatBytes(bytes)} (${Math.round((100 * bytes) / Math.max(1, changedBytes))} %)`;
  return [
    label,
    `${formatBytes(newBytes)} in ${newFiles}`,
    `${formatBytes(changedBytes)} in ${changedFiles}`,
    ...byAverage.flatMap(({ fetchedBytes, listBytes }) => [share(fetchedBytes), formatBytes(listBytes)]),
  ];
}

const rows: string[][] = [];
for (const argument of process.argv.slice(2)) {
  const [, label, oldPath, newPath] = /^(?:(.+)=)?([^:]+):(.+)$/.exec(argument) ?? [];
  if (oldPath === undefined || newPath === undefined)
    throw new Error(`${argument}: expected LABEL=OLD:NEW, two folders or files`);
  rows.push(cells(await compare(label ?? basename(newPath), oldPath, newPath)));
}
const headings = [
  "",
  "release",
  "by files",
  ...AVERAGES_KIB.flatMap((kib) => [`chunks of ${kib} KiB`, "their list"]),
];
console.log(markdownTable(rightAligned(headings), rows));
