import { createCipheriv } from "node:crypto";
import { mkdir, open, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILES_PER_FOLDER = 100;

/** Files of one size class after the other: from a quarter to seven quarters of the mean. Their bytes do not compress. */
export class ManyFiles {
  readonly folder: string;
  readonly #sizes: readonly number[];
  readonly #cipher = createCipheriv("aes-128-ctr", Buffer.from("murmuration many"), Buffer.alloc(16));

  constructor(folder: string, { sizeBytes, files }: { sizeBytes: number; files: number }) {
    const meanBytes = sizeBytes / files;
    this.folder = folder;
    this.#sizes = Array.from({ length: files }, (_, index) =>
      Math.max(1, Math.round(meanBytes * (0.25 + (1.5 * ((index * 7) % 101)) / 100))),
    );
  }

  async make(): Promise<void> {
    for (let index = 0; index < this.#sizes.length; index++) {
      if (index % FILES_PER_FOLDER === 0)
        await mkdir(join(this.folder, folderOf(index)), { recursive: true });
      await writeFile(this.#path(index), this.#noise(this.#sizes[index]!));
    }
  }

  /** Changes the first half of `count` files, spread over all of them. Returns the length of these files together, in bytes. */
  async change(count: number): Promise<number> {
    let bytes = 0;
    for (let nth = 0; nth < count; nth++) {
      const index = Math.floor((nth * this.#sizes.length) / count);
      await using file = await open(this.#path(index), "r+");
      await file.write(this.#noise(Math.ceil(this.#sizes[index]! / 2)));
      bytes += this.#sizes[index]!;
    }
    return bytes;
  }

  /** Gives every file a new time and nothing else, as a checkout and a build do. */
  async touch(): Promise<void> {
    const now = new Date();
    for (let index = 0; index < this.#sizes.length; index++) await utimes(this.#path(index), now, now);
  }

  #path(index: number): string {
    return join(this.folder, folderOf(index), `file-${index}.bin`);
  }

  #noise(lengthBytes: number): Buffer {
    return this.#cipher.update(Buffer.alloc(lengthBytes));
  }
}

function folderOf(index: number): string {
  return `folder-${Math.floor(index / FILES_PER_FOLDER)}`;
}
