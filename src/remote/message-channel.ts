import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import * as z from "zod/mini";
import english from "zod/v4/locales/en.js";
import { LINE_BYTES_MAX } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";

// Without a language every fault is an "Invalid input".
z.config(english());

/** What a login shell may print before the program's first message (a banner, an `echo` in .bashrc). */
const NOISE_BYTES_MAX = 64 * 1024;

export interface MessageChannelOptions<In> {
  readonly input: Readable;
  readonly output: Writable;
  readonly schema: z.ZodMiniType<In>;
  /** Who is at the other end, for messages. */
  readonly peerName: string;
  /** Skip lines that are no JSON object until the first one that is. */
  readonly skipNoise?: boolean;
}

/** JSON lines in both directions, each parsed against the contract. Iterate it once; it ends when the input does. */
export class MessageChannel<In, Out> implements AsyncIterable<In> {
  readonly #options: MessageChannelOptions<In>;

  constructor(options: MessageChannelOptions<In>) {
    this.#options = options;
    // A pipe whose reader is gone reports EPIPE here; that the other end is gone is told by the end of the input.
    options.output.on("error", () => {});
  }

  /** Resolves when the line was taken by the pipe. A line to a peer that is gone is dropped: the input's end tells. */
  async send(message: Out): Promise<void> {
    const { output } = this.#options;
    if (output.destroyed || output.writableEnded) return;
    if (output.write(`${JSON.stringify(message)}\n`)) return;
    const closed = new AbortController();
    const onClose = () => closed.abort();
    output.once("close", onClose);
    try {
      await once(output, "drain", { signal: closed.signal });
    } catch {
      // Closed or broken before it drained: as above, the input's end tells.
    } finally {
      output.off("close", onClose);
    }
  }

  /** Ends the output: the other program sees the end of its stdin and stops. */
  end(): void {
    this.#options.output.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<In, void> {
    const { schema, peerName } = this.#options;
    let noiseBytesLeft = this.#options.skipNoise ? NOISE_BYTES_MAX : 0;
    for await (const line of lines(this.#options.input, peerName)) {
      const parsed = tryParse(line, schema);
      if (parsed.success) {
        noiseBytesLeft = 0;
        yield parsed.data;
        continue;
      }
      noiseBytesLeft -= line.length;
      if (noiseBytesLeft > 0) continue;
      throw new MurmurationError(
        "CONTRACT_VIOLATED",
        `${peerName} sent what this version does not understand: ${JSON.stringify(line.toString("utf8", 0, 200))} (${parsed.why})`,
      );
    }
  }
}

async function* lines(input: Readable, peerName: string): AsyncGenerator<Buffer, void> {
  let parts: Buffer[] = [];
  let partsBytes = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const tail = chunk.subarray(start, end);
      yield parts.length === 0 ? tail : Buffer.concat([...parts, tail]);
      parts = [];
      partsBytes = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    parts.push(chunk.subarray(start));
    partsBytes += chunk.length - start;
    if (partsBytes > LINE_BYTES_MAX) {
      throw new MurmurationError(
        "CONTRACT_VIOLATED",
        `${peerName} sent a line of more than ${LINE_BYTES_MAX} bytes`,
      );
    }
  }
}

function tryParse<In>(
  line: Buffer,
  schema: z.ZodMiniType<In>,
): { success: true; data: In } | { success: false; why: string } {
  let json: unknown;
  try {
    json = JSON.parse(line.toString("utf8"));
  } catch {
    return { success: false, why: "no JSON" };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { success: true, data: parsed.data };
  return { success: false, why: z.prettifyError(parsed.error).slice(0, 300) };
}
