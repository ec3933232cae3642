import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import Wire from "bittorrent-protocol";
import { afterEach, expect, test } from "vitest";
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
  KEEP_ALIVE,
  MESSAGE,
} from "../../src/core/wire-messages.ts";
import { type WireHandler, WireReader } from "../../src/core/wire-reader.ts";

const INFO_HASH = "ab".repeat(20);
const OUR_ID = Buffer.from("-MU0100-aaaaaaaaaaaa");
const THEIR_ID = Buffer.from("-XX0100-bbbbbbbbbbbb");
const PIECES = 20;

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** Our end of a real socket, and their codec at the other. */
async function pair(): Promise<{ ours: Socket; wire: Wire }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const ours = connect((address as { port: number }).port, "127.0.0.1");
  const [theirs] = (await once(server, "connection")) as [Socket];
  server.close();
  open.push(ours, theirs);
  const wire = new Wire();
  wire.on("error", () => {});
  theirs.pipe(wire).pipe(theirs);
  return { ours, wire };
}

test("what we write, bittorrent-protocol reads", async () => {
  const { ours, wire } = await pair();
  const heard: unknown[] = [];
  wire.on("handshake", (infoHash: string, peerId: string, extensions: { fast: boolean }) => {
    heard.push(["handshake", infoHash, peerId, extensions.fast]);
    wire.handshake(INFO_HASH, THEIR_ID.toString("hex"), { fast: true });
  });
  const simple = ["choke", "unchoke", "interested", "uninterested", "have-all", "have-none", "keep-alive"];
  for (const event of simple) wire.on(event, () => heard.push([event]));
  for (const event of ["have", "suggest", "cancel", "reject"])
    wire.on(event, (...values: number[]) => heard.push([event, ...values]));
  wire.on("bitfield", () =>
    heard.push(["bitfield", [0, 1, 2, 3].map((piece) => wire.peerPieces.get(piece))]),
  );
  wire.on("request", (...values: unknown[]) => heard.push(["request", ...values.slice(0, 3)]));
  wire.on("piece", (piece: number, begin: number, block: Uint8Array) =>
    heard.push(["piece", piece, begin, Buffer.from(block).toString()]),
  );

  ours.write(encodeHandshake({ infoHash: Buffer.from(INFO_HASH, "hex"), peerId: OUR_ID, fast: true }));
  await once(wire, "handshake");
  const some = new Bitfield(PIECES);
  some.add(0);
  some.add(2);
  const block = { piece: 3, begin: 16_384, length: 16_384 };
  ours.write(
    Buffer.concat([
      encodeBitfield(some),
      encodeHave(7),
      encodeSuggest(5),
      encodeFlag(MESSAGE.haveNone),
      encodeFlag(MESSAGE.haveAll),
      KEEP_ALIVE,
      encodeFlag(MESSAGE.interested),
      encodeFlag(MESSAGE.unchoke),
    ]),
  );
  await once(wire, "unchoke");
  // They unchoke us too, so that they take our request, and ask for what we then reject or send.
  wire.unchoke();
  wire.request(5, 0, 4, () => {});
  wire.request(6, 0, 4, () => {});
  ours.write(
    Buffer.concat([
      encodeBlockMessage(MESSAGE.request, block),
      encodeBlockMessage(MESSAGE.cancel, block),
      encodeBlockMessage(MESSAGE.reject, { piece: 5, begin: 0, length: 4 }),
      encodePieceHead({ piece: 6, begin: 0, length: 4 }),
      Buffer.from("data"),
      encodeFlag(MESSAGE.notInterested),
      encodeFlag(MESSAGE.choke),
    ]),
  );
  await once(wire, "choke");
  expect(heard).toEqual([
    ["handshake", INFO_HASH, OUR_ID.toString("hex"), true],
    ["bitfield", [true, false, true, false]],
    ["have", 7],
    ["suggest", 5],
    ["have-none"],
    ["have-all"],
    ["keep-alive"],
    ["interested"],
    ["unchoke"],
    ["request", 3, 16_384, 16_384],
    ["cancel", 3, 16_384, 16_384],
    ["reject", 5, 0, 4],
    ["piece", 6, 0, "data"],
    ["uninterested"],
    ["choke"],
  ]);
});

test("what bittorrent-protocol writes, we read", async () => {
  const { ours, wire } = await pair();
  const heard: unknown[] = [];
  const into = Buffer.alloc(4);
  const note =
    (name: string) =>
    (...values: unknown[]) =>
      void heard.push([name, ...values]);
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const handler: WireHandler = {
    handshake: ({ infoHash, peerId, fast }) =>
      heard.push(["handshake", infoHash.toString("hex"), peerId.toString(), fast]),
    choke: () => {
      heard.push(["choke"]);
      ended();
    },
    unchoke: note("unchoke"),
    interested: note("interested"),
    have: note("have"),
    suggest: note("suggest"),
    bitfield: (bytes) => heard.push(["bitfield", Buffer.from(bytes).toString("hex")]),
    haveAll: note("haveAll"),
    request: note("request"),
    cancel: note("cancel"),
    reject: note("reject"),
    blockStarts: () => into,
    blockBytes: () => {},
    blockEnds: (block: BlockRequest) => heard.push(["block", block, into.toString()]),
  };
  const reader = new WireReader(handler, PIECES);
  ours.on("data", (chunk: Buffer) => reader.push(chunk));
  ours.write(encodeHandshake({ infoHash: Buffer.from(INFO_HASH, "hex"), peerId: OUR_ID, fast: true }));
  await once(wire, "handshake");
  wire.handshake(INFO_HASH, THEIR_ID.toString("hex"), { fast: true });
  wire.haveAll();
  wire.bitfield(Uint8Array.of(0xa0, 0, 0));
  wire.have(7);
  wire.suggest(5);
  wire.port(6881);
  wire.interested();
  wire.unchoke();
  ours.write(encodeFlag(MESSAGE.unchoke));
  await once(wire, "unchoke");
  wire.request(5, 0, 4, () => {});
  wire.cancel(5, 0, 4);
  wire.on(
    "request",
    (_piece: number, _begin: number, _length: number, respond: (e: null, b: Buffer) => void) =>
      respond(null, Buffer.from("data")),
  );
  ours.write(encodeBlockMessage(MESSAGE.request, { piece: 6, begin: 8, length: 4 }));
  await once(wire, "upload");
  wire.reject(1, 2, 3);
  wire.uninterested();
  wire.choke();
  await end;
  expect(heard).toEqual([
    ["handshake", INFO_HASH, THEIR_ID.toString(), true],
    ["haveAll"],
    ["bitfield", "a00000"],
    ["have", 7],
    ["suggest", 5],
    ["interested", true],
    ["unchoke"],
    ["request", { piece: 5, begin: 0, length: 4 }],
    ["cancel", { piece: 5, begin: 0, length: 4 }],
    ["block", { piece: 6, begin: 8, length: 4 }, "data"],
    ["reject", { piece: 1, begin: 2, length: 3 }],
    ["interested", false],
    ["choke"],
  ]);
});
