import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetHost } from "./networks.ts";

/** Runs on the host: each connection to the port goes on to the socket, which is in the file system that both share. */
const RELAY = `
const { connect, createServer } = require("node:net");
const [port, path] = process.argv.slice(1);
const server = createServer((one) => {
  const other = connect(path);
  one.pipe(other).pipe(one);
  for (const end of [one, other]) end.on("error", () => { one.destroy(); other.destroy(); });
});
server.listen(Number(port), "127.0.0.1", () => console.log("listening"));
`;

/** A port of this machine's loopback is there on the loopback of a host too, which has a network of its own. */
export async function lendPort(host: NetHost, port: number): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-port-"));
  const path = join(folder, "socket");
  const sockets = new Set<Socket>();
  const server = createServer((one) => {
    const other = connect(port, "127.0.0.1");
    one.pipe(other).pipe(one);
    for (const end of [one, other]) {
      sockets.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        one.destroy();
        other.destroy();
      });
    }
  });
  server.listen(path);
  await once(server, "listening");
  const [command, ...rest] = [...host.prefix, process.execPath, "--eval", RELAY, String(port), path];
  const relay = spawn(command!, rest, { stdio: ["ignore", "pipe", "inherit"] });
  await once(relay.stdout, "data");
  return {
    async [Symbol.asyncDispose]() {
      relay.kill("SIGKILL");
      await once(relay, "exit");
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
