import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A path of a Unix socket has 107 bytes at most (unix(7)); ours adds 25 to its folder. */
const FOLDER_BYTES_MAX = 80;

/** A Unix socket that nobody but our user can reach. Disposing it removes it and closes what is connected to it. */
export interface PrivateSocket extends AsyncDisposable {
  readonly path: string;
}

/** Whoever connects is one of ours: the socket lies in a folder of its own that only our user may enter. */
export async function listenPrivately(onSocket: (socket: Socket) => void): Promise<PrivateSocket> {
  const temporary = Buffer.byteLength(tmpdir()) > FOLDER_BYTES_MAX ? "/tmp" : tmpdir();
  const folder = mkdtempSync(join(temporary, "murmuration-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A program that is told to stop and does not in time exits without disposing of anything.
  process.once("exit", remove);
  const path = join(folder, "uplink");
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  // Later errors (out of descriptors) cost one connection each.
  server.on("error", () => {});
  server.listen(path);
  await once(server, "listening");
  return {
    path,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      process.off("exit", remove);
      remove();
    },
  };
}
