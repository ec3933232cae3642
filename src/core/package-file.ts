import bencode from "bencode";
import * as z from "zod/mini";
import { MurmurationError } from "./errors.ts";
import {
  infoDictionary,
  PIECE_HASH_BYTES,
  PIECE_LENGTH_MAX_BYTES,
  PIECE_LENGTH_MIN_BYTES,
  PIECES_MAX,
  pieceCount,
  type Torrent,
} from "./torrent.ts";

/**
 * A packaged release: a torrent that any client opens (BEP 3), with what a deploy has to know beside it under a key of our own, which
 * clients pass over since it stands outside of `info`.
 */
export interface PackageFile {
  readonly torrent: Torrent;
  /** The id under which every deploy of the package puts it on its targets, unless it names another. */
  readonly release: string;
  readonly manifest: { readonly lengthBytes: number; readonly sha256: string };
  /** SHA-256 of the whole tar, hex. */
  readonly tarSha256: string;
}

/** Hashes of `PIECES_MAX` pieces, and room for all else. */
export const PACKAGE_FILE_BYTES_MAX = PIECES_MAX * PIECE_HASH_BYTES + 64 * 1024;

const CREATED_BY = "murmuration";
const VERSION = 1;

export function encodePackageFile({ torrent, release, manifest, tarSha256 }: PackageFile): Uint8Array {
  return bencode.encode({
    "created by": CREATED_BY,
    info: bencode.decode(infoDictionary(torrent)),
    murmuration: {
      "manifest length": manifest.lengthBytes,
      "manifest sha256": manifest.sha256,
      release,
      "tar sha256": tarSha256,
      version: VERSION,
    },
  });
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const bytes = z.instanceof(Uint8Array);
const text = z.pipe(
  bytes,
  z.transform((value: Uint8Array<ArrayBuffer>) => decoder.decode(value)),
);
const length = z.int().check(z.positive());
const sha256 = z.pipe(text, z.string().check(z.regex(/^[0-9a-f]{64}$/)));

const packageFile = z.object({
  info: z.object({
    length,
    name: z.pipe(text, z.string().check(z.minLength(1), z.maxLength(255))),
    "piece length": z.int().check(z.minimum(PIECE_LENGTH_MIN_BYTES), z.maximum(PIECE_LENGTH_MAX_BYTES)),
    pieces: bytes,
  }),
  murmuration: z.object({
    "manifest length": length,
    "manifest sha256": sha256,
    release: z.pipe(text, z.string().check(z.regex(/^(?!\.)[A-Za-z0-9._-]{1,100}$/))),
    "tar sha256": sha256,
    version: z.literal(VERSION),
  }),
});

/**
 * Accepts exactly what `encodePackageFile` writes, byte for byte: another client that opens the file sees the same release as we do.
 * @throws MurmurationError `ARTIFACT_DAMAGED`
 */
export function parsePackageFile(content: Uint8Array): PackageFile {
  if (content.length > PACKAGE_FILE_BYTES_MAX)
    throw damaged(`it has ${content.length} bytes, at most ${PACKAGE_FILE_BYTES_MAX} are read`);
  const file = decode(content);
  const whole = file.torrent.pieces.length === pieceCount(file.torrent) * PIECE_HASH_BYTES;
  if (!whole) throw damaged("it has not one hash for each piece");
  if (file.manifest.lengthBytes >= file.torrent.lengthBytes)
    throw damaged("its manifest is longer than its tar");
  if (!Buffer.from(content).equals(encodePackageFile(file)))
    throw damaged("it holds more than a package does, or in another form");
  return file;
}

function decode(content: Uint8Array): PackageFile {
  try {
    const { info, murmuration } = packageFile.parse(bencode.decode(content));
    return {
      torrent: {
        name: info.name,
        lengthBytes: info.length,
        pieceLengthBytes: info["piece length"],
        pieces: info.pieces,
      },
      release: murmuration.release,
      manifest: {
        lengthBytes: murmuration["manifest length"],
        sha256: murmuration["manifest sha256"],
      },
      tarSha256: murmuration["tar sha256"],
    };
  } catch (cause) {
    throw damaged("it was not made by mode: package of this version", cause);
  }
}

function damaged(why: string, cause?: unknown): MurmurationError {
  return new MurmurationError("ARTIFACT_DAMAGED", `cannot read the package's torrent: ${why}`, { cause });
}
