import { createHash, type Hash } from "node:crypto";
import type { DigestQueue } from "./digest-queue.ts";

/**
 * SHA-256 of a file of `sizeBytes` from its chunks in order, told by way of `queue` when all of them have come. A file that comes as one
 * chunk, as most do, is hashed elsewhere.
 */
export class FileDigest {
  readonly #sizeBytes: number;
  readonly #queue: DigestQueue;
  readonly #onDigest: (sha256: Buffer) => void;
  #hash: Hash | undefined;
  #doneBytes = 0;

  constructor(sizeBytes: number, queue: DigestQueue, onDigest: (sha256: Buffer) => void) {
    this.#sizeBytes = sizeBytes;
    this.#queue = queue;
    this.#onDigest = onDigest;
  }

  update(chunk: Uint8Array): void {
    if (chunk.length === this.#sizeBytes) {
      this.#queue.add("sha256", chunk, this.#onDigest);
      return;
    }
    this.#hash ??= createHash("sha256");
    this.#hash.update(chunk);
    this.#doneBytes += chunk.length;
    if (this.#doneBytes < this.#sizeBytes) return;
    const sha256 = this.#hash.digest();
    this.#queue.after(() => this.#onDigest(sha256));
  }
}
