import type { FromOrigin, MessageOf, ToOrigin } from "../contract.ts";
import type { PieceStore } from "../core/piece-store.ts";
import { pieceCount, type Torrent, type TorrentDigests } from "../core/torrent.ts";
import { torrentFromText, torrentToText } from "../core/wire-torrent.ts";
import { packTree } from "../release/pack.ts";
import { openSourceStore } from "../release/source-store.ts";
import { openTarStore } from "../release/tar-store.ts";
import type { RunnerConversation } from "../remote/serve-runner.ts";

export type OriginConversation = RunnerConversation<ToOrigin, FromOrigin>;

/** What the origin can seed, wherever its bytes lie. */
export interface HeldRelease extends AsyncDisposable {
  readonly torrent: Torrent;
  readonly digests: TorrentDigests;
  readonly store: PieceStore;
}

/** While reading, this often at most. */
const PROGRESS_INTERVAL_MS = 500;

/** Scans and hashes a tree. */
export async function pack(
  { path, exclude, pieceLengthBytes }: MessageOf<ToOrigin, "pack">,
  { commands, send }: OriginConversation,
): Promise<HeldRelease> {
  const onProgress = rarely((progress: Omit<MessageOf<FromOrigin, "packing">, "type">) =>
    send({ type: "packing", ...progress }),
  );
  const packed = await packTree(path, { exclude, pieceLengthBytes, signal: commands.signal, onProgress });
  const { torrent, digests, manifestText, manifestSha256, files, sizeBytes } = packed;
  const store = openSourceStore(packed);
  await send({
    type: "packed",
    torrent: torrentToText(torrent, digests),
    manifest: { lengthBytes: manifestText.length, sha256: manifestSha256 },
    pieces: pieceCount(torrent),
    files,
    sizeBytes,
  });
  return { torrent, digests, store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

/** Reads and proves the tar of what was packed elsewhere. */
export async function openTar(
  { path, torrent: text, manifest }: MessageOf<ToOrigin, "open">,
  { commands, send }: OriginConversation,
): Promise<HeldRelease> {
  const { torrent, digests } = torrentFromText(text);
  const onProgress = rarely((progress: { bytes: number; totalBytes: number }) =>
    send({ type: "packing", files: 0, ...progress }),
  );
  const store = await openTarStore({ path, torrent, manifest }, { signal: commands.signal, onProgress });
  const { files, sizeBytes } = store;
  await send({ type: "packed", torrent: text, manifest, pieces: pieceCount(torrent), files, sizeBytes });
  return { torrent, digests, store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

/** Passes progress on at most once in `PROGRESS_INTERVAL_MS`. */
export function rarely<Progress>(
  tell: (progress: Progress) => Promise<unknown>,
): (progress: Progress) => void {
  let toldMs = 0;
  return (progress) => {
    if (Date.now() - toldMs < PROGRESS_INTERVAL_MS) return;
    toldMs = Date.now();
    void tell(progress);
  };
}
