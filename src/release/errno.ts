import { MurmurationError, messageOf } from "../core/errors.ts";
import { describePath } from "../core/manifest.ts";

/** The system's error code (`ENOENT`, …) of what was thrown, or undefined. */
export function errnoOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}

const DISK_FULL = new Set(["ENOSPC", "EDQUOT"]);

/** What the target's disk refused, as an error with a code. `doing` is a phrase such as `writing`. */
export function diskError(thrown: unknown, doing: string, path: string): MurmurationError {
  if (thrown instanceof MurmurationError) return thrown;
  const errno = errnoOf(thrown) ?? messageOf(thrown);
  if (DISK_FULL.has(errno)) {
    const what = errno === "EDQUOT" ? "the quota is used up" : "no space or no inode is left";
    return new MurmurationError("DISK_FULL", `${doing} ${describePath(path)}: ${what} (${errno})`, {
      cause: thrown,
    });
  }
  return new MurmurationError("DEPLOY_DIR_UNWRITABLE", `${doing} ${describePath(path)}: ${reasonOf(errno)}`, {
    cause: thrown,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOTDIR: "something on the way is not a directory",
  ENOENT: "it does not exist",
  ELOOP: "a symbolic link stands where none may be",
  ENAMETOOLONG: "the path is too long for this system",
  EXDEV: "it lies on another file system",
  EIO: "the disk reported an error",
  EISDIR: "it is a directory",
  EEXIST: "it is there already",
};

function reasonOf(errno: string): string {
  const reason = REASONS[errno];
  return reason === undefined ? errno : `${reason} (${errno})`;
}
