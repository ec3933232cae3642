import type { Manifest } from "../core/manifest.ts";
import type { PieceStore } from "../core/piece-store.ts";
import type { TarLayout } from "../core/tar-layout.ts";

/** What a target knows of the release once the manifest's pieces are there. */
export interface PlacedManifest {
  readonly manifest: Manifest;
  readonly text: Uint8Array;
  readonly layout: TarLayout;
}

/** The target's store: pieces live as files of a tree. Disposing it closes the files and leaves the tree as it is. */
export interface TreeStore extends PieceStore, AsyncDisposable {
  /** Undefined until the manifest's pieces have come. */
  readonly placed: PlacedManifest | undefined;
}
