import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { encodeHandshake } from "../../src/core/wire-messages.ts";
import type { PeerAddress } from "../../src/swarm/engine.ts";
import { connectPskTls } from "../../src/swarm/psk-tls.ts";

/** A socket to a peer, authenticated where there is a key, that says and reads only what the test makes it. */
export class RawPeer implements Disposable {
  readonly socket: Socket;
  /** Whatever came, where it is read. */
  readonly received: Buffer[] = [];
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
  }

  static async connect(port: number, key: Buffer | null): Promise<RawPeer> {
    const to = { port, host: "127.0.0.1" };
    const socket = key === null ? connect(to) : connectPskTls(to, key);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    const peer = new RawPeer(socket);
    await once(socket, key === null ? "connect" : "secureConnect");
    return peer;
  }

  /** Says hello, as a peer of BEP 6. */
  shakeHands(infoHash: string, peerId: Buffer = randomBytes(20)): void {
    this.send(encodeHandshake({ infoHash: Buffer.from(infoHash, "hex"), peerId, fast: true }));
  }

  send(...bytes: readonly Buffer[]): void {
    for (const each of bytes) this.socket.write(each);
  }

  read(): void {
    this.socket.on("data", (chunk: Buffer) => this.received.push(chunk));
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

/** Passes connections on to a peer, until it is told to cut them. */
export class Relay implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  connections = 0;
  /** Both ways, over all connections. */
  bytes = 0;
  /** Of them what those who dialled sent. */
  bytesSent = 0;
  readonly #host: string;

  private constructor(to: PeerAddress, { delayMs, host }: { delayMs: number; host: string }) {
    this.#host = host;
    this.#server = createServer((near) => {
      this.connections += 1;
      const far = connect(to);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("data", (chunk: Buffer) => {
          this.bytes += chunk.length;
          if (socket === near) this.bytesSent += chunk.length;
        });
        socket.on("error", () => socket.destroy());
        socket.on("close", () => {
          near.destroy();
          far.destroy();
        });
      }
      forward(near, far, delayMs);
      forward(far, near, delayMs);
    });
  }

  /** `delayMs`: of everything, one way. `host`: where it listens. */
  static async start(to: PeerAddress, { delayMs = 0, host = "127.0.0.1" } = {}): Promise<Relay> {
    const relay = new Relay(to, { delayMs, host });
    relay.#server.listen(0, host);
    await once(relay.#server, "listening");
    return relay;
  }

  get address(): PeerAddress {
    return { host: this.#host, port: (this.#server.address() as AddressInfo).port };
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** In order, and not more slowly than it comes. */
function forward(from: Socket, to: Socket, delayMs: number): void {
  if (delayMs === 0) {
    from.pipe(to);
    return;
  }
  from.on("data", (chunk: Buffer) => setTimeout(() => to.write(chunk), delayMs));
  from.on("end", () => setTimeout(() => to.end(), delayMs));
}
