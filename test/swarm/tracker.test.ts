import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import bencode from "bencode";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Announcer, startAnnouncing } from "../../src/swarm/announcer.ts";
import type { PeerAddress } from "../../src/swarm/engine.ts";
import { newPeerId } from "../../src/swarm/peer-id.ts";
import { Tracker } from "../../src/swarm/tracker-server.ts";
import { until } from "./test-swarm.ts";

const INFO_HASH = "ab".repeat(20);
const LOOPBACK = { addresses: ["127.0.0.1"], announceAs: null };
const ANY_PORT = { from: 0, to: 0 };

async function startTracker(ports = ANY_PORT): Promise<{ tracker: Tracker; port: number; log: string[] }> {
  const log: string[] = [];
  const tracker = new Tracker(INFO_HASH, (line) => log.push(line));
  onTestFinished(() => tracker[Symbol.asyncDispose]());
  const port = await tracker.listen(ports);
  return { tracker, port, log };
}

interface Announcing {
  readonly announcer: Announcer;
  readonly answers: (readonly PeerAddress[])[];
  /** At which addresses the tracker says that it names it to others. */
  readonly names: string[];
}

function announce(
  port: number,
  {
    host = "127.0.0.1",
    token = "t",
    peerPort = 7_000,
    infoHash = INFO_HASH,
    left = 1,
    zone = null as string | null,
  } = {},
): Announcing {
  const answers: (readonly PeerAddress[])[] = [];
  const names: string[] = [];
  const announcer = startAnnouncing({
    url: `http://${host}:${port}/announce?token=${token}`,
    infoHash: Buffer.from(infoHash, "hex"),
    peerId: newPeerId(zone),
    port: peerPort,
    left: () => left,
    onPeers: (peers) => answers.push(peers),
    onNamed: (host) => names.push(host),
  });
  onTestFinished(() => announcer[Symbol.asyncDispose]());
  return { announcer, answers, names };
}

async function refusalOf({ announcer, answers }: Announcing): Promise<string> {
  await until(() => announcer.lastError !== undefined);
  expect(answers).toEqual([]);
  return announcer.lastError!;
}

/** A server that answers every connection with the same bytes. */
async function startAnswering(answer: (socket: Socket, request: string) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", (data: Buffer) => answer(socket, data.toString("latin1")));
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function httpAnswer(body: Uint8Array | string): Buffer {
  const bytes = Buffer.from(body as string);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`),
    bytes,
  ]);
}

test("everybody is told at which address others are told to find it", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  tracker.admit("u", { addresses: [], announceAs: "2001:db8::7" });
  const named = ["t", "u"].map((token) => announce(port, { token }).names);
  await until(() => named.every((names) => names.length > 0));
  expect(named).toEqual([["127.0.0.1"], ["2001:db8::7"]]);
});

test("two that were admitted are told of each other", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const first = announce(port, { peerPort: 7_001 });
  await until(() => first.answers.length > 0);
  const second = announce(port, { peerPort: 7_002 });
  await until(() => second.answers.length > 0);
  expect(second.answers[0]).toContainEqual({ host: "127.0.0.1", port: 7_001 });
  expect(second.announcer.lastError).toBeUndefined();
});

test.each(["", "wrong", "t&token=t", "__proto__"])("token %j is refused", async (token) => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  expect(await refusalOf(announce(port, { token }))).toContain("not a target of this run");
});

test("a token from another host is refused, and the sentence says what to set", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", { addresses: ["10.77.0.9"], announceAs: null });
  const refusal = await refusalOf(announce(port));
  expect(refusal).toContain("127.0.0.1 is not one of this target's addresses");
  expect(refusal).toContain("address=");
});

test("a scrape, which needs no token, tells nothing", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const { answers } = announce(port);
  await until(() => answers.length > 0);
  const response = await fetch(`http://127.0.0.1:${port}/scrape`);
  expect([response.status, await response.text()]).toEqual([404, ""]);
});

test("a target whose announce crosses a NAT is let in where the inventory gives its address", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("nat", { addresses: ["192.0.2.1"], announceAs: "192.0.2.9" });
  tracker.admit("t", LOOPBACK);
  const behindNat = announce(port, { token: "nat", peerPort: 7_001 });
  await until(() => behindNat.answers.length > 0);
  const { answers } = announce(port);
  await until(() => answers.flat().some(({ host, port }) => host === "192.0.2.9" && port === 7_001));
});

test("another torrent is refused", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  expect(await refusalOf(announce(port, { infoHash: "cd".repeat(20) }))).toContain("another torrent");
});

test("a target behind another address is announced under that one, IPv6 too", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("four", { addresses: ["127.0.0.1"], announceAs: "10.77.3.4" });
  tracker.admit("six", { addresses: ["127.0.0.1"], announceAs: "2001:db8::6" });
  const four = announce(port, { token: "four", peerPort: 7_004 });
  await until(() => four.answers.length > 0);
  const six = announce(port, { token: "six", peerPort: 7_006 });
  await until(() => six.answers.length > 0);
  tracker.admit("t", LOOPBACK);
  const asks = announce(port);
  await until(() => asks.answers.length > 0);
  expect(asks.answers[0]).toContainEqual({ host: "10.77.3.4", port: 7_004 });
  expect(asks.answers[0]).toContainEqual({ host: "2001:db8::6", port: 7_006 });
});

