import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StrangerKind, StrangerProcess } from "./stranger.ts";

const PROGRAM = "/usr/bin/transmission-cli";
const CLOSED = {
  "dht-enabled": false,
  "lpd-enabled": false,
  "pex-enabled": false,
  "utp-enabled": false,
  "port-forwarding-enabled": false,
  "rpc-enabled": false,
  "blocklist-enabled": false,
  "bind-address-ipv6": "::1",
};

/** C, a code base of its own. */
export const transmission: StrangerKind = {
  name: "Transmission",
  package: { name: "transmission-cli", file: PROGRAM },
  dialsLoopback: false,
  start({ torrentFile, folder, host, port }) {
    const configuration = join(folder, "transmission");
    mkdirSync(configuration, { recursive: true });
    writeFileSync(
      join(configuration, "settings.json"),
      JSON.stringify({ ...CLOSED, "bind-address-ipv4": host }),
    );
    return new StrangerProcess({
      command: PROGRAM,
      argv: [
        "--no-portmap",
        "--port",
        String(port),
        "--download-dir",
        folder,
        "--config-dir",
        configuration,
        torrentFile,
      ],
      saysFinished: /Seeding, /,
    });
  },
};
