import { chmodSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { diskError, errnoOf } from "./errno.ts";
import { releaseTree } from "./held-release.ts";

/** What all releases of a target have in common. Paths are relative, the same in `shared/` and in the release. */
export interface SharedPaths {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

const NAMED_MAX = 5;

/**
 * Asked before the first byte moves: an application without its settings would fail when it is live.
 * @throws MurmurationError `SHARED_FILE_MISSING`
 */
export function requireSharedFiles(deployDir: DeployDir, { files }: SharedPaths): void {
  const missing = files.filter((path) => !isFile(join(deployDir.shared, path)));
  if (missing.length === 0) return;
  const more = missing.length > NAMED_MAX ? `, and ${missing.length - NAMED_MAX} more` : "";
  const named = missing.slice(0, NAMED_MAX).map((path) => join(deployDir.shared, path));
  throw new MurmurationError("SHARED_FILE_MISSING", `there is no file ${named.join(", ")}${more}`);
}

/**
 * Makes the shared directories that are missing, and the links in `tree`, which is or will be the release's. What is linked already stays.
 * @throws MurmurationError `SHARED_PATH_TAKEN`, `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export function linkShared(deployDir: DeployDir, tree: string, release: string, shared: SharedPaths): void {
  for (const path of shared.directories) {
    const directory = join(deployDir.shared, path);
    attempt("creating", directory, () => mkdirSync(directory, { recursive: true }));
  }
  const finalTree = releaseTree(deployDir, release);
  for (const path of [...shared.directories, ...shared.files]) {
    const target = relative(dirname(join(finalTree, path)), join(deployDir.shared, path));
    makeParents(tree, path);
    makeLink(join(tree, path), target);
  }
}

/** Real directories only: a link that the release ships may lead anywhere. */
function makeParents(tree: string, path: string): void {
  const parts = path.split("/").slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const parent = join(tree, ...parts.slice(0, depth));
    const stats = lstatSync(parent, { throwIfNoEntry: false });
    if (stats === undefined) writeIn(dirname(parent), () => mkdirSync(parent, { mode: 0o755 }));
    else if (!stats.isDirectory()) throw taken(parent, "no directory");
  }
}

function makeLink(link: string, target: string): void {
  const stats = lstatSync(link, { throwIfNoEntry: false });
  if (stats === undefined) {
    writeIn(dirname(link), () => symlinkSync(target, link));
    return;
  }
  if (!stats.isSymbolicLink()) throw taken(link, stats.isDirectory() ? "a directory" : "a file");
  if (readlinkSync(link) !== target) throw taken(link, `a link to ${readlinkSync(link)}`);
}

/** A directory may have come without the right to write into it. */
function writeIn(directory: string, work: () => void): void {
  attempt("linking in", directory, () => {
    const { mode } = statSync(directory);
    const isWritable = (mode & 0o200) !== 0;
    if (!isWritable) chmodSync(directory, mode | 0o200);
    try {
      work();
    } finally {
      if (!isWritable) chmodSync(directory, mode);
    }
  });
}

function taken(path: string, by: string): MurmurationError {
  return new MurmurationError("SHARED_PATH_TAKEN", `cannot link ${path} into shared/: ${by} stands there`);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}

function attempt(doing: string, path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw diskError(cause, doing, path);
  }
}
