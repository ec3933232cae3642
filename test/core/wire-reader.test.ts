import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bitfield } from "../../src/core/bitfield.ts";
import {
  type BlockRequest,
  encodeBitfield,
  encodeBlockMessage,
  encodeFlag,
  encodeHandshake,
  encodeHave,
  encodePieceHead,
  encodeSuggest,
  type Handshake,
  KEEP_ALIVE,
  MESSAGE,
} from "../../src/core/wire-messages.ts";
import { BLOCK_MAX_BYTES, WireError, type WireHandler, WireReader } from "../../src/core/wire-reader.ts";

const PIECES = 77;

/** Writes down what it is told. */
class Recorder implements WireHandler {
  readonly calls: unknown[] = [];
  blockedBytes = 0;
  refuseBlocks = false;
  readonly blocks: Uint8Array[] = [];

  handshake({ infoHash, peerId, fast }: Handshake): void {
    this.calls.push(["handshake", infoHash.toString("hex"), peerId.toString("hex"), fast]);
  }
  choke(): void {
    this.calls.push(["choke"]);
  }
  unchoke(): void {
    this.calls.push(["unchoke"]);
  }
  interested(interested: boolean): void {
    this.calls.push(["interested", interested]);
  }
  have(piece: number): void {
    this.calls.push(["have", piece]);
  }
  suggest(piece: number): void {
    this.calls.push(["suggest", piece]);
  }
  bitfield(bytes: Uint8Array): void {
    this.calls.push(["bitfield", Buffer.from(bytes).toString("hex")]);
  }
  haveAll(): void {
    this.calls.push(["haveAll"]);
  }
  request(block: BlockRequest): void {
    this.calls.push(["request", block]);
  }
  cancel(block: BlockRequest): void {
    this.calls.push(["cancel", block]);
  }
  reject(block: BlockRequest): void {
    this.calls.push(["reject", block]);
  }
  blockStarts(block: BlockRequest): Uint8Array | undefined {
    if (this.refuseBlocks) return undefined;
    this.blocks.push(new Uint8Array(block.length));
    return this.blocks.at(-1);
  }
  blockBytes(bytes: number): void {
    this.blockedBytes += bytes;
  }
  blockEnds(block: BlockRequest): void {
    this.calls.push(["block", block, Buffer.from(this.blocks.at(-1)!).toString("hex")]);
  }
}

interface Message {
  readonly bytes: Buffer;
  /** What the handler is told. */
  readonly call: unknown[] | undefined;
}

const HANDSHAKE: Message = {
  bytes: encodeHandshake({ infoHash: Buffer.alloc(20, 1), peerId: Buffer.alloc(20, 2), fast: true }),
  call: ["handshake", "01".repeat(20), "02".repeat(20), true],
};

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const blockRequest = fc.record({ piece: uint32, begin: uint32, length: uint32 });
const flag = (id: number, call: unknown[] | undefined) => fc.constant({ bytes: encodeFlag(id), call });
const blockMessage = (id: number, name: string) =>
  blockRequest.map((block) => ({ bytes: encodeBlockMessage(id, block), call: [name, block] }));
/** Comes once, before all others. */
const opening: fc.Arbitrary<Message> = fc.oneof(
  flag(MESSAGE.haveAll, ["haveAll"]),
  flag(MESSAGE.haveNone, undefined),
);
/** Of extensions: passed over. */
const ignored: fc.Arbitrary<Message> = fc
  .tuple(fc.constantFrom(9, 17, 20, 255), fc.uint8Array({ maxLength: 300 }))
  .map(([id, body]) => ({ bytes: rawMessage(id, body), call: undefined }));
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.constant({ bytes: KEEP_ALIVE, call: undefined }),
  flag(MESSAGE.choke, ["choke"]),
  flag(MESSAGE.unchoke, ["unchoke"]),
  flag(MESSAGE.interested, ["interested", true]),
  flag(MESSAGE.notInterested, ["interested", false]),
  uint32.map((piece) => ({ bytes: encodeHave(piece), call: ["have", piece] })),
  uint32.map((piece) => ({ bytes: encodeSuggest(piece), call: ["suggest", piece] })),
  fc.uniqueArray(fc.integer({ min: 0, max: PIECES - 1 })).map((pieces) => {
    const field = new Bitfield(PIECES);
    for (const piece of pieces) field.add(piece);
    return { bytes: encodeBitfield(field), call: ["bitfield", Buffer.from(field.bytes).toString("hex")] };
  }),
  blockMessage(MESSAGE.request, "request"),
  blockMessage(MESSAGE.cancel, "cancel"),
  blockMessage(MESSAGE.reject, "reject"),
  fc.tuple(uint32, uint32, fc.uint8Array({ maxLength: 300 })).map(([piece, begin, bytes]) => {
    const block = { piece, begin, length: bytes.length };
    const hex = Buffer.from(bytes).toString("hex");
    return { bytes: Buffer.concat([encodePieceHead(block), bytes]), call: ["block", block, hex] };
  }),
  ignored,
);

function rawMessage(id: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + body.length);
  head[4] = id;
  return Buffer.concat([head, body]);
}

function head(length: number, id: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(length);
  bytes[4] = id;
  return bytes;
}

function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const end = Math.min(bytes.length, at + (sizes[index % sizes.length] ?? bytes.length));
    yield bytes.subarray(at, end);
    at = end;
  }
}

function shaken(handler: WireHandler): WireReader {
  const reader = new WireReader(handler, PIECES);
  reader.push(HANDSHAKE.bytes);
  return reader;
}

