import type { Target } from "../core/inventory.ts";
import { startAgentOverSsh, startOriginOverSsh, type TargetRuntimes } from "../remote/ssh-agent-program.ts";
import type { AgentBundle } from "../remote/ssh-agent-scripts.ts";
import { openUplinkOverSsh } from "../remote/ssh-uplink.ts";
import type { SshClientInUse } from "./ssh-client.ts";
import type { ReachedTarget } from "./target-session.ts";

export interface ReachOptions {
  readonly ssh: SshClientInUse;
  readonly agentDir: string;
  readonly bundle: AgentBundle;
  readonly runtimes: TargetRuntimes;
  /** For a machine that tracks; large, and mostly not needed. */
  readonly originBundle: () => AgentBundle;
  /** What agents write to stderr. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Connects to a target and starts the agent there. @throws MurmurationError, see `SshClientInUse` and `startAgentOverSsh` */
export async function reachTarget(target: Target, options: ReachOptions): Promise<ReachedTarget> {
  const { ssh, agentDir, bundle, originBundle, runtimes, signal } = options;
  const log = (line: string) => options.log(`${target.name}: ${line}`);
  const { connection, via } = await ssh.connect(target, { signal });
  try {
    const program = await startAgentOverSsh(connection, { bundle, agentDir, runtimes, log }, { signal });
    const { nodePath } = program;
    return {
      program,
      localAddress: connection.localAddress,
      remoteAddress: connection.remoteAddress,
      get brokenWay() {
        return via?.broken;
      },
      startOrigin: (signal) =>
        startOriginOverSsh(connection, { bundle: originBundle(), agentDir, nodePath, log }, { signal }),
      openUplink: (ends, signal) =>
        openUplinkOverSsh(connection, { bundle, agentDir, nodePath }, ends, { signal }),
      [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
    };
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw via?.broken ?? error;
  }
}
