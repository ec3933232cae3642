import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import type { LabHost } from "./lab.ts";

/**
 * What plain TCP reaches between two hosts of the lab, in Mbit/s of payload: the lab is only worth its figures if this
 * is near the rate that was set.
 */
export async function probeLink(from: LabHost, to: LabHost, sizeBytes: number): Promise<number> {
  const start = (host: LabHost, ...rest: string[]) => {
    const [program, ...before] = [...host.prefix, process.execPath, import.meta.filename];
    return spawn(program!, [...before, ...rest], { stdio: ["ignore", "pipe", "inherit"] });
  };
  const receiver = start(to, "receive", to.address);
  const lines = createInterface({ input: receiver.stdout })[Symbol.asyncIterator]();
  try {
    const port = (await lines.next()).value as string;
    const sender = start(from, "send", to.address, port, String(sizeBytes));
    await once(sender, "exit");
    return Number((await lines.next()).value);
  } finally {
    receiver.kill("SIGKILL");
  }
}

async function receive(address: string): Promise<void> {
  const server = createServer();
  server.listen(0, address);
  await once(server, "listening");
  console.log((server.address() as { port: number }).port);
  const [socket] = await once(server, "connection");
  let receivedBytes = 0;
  const startedMs = performance.now();
  for await (const chunk of socket) receivedBytes += (chunk as Buffer).length;
  console.log((receivedBytes * 8) / 1_000 / (performance.now() - startedMs));
  server.close();
}

async function send(address: string, port: number, sizeBytes: number): Promise<void> {
  const socket = connect(port, address);
  const chunk = Buffer.alloc(64 * 1024);
  for (let sentBytes = 0; sentBytes < sizeBytes; sentBytes += chunk.length) {
    if (!socket.write(chunk)) await once(socket, "drain");
  }
  socket.end();
}

if (import.meta.main) {
  const [role, address, port, sizeBytes] = process.argv.slice(2);
  if (role === "receive") await receive(address!);
  else await send(address!, Number(port), Number(sizeBytes));
}
