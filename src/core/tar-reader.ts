import { paddedBytes, TAR_BLOCK_BYTES } from "./tar-header.ts";

/** Long names stand in a member of their own. What is longer names nothing that is looked for. */
const NAME_BYTES_MAX = 64 * 1024;

/** What is looked for in a tar. */
export type IsWanted = (path: string) => boolean;

/**
 * The content of the first regular file that is wanted, chunk by chunk; empty where the tar has none, or is none. Reads ustar, GNU and pax names.
 * @throws RangeError where the tar ends within a member, or has a header that can't be read
 */
export async function* readTarMember(
  tar: AsyncIterable<Uint8Array>,
  isWanted: IsWanted,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteReader(tar);
  let longName: string | undefined;
  for (;;) {
    const header = await bytes.take(TAR_BLOCK_BYTES);
    if (header === undefined || header.every((byte) => byte === 0)) return;
    const { type, path, sizeBytes } = parseHeader(header);
    const isName = type === "L" || type === "x";
    if (isName && sizeBytes <= NAME_BYTES_MAX) {
      const text = Buffer.from(await bytes.getExactly(sizeBytes)).toString("utf8");
      longName = type === "L" ? text.replace(/\0.*$/s, "") : (paxPath(text) ?? longName);
    } else if ((type === "0" || type === "\0") && isWanted(longName ?? path)) {
      yield* bytes.chunks(sizeBytes);
      return;
    } else {
      for await (const _chunk of bytes.chunks(sizeBytes));
      if (!isName) longName = undefined;
    }
    await bytes.getExactly(paddedBytes(sizeBytes) - sizeBytes);
  }
}

function parseHeader(header: Uint8Array): { type: string; path: string; sizeBytes: number } {
  const text = (from: number, length: number) =>
    Buffer.from(header.subarray(from, from + length))
      .toString("utf8")
      .replace(/\0.*$/s, "");
  const size = text(124, 12).trim();
  if (!/^[0-7]{1,12}$/.test(size)) throw new RangeError("a header of the tar cannot be read");
  const prefix = text(257, 5) === "ustar" && text(257, 8) !== "ustar  " ? text(345, 155) : "";
  const name = text(0, 100);
  return {
    type: String.fromCharCode(header[156] ?? 0),
    path: prefix === "" ? name : `${prefix}/${name}`,
    sizeBytes: Number.parseInt(size, 8),
  };
}

/** Of a pax record such as `21 path=some/name`, with a line feed after it. */
function paxPath(records: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1];
}

class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Undefined at the end, if nothing is left. */
  async take(length: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length < length) {
      const { done, value } = await this.#chunks.next();
      if (done && this.#rest.length === 0) return undefined;
      if (done) throw new RangeError("the tar is cut off");
      this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    }
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async getExactly(length: number): Promise<Uint8Array> {
    const taken = await this.take(length);
    if (taken === undefined) throw new RangeError("the tar is cut off");
    return taken;
  }

  async *chunks(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      const chunk = await this.getExactly(Math.min(left, Math.max(this.#rest.length, 1)));
      left -= chunk.length;
      yield chunk;
    }
  }
}
