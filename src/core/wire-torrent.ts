import { MurmurationError } from "./errors.ts";
import {
  PIECE_HASH_BYTES,
  pieceCount,
  type Torrent,
  type TorrentDigests,
  torrentDigests,
} from "./torrent.ts";

/** A torrent as it travels in JSON. `pieces` is base64. */
interface TorrentText extends TorrentDigests {
  readonly name: string;
  readonly lengthBytes: number;
  readonly pieceLengthBytes: number;
  readonly pieces: string;
}

export function torrentToText(torrent: Torrent, digests: TorrentDigests): TorrentText {
  return {
    name: torrent.name,
    lengthBytes: torrent.lengthBytes,
    pieceLengthBytes: torrent.pieceLengthBytes,
    pieces: Buffer.from(torrent.pieces).toString("base64"),
    infoHash: digests.infoHash,
    infoSha256: digests.infoSha256,
  };
}

/** @throws MurmurationError `CONTRACT_VIOLATED` where the digests are not those of the content. */
export function torrentFromText(text: TorrentText): { torrent: Torrent; digests: TorrentDigests } {
  const torrent: Torrent = {
    name: text.name,
    lengthBytes: text.lengthBytes,
    pieceLengthBytes: text.pieceLengthBytes,
    pieces: Buffer.from(text.pieces, "base64"),
  };
  const digests = torrentDigests(torrent);
  const whole = torrent.pieces.length === pieceCount(torrent) * PIECE_HASH_BYTES;
  if (!whole || digests.infoHash !== text.infoHash || digests.infoSha256 !== text.infoSha256) {
    throw new MurmurationError("CONTRACT_VIOLATED", "the torrent in the plan does not match its own digests");
  }
  return { torrent, digests };
}
