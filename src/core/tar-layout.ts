import type { Manifest } from "./manifest.ts";

/** Name of the tar's first member; a release may not hold an entry of this name at its top. */
export const MANIFEST_MEMBER_NAME = ".murmuration-manifest.json";

/** What a range of the tar consists of. `bytes` is generated (headers, manifest text, padding); `file` is content of `entries[entry]`. */
export type TarSegment =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | {
      readonly kind: "file";
      readonly entry: number;
      readonly fileOffsetBytes: number;
      readonly lengthBytes: number;
    };

/** Pieces that hold the tar's first member, the manifest: `[0, n)`. Known before the manifest itself is. */
export function manifestPieces(_manifestLengthBytes: number, _pieceLengthBytes: number): number {
  throw new Error("not yet");
}

/** Where everything stands in the tar of a release. */
export class TarLayout {
  readonly lengthBytes: number = 0;

  constructor(_manifest: Manifest, _manifestText: Uint8Array) {}

  /** In order and without gaps, what `[offsetBytes, offsetBytes + lengthBytes)` consists of. */
  segments(_offsetBytes: number, _lengthBytes: number): Iterable<TarSegment> {
    throw new Error("not yet");
  }
}
