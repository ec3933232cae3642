import type { RollbackConfig } from "./config.ts";
import { runName } from "./config.ts";
import type { Fleet } from "./fleet.ts";
import { OWN_LOCK_MS } from "./lock-order.ts";
import type { TargetSession } from "./target-session.ts";
import type { HookCall } from "./target-switch.ts";

export interface PutBackOptions {
  /** The release that is taken back. */
  readonly release: string;
  readonly after: HookCall | null;
  readonly because: string;
  readonly config: Pick<RollbackConfig, "run" | "stallTimeoutMs">;
  readonly signal: AbortSignal;
}

/**
 * Puts back a target that was switched and whose connection was lost since, over another one: what is live there now is asked, and what
 * was live before is re-read before it is switched to.
 */
export async function putBackLost(fleet: Fleet, lost: TargetSession, options: PutBackOptions): Promise<void> {
  const { release, after, because, config, signal } = options;
  const again = fleet.newSession(lost.target);
  await fleet.connect(again, signal);
  const shared = { files: [], directories: [] };
  const prepare = { run: runName(config.run), activate: true, lockWaitMs: OWN_LOCK_MS, shared };
  const ready = await again.prepare(prepare, signal);
  if (ready === undefined) {
    lost.switch.isNotRestored(again.failure?.message ?? "it did not answer");
    return;
  }
  if (ready.currentRelease !== release) {
    lost.switch.isRestored(ready.currentRelease, because);
    return;
  }
  // As this run has seen it: by now the target may hold that one for bad, or its log may lack the switch.
  const { release: releaseBefore, elsewhere } = lost.before;
  if (releaseBefore === null) {
    const why = await again.switch.restore({ release, elsewhere }, signal);
    if (why === undefined) lost.switch.isRestored(null, because);
    else lost.switch.isNotRestored(why);
    return;
  }
  const { stallTimeoutMs } = config;
  const lacking = await again.recall(releaseBefore, { stallTimeoutMs, signal });
  if (lacking === undefined) await again.switch.activate(signal);
  const trouble = lacking ?? again.failure;
  if (trouble !== undefined) {
    lost.switch.isNotRestored(trouble.message);
    return;
  }
  if (after !== null) await again.switch.hook(after, signal);
  lost.switch.isRestored(releaseBefore, because, again.switch.hooks);
  if (again.failure !== undefined) lost.switch.hasTrouble(again.failure);
}
