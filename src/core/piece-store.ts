import type { Bitfield } from "./bitfield.ts";

/**
 * Where an engine puts pieces and takes them from. The disk behind it is the release's concern, the wire the swarm's.
 * An engine only ever writes pieces whose SHA-1 it has checked.
 */
export interface PieceStore {
  /** Pieces that `readPiece` can return now. Changed by the store only. */
  readonly have: Bitfield;
  /** Fetched before all others, since nothing can be placed without them: the manifest's. `[0, count)`. */
  readonly firstPieces: number;
  /**
   * Fills `into` (exactly one piece long) with the piece.
   * @throws MurmurationError `SOURCE_CHANGED` (seeder) or `VERIFY_FAILED` (agent) where the disk no longer holds it.
   */
  readPiece(piece: number, into: Uint8Array): Promise<void>;
  /**
   * Takes a checked piece. Resolves when the store needs `bytes` no longer; `have` holds the piece by then.
   * The caller bounds how many writes wait at once.
   * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`, …
   */
  writePiece(piece: number, bytes: Uint8Array): Promise<void>;
}
