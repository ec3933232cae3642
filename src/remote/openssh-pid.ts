import { Transform, type TransformCallback } from "node:stream";

/** A login shell may print before our line; what holds it back longer is no login shell of a target. */
const HELD_BYTES_MAX = 64 * 1024;

/**
 * Takes the line `<mark> <process id>` out of what a command writes to stderr. All else passes, from the moment on when that line has come.
 */
export class PidLine extends Transform {
  pid: number | undefined;
  readonly #line: RegExp;
  #held: Buffer | null = Buffer.alloc(0);

  constructor(mark: string) {
    super();
    this.#line = new RegExp(`${mark} (\\d{1,10})\\r?\\n`);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#held === null) {
      done(null, chunk);
      return;
    }
    this.#held = Buffer.concat([this.#held, chunk]);
    // In one byte for each character, so that places in the text are places in the bytes.
    const found = this.#line.exec(this.#held.toString("latin1"));
    if (found !== null) {
      this.pid = Number(found[1]);
      this.push(this.#held.subarray(0, found.index));
      this.#held = this.#held.subarray(found.index + found[0].length);
    }
    if (found !== null || this.#held.length >= HELD_BYTES_MAX) {
      this.push(this.#held);
      this.#held = null;
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, this.#held);
  }
}
