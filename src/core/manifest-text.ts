import type { Manifest } from "./manifest.ts";

/** A target holds the text and what is parsed from it in memory; two million entries of 130 bytes fit. */
export const MANIFEST_BYTES_MAX = 256 * 1024 * 1024;
export const MANIFEST_ENTRIES_MAX = 2_000_000;

/** The manifest as deterministic text: JSON lines, a header and then one array an entry. Its SHA-256 is the manifest digest. */
export function encodeManifest(_manifest: Manifest): Uint8Array {
  throw new Error("not yet");
}

/**
 * Reads what a peer sent. Accepts exactly what `encodeManifest` writes, and nothing that could lead outside the release.
 * @throws MurmurationError `CONTRACT_VIOLATED`
 */
export function parseManifest(_text: Uint8Array): Manifest {
  throw new Error("not yet");
}

/** SHA-256 of the text, hex. */
export function manifestDigest(_text: Uint8Array): string {
  throw new Error("not yet");
}
