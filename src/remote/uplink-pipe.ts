import type { Duplex, Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";

/** How the bytes of an uplink cross the connection. */
export type UplinkCoding = "zstd" | "plain";

/** What zstd gives out at a time: a read of a socket is as much. */
const CHUNK_BYTES = 64 * 1024;

/** Node.js has zstd since 22.15. */
export function bestCoding(): UplinkCoding {
  return typeof zlib.createZstdCompress === "function" ? "zstd" : "plain";
}

/**
 * Carries all that `local` says to the connection and back, compressed on the connection, until one of both ends or breaks. Each write is flushed: the
 * other end waits for it. Ends or destroys all streams.
 */
export async function carry(
  local: Duplex,
  connection: { readonly input: Readable; readonly output: Writable },
  coding: UplinkCoding,
): Promise<void> {
  const { input, output } = connection;
  const there = coding === "plain" ? [] : [compressor()];
  const back = coding === "plain" ? [] : [zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES })];
  const over = new AbortController();
  const { signal } = over;
  const ways = [
    pipeline([local, ...there, output], { signal }),
    pipeline([input, ...back, local], { signal }),
  ];
  try {
    await Promise.race(ways);
  } finally {
    // Destroyed by hand, a stream that has ended and still holds something would keep its pipeline waiting for ever.
    over.abort();
    await Promise.allSettled(ways);
  }
}

function compressor(): zlib.ZstdCompress {
  return zlib.createZstdCompress({ chunkSize: CHUNK_BYTES, flush: zlib.constants.ZSTD_e_flush });
}

const GREETING = "@murmuration uplink ";

export function greetingOf(coding: UplinkCoding): string {
  return `${GREETING}${coding}`;
}

/** Undefined where the line is none: a login shell may print others before it. */
export function codingOf(line: string): UplinkCoding | undefined {
  const said = line.trim();
  return (["zstd", "plain"] as const).find((coding) => said === greetingOf(coding));
}
