import type { DemoFleet } from "./demo-fleet.ts";
import type { DemoOptions } from "./demo-options.ts";
import { type FleetProgress, shareOf } from "./fleet-progress.ts";
import { tryCorruptStaged } from "./sabotage.ts";

/** Far enough that there is something to lose, early enough that nobody has finished. */
const STRIKE_SHARE = 0.4;
const LOOK_INTERVAL_MS = 50;

export interface Saboteur extends Disposable {
  /** Names of the targets that the run must report as failed, and no others. */
  readonly victims: readonly string[];
  /** Names of victims that nothing could be done to yet. */
  missed(): string[];
}

/** Kills agents and changes bytes on disks in the middle of the transfer, as `--kill` and `--corrupt` ask. */
export function startSaboteur(
  fleet: DemoFleet,
  options: Pick<DemoOptions, "kill" | "corrupt">,
  context: { progress: FleetProgress; source: string; log: (line: string) => void },
): Saboteur {
  const { progress, source, log } = context;
  // From the end of the fleet and spread over it: whoever comes last is not a special case.
  const order = fleet.targets.map((_, index) => index).reverse();
  const killed = order.slice(0, options.kill);
  const corrupted = order.slice(options.kill, options.kill + options.corrupt);
  const pending = new Set([...killed, ...corrupted]);

  const strike = async (index: number): Promise<boolean> => {
    const { label, name, folder } = fleet.targets[index]!;
    if (killed.includes(index)) {
      fleet.killAgent(index);
      progress.note(name, "killed");
      log(`» the demo kills the agent of ${label} (${name}) in the middle of the transfer`);
      return true;
    }
    const path = await tryCorruptStaged(folder, source);
    if (path === undefined) return false;
    progress.note(name, "corrupted");
    log(`» the demo changes one byte of ${path} on the disk of ${label} (${name})`);
    return true;
  };

  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    try {
      for (const index of pending) {
        const latest = progress.of(fleet.targets[index]!.name);
        if (latest?.step !== "fetch" || shareOf(latest) < STRIKE_SHARE) continue;
        if (await strike(index)) pending.delete(index);
      }
    } finally {
      looking = false;
    }
  }, LOOK_INTERVAL_MS);
  return {
    victims: [...killed, ...corrupted].map((index) => fleet.targets[index]!.name),
    missed: () => [...pending].map((index) => fleet.targets[index]!.name),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
