import type { Arena, RunFigures } from "./contenders.ts";
import { PeerProcess, type PeerProgram } from "./peer-process.ts";
import type { SharedBuild } from "./shared-build.ts";

/**
 * Another client as the swarm: one peer on each host, the runner's being the seeder. All are up and listen before the first begins, and
 * each pair is connected once, by the later of the two, so that neither starting nor finding each other costs them anything.
 */
export async function runClientSwarm(
  program: PeerProgram,
  build: SharedBuild,
  { lab, sshd, targets, signal }: Arena,
): Promise<RunFigures> {
  await using acquired = new AsyncDisposableStack();
  const { torrentPath, seedFolder } = build;
  const startPeer = (prefix: readonly string[], address: string, seed: boolean) => {
    const folder = seed ? seedFolder : "/srv/client";
    return acquired.use(new PeerProcess(program, prefix, { torrentPath, folder, address, seed }, { signal }));
  };
  const seeder = startPeer(lab.runner.prefix, lab.runner.address, true);
  const fetchers = targets.map((target) => startPeer(sshd.inside(target), target.address, false));
  const peers = [seeder, ...fetchers];
  const ports = await Promise.all(peers.map((peer) => peer.told("port")));
  const addresses = [lab.runner, ...targets].map(({ address }, index): [string, number] => [
    address,
    ports[index]!,
  ]);
  for (const [index, peer] of peers.entries()) peer.start({ peers: addresses.slice(0, index) });

  const spans = await Promise.all(
    fetchers.map(async (peer) => ({
      startMs: await peer.told("startedMs"),
      endMs: await peer.told("endedMs"),
    })),
  );
  await seeder.told("startedMs");
  await seeder.told("endedMs");
  const uploadedBytes = await seeder.finish();
  const starts = spans.map(({ startMs }) => startMs);
  const firstMs = Math.min(...starts);
  return {
    seconds: spans.map(({ endMs }) => (endMs - firstMs) / 1_000).sort((one, other) => one - other),
    startSpreadSeconds: (Math.max(...starts) - firstMs) / 1_000,
    copies: uploadedBytes / build.tarBytes,
    wholeSeconds: undefined,
  };
}
