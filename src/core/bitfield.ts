/** A set of pieces, most significant bit first, as on the wire (BEP 3 `bitfield`). */
export class Bitfield {
  readonly size: number;
  readonly bytes: Uint8Array;
  #count = 0;

  constructor(size: number) {
    this.size = size;
    this.bytes = new Uint8Array(Math.ceil(size / 8));
  }

  static full(size: number): Bitfield {
    const field = new Bitfield(size);
    for (let piece = 0; piece < size; piece++) field.add(piece);
    return field;
  }

  /** Undefined where the bytes have the wrong length or a spare bit is set: BEP 3 says to drop such a peer. */
  static tryParse(bytes: Uint8Array, size: number): Bitfield | undefined {
    const field = new Bitfield(size);
    if (bytes.length !== field.bytes.length) return undefined;
    for (let piece = 0; piece < bytes.length * 8; piece++) {
      if (((bytes[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) === 0) continue;
      if (piece >= size) return undefined;
      field.add(piece);
    }
    return field;
  }

  get count(): number {
    return this.#count;
  }

  get complete(): boolean {
    return this.#count === this.size;
  }

  has(piece: number): boolean {
    return ((this.bytes[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0;
  }

  /** False where it was there already. */
  add(piece: number): boolean {
    if (this.has(piece)) return false;
    this.bytes[piece >> 3] = (this.bytes[piece >> 3] ?? 0) | (0x80 >> (piece & 7));
    this.#count += 1;
    return true;
  }

  remove(piece: number): boolean {
    if (!this.has(piece)) return false;
    this.bytes[piece >> 3] = (this.bytes[piece >> 3] ?? 0) & ~(0x80 >> (piece & 7));
    this.#count -= 1;
    return true;
  }
}
