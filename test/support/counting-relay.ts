import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream";

/** Stands before a server at the same address, on a port of its own, and counts what clients send to it. */
export interface CountingRelay extends Disposable {
  readonly host: string;
  readonly port: number;
  /** Of all connections so far. */
  readonly bytesSent: number;
}

export async function startCountingRelay(server: { host: string; port: number }): Promise<CountingRelay> {
  let bytesSent = 0;
  const sockets = new Set<Socket>();
  const relay = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ ...server, noDelay: true });
    client.on("data", (chunk: Buffer) => {
      bytesSent += chunk.length;
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
    pipeline(client, upstream, client, () => {});
  });
  relay.listen(0, server.host);
  await once(relay, "listening");
  const { port } = relay.address() as AddressInfo;
  return {
    host: server.host,
    port,
    get bytesSent() {
      return bytesSent;
    },
    [Symbol.dispose]() {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
