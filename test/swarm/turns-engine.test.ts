import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as tls from "node:tls";
import Wire from "bittorrent-protocol";
import { expect, onTestFinished, test } from "vitest";
import { encodeBlockMessage, encodeFlag, MESSAGE } from "../../src/core/wire-messages.ts";
import { startTurnsEngine } from "../../src/swarm/turns-engine.ts";
import { RawPeer, Relay } from "../support/raw-peer.ts";
import { engineSuite } from "./engine-suite.ts";
import { TestSwarm, until } from "./test-swarm.ts";

engineSuite("the engine by turns", startTurnsEngine, { encrypts: true });

function start(encrypted: boolean): TestSwarm {
  return new TestSwarm({ startEngine: startTurnsEngine, encrypted });
}

test.each([true, false])(
  "who asks without reading the answers is dropped before they fill the memory (encrypted: %j)",
  async (encrypted) => {
    await using swarm = start(encrypted);
    const seeder = await swarm.seed();
    using raw = await RawPeer.connect(seeder.engine.port, swarm.key);
    raw.shakeHands(swarm.infoHash);
    const request = encodeBlockMessage(MESSAGE.request, { piece: 1, begin: 0, length: 16_384 });
    const many = Buffer.concat(Array(4_096).fill(request));
    let closed = false;
    void raw.closed.then(() => {
      closed = true;
    });
    const send = (error?: Error | null) => {
      if (!closed && !error) raw.socket.write(many, (failed) => void setImmediate(send, failed));
    };
    send();
    await until(() => closed);
    await swarm.finish([await swarm.join()]);
  },
);

test("a peer that reads nothing has no more read for it than its connection takes", async () => {
  await using swarm = new TestSwarm({
    startEngine: startTurnsEngine,
    encrypted: false,
    lengthBytes: 16_000_000,
  });
  const seeder = await swarm.seed();
  using raw = await RawPeer.connect(seeder.engine.port, null);
  raw.socket.pause();
  raw.shakeHands(swarm.infoHash);
  raw.send(encodeFlag(MESSAGE.interested));
  await sleep(100);
  for (let piece = 0; piece < 240; piece++) {
    for (let begin = 0; begin < 65_536; begin += 16_384)
      raw.send(encodeBlockMessage(MESSAGE.request, { piece, begin, length: 16_384 }));
  }
  await sleep(300);
  // What the kernel takes for a connection is 4 MiB on Linux (tcp_wmem).
  expect(seeder.store.reads).toBeLessThanOrEqual(100);
});

test.concurrent.each([
  ["the first seeder", true],
  ["another", false],
])(
  "a peer that asks for the same piece again and again is sent it each time by %s",
  async (_, firstSeeder) => {
    await using swarm = start(false);
    const full = await swarm.seed({ firstSeeder });
    using raw = await RawPeer.connect(full.engine.port, null);
    raw.read();
    raw.shakeHands(swarm.infoHash);
    raw.send(encodeFlag(MESSAGE.interested));
    await sleep(200);
    const receivedBytes = () => raw.received.reduce((total, chunk) => total + chunk.length, 0);
    for (let time = 1; time <= 3; time++) {
      for (let begin = 0; begin < 65_536; begin += 16_384)
        raw.send(encodeBlockMessage(MESSAGE.request, { piece: 1, begin, length: 16_384 }));
      await until(() => receivedBytes() > time * 65_536, 10_000);
      // It never says that it has the piece, so that the turn ends by itself.
      await sleep(2_500);
    }
  },
);

test("a flood of connections is bounded, and those who are connected do not notice", async () => {
  await using swarm = new TestSwarm({
    startEngine: startTurnsEngine,
    encrypted: false,
    lengthBytes: 2_000_000,
  });
  const seeder = await swarm.seed({ uploadLimitBytesPerSecond: 2_000_000 });
  const peer = await swarm.join();
  await until(() => peer.store.have.count > 2);
  let open = 0;
  const sockets = Array.from({ length: 450 }, () => connect(seeder.engine.port, "127.0.0.1"));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) {
    socket.on("error", () => {});
    socket.once("connect", () => {
      open += 1;
    });
    socket.once("close", () => {
      open -= 1;
    });
    socket.resume();
  }
  await swarm.finish([peer]);
  await until(() => open <= 400);
});

