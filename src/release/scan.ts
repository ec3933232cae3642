import { isUtf8 } from "node:buffer";
import { type BigIntStats, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import ignore from "ignore";
import { MurmurationError } from "../core/errors.ts";
import { comparePaths, describePath, findPathFault, ROOT_PATH } from "../core/manifest.ts";
import { errnoOf } from "./errno.ts";
import { type FileIdentity, identityOf } from "./file-identity.ts";
import { ScanFaults } from "./scan-faults.ts";
import { TimeSlice } from "./time-slice.ts";

export type ScannedEntry =
  | { readonly type: "directory"; readonly path: string; readonly mode: number }
  | { readonly type: "file"; readonly path: string; readonly mode: number; readonly identity: FileIdentity }
  | { readonly type: "link"; readonly path: string; readonly target: string };

export interface ScannedTree {
  /** Absolute path of an entry in the file system. */
  readonly locate: (path: string) => string;
  /** As in a manifest: sorted, the root first. */
  readonly entries: readonly ScannedEntry[];
}

export interface ScanOptions {
  /** gitignore-style patterns. */
  readonly exclude: readonly string[];
  readonly signal: AbortSignal;
  readonly onFiles?: (files: number) => void;
}

/** The root of a release that is a single file. */
const SINGLE_FILE_ROOT_MODE = 0o755;

/**
 * What `path` (a directory, a single file, or a link to one of them) holds. No file is opened, no link below is followed.
 * @throws MurmurationError `SOURCE_UNREADABLE`, `SOURCE_CHANGED`; `SOURCE_UNSUPPORTED` names all that cannot be shipped.
 */
export async function scanTree(path: string, options: ScanOptions): Promise<ScannedTree> {
  const real = realPathOf(path);
  const stats = statSync(real, { bigint: true });
  if (stats.isDirectory()) return scanDirectory(real, stats, options);
  const name = basename(resolve(path));
  const faults = new ScanFaults();
  if (!stats.isFile()) faults.unsupported(name, kindOf(stats));
  const nameFault = findPathFault(name);
  if (nameFault !== undefined) faults.unsupported(name, nameFault);
  faults.throwIfAny(path);
  return {
    locate: () => real,
    entries: [{ type: "directory", path: ROOT_PATH, mode: SINGLE_FILE_ROOT_MODE }, fileEntry(name, stats)],
  };
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    const why =
      errnoOf(cause) === "ENOENT" ? "it does not exist" : `it cannot be reached (${errnoOf(cause)})`;
    throw new MurmurationError("SOURCE_UNREADABLE", `cannot read path ${describePath(path)}: ${why}`, {
      cause,
    });
  }
}

async function scanDirectory(
  root: string,
  rootStats: BigIntStats,
  options: ScanOptions,
): Promise<ScannedTree> {
  const excluded = excludeFilter(options.exclude);
  const faults = new ScanFaults();
  const slice = new TimeSlice(options.signal);
  const locate = (path: string) => (path === ROOT_PATH ? root : `${root}/${path}`);
  const entries: ScannedEntry[] = [{ type: "directory", path: ROOT_PATH, mode: modeOf(rootStats) }];
  const pending = [ROOT_PATH];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    for (const name of namesIn(directory, locate, faults)) {
      if (slice.over) {
        options.onFiles?.(entries.length);
        await slice.next();
      }
      const entry = scanEntry(directory, name, locate, excluded, faults);
      if (entry === undefined) continue;
      entries.push(entry);
      if (entry.type === "directory") pending.push(entry.path);
    }
  }
  faults.throwIfAny(root);
  if (entries.length === 1) {
    const why = options.exclude.length === 0 ? "is empty" : "is empty, or all of it is excluded";
    throw new MurmurationError(
      "SOURCE_UNREADABLE",
      `path ${describePath(root)} ${why}: there is nothing to deploy`,
    );
  }
  entries.sort((a, b) => comparePaths(a.path, b.path));
  return { locate, entries };
}

function namesIn(directory: string, locate: (path: string) => string, faults: ScanFaults): Buffer[] {
  try {
    return readdirSync(locate(directory), { encoding: "buffer" });
  } catch (cause) {
    faults.unreadable(directory, cause);
    return [];
  }
}

/** Undefined where it is excluded, or is one more fault. */
function scanEntry(
  directory: string,
  name: Buffer,
  locate: (path: string) => string,
  excluded: (path: string, isDirectory: boolean) => boolean,
  faults: ScanFaults,
): ScannedEntry | undefined {
  const prefix = directory === ROOT_PATH ? "" : `${directory}/`;
  const path = `${prefix}${name.toString()}`;
  if (!isUtf8(name)) {
    // Patterns can't name it exactly, but one that matches its readable part still takes it out.
    if (!excluded(path, false) && !excluded(path, true)) {
      faults.unsupportedBytes(prefix, name, "has a name that is not UTF-8");
    }
    return undefined;
  }
  try {
    const stats = lstatSync(locate(path), { bigint: true });
    if (excluded(path, stats.isDirectory())) return undefined;
    const fault = findPathFault(path);
    if (fault !== undefined) faults.unsupported(path, fault);
    else if (stats.isDirectory()) return { type: "directory", path, mode: modeOf(stats) };
    else if (stats.isFile()) return fileEntry(path, stats);
    else if (stats.isSymbolicLink()) return linkEntry(path, locate(path), faults);
    else faults.unsupported(path, kindOf(stats));
  } catch (cause) {
    faults.unreadable(path, cause);
  }
  return undefined;
}

function fileEntry(path: string, stats: BigIntStats): ScannedEntry {
  return { type: "file", path, mode: modeOf(stats), identity: identityOf(stats) };
}

function linkEntry(path: string, location: string, faults: ScanFaults): ScannedEntry | undefined {
  const target = readlinkSync(location, { encoding: "buffer" });
  if (isUtf8(target)) return { type: "link", path, target: target.toString() };
  faults.unsupported(path, "is a link whose target is not UTF-8");
  return undefined;
}

function modeOf(stats: BigIntStats): number {
  return Number(stats.mode & 0o7777n);
}

function kindOf(stats: BigIntStats): string {
  if (stats.isSocket()) return "is a socket";
  if (stats.isFIFO()) return "is a FIFO";
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return "is a device";
  return "is neither file, directory nor link";
}

function excludeFilter(patterns: readonly string[]): (path: string, isDirectory: boolean) => boolean {
  if (patterns.length === 0) return () => false;
  const rules = ignore({ ignorecase: false }).add([...patterns]);
  return (path, isDirectory) => rules.ignores(isDirectory ? `${path}/` : path);
}
