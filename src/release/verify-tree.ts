import type { Torrent } from "../core/torrent.ts";
import type { PlacedManifest } from "./tree-store.ts";

export interface TreeVerification {
  /** Pieces whose SHA-1 was right, out of all. */
  readonly piecesRight: number;
  readonly piecesTotal: number;
  readonly files: number;
  readonly sizeBytes: number;
  /** What is wrong, one sentence each; the first PROBLEMS_NAMED_MAX of `problemCount`. Empty: the tree is what the manifest says. */
  readonly problems: readonly string[];
  readonly problemCount: number;
  /** Entries that the manifest does not know. In a live release applications may have put them there. */
  readonly extraEntries: number;
}

/**
 * Re-reads the disk: type, mode, size and link target of every entry, SHA-256 of every file, SHA-1 of every piece.
 * Never throws for what it finds; see `requireVerified`.
 */
export async function verifyTree(
  _root: string,
  _release: PlacedManifest,
  _torrent: Torrent,
  _options: {
    readonly signal: AbortSignal;
    readonly onProgress?: (progress: { piecesDone: number; piecesTotal: number }) => void;
  },
): Promise<TreeVerification> {
  throw new Error("not yet");
}

/** @throws MurmurationError with the given code, naming what is wrong. `extras`: whether unknown entries are wrong too. */
export function requireVerified(
  _verification: TreeVerification,
  _options: {
    readonly code: "VERIFY_FAILED" | "RELEASE_DAMAGED";
    readonly extras: "refuse" | "allow";
    readonly root: string;
  },
): void {
  throw new Error("not yet");
}
