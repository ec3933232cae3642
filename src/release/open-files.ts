import { closeSync } from "node:fs";

interface OpenFile {
  readonly fd: number;
  users: number;
  /** Taken out of the cache while somebody used it: the last user closes it. */
  retired: boolean;
}

/** Login sessions often have 1,024 descriptors, and each peer needs one too. */
const OPEN_FILES_MAX = 128;

/** Files of a release that stay open between pieces, by the number of their entry; the least recently used is closed first. */
export class OpenFiles implements Disposable {
  readonly #open: (entry: number) => number;
  readonly #files = new Map<number, OpenFile>();

  /** `open` returns a descriptor, or throws. */
  constructor(open: (entry: number) => number) {
    this.#open = open;
  }

  async use<Result>(entry: number, work: (fd: number) => Result | Promise<Result>): Promise<Result> {
    const file = this.#get(entry);
    file.users += 1;
    try {
      return await work(file.fd);
    } finally {
      file.users -= 1;
      if (file.retired && file.users === 0) closeSync(file.fd);
    }
  }

  /** Opens it anew when it is used next. */
  retire(entry: number): void {
    const file = this.#files.get(entry);
    if (file === undefined) return;
    this.#files.delete(entry);
    file.retired = true;
    if (file.users === 0) closeSync(file.fd);
  }

  retireAll(): void {
    for (const entry of [...this.#files.keys()]) this.retire(entry);
  }

  [Symbol.dispose](): void {
    this.retireAll();
  }

  #get(entry: number): OpenFile {
    let file = this.#files.get(entry);
    if (file === undefined) {
      file = { fd: this.#open(entry), users: 0, retired: false };
    } else {
      this.#files.delete(entry);
    }
    // A Map keeps the order of insertion: the first one is the least recently used.
    this.#files.set(entry, file);
    if (this.#files.size > OPEN_FILES_MAX) {
      const [oldest] = this.#files.keys();
      if (oldest !== undefined) this.retire(oldest);
    }
    return file;
  }
}
