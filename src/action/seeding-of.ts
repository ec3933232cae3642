import { Bastion } from "./bastion.ts";
import type { DeployConfig, RollbackConfig } from "./config.ts";
import { FirstTarget } from "./first-target.ts";
import type { LockOrder } from "./lock-order.ts";
import type { OriginSession } from "./origin-session.ts";
import type { RunStop } from "./run-stop.ts";
import type { RunTools } from "./run-tools.ts";
import { SeedHost, type SeedHostChoice } from "./seed-host.ts";
import { RunnerSeeding, type Seeding } from "./seeding.ts";

type SeedingConfig = Pick<
  DeployConfig | RollbackConfig,
  "swarm" | "targets" | "agentDir" | "run" | "lockWaitMs"
>;

interface SeedingMeans {
  readonly origin: OriginSession;
  readonly tools: RunTools;
  readonly stop: RunStop;
  readonly order: LockOrder;
}

/** As the input `seed-from` asks for it. */
export function seedingOf(config: SeedingConfig, means: SeedingMeans): Seeding {
  const { origin, tools, stop } = means;
  const choice = choiceOf(config, means);
  if (choice === undefined) return new RunnerSeeding(origin);
  return new SeedHost({
    choice,
    origin,
    stop,
    warn: tools.warn,
    onHost: (name) => tools.board.seedsFrom(name),
  });
}

function choiceOf(config: SeedingConfig, { tools, stop, order }: SeedingMeans): SeedHostChoice | undefined {
  const { seedFrom, peerPorts, seedPorts } = config.swarm;
  if (seedFrom.kind === "runner") return undefined;
  if (seedFrom.kind === "first-target") return new FirstTarget(peerPorts);
  const { clock, warn, board } = tools;
  return new Bastion({
    ...config,
    bastion: seedFrom.bastion,
    ports: seedPorts,
    order,
    clock,
    reach: tools.reachBastion,
    warn,
    onProgress: (progress) => board.bastion(progress),
    signal: stop.signal,
  });
}
