import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { MessageOf, ToAgent } from "../contract.ts";
import { listenInRange } from "../swarm/listen.ts";
import type { AgentConversation } from "./converse.ts";
import { ownAddresses } from "./own-addresses.ts";

/** The runner sends two at once to each lender; what a stranger opens beside them does no harm. */
const CONNECTIONS_MAX = 16;
const REQUEST_TIMEOUT_MS = 10_000;
/** Who takes nothing for so long is gone. */
const SILENCE_MAX_MS = 30_000;
/** However slowly it is taken. */
const RESPONSE_MAX_MS = 5 * 60_000;
/** The fastest: most fleets have links on which compressing pays, and a processor that has nothing else to do yet. */
const GZIP_LEVEL = 1;
const CHUNK_BYTES = 256 * 1024;

/**
 * Gives the Node.js binary by which it runs itself to other targets: `GET /<token>/node` and `/<token>/node.gz` (nothing at `/<token>/`), until the runner says `finish` or is
 * gone. The binary is public, and they check its SHA-256: the token keeps strangers from using the link, no more.
 */
export async function lendRuntime(
  { token, ports }: MessageOf<ToAgent, "lend">,
  { commands, send, log }: AgentConversation,
): Promise<void> {
  let gzipped: GzippedOnce | undefined;
  const openGzipped = () => {
    gzipped ??= new GzippedOnce(openBinary());
    return Readable.from(gzipped.read());
  };
  const openBinary = () => createReadStream(process.execPath, { highWaterMark: CHUNK_BYTES });
  const contents = new Map([
    [`/${token}/`, () => Readable.from([])],
    [`/${token}/node`, openBinary],
    [`/${token}/node.gz`, openGzipped],
  ]);
  const server = createServer((request, response) => {
    const open = request.method === "GET" ? contents.get(request.url ?? "") : undefined;
    response.writeHead(open === undefined ? 404 : 200, { connection: "close" });
    if (open === undefined) response.end();
    else give(request, response, open());
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = REQUEST_TIMEOUT_MS;
  server.setTimeout(SILENCE_MAX_MS);
  const port = await listenInRange(server, ports, "targets that have no Node.js");
  server.on("error", (error) => log(`lending the runtime: ${error.message}`));
  try {
    await send({ type: "lending", port, addresses: ownAddresses() });
    await commands.next("finish");
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function give(request: IncomingMessage, response: ServerResponse, binary: Readable): void {
  const late = setTimeout(() => request.socket.destroy(), RESPONSE_MAX_MS);
  // What breaks ends the response early, and whoever fetches sees that it is not whole.
  pipeline(binary, response, () => clearTimeout(late));
}

/** What is compressed once, and read by several while that goes on: 50 MB in memory, which cost a processor two seconds. */
class GzippedOnce {
  readonly #chunks: Uint8Array[] = [];
  #more = Promise.withResolvers<void>();
  #isWhole = false;
  #failure: unknown;

  constructor(source: Readable) {
    void this.#collect(source);
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; ; at++) {
      while (at === this.#chunks.length && !this.#isWhole) {
        if (this.#failure !== undefined) throw this.#failure;
        await this.#more.promise;
      }
      const chunk = this.#chunks[at];
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  async #collect(source: Readable): Promise<void> {
    try {
      const gzip = createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_BYTES });
      // What can't be read ends the loop below by the same error.
      pipeline(source, gzip, () => {});
      for await (const chunk of gzip) {
        this.#chunks.push(chunk);
        this.#tell();
      }
      this.#isWhole = true;
    } catch (error) {
      this.#failure = error;
    }
    this.#tell();
  }

  #tell(): void {
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }
}
