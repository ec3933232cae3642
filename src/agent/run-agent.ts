import { type FromAgent, type ToAgent, toAgent } from "../contract.ts";
import { serveRunner } from "../remote/serve-runner.ts";
import type { StartEngine } from "../swarm/engine.ts";
import { converse } from "./converse.ts";
import { readStartOptions } from "./start-options.ts";
import { runUplink } from "./uplink-program.ts";

/** The whole program, with the engine that its bundle holds. */
export async function runAgent(startEngine: StartEngine): Promise<void> {
  const { uplink, ssh } = readStartOptions(process.argv.slice(2));
  if (uplink !== undefined) return await runUplink(uplink);
  await serveRunner<ToAgent, FromAgent>(
    toAgent,
    (code, message) => ({ type: "failed", code, message }),
    (conversation) => converse(conversation, { startEngine, ssh: ssh ?? null }),
  );
}
