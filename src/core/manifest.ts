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
