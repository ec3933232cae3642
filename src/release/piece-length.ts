import { MurmurationError } from "../core/errors.ts";
import {
  autoPieceLengthBytes,
  PIECE_LENGTH_MAX_BYTES,
  PIECE_LENGTH_MIN_BYTES,
  PIECES_MAX,
} from "../core/torrent.ts";

/** The manifest's pieces are filled up, which may take one more. */
const CONTENT_PIECES_MAX = PIECES_MAX - 1;

/**
 * The wanted piece length, or for null the one that suits the size.
 * @throws MurmurationError `INPUT_INVALID` where it is none, or would make more pieces than a plan can carry.
 */
export function choosePieceLengthBytes(lengthBytes: number, wantedBytes: number | null): number {
  const pieceLengthBytes = wantedBytes ?? autoPieceLengthBytes(lengthBytes);
  const isPowerOfTwo = Number.isInteger(Math.log2(pieceLengthBytes));
  if (
    !isPowerOfTwo ||
    pieceLengthBytes < PIECE_LENGTH_MIN_BYTES ||
    pieceLengthBytes > PIECE_LENGTH_MAX_BYTES
  ) {
    throw new MurmurationError(
      "INPUT_INVALID",
      `piece-length ${pieceLengthBytes}: expected a power of two from 16KiB to 16MiB`,
    );
  }
  if (lengthBytes / pieceLengthBytes <= CONTENT_PIECES_MAX) return pieceLengthBytes;
  const neededBytes = 2 ** Math.ceil(Math.log2(lengthBytes / CONTENT_PIECES_MAX));
  const advice =
    neededBytes <= PIECE_LENGTH_MAX_BYTES
      ? `choose ${neededBytes / 1024}KiB or more, or auto`
      : "the release is larger than 1 TiB, which is more than one deploy can carry";
  throw new MurmurationError(
    "INPUT_INVALID",
    `piece-length ${pieceLengthBytes / 1024}KiB makes ${Math.ceil(lengthBytes / pieceLengthBytes)} pieces of this release, and at most ${PIECES_MAX} are possible: ${advice}`,
  );
}
