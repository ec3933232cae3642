import { cpus } from "node:os";

/**
 * Call it at the begin; what it returns says, when called at the end, which part of the time all processors of the machine were busy, 0 to 1.
 * Near 1 the figures are those of the processors, not of the links.
 */
export function startBusyShare(): () => number {
  const before = processorTimes();
  return () => {
    const after = processorTimes();
    const totalMs = after.totalMs - before.totalMs;
    return totalMs === 0 ? 0 : 1 - (after.idleMs - before.idleMs) / totalMs;
  };
}

function processorTimes(): { totalMs: number; idleMs: number } {
  let totalMs = 0;
  let idleMs = 0;
  for (const { times } of cpus()) {
    totalMs += times.user + times.nice + times.sys + times.irq + times.idle;
    idleMs += times.idle;
  }
  return { totalMs, idleMs };
}
