import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { carry } from "../../src/remote/uplink-pipe.ts";
import { tempDir } from "../release/temp-dir.ts";

const MIB = 1024 * 1024;

/** Both ends of a Unix socket. Nobody reads what arrives at `program`. */
async function socketToProgram(): Promise<{ readonly local: Socket; readonly program: Socket }> {
  const dir = tempDir();
  onTestFinished(() => dir[Symbol.dispose]());
  const server = createServer({ pauseOnConnect: true }).listen(join(dir.path, "socket"));
  onTestFinished(() => void server.close());
  const local = connect(join(dir.path, "socket"));
  const [program] = (await once(server, "connection")) as [Socket];
  onTestFinished(() => void program.destroy());
  return { local, program };
}

test("it is over where a program hangs up while the other end has said all, and was not heard", async () => {
  const { local, program } = await socketToProgram();
  const input = new PassThrough({ highWaterMark: 8 * MIB });
  const output = new PassThrough().resume();
  const carried = carry(local, { input, output }, "plain");
  for (let mib = 0; mib < 4; mib++) input.write(Buffer.alloc(MIB));
  input.end();
  await sleep(50);
  expect(input.writableFinished).toBe(true);
  expect(input.readableLength).toBeGreaterThan(MIB);
  program.end();
  await carried;
  expect([local.destroyed, input.destroyed]).toEqual([true, true]);
}, 5_000);
