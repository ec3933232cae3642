import { readFileSync } from "node:fs";
import { Bitfield } from "../core/bitfield.ts";
import { MurmurationError } from "../core/errors.ts";
import { manifestPieces } from "../core/tar-layout.ts";
import { pieceCount, type Torrent } from "../core/torrent.ts";
import { type AdoptOptions, adoptFiles } from "./adopt-files.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { replaceFile } from "./durable-file.ts";
import { diskError, errnoOf } from "./errno.ts";
import { findFileSources } from "./file-sources.ts";
import { requireSpace } from "./free-space.ts";
import { findHeldManifest, heldReleases } from "./held-release.ts";
import { type PlacedManifest, readPlacedManifest } from "./placed-manifest.ts";
import { prepareTree } from "./prepare-tree.ts";
import type { Staging } from "./staging.ts";
import { paced } from "./time-slice.ts";
import { TreeStore } from "./tree-store.ts";
import type { VerifyOptions } from "./verify-tree.ts";

interface Wanted {
  readonly torrent: Torrent;
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
}

/**
 * The store of a staging. It adopts whatever an earlier run left and other releases have: at once where the manifest is known, since an earlier run
 * or another release has it too, else when its pieces have come.
 * @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE`
 */
export async function openStagedStore(
  deployDir: DeployDir,
  staging: Staging,
  { torrent, manifest }: Wanted,
  { signal, onProgress }: VerifyOptions,
): Promise<TreeStore> {
  const { tree } = staging;
  const onManifest = async (placed: PlacedManifest) => {
    keepManifest(staging, placed.text);
    await prepareTree(tree, placed.manifest, signal);
  };
  const adopt = async (placed: PlacedManifest, options: AdoptOptions) => {
    const sources = await findFileSources(deployDir, placed.manifest, options.signal);
    return await adoptFiles(tree, placed, torrent, sources, options);
  };

  const placed =
    tryReadManifest(staging, manifest.sha256, torrent) ??
    findHeldManifest(deployDir, manifest.sha256, torrent);
  if (placed === undefined) {
    // With the manifest the exact need is checked; without it, this is what is known.
    const contentBytes =
      torrent.lengthBytes -
      manifestPieces(manifest.lengthBytes, torrent.pieceLengthBytes) * torrent.pieceLengthBytes;
    requireSpace(staging.root, { bytes: contentBytes, inodes: 0 });
    if (heldReleases(deployDir).length === 0) return new TreeStore({ torrent, manifest, tree, onManifest });
    return new TreeStore({
      ...{ torrent, manifest, tree, onManifest },
      adopt: (known, onRight, closed) =>
        adopt(known, {
          signal: AbortSignal.any([signal, closed]),
          onPiece: (piece, isRight) => {
            if (isRight) onRight(piece);
          },
        }),
    });
  }
  await onManifest(placed);
  const piecesTotal = pieceCount(torrent);
  const have = new Bitfield(piecesTotal);
  const report = paced(onProgress);
  const onPiece = (piece: number, isRight: boolean) => {
    if (isRight) have.add(piece);
    report({ piecesDone: piece + 1, piecesTotal });
  };
  const heldFiles = await adopt(placed, { signal, onPiece });
  report.flush();
  return new TreeStore({ torrent, manifest, tree, known: { placed, have, heldFiles } });
}

function keepManifest(staging: Staging, text: Uint8Array): void {
  try {
    replaceFile(staging.manifest, text);
  } catch (cause) {
    throw diskError(cause, "writing", staging.manifest);
  }
}

/** What an earlier run left; undefined where it left none, or not a whole one. */
function tryReadManifest(staging: Staging, sha256: string, torrent: Torrent): PlacedManifest | undefined {
  try {
    return readPlacedManifest(readFileSync(staging.manifest), sha256, torrent);
  } catch (error) {
    if (error instanceof MurmurationError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}
