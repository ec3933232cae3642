import { readFileSync } from "node:fs";
import WebTorrent from "webtorrent";
import { messageOf } from "../../../src/core/errors.ts";
import { PLAIN_TCP } from "../../../src/swarm/webtorrent-options.ts";
import type { Stranger, StrangerKind, StrangerOptions } from "./stranger.ts";

/** Nothing but the tracker's peers. */
const CLOSED = { ...PLAIN_TCP, tracker: { wrtc: false } };

class WebTorrentClient implements Stranger {
  readonly #client: WebTorrent;
  readonly #finished = Promise.withResolvers<void>();
  #said = "";

  constructor({ torrentFile, folder, port }: StrangerOptions) {
    this.#client = new WebTorrent({ ...CLOSED, torrentPort: port });
    const fail = (error: unknown) => {
      this.#said = messageOf(error);
      this.#finished.reject(error);
    };
    this.#finished.promise.catch(() => {});
    this.#client.on("error", fail);
    const torrent = this.#client.add(readFileSync(torrentFile), { path: folder });
    torrent.on("error", fail);
    torrent.on("warning", (warning) => {
      this.#said = messageOf(warning);
    });
    torrent.on("done", () => this.#finished.resolve());
  }

  get output(): string {
    return this.#said;
  }

  finished(): Promise<void> {
    return this.#finished.promise;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => this.#client.destroy(() => resolve()));
  }
}

/** JavaScript, in this process; it listens on all addresses. */
export const webtorrent: StrangerKind = {
  name: "webtorrent",
  package: undefined,
  dialsLoopback: true,
  start: (options) => new WebTorrentClient(options),
};
