import type { FromAgent, MessageOf } from "../contract.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import { torrentDigests } from "../core/torrent.ts";
import { releaseOfMost } from "../core/verdict.ts";
import { torrentToText } from "../core/wire-torrent.ts";
import type { PackageRef, RollbackConfig } from "./config.ts";
import type { DeployTools } from "./deploy.ts";
import { downloadPackage } from "./download-package.ts";
import type { Fleet } from "./fleet.ts";
import type { OriginSession } from "./origin-session.ts";
import { ReleaseSwarm } from "./release-swarm.ts";
import type { RunStop } from "./run-stop.ts";
import type { TargetSession } from "./target-session.ts";

export type Ready = MessageOf<FromAgent, "ready">;

export interface SupplyOptions {
  readonly release: string;
  readonly fleet: Fleet;
  /** What each target that is prepared has said. */
  readonly ready: ReadonlyMap<TargetSession, Ready>;
  /** Those that do not hold the release, and why each does not. */
  readonly lacking: ReadonlyMap<TargetSession, MurmurationError>;
  readonly config: RollbackConfig;
  readonly tools: DeployTools;
  readonly stop: RunStop;
}

export interface Supply {
  /** Goes on tracking until it is disposed of. */
  readonly origin: OriginSession;
  /** Undefined where it came to none. */
  readonly swarm: ReleaseSwarm | undefined;
}

/**
 * Gives the release to those who lack it: from the targets that hold it; where nobody does, from the artifact. Where there is none either they have
 * failed, each for its own reason. Undefined where no origin was needed.
 */
export async function supply(options: SupplyOptions): Promise<Supply | undefined> {
  const { fleet, release, lacking, config, stop } = options;
  const most = releaseOfMost(fleet.outcomes, release);
  if (most === null && config.artifact === null) {
    for (const [session, why] of lacking) session.holdBack(why);
    return undefined;
  }
  const origin = options.tools.startOrigin(() => {});
  let isFetched = false;
  void origin.failed.then((error) => {
    if (!isFetched) stop.end(error);
  });
  let swarm: ReleaseSwarm | undefined;
  try {
    if (most !== null) swarm = await supplyFromHolders(most.infoSha256, origin, options);
    else if (config.artifact !== null) swarm = await supplyFromArtifact(config.artifact, origin, options);
  } catch (error) {
    stop.end(asMurmurationError(error));
  }
  isFetched = true;
  return { origin, swarm };
}

async function supplyFromHolders(
  infoSha256: string,
  origin: OriginSession,
  { fleet, release, ready, config, stop, tools, lacking }: SupplyOptions,
): Promise<ReleaseSwarm> {
  const { signal } = stop;
  const holders = fleet.alive.filter(({ outcome }) => outcome.state.verified?.infoSha256 === infoSha256);
  const described = await describe(holders, signal);
  if (described === undefined)
    throw new MurmurationError("TARGET_SILENT", `no target that holds ${release} could tell what it is`);
  const { torrent, manifest } = described;
  tools.board.packed({ torrent });
  const content = { release, torrent, manifest };
  const giving = holders.filter((session) => session.alive && ready.has(session));
  const swarm = await ReleaseSwarm.track({
    ...{ origin, content, config, signal, giving },
    fetching: [...lacking.keys()],
    end: (error) => stop.end(error),
    warn: tools.warn,
  });
  const gives = giving.map((session) => swarm.seed(session, ready.get(session)!));
  await Promise.all([...gives, fetchAll(swarm, lacking, ready)]);
  return swarm;
}

/** One of them is enough: all hold the same. */
async function describe(
  holders: readonly TargetSession[],
  signal: AbortSignal,
): Promise<MessageOf<FromAgent, "described"> | undefined> {
  for (const session of holders) {
    const described = await session.describe(signal);
    if (described !== undefined) return described;
  }
  return undefined;
}

async function supplyFromArtifact(
  artifact: PackageRef,
  origin: OriginSession,
  { release, ready, config, stop, tools, lacking }: SupplyOptions,
): Promise<ReleaseSwarm> {
  const { signal } = stop;
  using fetched = await downloadPackage(artifact, config.run, tools, signal);
  const { facts, tarPath } = fetched;
  if (facts.release !== release) {
    const wanted = `artifact ${JSON.stringify(artifact.name)} holds release ${facts.release}, wanted is ${release}`;
    throw new MurmurationError("ARTIFACT_UNAVAILABLE", wanted);
  }
  const torrent = torrentToText(facts.torrent, torrentDigests(facts.torrent));
  const { manifest } = facts;
  const tar = { kind: "tar", path: tarPath, torrent, manifest } as const;
  tools.board.packed(await origin.pack(tar, { pieceLengthBytes: null, signal }));
  const [first] = [...lacking.keys()].flatMap(({ localAddress }) => localAddress ?? []);
  const announceHost = config.swarm.announceAddress ?? first ?? "127.0.0.1";
  const content = { release, torrent, manifest };
  const fetching = [...lacking.keys()];
  const tell = { end: (error: MurmurationError) => stop.end(error), warn: tools.warn };
  const options = { origin, content, config, signal, fetching, giving: [], ...tell };
  const swarm = await ReleaseSwarm.serve(options, announceHost);
  await fetchAll(swarm, lacking, ready);
  return swarm;
}

async function fetchAll(
  swarm: ReleaseSwarm,
  lacking: SupplyOptions["lacking"],
  ready: SupplyOptions["ready"],
): Promise<void> {
  await Promise.all(
    [...lacking.keys()].map(async (session) => {
      const said = ready.get(session);
      if (said !== undefined) await swarm.fetch(session, said);
    }),
  );
}
