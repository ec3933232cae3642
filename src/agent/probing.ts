import { probeTcp } from "../swarm/tcp-probe.ts";
import type { AgentConversation } from "./converse.ts";

/** Answers `probe`, whatever else the agent does meanwhile. */
export function answerProbes({ commands, send }: AgentConversation): void {
  const { signal } = commands;
  commands.handleBeside("probe", async ({ id, endpoints }) => {
    const ends = await Promise.all(endpoints.map((endpoint) => probeTcp(endpoint, { signal })));
    await send({ type: "probed", id, ends });
  });
}
