import { startWebTorrentEngine } from "../swarm/webtorrent-engine.ts";
import { runAgent } from "./run-agent.ts";

void runAgent(startWebTorrentEngine);
