import type { Target } from "../core/inventory.ts";
import { startAgentOverSsh, type TargetRuntimes } from "../remote/ssh-agent-program.ts";
import type { AgentBundle } from "../remote/ssh-agent-scripts.ts";
import { connectSsh } from "../remote/ssh-connect.ts";
import type { JumpHosts } from "../remote/ssh-jump.ts";
import type { SshConfig } from "./config.ts";
import type { ReachedTarget } from "./target-session.ts";

export interface ReachOptions {
  readonly ssh: SshConfig;
  /** By way of whom; undefined: directly. */
  readonly jumpHosts: JumpHosts | undefined;
  readonly agentDir: string;
  readonly bundle: AgentBundle;
  readonly runtimes: TargetRuntimes;
  readonly warn: (message: string) => void;
  /** What agents write to stderr. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Connects to a target and starts the agent there. @throws MurmurationError, see `JumpHosts`, `connectSsh` and `startAgentOverSsh` */
export async function reachTarget(target: Target, options: ReachOptions): Promise<ReachedTarget> {
  const { ssh, jumpHosts, agentDir, bundle, runtimes, warn, log, signal } = options;
  const via = await jumpHosts?.lastHop({ signal });
  const connection = await connectSsh(target, { ...ssh, warn, via }, { signal });
  try {
    const program = await startAgentOverSsh(
      connection,
      { bundle, agentDir, runtimes, log: (line) => log(`${target.name}: ${line}`) },
      { signal },
    );
    return {
      program,
      localAddress: connection.localAddress,
      remoteAddress: connection.remoteAddress,
      get brokenWay() {
        return via?.broken;
      },
      [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
    };
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw via?.broken ?? error;
  }
}
