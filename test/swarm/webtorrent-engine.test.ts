import { startWebTorrentEngine } from "../../src/swarm/webtorrent-engine.ts";
import { engineSuite } from "./engine-suite.ts";

engineSuite("the engine by webtorrent", startWebTorrentEngine, { encrypts: false });
