import { startTurnsEngine } from "../swarm/turns-engine.ts";
import { runOrigin } from "./run-origin.ts";

void runOrigin(startTurnsEngine);
