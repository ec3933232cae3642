import { fileURLToPath } from "node:url";
import { type StrangerKind, StrangerProcess } from "./stranger.ts";

/** Debian's: the package's module is there for no other Python. */
const PYTHON = "/usr/bin/python3";
const CLIENT = fileURLToPath(new URL("libtorrent-client.py", import.meta.url));

/** C++, the library of qBittorrent and Deluge. */
export const libtorrent: StrangerKind = {
  name: "libtorrent",
  package: { name: "python3-libtorrent", file: "/usr/share/doc/python3-libtorrent" },
  dialsLoopback: true,
  start: ({ torrentFile, folder, host, port }) =>
    new StrangerProcess({
      command: PYTHON,
      argv: [CLIENT, torrentFile, folder, host, String(port)],
      saysFinished: /^finished$/m,
    }),
};
