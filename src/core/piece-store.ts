import type { Bitfield } from "./bitfield.ts";
import type { ByteRange } from "./missing-ranges.ts";

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
   * The caller bounds how many writes wait at once. `fetched`: the rest of `bytes` is what `parts.fill` made of what the store holds.
   * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`, …
   */
  writePiece(piece: number, bytes: Uint8Array, fetched?: readonly ByteRange[]): Promise<void>;
  /** Undefined: of a piece that it does not have it knows nothing. */
  readonly parts?: PieceParts;
  /** Undefined: whatever is not in `have` comes from the swarm. */
  readonly adoption?: Adoption;
}

/** What a store knows of pieces that it does not have. An engine that fetches whole pieces only need not ask. */
export interface PieceParts {
  /** What has to be fetched of the piece: ascending, apart from each other, never nothing; undefined: all of it. */
  missing(piece: number): readonly ByteRange[] | undefined;
  /**
   * Fills in the rest of a piece of which `fetched` has come. Only the piece's hash tells whether it is right: what cannot be read any more is
   * left as it is.
   */
  fill(piece: number, bytes: Uint8Array, fetched: readonly ByteRange[]): Promise<void>;
  /**
   * The piece's hash was wrong. Resolves with whether all that `fill` took was what it should be, so that it was the sender who lied. What
   * was not is missing from now on.
   */
  recheck(piece: number, fetched: readonly ByteRange[]): Promise<boolean>;
}

/** Pieces that a store makes of what is on its disk while the engine runs, once the first pieces have told it how. */
export interface Adoption {
  /** Until then only the first pieces may be fetched. Rejects as `writePiece` does; whoever listens later is told as well. */
  readonly over: Promise<void>;
  /** From now on `listener` is told of each piece that has come to be in `have` that way, in any order. */
  listen(listener: (piece: number) => void): void;
}
