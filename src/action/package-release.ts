import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Packed } from "../contract.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { Failure, RunPhase, RunResult, StoredArtifact, TimeSpan } from "../core/outcome.ts";
import { encodePackageFile } from "../core/package-file.ts";
import { judgePackaging } from "../core/verdict.ts";
import { torrentFromText } from "../core/wire-torrent.ts";
import { packingLine } from "../report/packing-line.ts";
import { ArtifactStore } from "./artifact-store.ts";
import type { PackageConfig } from "./config.ts";
import { packageFileNames } from "./fetch-package.ts";
import type { OriginProgress, OriginSession } from "./origin-session.ts";
import { releaseFacts } from "./release-facts.ts";

const LINE_INTERVAL_MS = 2_000;

export interface PackagingTools {
  readonly clock: () => number;
  readonly startedAt: Date;
  readonly log: (line: string) => void;
  readonly startOrigin: (onProgress: (progress: OriginProgress) => void) => OriginSession;
}

/**
 * Packs the release and stores its tar and its torrent as two artifacts. On GitHub Enterprise Server, which takes none, it is packed only: the info-hash
 * is known, and a deploy packs again. Whatever happens, there is a result.
 */
export async function packageRelease(
  config: PackageConfig,
  tools: PackagingTools,
  signal: AbortSignal,
): Promise<RunResult> {
  return await new Packaging(config, tools, signal).run();
}

class Packaging {
  readonly #config: PackageConfig;
  readonly #tools: PackagingTools;
  readonly #signal: AbortSignal;
  readonly #phases: { [Phase in RunPhase]?: TimeSpan } = {};
  #packed: Packed | undefined;
  #origin: RunResult["origin"] = null;
  #toldMs = 0;

  constructor(config: PackageConfig, tools: PackagingTools, signal: AbortSignal) {
    this.#config = config;
    this.#tools = tools;
    this.#signal = signal;
  }

  async run(): Promise<RunResult> {
    try {
      const artifact = await this.#work();
      return this.#result(null, artifact);
    } catch (error) {
      const { code, message } = asMurmurationError(error);
      return this.#result({ code, message });
    }
  }

  /** Undefined where nothing can be stored here. */
  async #work(): Promise<StoredArtifact | undefined> {
    const { run, source, pieceLengthBytes } = this.#config;
    const signal = this.#signal;
    // Asked first: where there is no service, no time is spent on packing.
    const access = run.artifacts;
    const store = access.kind === "refused" ? undefined : await ArtifactStore.open({ access, signal });
    await using origin = this.#tools.startOrigin((progress) => this.#onProgress(progress));
    const packed = await this.#inPhase("pack", () => origin.pack(source, { pieceLengthBytes, signal }));
    this.#packed = packed;
    const artifact = store === undefined ? undefined : await this.#store(packed, origin, store);
    await origin.finish();
    this.#origin = origin.figures;
    return artifact;
  }

  async #store(packed: Packed, origin: OriginSession, store: ArtifactStore): Promise<StoredArtifact> {
    const { name, retentionDays, release, run } = this.#config;
    const signal = this.#signal;
    const names = packageFileNames(name);
    const folder = mkdtempSync(join(run.tempDir, "murmuration-package-"));
    try {
      const tarPath = join(folder, names.tar);
      const { sha256, sizeBytes } = await this.#inPhase("pack", () => origin.write(tarPath, { signal }));
      const { torrent } = torrentFromText(packed.torrent);
      const { manifest } = packed;
      const content = encodePackageFile({ torrent, release, manifest, tarSha256: sha256 });
      const torrentPath = join(folder, names.torrent);
      writeFileSync(torrentPath, content);
      return await this.#inPhase("upload", async () => {
        const tar = await store.put(tarPath, names.tar, sizeBytes, retentionDays);
        if (tar.sha256 !== sha256)
          throw new MurmurationError("ARTIFACT_NOT_STORED", `${names.tar} changed while it was stored`);
        // Last: who finds the torrent finds the tar too.
        await store.put(torrentPath, names.torrent, content.length, retentionDays);
        return { name: names.tar, id: tar.id, digest: sha256, sizeBytes };
      });
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #onProgress(progress: OriginProgress): void {
    const elapsedMs = this.#tools.clock();
    if (elapsedMs - this.#toldMs < LINE_INTERVAL_MS) return;
    this.#toldMs = elapsedMs;
    const { type, bytes, totalBytes } = progress;
    const doing = type === "packing" ? "hashed" : "written";
    this.#tools.log(packingLine({ doing, bytes, totalBytes, elapsedMs }));
  }

  async #inPhase<T>(phase: RunPhase, work: () => Promise<T>): Promise<T> {
    const { clock } = this.#tools;
    const startMs = this.#phases[phase]?.startMs ?? clock();
    try {
      return await work();
    } finally {
      this.#phases[phase] = { startMs, endMs: clock() };
    }
  }

  #result(runFailure: Failure | null, artifact?: StoredArtifact): RunResult {
    const { run, release } = this.#config;
    const startedAt = this.#tools.startedAt.toISOString();
    return {
      run: { url: run.url, mode: "package", release, activate: false, startedAt },
      release: this.#packed === undefined ? null : releaseFacts(this.#packed, release),
      durationMs: this.#tools.clock(),
      phases: this.#phases,
      origin: this.#origin,
      targets: [],
      ...(artifact === undefined ? {} : { artifact }),
      verdict: judgePackaging(runFailure),
    };
  }
}
