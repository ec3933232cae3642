import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { MurmurationError, messageOf } from "../core/errors.ts";
import type { NodePlatform } from "../core/node-platform.ts";
import { readTarMember } from "../core/tar-reader.ts";

/** Four times Node.js 24: more is no Node.js. */
const RUNTIME_BYTES_MAX = 512 * 1024 * 1024;
/** Half of the time of the usual level, for 3 % more bytes. */
const GZIP_LEVEL = 4;

/** Where a Node.js binary comes from. */
export interface RuntimeFile {
  readonly platform: NodePlatform;
  /** Absolute. */
  readonly path: string;
  readonly form: "binary" | "tar.gz";
}

/** A Node.js binary that is to be brought to targets: read once for its digest, and once more where it is to be moved. */
export class Runtime {
  readonly file: RuntimeFile;
  readonly sha256: string;
  readonly sizeBytes: number;
  #gzipped: Promise<readonly Uint8Array[]> | undefined;

  private constructor(file: RuntimeFile, sha256: string, sizeBytes: number) {
    this.file = file;
    this.sha256 = sha256;
    this.sizeBytes = sizeBytes;
  }

  /** @throws MurmurationError `NODE_UNUSABLE` where it can't be read */
  static async read(file: RuntimeFile): Promise<Runtime> {
    const hash = createHash("sha256");
    let sizeBytes = 0;
    for await (const chunk of contentOf(file)) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > RUNTIME_BYTES_MAX) throw unreadable(file, "it is larger than any Node.js");
    }
    if (sizeBytes === 0) throw unreadable(file, "there is no bin/node in it");
    return new Runtime(file, hash.digest("hex"), sizeBytes);
  }

  /** Compressed once, whoever asks. */
  gzipped(): Promise<readonly Uint8Array[]> {
    this.#gzipped ??= gzip(this.content());
    return this.#gzipped;
  }

  content(): AsyncGenerator<Uint8Array> {
    return contentOf(this.file);
  }
}

async function* contentOf(file: RuntimeFile): AsyncGenerator<Uint8Array> {
  const stored = createReadStream(file.path, { highWaterMark: 1024 * 1024 });
  try {
    if (file.form === "binary") yield* stored;
    else yield* readTarMember(unpacked(stored), (path) => /(?:^|\/)bin\/node$/.test(path));
  } catch (error) {
    throw unreadable(file, messageOf(error), error);
  } finally {
    stored.destroy();
  }
}

async function* unpacked(stored: Readable): AsyncGenerator<Uint8Array> {
  const out = createGunzip();
  const done = pipeline(stored, out);
  // Told by the stream itself to whoever reads it.
  done.catch(() => {});
  yield* out;
}

async function gzip(content: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const out = new PassThrough().on("data", (chunk: Uint8Array) => void chunks.push(chunk));
  await pipeline(Readable.from(content), createGzip({ level: GZIP_LEVEL, chunkSize: 256 * 1024 }), out);
  return chunks;
}

function unreadable({ path }: RuntimeFile, why: string, cause?: unknown): MurmurationError {
  return new MurmurationError("NODE_UNUSABLE", `cannot read the Node.js runtime ${path}: ${why}`, { cause });
}
