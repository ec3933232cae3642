import { StringDecoder } from "node:string_decoder";

/** The end of what a program writes, and how much was written before it. Holds at most twice what it keeps. */
export class OutputTail {
  readonly #charactersMax: number;
  readonly #decoder = new StringDecoder("utf8");
  #text = "";
  #bytesWritten = 0;

  constructor(charactersMax: number) {
    this.#charactersMax = charactersMax;
  }

  add(chunk: Uint8Array): void {
    this.#bytesWritten += chunk.length;
    this.#text += this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    if (this.#text.length > 2 * this.#charactersMax) this.#text = this.#text.slice(-this.#charactersMax);
  }

  get text(): string {
    const end = this.#text.slice(-this.#charactersMax);
    // Half of a character that was cut in two would be no text.
    return /^[\udc00-\udfff]/.test(end) ? end.slice(1) : end;
  }

  get bytesDropped(): number {
    return Math.max(0, this.#bytesWritten - Buffer.byteLength(this.text));
  }
}
