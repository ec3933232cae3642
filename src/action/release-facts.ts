import type { Packed } from "../contract.ts";
import type { ReleaseFacts } from "../core/outcome.ts";

/** What the runner packed, or proved, under the id that it is to have. */
export function releaseFacts(
  { torrent, manifest, pieces, files, sizeBytes }: Packed,
  release: string,
): ReleaseFacts {
  return {
    release,
    infoHash: torrent.infoHash,
    infoSha256: torrent.infoSha256,
    manifestSha256: manifest.sha256,
    pieces,
    files,
    sizeBytes,
    tarBytes: torrent.lengthBytes,
    pieceLengthBytes: torrent.pieceLengthBytes,
  };
}
