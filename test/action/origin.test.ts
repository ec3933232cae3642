import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type FromOrigin, fromOrigin, type ToOrigin } from "../../src/contract.ts";
import { MessageChannel } from "../../src/remote/message-channel.ts";
import { startAnnouncing } from "../../src/swarm/announcer.ts";
import { until } from "../swarm/test-swarm.ts";

const ORIGIN = join(import.meta.dirname, "../../dist/origin.cjs");
const INFO_HASH = "ab".repeat(20);

/** The real program, told to track. */
async function startTracking() {
  const child = spawn(process.execPath, [ORIGIN], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const channel = new MessageChannel<FromOrigin, ToOrigin>({
    input: child.stdout,
    output: child.stdin,
    schema: fromOrigin,
    peerName: "the origin",
  });
  const messages = channel[Symbol.asyncIterator]();
  const next = async <Type extends FromOrigin["type"]>(type: Type) => {
    const { value } = await messages.next();
    if (value?.type !== type) throw new Error(`not ${type}: ${JSON.stringify(value)}`);
    return value as Extract<FromOrigin, { type: Type }>;
  };
  await next("hello");
  await channel.send({ type: "track", infoHash: INFO_HASH, trackerPorts: { from: 0, to: 0 } });
  const { trackerPort } = await next("serving");
  const announce = (token: string) => {
    const announcer = startAnnouncing({
      url: `http://127.0.0.1:${trackerPort}/announce?token=${token}`,
      infoHash: Buffer.from(INFO_HASH, "hex"),
      peerId: Buffer.alloc(20, token),
      port: 7_000,
      left: () => 1,
      onPeers: () => {},
      onNamed: (host) => names.push(host),
    });
    const names: string[] = [];
    onTestFinished(() => announcer[Symbol.asyncDispose]());
    return { announcer, names };
  };
  return { channel, next, announce };
}

const [WRONG, PLAIN, NAMED] = ["a".repeat(32), "b".repeat(32), "c".repeat(32)] as const;

test("an address= that can't be resolved is the affair of its target: it is told so, and the others are let in", async () => {
  const { channel, next, announce } = await startTracking();
  const wrong = "web-3.fleet.invalid";
  await channel.send({ type: "admit", token: WRONG, addresses: ["127.0.0.1"], announceAs: wrong });
  await channel.send({ type: "admit", token: PLAIN, addresses: ["127.0.0.1"], announceAs: null });
  await channel.send({ type: "admit", token: NAMED, addresses: [], announceAs: "localhost" });
  const [refused, named, resolved] = [WRONG, PLAIN, NAMED].map(announce);
  await until(() => named!.names.length > 0 && resolved!.names.length > 0);
  await until(() => refused!.announcer.lastError?.includes(wrong) === true);
  expect(refused!.announcer.lastError).toContain(`address= in the inventory: "${wrong}" cannot be resolved`);
  expect(named!.names[0]).toBe("127.0.0.1");
  expect(resolved!.names[0]).toMatch(/^(127\.0\.0\.1|::1)$/);
  await channel.send({ type: "finish" });
  await next("finished");
});
