import type { Socket } from "node:net";
import type { Wire } from "webtorrent";

/** A block of 128 KiB, the most that webtorrent sends, and the bitfield of 400,000 pieces are shorter. */
const MESSAGE_MAX_BYTES = 256 * 1024;
/** Requests of one peer that wait for an answer. The usual clients have up to 500. */
const REQUESTS_MAX = 2_000;
/** What one peer has made it send, mostly by asking, and has not read. */
const UNREAD_MAX_BYTES = 16 * 1024 * 1024;

/** Bounds what one peer can make webtorrent do, which takes messages of any length and answers whoever does not read. */
export function guardWire(wire: Wire, socket: Socket): void {
  const parse = wire._parse;
  wire._parse = (bytes, parser) => {
    // A wire that ends waits for infinitely many bytes.
    if (bytes > MESSAGE_MAX_BYTES && bytes !== Number.MAX_VALUE) {
      socket.destroy();
      parse.call(wire, Number.MAX_VALUE, () => {});
    } else {
      parse.call(wire, bytes, parser);
    }
  };
  const write = wire._write;
  wire._write = (bytes, done) => {
    // What comes after the end is not kept, and what a message makes it throw ends the connection and not the program.
    if (socket.destroyed) {
      done(null);
      return;
    }
    if (wire._readableState.buffered > UNREAD_MAX_BYTES) socket.destroy();
    try {
      write.call(wire, bytes, done);
    } catch {
      socket.destroy();
      done(null);
    }
  };
  wire.on("request", () => {
    if (wire.peerRequests.length > REQUESTS_MAX) socket.destroy();
  });
}
