import { type StrangerKind, StrangerProcess } from "./stranger.ts";

const PROGRAM = "/usr/bin/aria2c";

/** C++, a code base of its own. */
export const aria2: StrangerKind = {
  name: "aria2",
  package: { name: "aria2", file: PROGRAM },
  dialsLoopback: true,
  start: ({ torrentFile, folder, host, port }) =>
    new StrangerProcess({
      command: PROGRAM,
      argv: [
        "--no-conf",
        `--dir=${folder}`,
        `--interface=${host}`,
        "--enable-dht=false",
        "--enable-dht6=false",
        "--disable-ipv6=true",
        `--stop-with-process=${process.pid}`,
        "--bt-enable-lpd=false",
        "--enable-peer-exchange=false",
        `--listen-port=${port}`,
        "--bt-tracker-interval=2",
        "--allow-overwrite=true",
        "--check-integrity=true",
        "--summary-interval=1",
        "--console-log-level=notice",
        "--seed-ratio=0.0",
        torrentFile,
      ],
      saysFinished: / SEED\(/,
    }),
};
