import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { type FromAgent, fromAgent, type ToAgent } from "../../src/contract.ts";
import { MessageChannel } from "../../src/remote/message-channel.ts";

const HELLO = { type: "hello", version: 1, program: "agent", node: "v24.0.0", platform: "linux-x64" };
const COMMITTED = { type: "committed", release: "r" };

/** What is read of a text that comes in these parts. */
async function read(parts: readonly string[], { skipNoise = true } = {}): Promise<FromAgent[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  const options = { input, output, schema: fromAgent, peerName: "web-1", skipNoise };
  const channel = new MessageChannel<FromAgent, ToAgent>(options);
  for (const part of parts) input.write(part);
  input.end();
  const messages: FromAgent[] = [];
  for await (const message of channel) messages.push(message);
  return messages;
}

const lineOf = (message: object) => `${JSON.stringify(message)}\n`;

test("messages are found behind whatever a login shell prints, with a newline at its end or without", async () => {
  const noises = [
    "",
    "Welcome",
    "Welcome\n",
    '{"type":"hello"}\n',
    '{"a":',
    '{"type":"',
    "42\n[]\nnull\n",
    "\r\n",
  ];
  for (const noise of noises) expect(await read([noise, lineOf(HELLO)])).toEqual([HELLO]);
});

test("what a start-up file left running may print later", async () => {
  const parts = [lineOf(HELLO), "late\n", "later", lineOf(COMMITTED), "\n", "last words"];
  expect(await read(parts)).toEqual([HELLO, COMMITTED]);
});

test("a message of another version is no noise once the program speaks", async () => {
  await expect(read([lineOf(HELLO), lineOf({ type: "novelty" })])).rejects.toMatchObject({
    code: "CONTRACT_VIOLATED",
    message: expect.stringMatching(/^web-1 sent what this version does not understand: .*novelty/),
  });
});

test("where no login shell stands before the program, what is no message ends the conversation", async () => {
  for (const noise of ["Welcome\n", "42\n", `Welcome${lineOf(COMMITTED)}`]) {
    const reading = read([lineOf(HELLO), noise], { skipNoise: false });
    await expect(reading).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
  }
});

test("noise has an end, and so has a line", async () => {
  const noise = "news of the day\n".repeat(20_000);
  const unfit = {
    code: "LOGIN_SHELL_UNFIT",
    message: expect.stringMatching(/web-1: .*more than 256 KiB.*"news of the day"/),
  };
  await expect(read([noise, lineOf(HELLO)])).rejects.toMatchObject(unfit);
  await expect(read([lineOf(HELLO), noise, lineOf(COMMITTED)])).rejects.toMatchObject(unfit);
  await expect(read(["x".repeat(5 * 1024 * 1024)])).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
});
