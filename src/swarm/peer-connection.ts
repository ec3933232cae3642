import type { Socket } from "node:net";
import { Bitfield } from "../core/bitfield.ts";
import type { ByteRange } from "../core/missing-ranges.ts";
import {
  type BlockRequest,
  encodeBitfield,
  encodeBlockMessage,
  encodeFlag,
  encodeHandshake,
  encodeSuggest,
  type Handshake,
  KEEP_ALIVE,
  MESSAGE,
} from "../core/wire-messages.ts";
import { BLOCK_MAX_BYTES, WireError, type WireHandler, WireReader } from "../core/wire-reader.ts";
import { BlockDownload } from "./block-download.ts";
import { BlockUpload, type BlockUploadOptions } from "./block-upload.ts";
import type { PeerAddress } from "./engine.ts";
import { receiveFrom } from "./inbound.ts";
import { Outbox } from "./outbox.ts";
import type { PieceBuffer } from "./piece-buffers.ts";

/** A peer may have this many requests waiting; clients announce 250 to 2,000 as their own limit. */
const REQUESTS_MAX = 4_096;

/** What one connection tells its engine. */
export interface PeerEvents {
  /** False: drop the connection (a stranger's torrent, ourselves, or a second connection). */
  handshake(peer: PeerConnection, handshake: Handshake): boolean;
  closed(peer: PeerConnection): void;
  choked(peer: PeerConnection): void;
  unchoked(peer: PeerConnection): void;
  interested(peer: PeerConnection, interested: boolean): void;
  has(peer: PeerConnection, piece: number): void;
  suggested(peer: PeerConnection, piece: number): void;
  hasAll(peer: PeerConnection, pieces: Bitfield): void;
  /** True: it will be sent. */
  requested(peer: PeerConnection, block: BlockRequest): boolean;
  /** What was decided of the request has been done. */
  answered(peer: PeerConnection): void;
  /** It took requests of this piece back, and none is left to be answered. */
  cancelled(peer: PeerConnection, piece: number): void;
  rejected(peer: PeerConnection, piece: number): void;
  received(peer: PeerConnection, bytes: number): void;
  /** A block has come, and not the last of the piece: of what was asked for of it `share`, from 0 to 1, is here. */
  progressed(peer: PeerConnection, piece: number, share: number): void;
  /** `fetched`: that much of it; undefined: all of it. */
  pieceArrived(
    peer: PeerConnection,
    piece: number,
    buffer: PieceBuffer,
    fetched: readonly ByteRange[] | undefined,
  ): void;
  served(peer: PeerConnection): void;
  uploaded(peer: PeerConnection, bytes: number, drained: boolean): void;
}

export interface PeerConnectionOptions {
  readonly id: number;
  readonly socket: Socket;
  /** Where we dialled; undefined: it dialled us. */
  readonly dialled: PeerAddress | undefined;
  /** Sends its handshake without waiting for the other's. */
  readonly speaksFirst: boolean;
  readonly own: Handshake;
  readonly pieceCount: number;
  readonly pieceBytes: (piece: number) => number;
  readonly events: PeerEvents;
  readonly upload: Pick<BlockUploadOptions, "limiter" | "now" | "readPiece">;
}

/** One peer: a socket that speaks the wire protocol. Decides nothing; the engine's scheduler does. */
export class PeerConnection implements WireHandler {
  readonly id: number;
  readonly dialled: PeerAddress | undefined;
  readonly remoteHost: string;
  lastHeardMs: number;
  /** Known after the handshake. */
  remote: Handshake | undefined;
  /** Bytes from it are counted as the seeder's. */
  isSeeder = false;
  /** In our own zone, or we have none. */
  isNear = true;
  readonly #options: PeerConnectionOptions;
  readonly #socket: Socket;
  readonly #reader: WireReader;
  readonly #outbox: Outbox;
  readonly #upload: BlockUpload;
  readonly #downloads = new Map<number, BlockDownload>();
  #closed = false;

