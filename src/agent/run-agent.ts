import { type FromAgent, type ToAgent, toAgent } from "../contract.ts";
import { serveRunner } from "../remote/serve-runner.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { converse } from "./converse.ts";

/** The whole program, with the engine that its bundle holds. */
export function runAgent(startEngine: StartEngine): Promise<void> {
  return serveRunner<ToAgent, FromAgent>(
    toAgent,
    (code, message) => ({ type: "failed", code, message }),
    (conversation) => converse(conversation, startEngine),
  );
}
