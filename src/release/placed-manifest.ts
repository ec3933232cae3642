import { MurmurationError } from "../core/errors.ts";
import type { Manifest } from "../core/manifest.ts";
import { manifestDigest, parseManifest } from "../core/manifest-text.ts";
import { TarLayout } from "../core/tar-layout.ts";
import type { Torrent } from "../core/torrent.ts";

/** A release's manifest, known to be the one that its torrent was made with. */
export interface PlacedManifest {
  readonly manifest: Manifest;
  readonly text: Uint8Array;
  readonly layout: TarLayout;
}

/** @throws MurmurationError `CONTRACT_VIOLATED` where the text is not that of the digest, or of another torrent. */
export function readPlacedManifest(text: Uint8Array, sha256: string, torrent: Torrent): PlacedManifest {
  if (manifestDigest(text) !== sha256) {
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      "the release's manifest is not the one that the plan names",
    );
  }
  const manifest = parseManifest(text);
  const layout = new TarLayout(manifest, text, torrent.pieceLengthBytes);
  if (layout.lengthBytes !== torrent.lengthBytes) {
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      `the release's manifest makes a tar of ${layout.lengthBytes} bytes, the plan says ${torrent.lengthBytes}`,
    );
  }
  return { manifest, text, layout };
}
