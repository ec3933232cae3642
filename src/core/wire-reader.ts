import {
  type BlockRequest,
  HANDSHAKE_BYTES,
  type Handshake,
  MESSAGE,
  PIECE_HEAD_BYTES,
  tryDecodeHandshake,
} from "./wire-messages.ts";

/** No peer needs blocks longer than this; BEP 3 calls 16 KiB usual, and some clients drop what asks for more. */
export const BLOCK_MAX_BYTES = 128 * 1024;
/** Messages of extensions that we do not speak are passed over, up to this length: none that is known is longer. */
const IGNORED_MESSAGE_MAX_BYTES = 64 * 1024;

/** Length of each message that we read, its id included; that of `bitfield` depends on the torrent, that of `piece` on the block. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [MESSAGE.choke, 1],
  [MESSAGE.unchoke, 1],
  [MESSAGE.interested, 1],
  [MESSAGE.notInterested, 1],
  [MESSAGE.have, 5],
  [MESSAGE.request, 13],
  [MESSAGE.cancel, 13],
  [MESSAGE.suggest, 5],
  [MESSAGE.haveAll, 1],
  [MESSAGE.haveNone, 1],
  [MESSAGE.reject, 13],
]);

export interface WireHandler {
  handshake(handshake: Handshake): void;
  choke(): void;
  unchoke(): void;
  interested(interested: boolean): void;
  have(piece: number): void;
  suggest(piece: number): void;
  bitfield(bytes: Uint8Array): void;
  haveAll(): void;
  request(block: BlockRequest): void;
  cancel(block: BlockRequest): void;
  reject(block: BlockRequest): void;
  /** Where the block's bytes go (as long as the block), or undefined to drop them. */
  blockStarts(block: BlockRequest): Uint8Array | undefined;
  /** Some bytes of the block that started have come. */
  blockBytes(bytes: number): void;
  blockEnds(block: BlockRequest): void;
}

/** The peer does not keep to the protocol. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/**
 * Takes bytes as they come from a socket and calls the handler for each message. Bytes of blocks are copied once, straight
 * to where they belong; of other messages at most one is held. A length beyond what any message may have is an error before
 * anything is kept.
 */
export class WireReader {
  readonly #handler: WireHandler;
  readonly #bitfieldBytes: number;
  /** Holds one head or one short message while it is incomplete. */
  readonly #held: Buffer;
  #heldBytes = 0;
  /** The rest of a message that is passed over. */
  #ignoredBytes = 0;
  #shakenHands = false;
  #opened = false;
  #block: BlockRequest | undefined;
  #blockInto: Uint8Array | undefined;
  #blockDone = 0;
  #stopped = false;

  constructor(handler: WireHandler, pieceCount: number) {
    this.#handler = handler;
    this.#bitfieldBytes = Math.ceil(pieceCount / 8);
    this.#held = Buffer.allocUnsafe(Math.max(HANDSHAKE_BYTES, 5 + this.#bitfieldBytes));
  }

  /** @throws WireError */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.#stopped) {
      if (this.#block !== undefined) at = this.#readBlock(this.#block, chunk, at);
      else if (this.#ignoredBytes > 0) at = this.#ignore(chunk, at);
      else at = this.#readHeld(chunk, at);
    }
  }

  /** Nothing more is read, not even the rest of the chunk that is being read. */
  stop(): void {
    this.#stopped = true;
  }

