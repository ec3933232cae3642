import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import * as z from "zod/mini";
import english from "zod/v4/locales/en.js";
import { LINE_BYTES_MAX } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import { OUTPUT_BYTES_MAX, tooNoisy } from "./login-noise.ts";

// Without a language every fault is an "Invalid input".
z.config(english());

/** What a login shell, and what it started, may print beside the program's messages (a banner, an `echo` in .bashrc). */
const NOISE_BYTES_MAX = OUTPUT_BYTES_MAX;
/** Of a line that is not understood so much is shown. */
const SHOWN_CHARACTERS = 200;
/** How every message begins, as `JSON.stringify` writes it. */
const MESSAGE_START = '{"type":"';

export interface MessageChannelOptions<In> {
  readonly input: Readable;
  readonly output: Writable;
  readonly schema: z.ZodMiniType<In>;
  /** Who is at the other end, for messages. */
  readonly peerName: string;
  /**
   * A login shell stands before the program: pass over what is no message of ours until the first one, and from then on what is no
   * JSON object, such as the output of something that a start-up file has left running.
   */
  readonly skipNoise?: boolean;
}

/**
 * JSON lines in both directions, each parsed against the contract. Iterate it once; it ends when the input does. Empty lines say nothing:
 * they are what a login script that reads our input is given.
 */
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
    const { schema, peerName, skipNoise = false } = this.#options;
    let noiseBytes = 0;
    let begun = false;
    for await (const line of lines(this.#options.input, peerName)) {
      if (line.length === 0) continue;
      const parsed = skipNoise ? tryParseBehindNoise(line, schema) : tryParse(line, schema);
      if (parsed.kind === "message") {
        begun = true;
        yield parsed.message;
        continue;
      }
      if (!skipNoise || (begun && parsed.kind === "other message")) {
        const shown = JSON.stringify(line.toString("utf8", 0, SHOWN_CHARACTERS));
        throw new MurmurationError(
          "CONTRACT_VIOLATED",
          `${peerName} sent what this version does not understand: ${shown} (${parsed.why})`,
        );
      }
      noiseBytes += line.length;
      if (noiseBytes > NOISE_BYTES_MAX) throw tooNoisy(peerName, line.toString("utf8"));
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

type ParsedLine<In> =
  | { readonly kind: "message"; readonly message: In }
  /** `other message`: a JSON object with a type. */
  | { readonly kind: "other message" | "no message"; readonly why: string };

function tryParse<In>(line: Buffer, schema: z.ZodMiniType<In>): ParsedLine<In> {
  let json: unknown;
  try {
    json = JSON.parse(line.toString("utf8"));
  } catch {
    return { kind: "no message", why: "no JSON" };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: "message", message: parsed.data };
  const isMessage = typeof json === "object" && json !== null && "type" in json;
  const kind = isMessage ? "other message" : "no message";
  return { kind, why: z.prettifyError(parsed.error).slice(0, 300) };
}

/** What was printed before the message may have had no newline at its end. */
function tryParseBehindNoise<In>(line: Buffer, schema: z.ZodMiniType<In>): ParsedLine<In> {
  const whole = tryParse(line, schema);
  const start = line.lastIndexOf(MESSAGE_START);
  if (whole.kind !== "no message" || start <= 0) return whole;
  return tryParse(line.subarray(start), schema);
}
