import { createServer, type Socket } from "node:net";
import type { PortRange } from "./engine.ts";
import { listenInRange } from "./listen.ts";
import { acceptPskTls } from "./psk-tls.ts";

const TLS_HANDSHAKE_TIMEOUT_MS = 10_000;
/** Sockets that have not authenticated yet; more are turned away, so that a flood costs little. */
const UNAUTHENTICATED_MAX = 200;

export interface AcceptorOptions {
  readonly key: Buffer | null;
  /** False: turned away before anything is read. */
  readonly wanted: (socket: Socket) => boolean;
  /** A peer connected and, with a key, authenticated. */
  readonly onSocket: (socket: Socket) => void;
}

/** Listens for peers. */
export class Acceptor implements AsyncDisposable {
  readonly #options: AcceptorOptions;
  readonly #server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  readonly #unauthenticated = new Set<Socket>();

  constructor(options: AcceptorOptions) {
    this.#options = options;
    // Errors while listening are told by `listen`; later ones (out of descriptors) cost one connection each.
    this.#server.on("error", () => {});
  }

  /** The port. @throws MurmurationError `PEER_PORT_TAKEN` */
  listen(ports: PortRange): Promise<number> {
    return listenInRange(this.#server, ports, "peers");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#unauthenticated) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    const { key, wanted, onSocket } = this.#options;
    socket.on("error", () => socket.destroy());
    if (this.#unauthenticated.size >= UNAUTHENTICATED_MAX || !wanted(socket)) {
      socket.destroy();
      return;
    }
    if (key === null) {
      onSocket(socket);
      return;
    }
    this.#unauthenticated.add(socket);
    const timer = setTimeout(() => socket.destroy(), TLS_HANDSHAKE_TIMEOUT_MS);
    socket.on("close", () => {
      clearTimeout(timer);
      this.#unauthenticated.delete(socket);
    });
    const secured = acceptPskTls(socket, key);
    secured.on("error", () => socket.destroy());
    secured.once("secure", () => {
      clearTimeout(timer);
      this.#unauthenticated.delete(socket);
      onSocket(secured);
    });
  }
}
