import { createHash } from "node:crypto";

/** As Web Crypto and OpenSSL name them. */
const NAMES = { sha1: "SHA-1", sha256: "SHA-256" } as const;

/** Copies of so much may wait for a processor; one that is longer, alone. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;
/** Fewer are hashed sooner than they are handed over. */
const HERE_BYTES_MAX = 32 * 1024;

interface Waiting {
  readonly lengthBytes: number;
  /** Undefined until it is known. */
  digest: Buffer | undefined;
  readonly onDigest: (digest: Buffer) => void;
}

/**
 * Hashes on the other processors what the event loop reads, and tells the results in the order in which they were asked for. Node hashes a
 * stream only on the event loop; whole messages Web Crypto hashes in Node's thread pool, of a copy.
 *
 * What asks has to let others run: while `isFull`, it waits for `room`. Disposing it drops what has not been told.
 */
export class DigestQueue implements Disposable {
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #failure: { readonly cause: unknown } | undefined;
  #changed: PromiseWithResolvers<void> | undefined;
  #isOver = false;

  get isFull(): boolean {
    return this.#waitingBytes > WAITING_BYTES_MAX || this.#failure !== undefined;
  }

  /** `bytes` may change as soon as this returns. */
  add(algorithm: keyof typeof NAMES, bytes: Uint8Array, onDigest: (digest: Buffer) => void): void {
    if (bytes.length <= HERE_BYTES_MAX) {
      this.#put(bytes.length, createHash(algorithm).update(bytes).digest(), onDigest);
      return;
    }
    const waiting = this.#put(bytes.length, undefined, onDigest);
    crypto.subtle.digest(NAMES[algorithm], bytes as Uint8Array<ArrayBuffer>).then(
      (digest) => {
        waiting.digest = Buffer.from(digest);
        this.#tell();
      },
      (cause: unknown) => this.#fail(cause),
    );
  }

  /** Calls `tell` when all that was asked for before has been told. */
  after(tell: () => void): void {
    this.#put(0, Buffer.alloc(0), tell);
  }

  /** Resolves when there is room for more. @throws what a listener threw */
  async room(): Promise<void> {
    await this.#until(() => this.#waitingBytes <= WAITING_BYTES_MAX);
  }

  /** Resolves when everything has been told. @throws what a listener threw */
  async end(): Promise<void> {
    await this.#until(() => this.#waiting.length === 0);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#waiting.length = 0;
  }

  #put(lengthBytes: number, digest: Buffer | undefined, onDigest: (digest: Buffer) => void): Waiting {
    const waiting: Waiting = { lengthBytes, digest, onDigest };
    this.#waiting.push(waiting);
    this.#waitingBytes += lengthBytes;
    if (digest !== undefined) this.#tell();
    return waiting;
  }

  #tell(): void {
    while (!this.#isOver && this.#failure === undefined) {
      const [first] = this.#waiting;
      if (first?.digest === undefined) break;
      this.#waiting.shift();
      this.#waitingBytes -= first.lengthBytes;
      try {
        first.onDigest(first.digest);
      } catch (cause) {
        this.#fail(cause);
      }
    }
    this.#wake();
  }

  #fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.#wake();
  }

  #wake(): void {
    this.#changed?.resolve();
    this.#changed = undefined;
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (this.#failure === undefined && !isSo()) {
      this.#changed ??= Promise.withResolvers();
      await this.#changed.promise;
    }
    if (this.#failure !== undefined) throw this.#failure.cause;
  }
}
