import { startWebTorrentEngine } from "../swarm/webtorrent-engine.ts";
import { runOrigin } from "./run-origin.ts";

void runOrigin(startWebTorrentEngine);
