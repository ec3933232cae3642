/** What a release holds. `path` is relative to the release, `/`-separated, UTF-8, sorted by its bytes; the root is `.`. */
export type ManifestEntry =
  | { readonly type: "directory"; readonly path: string; readonly mode: number }
  | {
      readonly type: "file";
      readonly path: string;
      readonly mode: number;
      readonly sizeBytes: number;
      /** Hex. */
      readonly sha256: string;
    }
  | { readonly type: "link"; readonly path: string; readonly target: string };

/** Sorted so that a directory stands before what it holds; the first entry is the root directory `.`. */
export interface Manifest {
  readonly entries: readonly ManifestEntry[];
}

export const ROOT_PATH = ".";
/** Name of the tar's first member; a release may not hold an entry of this name at its top. */
export const MANIFEST_MEMBER_NAME = ".murmuration-manifest.json";
/** Every Linux and macOS file system has these limits (NAME_MAX, PATH_MAX). */
export const COMPONENT_BYTES_MAX = 255;
export const PATH_BYTES_MAX = 4_096;
export const LINK_TARGET_BYTES_MAX = 4_095;
export const MODE_MAX = 0o7777;

/**
 * Order of entries: the root, then by the bytes of the path. It depends on no locale, and a directory's path,
 * being a prefix of the paths below it, comes before them.
 */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  if (a === ROOT_PATH) return -1;
  if (b === ROOT_PATH) return 1;
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA !== unitB) return utf8Rank(unitA) - utf8Rank(unitB);
  }
  return a.length - b.length;
}

/** UTF-8 orders by code point. UTF-16 does too, except that surrogates (above U+FFFF) stand below U+E000 to U+FFFF. */
function utf8Rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  if (unit >= 0xd800) return unit + 0x2000;
  return unit;
}

/** Path of the directory that holds the entry; undefined for the root. */
export function parentPath(path: string): string | undefined {
  if (path === ROOT_PATH) return undefined;
  const slash = path.lastIndexOf("/");
  return slash === -1 ? ROOT_PATH : path.slice(0, slash);
}

/**
 * Why these entries are no release, or undefined. Whoever writes files by a manifest that passed can't leave the release: every
 * path is relative and plain, and everything above it is a directory of the same manifest, never a link.
 */
export function findManifestFault(entries: readonly ManifestEntry[]): string | undefined {
  const directories = new Set<string>();
  let before: string | undefined;
  for (const entry of entries) {
    const fault = findEntryFault(entry);
    if (fault !== undefined) return `${describePath(entry.path)} ${fault}`;
    if (before === undefined) {
      if (entry.path !== ROOT_PATH || entry.type !== "directory")
        return "its first entry is not the root directory";
    } else if (comparePaths(before, entry.path) >= 0) {
      return `${describePath(entry.path)} is out of order or stands there twice`;
    }
    const parent = parentPath(entry.path);
    if (parent !== undefined && !directories.has(parent)) {
      return `${describePath(entry.path)} lies in ${describePath(parent)}, which is no directory of the release`;
    }
    if (entry.type === "directory") directories.add(entry.path);
    before = entry.path;
  }
  return before === undefined ? "it has no entries" : undefined;
}

function findEntryFault(entry: ManifestEntry): string | undefined {
  const pathFault = entry.path === ROOT_PATH ? undefined : findPathFault(entry.path);
  if (pathFault !== undefined) return pathFault;
  if (entry.type === "link") return findTargetFault(entry.target);
  if (!Number.isInteger(entry.mode) || entry.mode < 0 || entry.mode > MODE_MAX)
    return "has a mode beyond 07777";
  if (entry.type === "directory") return undefined;
  if (!Number.isSafeInteger(entry.sizeBytes) || entry.sizeBytes < 0) return "has no possible size";
  if (!/^[0-9a-f]{64}$/.test(entry.sha256)) return "has no SHA-256";
  return undefined;
}

/** Why no entry may have this path, or undefined. The root's `.` is not for it. */
export function findPathFault(path: string): string | undefined {
  if (!path.isWellFormed() || path.includes("\0")) return "has a name that no file can have";
  if (utf8Length(path) > PATH_BYTES_MAX) return `is a path of more than ${PATH_BYTES_MAX} bytes`;
  for (const component of path.split("/")) {
    if (component === "" || component === "." || component === "..") return "is not a plain relative path";
    if (utf8Length(component) > COMPONENT_BYTES_MAX)
      return `has a name of more than ${COMPONENT_BYTES_MAX} bytes`;
  }
  if (path === MANIFEST_MEMBER_NAME || path.startsWith(`${MANIFEST_MEMBER_NAME}/`)) {
    return "has the name that the release's own manifest has";
  }
  return undefined;
}

function findTargetFault(target: string): string | undefined {
  if (target === "") return "is a link to nothing";
  if (!target.isWellFormed() || target.includes("\0")) return "is a link to what no path can be";
  if (utf8Length(target) > LINK_TARGET_BYTES_MAX) {
    return `is a link to a path of more than ${LINK_TARGET_BYTES_MAX} bytes`;
  }
  return undefined;
}

/** A path as it may stand in a message: quoted, control characters escaped, long ones cut. */
export function describePath(path: string): string {
  const quoted = JSON.stringify(path);
  return quoted.length <= 300 ? quoted : `${quoted.slice(0, 297)}…"`;
}

/** Length in UTF-8, in bytes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate pair is two units here and four bytes there, so that each half counts for one more.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
