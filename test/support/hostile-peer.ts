import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeHandshake, HANDSHAKE_BYTES, MESSAGE } from "../../src/core/wire-messages.ts";
import { noise } from "./odd-tree.ts";

/** What a peer does once it has shaken hands. */
export type Malice =
  /** Says that it has everything, gives a turn to whoever asks, and answers with bytes that are not the piece's. */
  | "bad pieces"
  /** Sends what is no message at all. */
  | "noise"
  /** Announces a message of 2 GiB and begins with it. */
  | "endless message";

export interface HostilePeer extends Disposable {
  /** Handshakes that were answered: how often it was let in. */
  readonly admitted: number;
  /** Blocks sent that were asked for. */
  readonly blocksSent: number;
}

export interface HostilePeerOptions {
  readonly malice: Malice;
  /** A loopback address of its own, so that it is told from honest peers. */
  readonly localAddress: string;
  readonly ports: { readonly from: number; readonly to: number };
  /** Hex. */
  readonly infoHash: string;
}

const DIAL_AGAIN_MS = 200;

/** Knocks at each port again and again until disposed. It shares the project's message numbers and nothing else. */
export function startHostilePeer(options: HostilePeerOptions): HostilePeer {
  const state = { admitted: 0, blocksSent: 0 };
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  const knock = async (port: number) => {
    while (!stopping.signal.aborted) {
      const socket = connect({ host: "127.0.0.1", port, localAddress: options.localAddress });
      sockets.add(socket);
      await misbehave(socket, options, state);
      sockets.delete(socket);
      await sleep(DIAL_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  for (let port = options.ports.from; port <= options.ports.to; port++) void knock(port);
  return {
    get admitted() {
      return state.admitted;
    },
    get blocksSent() {
      return state.blocksSent;
    },
    [Symbol.dispose]() {
      stopping.abort();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Resolves when the other side has had enough. */
async function misbehave(
  socket: Socket,
  { malice, infoHash }: HostilePeerOptions,
  state: { admitted: number; blocksSent: number },
): Promise<void> {
  const peerId = Buffer.from(`-XX0001-${Math.random().toString().slice(2, 14).padEnd(12, "0")}`);
  let received = Buffer.alloc(0);
  let isAdmitted = false;
  socket.on("error", () => {});
  socket.on("connect", () => {
    socket.write(encodeHandshake({ infoHash: Buffer.from(infoHash, "hex"), peerId, fast: true }));
  });
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (!isAdmitted) {
      if (received.length < HANDSHAKE_BYTES) return;
      received = received.subarray(HANDSHAKE_BYTES);
      isAdmitted = true;
      state.admitted += 1;
      begin(socket, malice);
    }
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
      const message = received.subarray(4, 4 + received.readUInt32BE(0));
      received = received.subarray(4 + message.length);
      if (malice === "bad pieces" && message[0] === MESSAGE.request) {
        socket.write(badBlock(message));
        state.blocksSent += 1;
      }
    }
  });
  await new Promise((resolve) => socket.once("close", resolve));
}

function begin(socket: Socket, malice: Malice): void {
  switch (malice) {
    case "bad pieces":
      socket.write(Buffer.of(0, 0, 0, 1, MESSAGE.haveAll, 0, 0, 0, 1, MESSAGE.unchoke));
      break;
    case "noise":
      socket.write(noise("hostile", 300_000));
      break;
    case "endless message":
      socket.write(Buffer.concat([Buffer.of(0x7f, 0xff, 0xff, 0xff, MESSAGE.piece), Buffer.alloc(100_000)]));
      break;
  }
}

/** To a request for a block, that block's place with other bytes. */
function badBlock(request: Buffer): Buffer {
  const [piece, begin, length] = [request.readUInt32BE(1), request.readUInt32BE(5), request.readUInt32BE(9)];
  const head = Buffer.alloc(13);
  head.writeUInt32BE(9 + length, 0);
  head[4] = MESSAGE.piece;
  head.writeUInt32BE(piece, 5);
  head.writeUInt32BE(begin, 9);
  return Buffer.concat([head, noise("not the piece", length)]);
}
