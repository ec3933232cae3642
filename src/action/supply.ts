import type { FromAgent, MessageOf } from "../contract.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { Verification } from "../core/outcome.ts";
import { torrentDigests } from "../core/torrent.ts";
import { torrentFromText, torrentToText } from "../core/wire-torrent.ts";
import type { PackageRef, RollbackConfig } from "./config.ts";
import type { DeployTools } from "./deploy.ts";
import { downloadPackage } from "./download-package.ts";
import type { Fleet } from "./fleet.ts";
import type { Expected } from "./held-result.ts";
import type { LockOrder } from "./lock-order.ts";
import type { Machine, Ready } from "./machine.ts";
import type { OriginSession } from "./origin-session.ts";
import { releaseFacts } from "./release-facts.ts";
import type { ReleaseSwarm, SwarmOptions } from "./release-swarm.ts";
import type { RunStop } from "./run-stop.ts";
import type { Seeding } from "./seeding.ts";
import { seedingOf } from "./seeding-of.ts";
import type { TargetSession } from "./target-session.ts";

export interface SupplyOptions {
  readonly release: string;
  readonly fleet: Fleet;
  /** What each target that is prepared has said. */
  readonly ready: ReadonlyMap<TargetSession, Ready>;
  /** What those that hold the release have proved; null: nobody holds it. */
  readonly held: Verification | null;
  /** Those that do not hold the release, and why each does not. */
  readonly lacking: ReadonlyMap<TargetSession, MurmurationError>;
  readonly config: RollbackConfig;
  readonly tools: DeployTools;
  readonly stop: RunStop;
  readonly order: LockOrder;
}

/** What goes on until the run is over. */
export interface Supply extends AsyncDisposable {
  /** What everybody has to prove now. It was known before anybody fetched it. */
  readonly expected: Expected;
  readonly figures: Seeding["figures"];
  /** Tells what is still to be told of ways that are blocked. */
  endWays(): Promise<void>;
  finish(): Promise<void>;
}

/**
 * Gives the release to those who lack it: from the targets that hold it; where nobody does, from the artifact. Where there is none either they have
 * failed, each for its own reason. Returns what goes on tracking until it is disposed of; undefined where none was needed.
 */
export async function supply(options: SupplyOptions): Promise<Supply | undefined> {
  const { held, lacking, config, stop } = options;
  if (held === null && config.artifact === null) {
    for (const [session, why] of lacking) session.holdBack(why);
    return undefined;
  }
  const origin = options.tools.startOrigin(() => {});
  let isFetched = false;
  void origin.failed.then((error) => {
    if (!isFetched) stop.end(error);
  });
  const seeding = seedingOf(config, { ...options, origin });
  let expected: Expected = { release: held, source: "fleet" };
  let swarm: ReleaseSwarm | undefined;
  try {
    if (held !== null) swarm = await supplyFromHolders(held, seeding, options);
    else if (config.artifact !== null) {
      const given = await supplyFromArtifact(config.artifact, { origin, seeding }, options);
      expected = { release: given.release, source: "runner" };
      swarm = given.swarm;
    }
  } catch (error) {
    stop.end(asMurmurationError(error));
  }
  isFetched = true;
  seeding.settle();
  return {
    expected,
    get figures() {
      return seeding.figures;
    },
    async endWays() {
      await swarm?.endWays();
    },
    async finish() {
      await Promise.all([origin.finish(), seeding.finish()]);
    },
    async [Symbol.asyncDispose]() {
      await seeding[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
    },
  };
}

async function supplyFromHolders(
  held: Verification,
  seeding: Seeding,
  { fleet, release, ready, config, stop, tools, lacking }: SupplyOptions,
): Promise<ReleaseSwarm | undefined> {
  const { signal } = stop;
  const holders = fleet.alive.filter(({ outcome }) => outcome.state.verified?.infoSha256 === held.infoSha256);
  const described = await describe(holders, held, signal);
  if (described === undefined)
    throw new MurmurationError("TARGET_SILENT", `no target that holds ${release} could tell what it is`);
  const { torrent, manifest } = described;
  tools.board.packed({ torrent });
  const giving = machinesOf(
    holders.filter(({ alive }) => alive),
    ready,
  );
  offerAll(seeding, giving);
  const swarm = await seeding.track({
    ...{ content: { release, torrent, manifest }, config, signal },
    ...{ fetching: [...lacking.keys()], giving: giving.map(({ session }) => session) },
    ...tellOf(stop, tools),
  });
  const gives = giving.map((machine) => swarm?.seed(machine));
  await Promise.all([...gives, fetchAll(swarm, machinesOf([...lacking.keys()], ready))]);
  return swarm;
}

/** One of them is enough: all hold the same. Who describes something else than it has proved has failed. */
async function describe(
  holders: readonly TargetSession[],
  held: Verification,
  signal: AbortSignal,
): Promise<MessageOf<FromAgent, "described"> | undefined> {
  for (const session of holders) {
    const described = await session.describe(signal);
    if (described === undefined) continue;
    if (describes(described, held)) return described;
    const { name } = session.target;
    session.holdBack(
      new MurmurationError(
        "RELEASE_DIFFERS",
        `${name}: what it says of ${held.release} is not what it has proved`,
      ),
    );
  }
  return undefined;
}

function describes({ torrent, manifest }: MessageOf<FromAgent, "described">, held: Verification): boolean {
  try {
    const { digests } = torrentFromText(torrent);
    const isTorrent = digests.infoSha256 === held.infoSha256 && digests.infoHash === held.infoHash;
    return isTorrent && manifest.sha256 === held.manifestSha256;
  } catch {
    return false;
  }
}

async function supplyFromArtifact(
  artifact: PackageRef,
  { origin, seeding }: { readonly origin: OriginSession; readonly seeding: Seeding },
  { release, ready, config, stop, tools, lacking }: SupplyOptions,
): Promise<{ readonly release: Verification; readonly swarm: ReleaseSwarm | undefined }> {
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
  const packed = await origin.pack(tar, { pieceLengthBytes: null, signal });
  tools.board.packed(packed);
  const machines = machinesOf([...lacking.keys()], ready);
  offerAll(seeding, machines);
  const swarm = await seeding.give({
    ...{ content: { release, torrent, manifest }, config, signal },
    ...{ fetching: [...lacking.keys()], giving: [] },
    ...tellOf(stop, tools),
  });
  await fetchAll(swarm, machines);
  return { release: releaseFacts(packed, release), swarm };
}

function tellOf(stop: RunStop, { warn }: DeployTools): Pick<SwarmOptions, "end" | "warn"> {
  return { end: (error) => stop.end(error), warn };
}

function machinesOf(sessions: readonly TargetSession[], ready: SupplyOptions["ready"]): Machine[] {
  return sessions.flatMap((session) => {
    const said = ready.get(session);
    return said === undefined ? [] : [{ session, ready: said }];
  });
}

/** Who has what is needed, or is to have it, can be the one that others dial. */
function offerAll(seeding: Seeding, machines: readonly Machine[]): void {
  for (const machine of machines) seeding.offer(machine);
  seeding.offersEnd();
}

async function fetchAll(swarm: ReleaseSwarm | undefined, machines: readonly Machine[]): Promise<void> {
  await Promise.all(machines.map((machine) => swarm?.fetch(machine)));
}