test("however the bytes are cut, the calls are the same", () => {
  fc.assert(
    fc.property(
      fc.array(ignored, { maxLength: 3 }),
      fc.option(opening),
      fc.array(message, { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
      (extensions, first, messages, sizes) => {
        const recorder = new Recorder();
        const reader = new WireReader(recorder, PIECES);
        const all = [HANDSHAKE, ...extensions, ...(first === null ? [] : [first]), ...messages];
        for (const chunk of cut(Buffer.concat(all.map(({ bytes }) => bytes)), sizes)) reader.push(chunk);
        expect(recorder.calls).toEqual(all.flatMap(({ call }) => (call === undefined ? [] : [call])));
      },
    ),
  );
});

test("no bytes whatever make anything but a WireError", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.uint8Array({ maxLength: 2_000 }), (polite, bytes) => {
      const recorder = new Recorder();
      const reader = polite ? shaken(recorder) : new WireReader(recorder, PIECES);
      try {
        reader.push(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
    { numRuns: 500 },
  );
});

describe("refused before anything of it is kept", () => {
  test.each([
    ["a bitfield of 4 GB", head(0xff_ff_ff_ff, MESSAGE.bitfield)],
    ["a bitfield of another torrent", head(1 + 200, MESSAGE.bitfield)],
    ["a block of 4 GB", head(0xff_ff_ff_ff, MESSAGE.piece)],
    ["a block beyond the longest", head(9 + BLOCK_MAX_BYTES + 1, MESSAGE.piece)],
    ["a block message without its head", head(8, MESSAGE.piece)],
    ["an unknown message of 64 KiB and one", head(64 * 1024 + 1, 20)],
    ["a choke with a body", head(2, MESSAGE.choke)],
    ["a have that is too short", head(4, MESSAGE.have)],
    ["a suggestion that is too long", head(6, MESSAGE.suggest)],
    ["a request that is too long", head(14, MESSAGE.request)],
  ])("%s", (_name, bytes) => {
    expect(() => shaken(new Recorder()).push(bytes)).toThrow(WireError);
  });

  test("a handshake of something else", () => {
    const reader = new WireReader(new Recorder(), PIECES);
    expect(() => reader.push(Buffer.from("GET / HTTP/1.1\r\n".repeat(5)))).toThrow(WireError);
  });
});

test("that a peer has all or nothing is said once, before all else: for five bytes it would be the work of all pieces", () => {
  const openings = [encodeFlag(MESSAGE.haveAll), encodeFlag(MESSAGE.haveNone)];
  const block = encodePieceHead({ piece: 1, begin: 0, length: 9 });
  for (const late of openings)
    for (const before of [...openings, encodeHave(3), Buffer.concat([block, Buffer.alloc(9)])]) {
      const reader = shaken(new Recorder());
      reader.push(Buffer.concat([rawMessage(20, Buffer.alloc(3)), before]));
      expect(() => reader.push(late)).toThrow(WireError);
    }
});

test("a bitfield may come later too, as aria2 sends one in place of many haves", () => {
  const recorder = new Recorder();
  const bytes = encodeBitfield(new Bitfield(PIECES));
  shaken(recorder).push(Buffer.concat([encodeFlag(MESSAGE.haveNone), encodeHave(3), bytes]));
  expect(recorder.calls.at(-1)).toEqual(["bitfield", "00".repeat(Math.ceil(PIECES / 8))]);
});

test("a block of the greatest length lands in its place, once", () => {
  const recorder = new Recorder();
  const reader = shaken(recorder);
  const content = Buffer.alloc(BLOCK_MAX_BYTES, 7);
  reader.push(Buffer.concat([encodePieceHead({ piece: 1, begin: 0, length: content.length }), content]));
  expect(recorder.blocks).toHaveLength(1);
  expect(content.equals(recorder.blocks[0]!)).toBe(true);
  expect(recorder.blockedBytes).toBe(content.length);
});

test("a block that is not wanted is passed over, and what follows it is read", () => {
  const recorder = new Recorder();
  recorder.refuseBlocks = true;
  const reader = shaken(recorder);
  const block = { piece: 1, begin: 0, length: 100 };
  reader.push(Buffer.concat([encodePieceHead(block), Buffer.alloc(100), encodeHave(3)]));
  expect(recorder.calls.at(-1)).toEqual(["have", 3]);
  expect(recorder.blockedBytes).toBe(100);
});

test("nothing is written to a block's place after it was dropped", () => {
  const recorder = new Recorder();
  const reader = shaken(recorder);
  const block = { piece: 1, begin: 0, length: 100 };
  reader.push(Buffer.concat([encodePieceHead(block), Buffer.alloc(40, 9)]));
  reader.dropBlock(2);
  reader.push(Buffer.alloc(10, 9));
  reader.dropBlock(1);
  reader.push(Buffer.concat([Buffer.alloc(50, 9), encodeHave(3)]));
  expect(recorder.blocks[0]!.filter((byte) => byte === 9)).toHaveLength(50);
  expect(recorder.calls.slice(1)).toEqual([["have", 3]]);
});

test("nothing of a chunk is read after the reader was stopped in the midst of it", () => {
  const recorder = new Recorder();
  const reader = shaken(recorder);
  recorder.choke = () => reader.stop();
  reader.push(Buffer.concat([encodeFlag(MESSAGE.choke), encodeHave(3)]));
  reader.push(encodeHave(4));
  expect(recorder.calls).toHaveLength(1);
});
