import type { DefaultArtifactClient } from "@actions/artifact";
import { MurmurationError, messageOf } from "../core/errors.ts";
import type { ArtifactAccess, ArtifactPlace } from "./config.ts";
import { withinTime } from "./within-time.ts";

/** The package tries five times, with pauses that grow from 3 s, and waits three minutes for an answer that does not come. */
const QUESTION_MAX_MS = 180_000;
/** Only makes a message better. */
const LIST_MAX_MS = 10_000;
const NAMES_SHOWN_MAX = 10;
/** A transfer may take this long, and then as long as this rate needs: slower is not worth waiting for. */
const TRANSFER_BASE_MS = 300_000;
const TRANSFER_BYTES_PER_SECOND = 512 * 1024;

export interface FoundArtifact {
  readonly name: string;
  readonly id: number;
  readonly sizeBytes: number;
  /** SHA-256, hex; null for what was stored before digests were. */
  readonly sha256: string | null;
}

export interface ArtifactStoreOptions {
  readonly access: ArtifactAccess;
  readonly signal: AbortSignal;
  /** Milliseconds for a question; for tests of a service that does not answer. */
  readonly questionMaxMs?: number;
}

/** GitHub's artifacts by package `@actions/artifact`: what it throws gets a code and says what to do, and every wait ends. */
export class ArtifactStore {
  readonly #client: DefaultArtifactClient;
  readonly #signal: AbortSignal;
  readonly #questionMaxMs: number;

  private constructor(client: DefaultArtifactClient, { signal, questionMaxMs }: ArtifactStoreOptions) {
    this.#client = client;
    this.#signal = signal;
    this.#questionMaxMs = questionMaxMs ?? QUESTION_MAX_MS;
  }

  /** @throws MurmurationError `ARTIFACT_UNAVAILABLE` where there is no service to ask */
  static async open(options: ArtifactStoreOptions): Promise<ArtifactStore> {
    const { access } = options;
    if (access.kind !== "service") throw new MurmurationError("ARTIFACT_UNAVAILABLE", access.why);
    // A bundle of its own: most runs have no artifact.
    const { DefaultArtifactClient } = await import("./actions-artifact.ts");
    return new ArtifactStore(new DefaultArtifactClient(), options);
  }

  /** Stores one file as it is, under its own name. @throws MurmurationError `ARTIFACT_NOT_STORED` */
  async put(path: string, name: string, sizeBytes: number, retentionDays: number): Promise<FoundArtifact> {
    const folder = path.slice(0, -name.length);
    const options = { skipArchive: true, ...(retentionDays === 0 ? {} : { retentionDays }) };
    const limitMs = transferMaxMs(sizeBytes);
    try {
      const upload = this.#client.uploadArtifact(name, [path], folder, options);
      const { id, digest } = await this.#within(upload, limitMs, `storing artifact ${JSON.stringify(name)}`);
      if (id === undefined || digest === undefined) throw new Error("the service told neither id nor digest");
      return { name, id, sizeBytes, sha256: digest };
    } catch (error) {
      if (this.#signal.aborted) throw error;
      const message = `cannot store artifact ${JSON.stringify(name)}: ${messageOf(error)}`;
      throw new MurmurationError("ARTIFACT_NOT_STORED", message, { cause: error });
    }
  }

  /** @throws MurmurationError `ARTIFACT_UNAVAILABLE` with what there is instead */
  async find(name: string, place: ArtifactPlace): Promise<FoundArtifact> {
    const what = `looking for artifact ${JSON.stringify(name)}`;
    try {
      const question = this.#client.getArtifact(name, findBy(place));
      const { artifact } = await this.#within(question, this.#questionMaxMs, what);
      const { id, size, digest } = artifact;
      return { name, id, sizeBytes: size, sha256: /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1] ?? null };
    } catch (error) {
      throw await this.#unavailable(name, place, error);
    }
  }

  /**
   * Downloads it as it was stored, as the only file in `folder`.
   * @throws MurmurationError `ARTIFACT_UNAVAILABLE`; `ARTIFACT_DAMAGED` where its SHA-256 is not the expected one
   */
  async get(artifact: FoundArtifact, place: ArtifactPlace, folder: string): Promise<void> {
    const { name, id, sha256, sizeBytes } = artifact;
    const options = {
      ...findBy(place),
      path: folder,
      skipDecompress: true,
      ...(sha256 === null ? {} : { expectedHash: `sha256:${sha256}` }),
    };
    let mismatch: boolean | undefined;
    try {
      const download = this.#client.downloadArtifact(id, options);
      const what = `downloading artifact ${JSON.stringify(name)}`;
      mismatch = (await this.#within(download, transferMaxMs(sizeBytes), what)).digestMismatch;
    } catch (error) {
      throw await this.#unavailable(name, place, error);
    }
    if (mismatch) {
      const why = `what was downloaded has another SHA-256 than ${sha256}`;
      throw new MurmurationError("ARTIFACT_DAMAGED", `artifact ${JSON.stringify(name)}: ${why}`);
    }
  }

  #within<T>(work: Promise<T>, limitMs: number, what: string): Promise<T> {
    return withinTime(work, { limitMs, what, signal: this.#signal });
  }

  async #unavailable(name: string, place: ArtifactPlace, thrown: unknown): Promise<unknown> {
    if (this.#signal.aborted) return thrown;
    const where = place.kind === "run" ? `run ${place.runId} of ${place.repository}` : "this run";
    const why = await this.#reasonOf(thrown, place);
    const message = `artifact ${JSON.stringify(name)} of ${where}: ${why}`;
    return new MurmurationError("ARTIFACT_UNAVAILABLE", message, { cause: thrown });
  }

  async #reasonOf(thrown: unknown, place: ArtifactPlace): Promise<string> {
    switch (statusOf(thrown)) {
      case 401:
      case 403:
        return "github-token may not read it (it needs actions: read)";
      case 404:
        return "GitHub knows no such run, or github-token may not see it";
      case 410:
        return "it has expired";
    }
    if (!(thrown instanceof Error) || thrown.name !== "ArtifactNotFoundError") return messageOf(thrown);
    return `there is none, or it has expired${await this.#whatThereIs(place)}`;
  }

  async #whatThereIs(place: ArtifactPlace): Promise<string> {
    try {
      const question = this.#client.listArtifacts({ latest: true, ...findBy(place) });
      const { artifacts } = await this.#within(question, LIST_MAX_MS, "listing artifacts");
      const names = artifacts.map(({ name }) => name);
      if (names.length === 0) return "; the run has no artifacts";
      const more = names.length > NAMES_SHOWN_MAX ? ` and ${names.length - NAMES_SHOWN_MAX} more` : "";
      return `; the run has ${names.slice(0, NAMES_SHOWN_MAX).join(", ")}${more}`;
    } catch {
      return "";
    }
  }
}

function transferMaxMs(sizeBytes: number): number {
  return TRANSFER_BASE_MS + (sizeBytes / TRANSFER_BYTES_PER_SECOND) * 1_000;
}

function findBy(place: ArtifactPlace) {
  if (place.kind === "this-run") return {};
  const [repositoryOwner = "", repositoryName = ""] = place.repository.split("/");
  return { findBy: { token: place.token, workflowRunId: place.runId, repositoryOwner, repositoryName } };
}

/** Of an answer of GitHub's API. */
function statusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("status" in thrown)) return undefined;
  return typeof thrown.status === "number" ? thrown.status : undefined;
}
