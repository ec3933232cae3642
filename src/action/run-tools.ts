import type { Target } from "../core/inventory.ts";
import type { FleetConfig, SshConfig } from "./config.ts";
import { Fleet } from "./fleet.ts";
import type { ProgressBoard } from "./progress-board.ts";
import type { ReachedTarget } from "./target-session.ts";

/** What each mode is given by the program that starts it. */
export interface RunTools {
  readonly clock: () => number;
  readonly startedAt: Date;
  /** `onWait` is called where it is connected, but has to wait for others. */
  readonly reach: (target: Target, signal: AbortSignal, onWait: () => void) => Promise<ReachedTarget>;
  /** The same for a machine beside the fleet. */
  readonly reachBastion: RunTools["reach"];
  readonly board: ProgressBoard;
  readonly warn: (line: string) => void;
}

/** All targets of the run; nobody is connected to yet. */
export function fleetOf(
  { targets, ssh }: Pick<FleetConfig, "targets"> & { readonly ssh: Pick<SshConfig, "concurrency"> },
  tools: RunTools,
): Fleet {
  return new Fleet({
    targets,
    clock: tools.clock,
    concurrency: ssh.concurrency,
    reach: tools.reach,
    onProgress: (progress) => tools.board.target(progress),
  });
}
