import { MurmurationError } from "../core/errors.ts";
import type { Membership } from "../swarm/join.ts";
import { listenPrivately, type PrivateSocket } from "../swarm/private-socket.ts";
import type { AgentConversation } from "./converse.ts";

/**
 * What the runner may say at any moment while a target is in the swarm: that the tracker has moved, or that it is this target now that takes
 * the release from the runner, through an uplink. Until it is disposed of.
 */
export function followLead(membership: Membership, { commands, send }: AgentConversation): AsyncDisposable {
  let socket: Promise<PrivateSocket> | undefined;
  const { engine } = membership;
  const handling = [
    commands.handleBeside("track", ({ trackerUrl, seeder }) => membership.follow({ trackerUrl, seeder })),
    commands.handleBeside("uplink", async () => {
      if (engine.takePeer === undefined)
        throw new MurmurationError("INTERNAL", "this engine can't take the release from an uplink");
      socket ??= listenPrivately((end) => engine.takePeer?.(end, { speaksFirst: false, isSeeder: true }));
      await send({ type: "listening", peerPort: engine.port, uplinkPath: (await socket).path });
    }),
  ];
  return {
    async [Symbol.asyncDispose]() {
      for (const handler of handling) handler[Symbol.dispose]();
      await (await socket)?.[Symbol.asyncDispose]();
    },
  };
}
