import { setTimeout as pause } from "node:timers/promises";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import { waveSizes } from "../core/fleet-share.ts";
import type { Hook } from "../core/outcome.ts";
import { graceAfter, PUT_BACK_CANCELLED_MS } from "./cancelled-time.ts";
import type { RollbackConfig, SwitchConfig } from "./config.ts";
import type { Fleet } from "./fleet.ts";
import { type PutBackOptions, putBackLost } from "./put-back-lost.ts";
import type { RunTools } from "./run-tools.ts";
import type { TargetSession } from "./target-session.ts";
import type { HookCall } from "./target-switch.ts";

const NAMED_MAX = 3;

type LiveConfig = Pick<RollbackConfig, "switching" | "run" | "stallTimeoutMs">;

/**
 * Switches all targets that are well, wave by wave: on all of a wave the hook before, then the switch, then the hook after and the health check. What
 * fails on one target stops the wave and all after it, and every target that had switched is put back (or stays, as the user wishes).
 * Returns whether all went live.
 */
export async function goLive(
  fleet: Fleet,
  release: string,
  config: LiveConfig,
  tools: RunTools,
  signal: AbortSignal,
): Promise<boolean> {
  const ready = fleet.alive;
  const { switching } = config;
  const sizes = waveSizes(ready.length, switching.batchSizes);
  for (const session of ready) session.isAt("activate");
  let begun = 0;
  for (const [index, size] of sizes.entries()) {
    const name = sizes.length === 1 ? "" : ` in wave ${index + 1} of ${sizes.length}`;
    const wave = ready.slice(begun, begun + size);
    if (index > 0) await betweenWaves(switching, signal);
    begun += size;
    if (sizes.length > 1) tools.board.wave(index + 1, sizes.length);
    if (!signal.aborted) await switchWave(wave, switching, signal);
    if (wave.every((session) => session.alive) && !signal.aborted) {
      for (const session of wave) session.isAt("done");
      continue;
    }
    const why = because(wave, name, signal);
    await takeBack(fleet, { release, because: why, config, signal }, ready);
    return false;
  }
  return true;
}

async function betweenWaves({ batchWaitMs }: SwitchConfig, signal: AbortSignal): Promise<void> {
  if (batchWaitMs > 0) await pause(batchWaitMs, undefined, { signal }).catch(() => {});
}

/** Each step on all of the wave before the next one; what a step fails on is left to the caller. */
async function switchWave(
  wave: readonly TargetSession[],
  config: SwitchConfig,
  signal: AbortSignal,
): Promise<void> {
  const isWell = () => wave.every((session) => session.alive);
  const before = hookCall("before-activate", config);
  if (before !== null) await Promise.all(wave.map((session) => session.switch.hook(before, signal)));
  if (!isWell()) return;
  await Promise.all(wave.map((session) => session.switch.activate(signal)));
  if (!isWell()) return;
  const rest = [hookCall("after-activate", config), hookCall("health-check", config)];
  await Promise.all(
    wave.map(async (session) => {
      for (const call of rest) if (call !== null) await session.switch.hook(call, signal);
    }),
  );
}

function hookCall(hook: Hook, { hooks, hookTimeoutMs, healthTimeoutMs }: SwitchConfig): HookCall | null {
  const command = hooks[hook];
  if (command === null) return null;
  const retryForMs = hook === "health-check" ? healthTimeoutMs : 0;
  return { hook, command, timeoutMs: hookTimeoutMs, retryForMs };
}

async function takeBack(
  fleet: Fleet,
  { release, because, config, signal }: Omit<PutBackOptions, "after"> & { readonly config: LiveConfig },
  ready: readonly TargetSession[],
): Promise<void> {
  const { switching } = config;
  const switched = ready.filter((session) => session.switch.isSwitched);
  for (const session of ready) {
    if (switched.includes(session)) continue;
    session.holdBack(
      signal.aborted
        ? asMurmurationError(signal.reason, "CANCELLED")
        : new MurmurationError("FLEET_INCOMPLETE", `${session.target.name}: not activated: ${because}`),
    );
  }
  if (switching.onFailure === "keep") {
    for (const session of switched) session.switch.keep(because);
    return;
  }
  const after = hookCall("after-activate", switching);
  // Also where the run is cancelled only now: what is not put back by then is said to be where it is.
  using grace = graceAfter(signal, PUT_BACK_CANCELLED_MS);
  await Promise.all(
    switched.map(async (session) => {
      const why = session.isLost ? undefined : await session.switch.putBack(after, because, grace.signal);
      if (session.isLost)
        await putBackLost(fleet, session, { release, after, because, config, signal: grace.signal });
      else if (why !== undefined) session.switch.isNotRestored(why);
    }),
  );
}

function because(wave: readonly TargetSession[], name: string, signal: AbortSignal): string {
  const failed = wave.filter((session) => !session.alive).map(({ target }) => target.name);
  if (signal.aborted)
    return `the run ended${name}: ${asMurmurationError(signal.reason, "CANCELLED").message}`;
  const more = failed.length > NAMED_MAX ? ` and ${failed.length - NAMED_MAX} more` : "";
  return `it failed${name} on ${failed.slice(0, NAMED_MAX).join(", ")}${more}`;
}