test("a certificate that the system trusts does not stand in for the key", async () => {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-certificate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  execFileSync(
    "openssl",
    [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...["-subj", "/CN=peer.example.com", "-keyout", keyFile, "-out", certFile],
    ],
    { stdio: "ignore" },
  );
  const cert = readFileSync(certFile, "utf8");
  const trusted = tls.getCACertificates();
  tls.setDefaultCACertificates([...trusted, cert]);
  onTestFinished(() => tls.setDefaultCACertificates(trusted));
  const impostor = tls.createServer({ cert, key: readFileSync(keyFile) });
  const heard: Buffer[] = [];
  impostor.on("tlsClientError", () => {});
  impostor.on("secureConnection", (socket) => socket.on("data", (chunk: Buffer) => heard.push(chunk)));
  impostor.listen(0, "127.0.0.1");
  await once(impostor, "listening");
  onTestFinished(() => void impostor.close());

  await using swarm = start(true);
  const address = { host: "127.0.0.1", port: (impostor.address() as AddressInfo).port };
  const peer = await swarm.join(undefined, { seeders: [address] });
  await until(() => peer.engine.stats().lastConnectError !== undefined);
  await sleep(100);
  expect(Buffer.concat(heard).includes("BitTorrent")).toBe(false);
  expect(peer.engine.stats().peers).toBe(0);
});

test("a client without the fast extension that asks for everything at once gets everything", async () => {
  await using swarm = start(false);
  const seeder = await swarm.seed();
  const socket = connect(seeder.engine.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  const wire = new Wire();
  wire.on("error", () => {});
  socket.pipe(wire).pipe(socket);
  const got = Buffer.alloc(swarm.data.torrent.lengthBytes);
  const lacking = new Set<number>();
  for (let at = 0; at < got.length; at += 16_384) lacking.add(at);
  wire.on("handshake", () => wire.interested());
  wire.on("unchoke", () => {
    for (const at of lacking) {
      const length = Math.min(16_384, got.length - at);
      wire.request(Math.floor(at / 65_536), at % 65_536, length, (_error, block) => {
        if (block && lacking.delete(at)) got.set(block, at);
      });
    }
  });
  wire.handshake(swarm.infoHash, randomBytes(20).toString("hex"), { fast: false });
  await until(() => lacking.size === 0);
  expect(got.equals(swarm.data.content)).toBe(true);
});

test("where no more peers are there than turns, the first seeder still hands each piece out about once", async () => {
  await using swarm = new TestSwarm({
    startEngine: startTurnsEngine,
    encrypted: true,
    lengthBytes: 4_000_000,
  });
  const limit = { uploadLimitBytesPerSecond: 4_000_000 };
  const seeder = await swarm.seed(limit);
  const peers = [
    await swarm.join(undefined, limit),
    await swarm.join(undefined, limit),
    await swarm.join(undefined, limit),
  ];
  await swarm.finish(peers);
  expect(seeder.engine.stats().bytesUploaded / 4_000_000).toBeLessThan(1.3);
});

test("a client that looks after its requests twice a second is asked for much at once", async () => {
  await using swarm = start(false);
  const asked: { piece: number; begin: number; length: number; answer: (block: Uint8Array) => void }[] = [];
  const server = createServer((socket) => {
    const wire = new Wire();
    socket.on("error", () => {});
    wire.on("error", () => {});
    socket.pipe(wire).pipe(socket);
    wire.on("handshake", (infoHash) => {
      wire.handshake(infoHash, randomBytes(20).toString("hex"), { fast: false });
      wire.bitfield(Buffer.from([0xff, 0xff]));
      wire.unchoke();
    });
    wire.on("request", (piece, begin, length, respond) =>
      asked.push({ piece, begin, length, answer: (block) => respond(null, block) }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  let looks = 0;
  const look = setInterval(() => {
    if (asked.length > 0) looks += 1;
    for (const { piece, begin, length, answer } of asked.splice(0)) {
      const at = piece * 65_536 + begin;
      answer(swarm.data.content.subarray(at, at + length));
    }
  }, 500);
  onTestFinished(() => clearInterval(look));
  const peer = await swarm.join();
  peer.engine.addPeer({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  await swarm.finish([peer]);
  // One for the manifest's piece, one or two for the other 15.
  expect(looks).toBeLessThanOrEqual(4);
});

test("a single target far away is not left waiting for a round trip after every piece", async () => {
  const data = { lengthBytes: 8_000_000, pieceLengthBytes: 131_072 };
  await using swarm = new TestSwarm({ startEngine: startTurnsEngine, encrypted: true, ...data });
  const seeder = await swarm.seed();
  await using far = await Relay.start(seeder.address, { delayMs: 100 });
  const sinceMs = performance.now();
  await swarm.finish([await swarm.join(undefined, { seeders: [far.address] })]);
  // One piece at a time would be 62 round trips of 200 ms.
  expect(performance.now() - sinceMs).toBeLessThan(8_000);
  expect(seeder.engine.stats().bytesUploaded / data.lengthBytes).toBeLessThan(1.1);
});
