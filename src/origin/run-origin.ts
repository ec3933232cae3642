import { type FromOrigin, type ToOrigin, toOrigin } from "../contract.ts";
import { serveRunner } from "../remote/serve-runner.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { converse } from "./converse.ts";

/** The whole program, with the engine that its bundle holds. */
export function runOrigin(startEngine: StartEngine): Promise<void> {
  return serveRunner<ToOrigin, FromOrigin>(
    toOrigin,
    (code, message) => ({ type: "failed", code, message }),
    (conversation) => converse(conversation, startEngine),
  );
}
