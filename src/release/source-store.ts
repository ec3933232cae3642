import type { PieceStore } from "../core/piece-store.ts";
import type { PackedRelease } from "./pack.ts";

export interface SourceStore extends PieceStore, AsyncDisposable {}

/** The seeder's store: every piece is read from the packed files, and checked before anybody gets it. */
export function openSourceStore(_packed: PackedRelease): SourceStore {
  throw new Error("not yet");
}