  constructor(options: PeerConnectionOptions) {
    const { socket, events } = options;
    this.id = options.id;
    this.dialled = options.dialled;
    this.remoteHost = socket.remoteAddress ?? "";
    this.#options = options;
    this.#socket = socket;
    this.#reader = new WireReader(this, options.pieceCount);
    this.lastHeardMs = options.upload.now();
    this.#outbox = new Outbox({
      socket,
      now: options.upload.now,
      onOverflow: () => this.close(),
    });
    this.#upload = new BlockUpload({
      ...options.upload,
      socket,
      onServed: () => events.served(this),
      onUploaded: (bytes, drained) => {
        this.#outbox.noteLeft();
        events.uploaded(this, bytes, drained);
      },
      onUnreadable: (blocks) => this.#reject(blocks),
    });
    receiveFrom(socket, (bytes) => this.#onData(bytes));
    socket.on("error", () => this.close());
    socket.on("end", () => this.close());
    socket.on("close", () => this.close());
    if (options.speaksFirst) socket.write(encodeHandshake(options.own));
  }

  get fast(): boolean {
    return this.remote?.fast ?? false;
  }

  get lastSentMs(): number {
    return this.#outbox.lastSentMs;
  }

  /** For how long bytes have waited for the socket without one leaving; to be asked several times a second. */
  sendStalledMs(): number {
    return this.#outbox.stalledMs();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reader.stop();
    this.#outbox.close();
    this.#upload.close();
    this.#dropDownloads();
    this.#socket.destroy();
    this.#options.events.closed(this);
  }

  // What the engine tells the peer.

  sendPieces(pieces: Bitfield): void {
    if (this.fast && pieces.complete) this.#outbox.send(encodeFlag(MESSAGE.haveAll));
    else if (this.fast && pieces.count === 0) this.#outbox.send(encodeFlag(MESSAGE.haveNone));
    else if (pieces.count > 0) this.#outbox.send(encodeBitfield(pieces));
    // BEP 3 wants it first, so no have may overtake it.
    this.#outbox.flush();
  }

  sendInterested(interested: boolean): void {
    this.#outbox.send(encodeFlag(interested ? MESSAGE.interested : MESSAGE.notInterested));
  }

  sendUnchoke(): void {
    this.#outbox.send(encodeFlag(MESSAGE.unchoke));
  }

  /** A peer without BEP 6 is told nothing, and chooses by itself. */
  sendSuggest(piece: number): void {
    if (!this.fast) return;
    this.#outbox.send(encodeSuggest(piece));
    // Along with the last block of the piece before: a peer that reads that first would choose by itself.
    if (this.#socket.writableCorked > 0) this.#outbox.flush();
  }

  serve(piece: number): void {
    this.#upload.serve(piece);
  }

  rest(): void {
    this.#upload.rest();
  }

  /** Requests that were accepted and have not been answered are taken back: BEP 6 wants that said, BEP 3 implies it. */
  sendChoke(): void {
    this.#outbox.send(encodeFlag(MESSAGE.choke));
    this.#reject(this.#upload.endTurn());
    // Along with the last block: a peer that reads that first would ask for its next piece in vain.
    this.#outbox.flush();
    if (this.#upload.idle) this.#options.events.uploaded(this, 0, true);
  }

  sendKeepAlive(): void {
    this.#outbox.send(KEEP_ALIVE);
  }

  /** After `delayMs` milliseconds, or with what is sent before. */
  sendHave(piece: number, delayMs: number): void {
    this.#outbox.sendHave(piece, delayMs);
  }

  /** `ranges`: what is asked for of the piece; undefined: all of it. */
  startDownload(piece: number, buffer: PieceBuffer, ranges?: readonly ByteRange[]): void {
    this.dropDownload(piece);
    const download = new BlockDownload(piece, buffer, ranges);
    this.#downloads.set(piece, download);
    this.#sendRequests(download);
  }

  /**
   * What it has sent of the piece is all that was asked for, and we do not have the piece for all that: it need not wait to hear that we do. Said by
   * taking a block back; a client that looks for a request of it finds none.
   */
  sendNotHad(piece: number): void {
    this.#outbox.send(encodeBlockMessage(MESSAGE.cancel, { piece, begin: 0, length: 1 }));
  }

  cancelDownload(piece: number): void {
    const download = this.#downloads.get(piece);
    if (download === undefined) return;
    this.#outbox.send(...download.outstanding().map((block) => encodeBlockMessage(MESSAGE.cancel, block)));
    this.dropDownload(piece);
  }

  dropDownload(piece: number): void {
    const download = this.#downloads.get(piece);
    if (download === undefined) return;
    this.#reader.dropBlock(piece);
    this.#downloads.delete(piece);
    download.buffer.release();
  }

  // What the peer tells us.

  handshake(handshake: Handshake): void {
    this.remote = handshake;
    const { events, own, speaksFirst } = this.#options;
    if (!handshake.infoHash.equals(own.infoHash)) throw new WireError("another torrent");
    if (!speaksFirst) this.#socket.write(encodeHandshake(own));
    if (!events.handshake(this, handshake)) this.close();
  }

  choke(): void {
    // BEP 3: what was asked for will not come. With BEP 6 what will not come is rejected, and the rest comes.
    if (!this.fast) this.#dropDownloads();
    this.#options.events.choked(this);
  }

  unchoke(): void {
    this.#options.events.unchoked(this);
  }

  interested(interested: boolean): void {
    this.#options.events.interested(this, interested);
  }

  have(piece: number): void {
    this.#checkPiece(piece);
    this.#options.events.has(this, piece);
  }

  suggest(piece: number): void {
    this.#checkPiece(piece);
    this.#options.events.suggested(this, piece);
  }

  bitfield(bytes: Uint8Array): void {
    const pieces = Bitfield.tryParse(bytes, this.#options.pieceCount);
    if (pieces === undefined) throw new WireError("a bitfield of another torrent");
    this.#options.events.hasAll(this, pieces);
  }

  haveAll(): void {
    this.#options.events.hasAll(this, Bitfield.full(this.#options.pieceCount));
  }

  request(block: BlockRequest): void {
    this.#checkBlock(block);
    if (this.#upload.pending >= REQUESTS_MAX) throw new WireError("too many requests at once");
    const { events } = this.#options;
    if (events.requested(this, block)) this.#upload.add(block);
    else this.#reject([block]);
    events.answered(this);
  }

  cancel(block: BlockRequest): void {
    if (this.#upload.takeBack(block)) this.#reject([block]);
    if (this.#upload.asksFor(block.piece)) return;
    this.#options.events.cancelled(this, block.piece);
    if (this.#upload.idle) this.#options.events.uploaded(this, 0, true);
  }

  reject(block: BlockRequest): void {
    if (this.#downloads.has(block.piece)) this.#options.events.rejected(this, block.piece);
  }

  blockStarts(block: BlockRequest): Uint8Array | undefined {
    return this.#downloads.get(block.piece)?.placeOf(block);
  }

  blockBytes(bytes: number): void {
    this.#options.events.received(this, bytes);
  }

  blockEnds(block: BlockRequest): void {
    const download = this.#downloads.get(block.piece);
    if (download === undefined) return;
    download.received(block);
    if (!download.complete) {
      this.#options.events.progressed(this, download.piece, download.share);
      this.#sendRequests(download);
      return;
    }
    this.#downloads.delete(download.piece);
    this.#options.events.pieceArrived(this, download.piece, download.buffer, download.ranges);
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return;
    this.lastHeardMs = this.#options.upload.now();
    try {
      this.#reader.push(chunk);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.close();
    }
  }

  #sendRequests(download: BlockDownload): void {
    this.#outbox.send(...download.takeRequests().map((block) => encodeBlockMessage(MESSAGE.request, block)));
  }

  #dropDownloads(): void {
    for (const piece of [...this.#downloads.keys()]) this.dropDownload(piece);
  }

  #reject(blocks: readonly BlockRequest[]): void {
    if (!this.fast) return;
    this.#outbox.send(...blocks.map((block) => encodeBlockMessage(MESSAGE.reject, block)));
  }

  #checkPiece(piece: number): void {
    if (piece >= this.#options.pieceCount)
      throw new WireError(`piece ${piece} of ${this.#options.pieceCount}`);
  }

  #checkBlock(block: BlockRequest): void {
    this.#checkPiece(block.piece);
    const fits = block.begin + block.length <= this.#options.pieceBytes(block.piece);
    if (!fits || block.length === 0 || block.length > BLOCK_MAX_BYTES)
      throw new WireError("a block out of range");
  }
}
