import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { engineSuite } from "./engine-suite.ts";

engineSuite("the engine by turns", startTurnsEngine);
