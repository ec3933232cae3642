import { createHash } from "node:crypto";

/** A run, as the parts of GitHub that know of artifacts call it. */
export interface ServedRun {
  /** `GITHUB_RUN_ID`. */
  readonly runId: number;
  /** In tokens and in Twirp messages. */
  readonly backendId: string;
}

export interface StoredFile {
  readonly id: number;
  readonly run: ServedRun;
  readonly name: string;
  readonly contentType: string;
  content: Buffer;
  /** `sha256:` and hex, as whoever stored it said. */
  digest: string;
  /** ISO 8601; null where the repository's default holds. */
  readonly expiresAt: string | null;
  isFinal: boolean;
  isExpired: boolean;
}

/** What the service keeps. Ids grow, as GitHub's do. */
export class ArtifactShelf {
  readonly #files: StoredFile[] = [];
  readonly #blocks = new Map<number, Map<string, Buffer>>();

  create(
    run: ServedRun,
    name: string,
    contentType: string,
    expiresAt: string | null = null,
  ): StoredFile | undefined {
    if (this.#files.some((file) => file.run === run && file.name === name)) return undefined;
    const id = 5_000 + this.#files.length;
    const file = { id, run, name, contentType, content: Buffer.alloc(0), digest: "" };
    const stored: StoredFile = { ...file, expiresAt, isFinal: false, isExpired: false };
    this.#files.push(stored);
    return stored;
  }

  addBlock(id: number, blockId: string, content: Buffer): void {
    const blocks = this.#blocks.get(id) ?? new Map<string, Buffer>();
    this.#blocks.set(id, blocks.set(blockId, content));
  }

  commitBlocks(id: number, blockIds: readonly string[]): void {
    const blocks = this.#blocks.get(id);
    const parts = blockIds.map((blockId) => {
      const part = blocks?.get(blockId);
      if (part === undefined) throw new Error(`artifact ${id} has no block ${blockId}`);
      return part;
    });
    const file = this.byId(id);
    if (file === undefined) throw new Error(`no artifact ${id}`);
    file.content = Buffer.concat(parts);
    this.#blocks.delete(id);
  }

  /** False where what was announced is not what came, as GitHub refuses it. */
  finalize(run: ServedRun, name: string, sizeBytes: number, digest: string): StoredFile | undefined {
    const file = this.#files.find((one) => one.run === run && one.name === name);
    if (file === undefined || file.content.length !== sizeBytes || digest !== digestOf(file.content))
      return undefined;
    file.digest = digest;
    file.isFinal = true;
    return file;
  }

  byId(id: number): StoredFile | undefined {
    return this.#files.find((file) => file.id === id);
  }

  ofRun(run: ServedRun): StoredFile[] {
    return this.#files.filter((file) => file.run === run && file.isFinal);
  }

  /** @throws where no run has it. */
  get(name: string): StoredFile {
    const file = this.#files.findLast((one) => one.name === name && one.isFinal);
    if (file === undefined) throw new Error(`no run has stored ${name}`);
    return file;
  }
}

export function digestOf(content: Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
