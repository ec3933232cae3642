import { readdir, readFile } from "node:fs/promises";

const SAMPLE_INTERVAL_MS = 100;
/** USER_HZ: what the kernel counts a process's time in, on every platform that Node.js runs on. */
const TICKS_PER_SECOND = 100;

export interface ProcessFigures {
  readonly pid: number;
  readonly command: string;
  /** VmHWM: the most that was resident at any time, as the kernel counted it. */
  readonly peakResidentBytes: number;
  /** User and system, of the process alone. What it used after the last sample, a tenth of a second at most, is missing. */
  readonly cpuSeconds: number;
}

export interface ProcessWatch extends Disposable {
  /** All that were seen below the root and match, also those that have ended. */
  figures(commandPart: string): ProcessFigures[];
}

/** Samples a process and all of its descendants from /proc (Linux only) until disposed. */
export function watchProcesses(rootPid: number): ProcessWatch {
  const seen = new Map<number, ProcessFigures>();
  let sampling = false;
  const timer = setInterval(async () => {
    if (sampling) return;
    sampling = true;
    for (const figures of await sampleTree(rootPid)) seen.set(figures.pid, figures);
    sampling = false;
  }, SAMPLE_INTERVAL_MS);
  return {
    figures: (commandPart) => [...seen.values()].filter(({ command }) => command.includes(commandPart)),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

async function sampleTree(rootPid: number): Promise<ProcessFigures[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = new Map<number, { parent: number; cpuSeconds: number }>();
  for (const pid of pids) {
    const stat = await tryRead(`/proc/${pid}/stat`);
    if (stat === undefined) continue;
    // The second field is the name in brackets and may hold anything; proc(5) numbers the first one after it 3.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    stats.set(pid, { parent: Number(fields[1]), cpuSeconds: ticks / TICKS_PER_SECOND });
  }
  const figures: ProcessFigures[] = [];
  for (const [pid, { cpuSeconds }] of stats) {
    if (!isBelow(pid, rootPid, stats)) continue;
    const status = await tryRead(`/proc/${pid}/status`);
    const command = (await tryRead(`/proc/${pid}/cmdline`))?.replaceAll("\0", " ");
    const peakKib = /^VmHWM:\s+(\d+) kB$/m.exec(status ?? "")?.[1];
    if (command === undefined || peakKib === undefined) continue;
    figures.push({ pid, command, cpuSeconds, peakResidentBytes: Number(peakKib) * 1024 });
  }
  return figures;
}

function isBelow(pid: number, rootPid: number, stats: ReadonlyMap<number, { parent: number }>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at !== 0; at = stats.get(at)?.parent) {
    if (at === rootPid) return true;
  }
  return false;
}

/** Undefined where the process has ended. */
async function tryRead(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
