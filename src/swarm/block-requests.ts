import type { BlockRequest } from "../core/wire-messages.ts";

/** One peer's requests in the order in which they came. Each is found at once: a peer that has thousands of them may take back what it likes. */
export class BlockRequests {
  readonly #blocks = new Map<string, BlockRequest>();
  readonly #countOfPiece = new Map<number, number>();

  get size(): number {
    return this.#blocks.size;
  }

  get first(): BlockRequest | undefined {
    return this.#blocks.values().next().value;
  }

  asksFor(piece: number): boolean {
    return this.#countOfPiece.has(piece);
  }

  /** What is asked for twice is sent once. */
  add(block: BlockRequest): void {
    const key = keyOf(block);
    if (this.#blocks.has(key)) return;
    this.#blocks.set(key, block);
    this.#countOfPiece.set(block.piece, (this.#countOfPiece.get(block.piece) ?? 0) + 1);
  }

  /** False: it is not among them. */
  remove(block: BlockRequest): boolean {
    if (!this.#blocks.delete(keyOf(block))) return false;
    const left = this.#countOfPiece.get(block.piece)! - 1;
    if (left === 0) this.#countOfPiece.delete(block.piece);
    else this.#countOfPiece.set(block.piece, left);
    return true;
  }

  removeAll(): BlockRequest[] {
    const all = [...this.#blocks.values()];
    this.#blocks.clear();
    this.#countOfPiece.clear();
    return all;
  }
}

function keyOf({ piece, begin, length }: BlockRequest): string {
  return `${piece}:${begin}:${length}`;
}
