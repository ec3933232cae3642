import { startTurnsEngine } from "../swarm/turns-engine.ts";
import { runAgent } from "./run-agent.ts";

void runAgent(startTurnsEngine);
