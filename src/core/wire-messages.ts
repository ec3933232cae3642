import type { Bitfield } from "./bitfield.ts";

/** The peer wire protocol (BEP 3) with the fast extension (BEP 6): how messages look. */

export const HANDSHAKE_BYTES = 68;
const PROTOCOL_NAME = Buffer.from("\x13BitTorrent protocol", "latin1");
/** BEP 6: the third least significant bit of the last reserved byte. */
const FAST_BIT = 0x04;

export const MESSAGE = {
  choke: 0,
  unchoke: 1,
  interested: 2,
  notInterested: 3,
  have: 4,
  bitfield: 5,
  request: 6,
  piece: 7,
  cancel: 8,
  suggest: 13,
  haveAll: 14,
  haveNone: 15,
  reject: 16,
} as const;

export interface Handshake {
  /** 20 bytes. */
  readonly infoHash: Buffer;
  /** 20 bytes. */
  readonly peerId: Buffer;
  readonly fast: boolean;
}

export interface BlockRequest {
  readonly piece: number;
  /** Byte offset in the piece. */
  readonly begin: number;
  readonly length: number;
}

export function encodeHandshake(handshake: Handshake): Buffer {
  const reserved = Buffer.alloc(8);
  if (handshake.fast) reserved[7] = FAST_BIT;
  return Buffer.concat([PROTOCOL_NAME, reserved, handshake.infoHash, handshake.peerId]);
}

/** Undefined where the 68 bytes are no BitTorrent handshake. */
export function tryDecodeHandshake(bytes: Buffer): Handshake | undefined {
  if (!bytes.subarray(0, PROTOCOL_NAME.length).equals(PROTOCOL_NAME)) return undefined;
  return {
    fast: ((bytes[27] ?? 0) & FAST_BIT) !== 0,
    infoHash: Buffer.from(bytes.subarray(28, 48)),
    peerId: Buffer.from(bytes.subarray(48, 68)),
  };
}

export const KEEP_ALIVE = Buffer.alloc(4);

export function encodeFlag(id: number): Buffer {
  return Buffer.from([0, 0, 0, 1, id]);
}

export function encodeHave(piece: number): Buffer {
  return encodePieceMessage(MESSAGE.have, piece);
}

export function encodeSuggest(piece: number): Buffer {
  return encodePieceMessage(MESSAGE.suggest, piece);
}

function encodePieceMessage(id: number, piece: number): Buffer {
  const message = Buffer.allocUnsafe(9);
  message.writeUInt32BE(5, 0);
  message[4] = id;
  message.writeUInt32BE(piece, 5);
  return message;
}

export function encodeBitfield(pieces: Bitfield): Buffer {
  const head = Buffer.allocUnsafe(5);
  head.writeUInt32BE(1 + pieces.bytes.length, 0);
  head[4] = MESSAGE.bitfield;
  return Buffer.concat([head, pieces.bytes]);
}

/** `request`, `cancel` and `reject` have one form. */
export function encodeBlockMessage(id: number, block: BlockRequest): Buffer {
  const message = Buffer.allocUnsafe(17);
  message.writeUInt32BE(13, 0);
  message[4] = id;
  message.writeUInt32BE(block.piece, 5);
  message.writeUInt32BE(block.begin, 9);
  message.writeUInt32BE(block.length, 13);
  return message;
}

export const PIECE_HEAD_BYTES = 13;

/** What stands before the block's bytes in a `piece` message. */
export function encodePieceHead(block: BlockRequest): Buffer {
  const head = Buffer.allocUnsafe(PIECE_HEAD_BYTES);
  head.writeUInt32BE(9 + block.length, 0);
  head[4] = MESSAGE.piece;
  head.writeUInt32BE(block.piece, 5);
  head.writeUInt32BE(block.begin, 9);
  return head;
}
