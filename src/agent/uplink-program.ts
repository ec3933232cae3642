import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { messageOf } from "../core/errors.ts";
import { errnoOf } from "../release/errno.ts";
import { bestCoding, carry, greetingOf } from "../remote/uplink-pipe.ts";

const NEW_LINE = 10;

/**
 * The other life of this program: it connects the runner, at its stdin and stdout, with the agent's private socket, and ends with either. Says first how it
 * codes what it carries.
 */
export async function runUplink(socketPath: string): Promise<never> {
  let code = 0;
  try {
    const agent = connect(socketPath);
    await once(agent, "connect");
    const coding = bestCoding();
    process.stdout.write(`${greetingOf(coding)}\n`);
    await passOverLines(process.stdin);
    await carry(agent, { input: process.stdin, output: process.stdout }, coding);
  } catch (error) {
    code = 1;
    process.stderr.write(`uplink: ${messageOf(error)}\n`);
  }
  await removeLeftSocket(socketPath);
  process.exit(code);
}

/** An agent that was killed leaves its socket, and the folder that it made for it. */
async function removeLeftSocket(path: string): Promise<void> {
  try {
    await once(connect(path), "connect");
  } catch (error) {
    if (errnoOf(error) === "ECONNREFUSED") rmSync(dirname(path), { recursive: true });
  }
}

/** The runner sends empty lines first, for login scripts that read one. What it means for us begins with another byte. */
async function passOverLines(input: Readable): Promise<void> {
  for (;;) {
    const chunk: Buffer | null = input.read();
    if (chunk === null) {
      if (input.readableEnded) return;
      await Promise.race([once(input, "readable"), once(input, "end")]);
      continue;
    }
    const start = chunk.findIndex((byte) => byte !== NEW_LINE);
    if (start === -1) continue;
    input.unshift(chunk.subarray(start));
    return;
  }
}
