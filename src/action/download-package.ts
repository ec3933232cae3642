import { formatBytes } from "../core/units.ts";
import { ArtifactStore } from "./artifact-store.ts";
import type { PackageRef, RunContext } from "./config.ts";
import { type FetchedPackage, fetchPackage } from "./fetch-package.ts";
import type { ProgressBoard } from "./progress-board.ts";

/**
 * A package from this run's artifacts or another's, on the runner's disk until it is disposed of.
 * @throws MurmurationError `ARTIFACT_UNAVAILABLE`, `ARTIFACT_DAMAGED`, `DISK_FULL`
 */
export async function downloadPackage(
  source: PackageRef,
  run: RunContext,
  { log, board }: { readonly log: (line: string) => void; readonly board: ProgressBoard },
  signal: AbortSignal,
): Promise<FetchedPackage> {
  // Another run's artifacts come by GitHub's API, with the token that was given.
  const access = source.place.kind === "run" ? ({ kind: "service" } as const) : run.artifacts;
  const store = await ArtifactStore.open({ access, signal });
  const fetched = await fetchPackage(source, {
    store,
    tempDir: run.tempDir,
    onProgress: (progress) => board.downloading(progress),
  });
  board.downloading(null);
  const { release, torrent } = fetched.facts;
  log(`Package ${source.name}: release ${release}, ${formatBytes(torrent.lengthBytes)}`);
  return fetched;
}