test("a target is let in by its address however that is written, and told in the form that all know", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("four", { addresses: ["::ffff:127.0.0.1"], announceAs: null });
  tracker.admit("six", { addresses: ["0:0:0:0:0:0:0:1"], announceAs: null });
  tracker.admit("mapped", { addresses: [], announceAs: "::ffff:10.77.3.4" });
  const peers = ["four", "six", "mapped"].map((token, index) =>
    announce(port, { token, host: token === "six" ? "[::1]" : "127.0.0.1", peerPort: 7_001 + index }),
  );
  await until(() => peers.every(({ answers }) => answers.length > 0));
  // Of both families together, as BEP 7 has it: a peer knows best which it can reach.
  tracker.admit("t", LOOPBACK);
  const asks = announce(port);
  await until(() => asks.answers.length > 0);
  for (const peer of [
    { host: "127.0.0.1", port: 7_001 },
    { host: "::1", port: 7_002 },
    { host: "10.77.3.4", port: 7_003 },
  ])
    expect(asks.answers[0]).toContainEqual(peer);
});

test("who stops says so, and nobody is sent there any more", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const leaver = announce(port, { peerPort: 7_001 });
  await until(() => leaver.answers.length > 0);
  await leaver.announcer[Symbol.asyncDispose]();
  const asks = announce(port, { peerPort: 7_002 });
  await until(() => asks.answers.length > 0);
  expect(asks.answers[0]!.some((peer) => peer.port === 7_001)).toBe(false);
});

test("a tracker that is down and comes up again is found within seconds", async () => {
  const reserved = await startTracker();
  const { port } = reserved;
  await reserved.tracker[Symbol.asyncDispose]();
  const waiting = announce(port);
  await until(() => waiting.announcer.lastError !== undefined);
  const { tracker } = await startTracker({ from: port, to: port });
  tracker.admit("t", LOOPBACK);
  await until(() => waiting.answers.length > 0, 5_000);
  expect(waiting.announcer.lastError).toBeUndefined();
});

test("malformed requests do not end the tracker", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const requests = [
    "\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET /announce HTTP/1.1\r\nHost: a\r\n\r\n",
    `GET /announce?info_hash=${"%ab".repeat(20)}&info_hash=x&peer_id=y&port=99999 HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET /announce?token=t&info_hash=${"%ab".repeat(20)}&peer_id=${"x".repeat(20)}&port=80.5&numwant=-1&left=x HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET /announce?token=t&info_hash=${"%ab".repeat(20)}&peer_id=${"x".repeat(20)}&port=80&event=nonsense HTTP/1.1\r\nHost: a\r\n\r\n`,
    "GET /announce?%E0%A4%A HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /scrape HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /scrape?info_hash=__proto__ HTTP/1.1\r\nHost: a\r\n\r\n",
    `GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`,
    "POST /announce HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n",
    randomBytes(1_000).toString("latin1"),
  ];
  for (const request of requests) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.resume();
    socket.write(request, "latin1");
    await Promise.race([once(socket, "close"), once(socket, "data"), sleep(200)]);
    socket.destroy();
  }
  const { answers } = announce(port);
  await until(() => answers.length > 0);
  for (const { port } of answers.flat()) expect(Number.isInteger(port)).toBe(true);
});

test("the tracker closes although somebody holds a connection open", async () => {
  const { tracker, port } = await startTracker();
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write("GET /announce");
  await once(socket, "connect");
  await sleep(50);
  await tracker[Symbol.asyncDispose]();
  socket.destroy();
});

test("a tracker port that is taken is an error with a code", async () => {
  const { port } = await startTracker();
  await expect(startTracker({ from: port, to: port })).rejects.toMatchObject({ code: "PEER_PORT_TAKEN" });
});

