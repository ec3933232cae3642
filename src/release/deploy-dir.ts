import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";
import { readCurrent } from "./current-link.ts";
import { diskError, errnoOf } from "./errno.ts";
import { freeSpace } from "./free-space.ts";

/** Where things are on a target (interface.md, "On a target"). All paths are absolute. */
export interface DeployDir {
  readonly root: string;
  readonly current: string;
  readonly releases: string;
  readonly shared: string;
  /** `.murmuration` */
  readonly internal: string;
  readonly staging: string;
  readonly records: string;
  readonly lock: string;
  readonly log: string;
}

export function deployDirAt(deployTo: string): DeployDir {
  const internal = join(deployTo, ".murmuration");
  return {
    root: join(deployTo, "."),
    current: join(deployTo, "current"),
    releases: join(deployTo, "releases"),
    shared: join(deployTo, "shared"),
    internal,
    staging: join(internal, "staging"),
    records: join(internal, "releases"),
    lock: join(internal, "lock"),
    log: join(internal, "log.jsonl"),
  };
}

export interface DeployDirState {
  readonly freeBytes: number;
  /** Null where the file system has no fixed number of inodes. */
  readonly freeInodes: number | null;
  readonly currentRelease: string | null;
  /** Where `current` leads if it is a link that no deploy made. */
  readonly currentElsewhere: string | null;
}

/**
 * Creates what is missing of `deployTo`, and proves by writing that a deploy can work there.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export async function probeDeployDir(deployTo: string): Promise<DeployDirState> {
  const deployDir = deployDirAt(deployTo);
  for (const directory of [deployDir.root, deployDir.releases, deployDir.staging, deployDir.records]) {
    attempt("creating", directory, () => mkdirSync(directory, { recursive: true }));
    // A link or a file in its place is told here already, and by its own name.
    attempt("using", directory, () => requireDirectory(directory));
    // `current` and `releases/<id>` are made here at the end, when it would be late to find out.
    attempt("writing in", directory, () => accessSync(directory, constants.W_OK | constants.X_OK));
  }
  // Written when the release goes live: another user of the same group may have made it for himself.
  attempt("writing", deployDir.log, () => requireAppendable(deployDir.log));
  const probe = join(deployDir.internal, `probe.${process.pid}`);
  attempt("writing", probe, () => writeFileSync(probe, "x"));
  attempt("removing", probe, () => rmSync(probe));
  const current = readCurrent(deployDir);
  return {
    ...freeSpace(deployDir.internal),
    currentRelease: current.kind === "release" ? current.release : null,
    currentElsewhere: current.kind === "elsewhere" ? current.target : null,
  };
}

function requireDirectory(path: string): void {
  if (!statSync(path).isDirectory()) throw Object.assign(new Error("not a directory"), { code: "ENOTDIR" });
}

function requireAppendable(path: string): void {
  if (existsSync(path)) closeSync(openSync(path, "r+"));
}

function attempt(doing: string, path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const error = diskError(cause, doing, path);
    const errno = errnoOf(cause);
    if (errno !== "EACCES" && errno !== "EPERM") throw error;
    throw new MurmurationError(error.code, `${error.message}; ${whoseIsIt(path)}`, { cause });
  }
}

/** A folder that root made, by hand or by a deploy of his, is what keeps another user from his own. */
function whoseIsIt(path: string): string {
  const there = nearestExisting(path);
  const { uid } = statSync(there);
  return `${describePath(there)} is of user ${uid}, and the agent runs as user ${process.getuid?.()}`;
}

function nearestExisting(path: string): string {
  try {
    statSync(path);
    return path;
  } catch {
    return nearestExisting(dirname(path));
  }
}
