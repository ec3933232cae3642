import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import bencode from "bencode";
import { makeSampleBuild } from "../demo/sample-build.ts";
import { infoDictionary, pieceBytes, pieceCount } from "../src/core/torrent.ts";
import { packTree } from "../src/release/pack.ts";
import { openSourceStore } from "../src/release/source-store.ts";

/** A build in all the forms in which it is shipped: the same bytes for everybody. */
export interface SharedBuild {
  /** The tree, for the action and for rsync. */
  readonly source: string;
  /** Holds the release's tar, as the action would make it, under the torrent's name. */
  readonly seedFolder: string;
  /** The torrent of that tar, with the action's own piece length, as a file without trackers. */
  readonly torrentPath: string;
  readonly tarBytes: number;
  readonly pieces: number;
}

/** @param folder an empty one; the caller removes it. */
export async function makeSharedBuild(
  folder: string,
  { sizeBytes, variant, signal }: { sizeBytes: number; variant: number; signal: AbortSignal },
): Promise<SharedBuild> {
  const source = join(folder, "build");
  await makeSampleBuild(source, sizeBytes, variant);
  const packed = await packTree(source, { exclude: [], pieceLengthBytes: null, signal });
  const { torrent } = packed;
  await using store = openSourceStore(packed);
  await using tar = await open(join(folder, torrent.name), "w");
  for (let piece = 0; piece < pieceCount(torrent); piece++) {
    const bytes = new Uint8Array(pieceBytes(torrent, piece));
    await store.readPiece(piece, bytes);
    await tar.write(bytes);
  }
  const torrentPath = join(folder, "build.torrent");
  await writeFile(torrentPath, bencode.encode({ info: bencode.decode(infoDictionary(torrent)) }));
  return {
    source,
    seedFolder: folder,
    torrentPath,
    tarBytes: torrent.lengthBytes,
    pieces: pieceCount(torrent),
  };
}