test.each<[string, Buffer | string, RegExp]>([
  ["is HTML", httpAnswer("<html>Bad gateway</html>"), /no tracker/],
  ["is a list", httpAnswer("le"), /no dictionary/],
  ["is empty", httpAnswer(""), /no tracker/],
  ["nests without end", httpAnswer("l".repeat(60_000)), /no tracker/],
  ["is a refusal", httpAnswer("d14:failure reason9:come backe"), /refused: come back/],
  ["is not HTTP", "hello\r\n\r\n", /./],
  ["ends half-way", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nd8:inter", /./],
])("an answer that %s is told as trouble", async (_name, answer, trouble) => {
  const port = await startAnswering((socket) => void socket.end(answer));
  expect(await refusalOf(announce(port))).toMatch(trouble);
});

test("an answer without end is cut off", async () => {
  let sent = 0;
  const port = await startAnswering((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    const chunk = Buffer.alloc(16_384, "d");
    const more = () => {
      sent += chunk.length;
      if (!socket.destroyed) socket.write(chunk, more);
    };
    more();
  });
  expect(await refusalOf(announce(port))).toMatch(/too long|aborted/);
  await sleep(100);
  expect(sent).toBeLessThan(20_000_000);
});

test("a tracker that says nothing is given up after five seconds", async () => {
  const port = await startAnswering(() => {});
  const waiting = announce(port);
  await until(() => waiting.announcer.lastError !== undefined, 7_000);
});

test("peers that nobody can dial are left out, and one peer has one name", async () => {
  const six = Buffer.from("20010db8000000000000000000000001", "hex");
  const body = bencode.encode({
    interval: 10_000_000,
    peers: Buffer.from([10, 77, 0, 1, 0x1b, 0x58, 10, 77, 0, 2, 0, 0, 9]),
    peers6: Buffer.concat([six, Buffer.from([0x1b, 0x58])]),
  });
  const port = await startAnswering((socket) => void socket.end(httpAnswer(body)));
  const { answers } = announce(port);
  await until(() => answers.length > 0);
  expect(answers[0]).toEqual([
    { host: "10.77.0.1", port: 7_000 },
    { host: "2001:db8::1", port: 7_000 },
  ]);
});

test("what is announced is what the tracker needs, in its encoding", async () => {
  const requests: string[] = [];
  const port = await startAnswering((socket, request) => {
    requests.push(request.split(" ")[1]!);
    socket.end(httpAnswer("d8:intervali15ee"));
  });
  const { announcer } = announce(port, { left: 5, peerPort: 7_003 });
  await until(() => requests.length > 0);
  await announcer[Symbol.asyncDispose]();
  expect(requests[0]).toContain(`info_hash=${"%ab".repeat(20)}`);
  expect(requests[0]).toContain("token=t&");
  expect(requests[0]).toMatch(/port=7003&.*left=5&compact=1.*event=started/);
  expect(requests.at(-1)).toContain("event=stopped");
});

test("nearly all peers that it names are of the same zone, and never the one that asks", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const there: Announcing[] = [];
  for (let at = 0; at < 50; at++)
    there.push(announce(port, { peerPort: 7_000 + at, zone: at % 2 === 0 ? "iad-a" : "fra-1" }));
  await until(() => there.every(({ answers }) => answers.length > 0));
  const { answers } = announce(port, { peerPort: 8_000, zone: "iad-a" });
  await until(() => answers.length > 0);
  const ports = answers[0]!.map((peer) => peer.port);
  expect(ports).toHaveLength(20);
  expect(ports.filter((named) => named % 2 === 0)).toHaveLength(16);
  expect(ports).not.toContain(8_000);
});

/** A peer like the announcer's, for many of them: one request, and what it was answered. */
async function announceOnce(trackerPort: number, peerPort: number): Promise<Buffer> {
  const hex = (bytes: Buffer) => bytes.toString("hex").replace(/../g, "%$&");
  const query = `token=t&port=${peerPort}&left=1&compact=1&numwant=20&event=started`;
  const ids = `info_hash=${hex(Buffer.from(INFO_HASH, "hex"))}&peer_id=${hex(newPeerId(null))}`;
  const response = await fetch(`http://127.0.0.1:${trackerPort}/announce?${query}&${ids}`);
  return Buffer.from(await response.arrayBuffer());
}

test("who has not been heard of for twenty minutes is no longer named, until it announces itself again", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const namesOf = async () => {
    const answer = bencode.decode(await announceOnce(port, 7_999)) as { peers: Uint8Array };
    const peers = Buffer.from(answer.peers);
    const ports = Array.from({ length: peers.length / 6 }, (_, index) => peers.readUInt16BE(6 * index + 4));
    return ports.filter((named) => named !== 7_999).toSorted();
  };
  for (let peerPort = 7_001; peerPort <= 7_030; peerPort++) await announceOnce(port, peerPort);
  expect(await namesOf()).toHaveLength(20);
  vi.useFakeTimers({ now: Date.now() + 21 * 60_000, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  await announceOnce(port, 7_005);
  expect(await namesOf()).toEqual([7_005]);
  await announceOnce(port, 7_006);
  expect(await namesOf()).toEqual([7_005, 7_006]);
});

test("an announce costs no more where thousands are there", async () => {
  const { tracker, port } = await startTracker();
  tracker.admit("t", LOOPBACK);
  const announceSome = async (from: number, count: number) => {
    for (let peerPort = from; peerPort < from + count; peerPort++) await announceOnce(port, peerPort);
  };
  /** The quickest of some, since the machine has other work. */
  const costMs = async () => {
    const all: number[] = [];
    for (let round = 0; round < 10; round++) {
      const before = process.cpuUsage();
      await announceSome(1, 10);
      const { user, system } = process.cpuUsage(before);
      all.push((user + system) / 1_000);
    }
    return Math.min(...all);
  };
  await announceSome(1, 200);
  const few = await costMs();
  await announceSome(1, 3_000);
  // It was three to four times.
  expect((await costMs()) / few).toBeLessThan(2.5);
});
