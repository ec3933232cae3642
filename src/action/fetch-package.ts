import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { PACKAGE_FILE_BYTES_MAX, type PackageFile, parsePackageFile } from "../core/package-file.ts";
import { requireSpace } from "../release/free-space.ts";
import type { DownloadProgress } from "../report/progress-line.ts";
import type { ArtifactStore, FoundArtifact } from "./artifact-store.ts";
import type { PackageRef } from "./config.ts";

/** The two artifacts of a package called `name`. */
export function packageFileNames(name: string): { readonly tar: string; readonly torrent: string } {
  return { tar: `${name}.tar`, torrent: `${name}.torrent` };
}

/** A packaged release on the runner's disk until it is disposed of. The tar has the digest that its torrent names; its content is not proved yet. */
export interface FetchedPackage extends Disposable {
  readonly facts: PackageFile;
  readonly tarPath: string;
}

export interface FetchOptions {
  readonly store: ArtifactStore;
  readonly tempDir: string;
  /** Told about the tar once a second. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Downloads what `mode: package` has stored, into a folder of its own below `tempDir`.
 * @throws MurmurationError `ARTIFACT_UNAVAILABLE`, `ARTIFACT_DAMAGED`, `DISK_FULL`
 */
export async function fetchPackage(
  { name, place }: PackageRef,
  { store, tempDir, onProgress = () => {} }: FetchOptions,
): Promise<FetchedPackage> {
  const folder = mkdtempSync(join(tempDir, "murmuration-package-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const download = async (artifact: FoundArtifact) => {
    const into = join(folder, String(artifact.id));
    mkdirSync(into);
    await store.get(artifact, place, into);
    return onlyFile(artifact, into);
  };
  try {
    const names = packageFileNames(name);
    const torrent = await store.find(names.torrent, place);
    if (torrent.sizeBytes > PACKAGE_FILE_BYTES_MAX) throw damaged(torrent, "it is too large for a torrent");
    const facts = parsePackageFile(readFileSync(await download(torrent)));
    const tar = await store.find(names.tar, place);
    requireSameTar(tar, facts);
    requireSpace(folder, { bytes: tar.sizeBytes, inodes: 1 });
    using _watch = watchGrowth(join(folder, String(tar.id)), (bytes) =>
      onProgress({ bytes, totalBytes: tar.sizeBytes }),
    );
    const tarPath = await download({ ...tar, sha256: facts.tarSha256 });
    return { facts, tarPath, [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The client does not tell how far it is, but the file it writes does. */
function watchGrowth(folder: string, tell: (bytes: number) => void): Disposable {
  const timer = setInterval(() => {
    try {
      const [file] = readdirSync(folder);
      if (file !== undefined) tell(statSync(join(folder, file)).size);
    } catch {
      // It is not there yet, or no longer.
    }
  }, PROGRESS_INTERVAL_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Before a byte is downloaded: a run that packaged twice may have stored the tar of one and the torrent of the other. */
function requireSameTar(tar: FoundArtifact, { torrent, tarSha256 }: PackageFile): void {
  if (tar.sizeBytes !== torrent.lengthBytes)
    throw damaged(tar, `it has ${tar.sizeBytes} bytes, its torrent says ${torrent.lengthBytes}`);
  if (tar.sha256 !== null && tar.sha256 !== tarSha256)
    throw damaged(tar, `its SHA-256 is ${tar.sha256}, its torrent says ${tarSha256}`);
}

function onlyFile(artifact: FoundArtifact, folder: string): string {
  const [file, ...others] = readdirSync(folder);
  if (file === undefined || others.length > 0) throw damaged(artifact, "it is not a single file");
  const path = join(folder, file);
  const { size } = statSync(path);
  if (size !== artifact.sizeBytes)
    throw damaged(artifact, `${size} bytes came, it has ${artifact.sizeBytes}`);
  return path;
}

function damaged({ name }: FoundArtifact, why: string): MurmurationError {
  return new MurmurationError("ARTIFACT_DAMAGED", `artifact ${JSON.stringify(name)}: ${why}`);
}
