import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { MurmurationError, messageOf } from "../core/errors.ts";
import type { PortRange } from "./engine.ts";

/**
 * Listens on the first free port of the range, on all addresses, IPv6 and IPv4.
 * @throws MurmurationError `PEER_PORT_TAKEN`
 */
export async function listenInRange(server: Server, ports: PortRange, what: string): Promise<number> {
  let last: unknown;
  for (let port = ports.from; port <= ports.to; port++) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      last = error;
    }
  }
  const range = ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from}–${ports.to}`;
  throw new MurmurationError("PEER_PORT_TAKEN", `cannot listen for ${what} on ${range}: ${messageOf(last)}`, {
    cause: last,
  });
}

async function listenOn(server: Server, port: number): Promise<number> {
  try {
    server.listen({ port, host: "::" });
    await once(server, "listening");
  } catch (error) {
    if (!hasCode(error, "EAFNOSUPPORT") && !hasCode(error, "EADDRNOTAVAIL")) throw error;
    server.listen({ port, host: "0.0.0.0" });
    await once(server, "listening");
  }
  return (server.address() as AddressInfo).port;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