  /** The rest of a block of this piece that is coming is dropped: where it went is given to another use. */
  dropBlock(piece: number): void {
    if (this.#block?.piece === piece) this.#blockInto = undefined;
  }

  #ignore(chunk: Uint8Array, at: number): number {
    const end = Math.min(chunk.length, at + this.#ignoredBytes);
    this.#ignoredBytes -= end - at;
    return end;
  }

  #readHeld(chunk: Uint8Array, at: number): number {
    const wanted = this.#wantedBytes();
    const end = Math.min(chunk.length, at + wanted - this.#heldBytes);
    this.#held.set(chunk.subarray(at, end), this.#heldBytes);
    this.#heldBytes += end - at;
    if (this.#heldBytes === wanted) this.#heldIsWhole(wanted);
    return end;
  }

  /** How many bytes must be held before the next step: the handshake, a length, an id, a head, a whole short message. */
  #wantedBytes(): number {
    if (!this.#shakenHands) return HANDSHAKE_BYTES;
    if (this.#heldBytes < 4) return 4;
    const length = this.#held.readUInt32BE(0);
    if (this.#heldBytes < 5) return 5;
    if (this.#held[4] === MESSAGE.piece) return PIECE_HEAD_BYTES;
    return 4 + length;
  }

  #heldIsWhole(wanted: number): void {
    if (!this.#shakenHands) {
      const handshake = tryDecodeHandshake(this.#held.subarray(0, HANDSHAKE_BYTES));
      if (handshake === undefined) throw new WireError("no BitTorrent handshake");
      this.#shakenHands = true;
      this.#heldBytes = 0;
      this.#handler.handshake(handshake);
      return;
    }
    const length = this.#held.readUInt32BE(0);
    if (wanted === 4) {
      if (length === 0) this.#heldBytes = 0;
      return;
    }
    const id = this.#held[4]!;
    if (wanted === 5 && !this.#isToBeHeld(id, length)) {
      this.#heldBytes = 0;
      this.#ignoredBytes = length - 1;
      return;
    }
    if (wanted < 4 + length && !(id === MESSAGE.piece && wanted === PIECE_HEAD_BYTES)) return;
    // BEP 6 has them before all else, and once: five bytes that are as much work as there are pieces. Messages of extensions never get here. A bitfield
    // has bytes for its work, and aria2 sends one later too, in place of many haves.
    if (this.#opened && (id === MESSAGE.haveAll || id === MESSAGE.haveNone))
      throw new WireError(`message ${id} too late`);
    this.#opened = true;
    if (id === MESSAGE.piece) {
      this.#startBlock(length);
      return;
    }
    this.#heldBytes = 0;
    this.#dispatch(id, this.#held.subarray(5, 4 + length));
  }

  /** False for a message that means nothing to us. @throws WireError for a length that the message cannot have. */
  #isToBeHeld(id: number, length: number): boolean {
    const exact = id === MESSAGE.bitfield ? 1 + this.#bitfieldBytes : LENGTHS.get(id);
    if (exact !== undefined) {
      if (length !== exact) throw new WireError(`message ${id} of ${length} bytes`);
      return true;
    }
    if (id === MESSAGE.piece) {
      if (length < 9 || length > 9 + BLOCK_MAX_BYTES)
        throw new WireError(`a block message of ${length} bytes`);
      return true;
    }
    if (length > IGNORED_MESSAGE_MAX_BYTES) throw new WireError(`message ${id} of ${length} bytes`);
    return false;
  }

  #startBlock(length: number): void {
    const block = {
      piece: this.#held.readUInt32BE(5),
      begin: this.#held.readUInt32BE(9),
      length: length - 9,
    };
    this.#heldBytes = 0;
    this.#block = block;
    this.#blockDone = 0;
    this.#blockInto = this.#handler.blockStarts(block);
    if (block.length === 0) this.#endBlock(block);
  }

  #readBlock(block: BlockRequest, chunk: Uint8Array, at: number): number {
    const end = Math.min(chunk.length, at + block.length - this.#blockDone);
    this.#blockInto?.set(chunk.subarray(at, end), this.#blockDone);
    this.#blockDone += end - at;
    this.#handler.blockBytes(end - at);
    if (this.#blockDone === block.length) this.#endBlock(block);
    return end;
  }

  #endBlock(block: BlockRequest): void {
    const kept = this.#blockInto !== undefined;
    this.#block = undefined;
    this.#blockInto = undefined;
    if (kept) this.#handler.blockEnds(block);
  }

  #dispatch(id: number, body: Buffer): void {
    const handler = this.#handler;
    switch (id) {
      case MESSAGE.choke:
        handler.choke();
        break;
      case MESSAGE.unchoke:
        handler.unchoke();
        break;
      case MESSAGE.interested:
        handler.interested(true);
        break;
      case MESSAGE.notInterested:
        handler.interested(false);
        break;
      case MESSAGE.have:
        handler.have(body.readUInt32BE(0));
        break;
      case MESSAGE.suggest:
        handler.suggest(body.readUInt32BE(0));
        break;
      case MESSAGE.bitfield:
        handler.bitfield(body);
        break;
      case MESSAGE.haveAll:
        handler.haveAll();
        break;
      case MESSAGE.request:
        handler.request(blockOf(body));
        break;
      case MESSAGE.cancel:
        handler.cancel(blockOf(body));
        break;
      case MESSAGE.reject:
        handler.reject(blockOf(body));
        break;
    }
    // `have none` changes nothing for us.
  }
}

function blockOf(body: Buffer): BlockRequest {
  return { piece: body.readUInt32BE(0), begin: body.readUInt32BE(4), length: body.readUInt32BE(8) };
}
