import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { RunResult, TimeSpan } from "../core/outcome.ts";
import { torrentDigests } from "../core/torrent.ts";
import { judge } from "../core/verdict.ts";
import { torrentToText } from "../core/wire-torrent.ts";
import type { DeployConfig } from "./config.ts";
import { downloadPackage } from "./download-package.ts";
import type { FetchedPackage } from "./fetch-package.ts";
import type { OriginProgress, OriginSession } from "./origin-session.ts";
import { type ReadyDeploy, rollout } from "./rollout.ts";
import { fleetOf, type RunTools } from "./run-tools.ts";

export interface DeployTools extends RunTools {
  readonly log: (line: string) => void;
  readonly startOrigin: (onProgress: (progress: OriginProgress) => void) => OriginSession;
}

/** A deploy from wherever its release comes: a tree on the runner, or a package, which is downloaded before any target is reached or locked. */
export async function deploy(
  config: DeployConfig,
  tools: DeployTools,
  signal: AbortSignal,
): Promise<RunResult> {
  const { source, release } = config;
  if (source.kind === "tree") {
    if (release === null) throw new MurmurationError("INTERNAL", "a tree without a release id");
    return await ship({ ...config, source, release }, tools, signal);
  }
  const startMs = tools.clock();
  const span = (): TimeSpan => ({ startMs, endMs: tools.clock() });
  let fetched: FetchedPackage;
  try {
    fetched = await downloadPackage(source, config.run, tools, signal);
  } catch (error) {
    return notBegun(config, asMurmurationError(error), { download: span() }, tools);
  }
  using held = fetched;
  const downloadSpan = span();
  const { facts, tarPath } = held;
  const torrent = torrentToText(facts.torrent, torrentDigests(facts.torrent));
  const tar = { kind: "tar", path: tarPath, torrent, manifest: facts.manifest } as const;
  const ready = { ...config, source: tar, release: release ?? facts.release };
  const result = await ship(ready, tools, signal);
  return { ...result, phases: { download: downloadSpan, ...result.phases } };
}

async function ship(config: ReadyDeploy, tools: DeployTools, signal: AbortSignal): Promise<RunResult> {
  await using origin = tools.startOrigin((progress) => {
    if (progress.type === "packing") tools.board.packing(progress);
  });
  return await rollout(config, origin, tools, signal);
}

/** The result of a deploy that had nothing to ship: no target was reached. */
function notBegun(
  config: DeployConfig,
  error: MurmurationError,
  phases: RunResult["phases"],
  tools: RunTools,
): RunResult {
  const { run, activate, release } = config;
  const { outcomes } = fleetOf(config, tools);
  const targets = config.targets.map(({ name }) => name);
  const expectation = { targets, release: null, activate, enough: null, source: "runner" } as const;
  return {
    run: { url: run.url, mode: "deploy", release, activate, startedAt: tools.startedAt.toISOString() },
    release: null,
    durationMs: tools.clock(),
    phases,
    origin: null,
    targets: outcomes,
    verdict: judge(expectation, outcomes, { code: error.code, message: error.message }),
  };
}
