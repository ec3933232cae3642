import { runActionRun } from "./action-run.ts";
import { runClientSwarm } from "./client-swarm.ts";
import type { Lab, LabHost } from "./lab.ts";
import type { LabSshd } from "./lab-sshd.ts";
import { LIBTORRENT, LIBTORRENT_TUNED, WEBTORRENT } from "./peer-process.ts";
import { runRsync } from "./rsync-run.ts";
import { runCommand } from "./run-command.ts";
import type { SharedBuild } from "./shared-build.ts";

export const CONTENDERS = ["murmuration", "libtorrent", "libtorrent-tuned", "webtorrent", "rsync"] as const;
export type Contender = (typeof CONTENDERS)[number];

/** Where they compete: the lab, or as many of its targets as take part. */
export interface Arena {
  readonly lab: Lab;
  readonly sshd: LabSshd;
  readonly targets: readonly LabHost[];
  readonly encryption: "on" | "off";
  readonly verbose: boolean;
  readonly signal: AbortSignal;
}

export interface RunFigures {
  /** For each target, from the moment the first one begins to fetch to the moment it has everything; ascending. */
  readonly seconds: readonly number[];
  /** From the first target's begin to the last one's. */
  readonly startSpreadSeconds: number;
  /** Whole copies that left the runner. */
  readonly copies: number;
  /** With all that belongs to a deploy. Undefined where it only moves bytes. */
  readonly wholeSeconds: number | undefined;
}

const RUN: Readonly<Record<Contender, (build: SharedBuild, arena: Arena) => Promise<RunFigures>>> = {
  murmuration: runActionRun,
  libtorrent: (build, arena) => runClientSwarm(LIBTORRENT, build, arena),
  "libtorrent-tuned": (build, arena) => runClientSwarm(LIBTORRENT_TUNED, build, arena),
  webtorrent: (build, arena) => runClientSwarm(WEBTORRENT, build, arena),
  rsync: runRsync,
};

/** One run on targets that hold nothing of the build, before and after. */
export async function runContender(
  contender: Contender,
  build: SharedBuild,
  arena: Arena,
): Promise<RunFigures> {
  arena.signal.throwIfAborted();
  try {
    return await RUN[contender](build, arena);
  } finally {
    await Promise.all(
      arena.targets.map((target) =>
        runCommand([...arena.sshd.inside(target), "find", "/srv", "-mindepth", "1", "-delete"]),
      ),
    );
  }
}
