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
/** Room for messages of extensions that we do not speak: they are read and ignored. */
const IGNORED_MESSAGE_MAX_BYTES = 64 * 1024;

export interface WireHandler {
  handshake(handshake: Handshake): void;
  choke(): void;
  unchoke(): void;
  interested(interested: boolean): void;
  have(piece: number): void;
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
  readonly #messageMaxBytes: number;
  /** Holds one head or one short message while it is incomplete. */
  readonly #held: Buffer;
  #heldBytes = 0;
  #shakenHands = false;
  #block: BlockRequest | undefined;
  #blockInto: Uint8Array | undefined;
  #blockDone = 0;
  #stopped = false;

  constructor(handler: WireHandler, pieceCount: number) {
    this.#handler = handler;
    this.#messageMaxBytes = Math.max(IGNORED_MESSAGE_MAX_BYTES, 1 + Math.ceil(pieceCount / 8));
    this.#held = Buffer.allocUnsafe(4 + this.#messageMaxBytes);
  }

  /** @throws WireError */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.#stopped) {
      if (this.#block !== undefined) at = this.#readBlock(this.#block, chunk, at);
      else at = this.#readHeld(chunk, at);
    }
  }

  /** Nothing more is read, not even the rest of the chunk that is being read. */
  stop(): void {
    this.#stopped = true;
  }

  /** The rest of a block that is coming is dropped: where it went is given to another use. */
  dropBlock(): void {
    this.#blockInto = undefined;
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
    if (id === MESSAGE.piece) {
      if (wanted === 5) this.#checkPieceLength(length);
      else this.#startBlock(length);
      return;
    }
    if (length > this.#messageMaxBytes) throw new WireError(`a message of ${length} bytes`);
    if (wanted < 4 + length) return;
    this.#heldBytes = 0;
    this.#dispatch(id, this.#held.subarray(5, 4 + length));
  }

  #checkPieceLength(length: number): void {
    if (length < 9 || length > 9 + BLOCK_MAX_BYTES) throw new WireError(`a block message of ${length} bytes`);
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
        if (body.length !== 4) throw new WireError("a have message of the wrong length");
        handler.have(body.readUInt32BE(0));
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
    // Others (have none, port, extensions) change nothing for us.
  }
}

function blockOf(body: Buffer): BlockRequest {
  if (body.length !== 12) throw new WireError("a block message of the wrong length");
  return { piece: body.readUInt32BE(0), begin: body.readUInt32BE(4), length: body.readUInt32BE(8) };
}
