export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

export type ScannedEntry =
  | { readonly type: "directory"; readonly path: string; readonly mode: number }
  | { readonly type: "file"; readonly path: string; readonly mode: number; readonly identity: FileIdentity }
  | { readonly type: "link"; readonly path: string; readonly target: string };

export interface ScannedTree {
  /** Absolute; an entry is found at `root/entry.path`. */
  readonly root: string;
  /** As in a manifest: sorted, the root first. */
  readonly entries: readonly ScannedEntry[];
}

/**
 * What `path` (a directory, or a single file) holds, without opening any file.
 * @throws MurmurationError `SOURCE_UNREADABLE`, `SOURCE_UNSUPPORTED`, `SOURCE_CHANGED`
 */
export async function scanTree(
  _path: string,
  _options: {
    readonly exclude: readonly string[];
    readonly signal: AbortSignal;
    readonly onEntries?: (entries: number) => void;
  },
): Promise<ScannedTree> {
  throw new Error("not yet");
}
