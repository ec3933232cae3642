import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FromAgent } from "../../src/contract.ts";
import { startAgentOverSsh } from "../../src/remote/ssh-agent-program.ts";
import { agentBundleOf } from "../../src/remote/ssh-agent-scripts.ts";
import type { SshConnection } from "../../src/remote/ssh-connection.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import type { ClientUnderTest } from "./client-under-test.ts";
import { addressOf, optionsFor } from "./connect-suite.ts";

const signal = new AbortController().signal;

/** Speaks the contract as an agent does: hello, an answer to each ping, the end with its stdin. `deaf` ignores that end. */
function bundleOf({ deaf = false, salt = "" } = {}) {
  const source = `// ${salt}
const { createInterface } = require("node:readline");
const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
console.error("started in " + process.cwd());
say({ type: "hello", version: 1, program: "agent", node: process.version, platform: "linux-x64" });
createInterface({ input: process.stdin })
  .on("line", (line) => {
    if (line === "") return;
    if (JSON.parse(line).type === "ping") say({ type: "committed", release: "pong" });
    if (JSON.parse(line).type === "finish") process.exit(5);
  })
  .on("close", () => ${deaf ? "setInterval(() => {}, 1000)" : "process.exit(0)"});
`;
  const bytes = Buffer.from(source);
  return agentBundleOf(bytes);
}

async function firstMessages(messages: AsyncIterable<FromAgent>, count: number): Promise<FromAgent[]> {
  const read: FromAgent[] = [];
  for await (const message of messages) {
    read.push(message);
    if (read.length === count) break;
  }
  return read;
}

const AGENT_DIR = "~/.cache/murmuration";
const OPTIONS = { bundle: bundleOf(), agentDir: AGENT_DIR };

/** An agent at the other end of whatever client carries the conversation, on real sshd. */
export function agentSuite(client: ClientUnderTest): void {
  describeWithOpenSsh(`starting the agent on real sshd, ${client.name}`, () => {
    let fleet: SshdFleet;
    const connect = (index: number, user = "root"): Promise<SshConnection> =>
      client.connect(addressOf(fleet, index, user), optionsFor(fleet, { retries: 3 }));
    const OLD_NODE = 1;
    const NO_NODE = 2;
    const TINY_HOME = 3;
    const NOISY = 4;
    const DASH = 5;
    beforeAll(async () => {
      fleet = await startSshdFleet({
        count: 6,
        targets: {
          [OLD_NODE]: { node: { kind: "pretended", version: "v16.20.2" } },
          [NO_NODE]: { node: { kind: "none" } },
          [TINY_HOME]: { homeSize: "16k" },
          [DASH]: { loginShell: "/bin/dash" },
        },
      });
      writeFileSync(
        `${fleet.targets[NOISY]?.rootPath}/root/.bashrc`,
        "echo Welcome to this machine; echo careful >&2\n",
      );
    }, 30_000);
    afterAll(async () => await fleet?.[Symbol.asyncDispose]());

    const homeOf = (index: number) => `${fleet.targets[index]?.rootPath}/root`;
    const agentFile = (index: number, sha256 = OPTIONS.bundle.sha256) =>
      join(homeOf(index), ".cache/murmuration", sha256, "agent.cjs");
    const isQuiet = (index: number) => fleet.processesOf(index).length === fleet.idleProcesses;

    test.each([0, NOISY, DASH])(
      "an agent is pushed, speaks, logs, and ends with its stdin (target %i)",
      async (index) => {
        const log: string[] = [];
        {
          await using connection = await connect(index);
          await using program = await startAgentOverSsh(
            connection,
            { ...OPTIONS, log: (line) => log.push(line) },
            { signal },
          );
          await program.channel.send({ type: "ping" });
          const messages = await firstMessages(program.channel, 2);
          expect(messages).toMatchObject([{ type: "hello" }, { type: "committed", release: "pong" }]);
          await eventually(() => program.lastWords().includes("started in /root"));
          expect(program.lastWords()).not.toContain("pid");
          program.channel.end();
          expect(await program.ended).toEqual({ kind: "exited", code: 0 });
        }
        expect(log).toContain("started in /root");
        expect(log.join()).not.toContain("@murmuration");
        expect(statSync(agentFile(index)).mode & 0o777).toBe(0o600);
        await eventually(() => isQuiet(index));
      },
    );

    test("an agent that is there is started again without a push; a damaged one is replaced", async () => {
      await using connection = await connect(0);
      const file = agentFile(0);
      const inode = () => statSync(file).ino;
      const run = async () => {
        await using program = await startAgentOverSsh(connection, OPTIONS, { signal });
        expect(await firstMessages(program.channel, 1)).toHaveLength(1);
      };
      await run();
      const first = inode();
      await run();
      expect(inode()).toBe(first);
      writeFileSync(file, Buffer.alloc(OPTIONS.bundle.bytes.length, "x"));
      await run();
      expect(readFileSync(file)).toEqual(OPTIONS.bundle.bytes);
      writeFileSync(file, "");
      await run();
      expect(readFileSync(file)).toEqual(OPTIONS.bundle.bytes);
    }, 15_000);

    test("the exit code of an agent is told", async () => {
      await using connection = await connect(0);
      await using program = await startAgentOverSsh(connection, OPTIONS, { signal });
      await program.channel.send({ type: "finish" });
      for await (const _message of program.channel);
      expect(await program.ended).toEqual({ kind: "exited", code: 5 });
    });

    test("an agent that ignores the end of its stdin is killed after a grace, as root and as another user", async () => {
      const bundle = bundleOf({ deaf: true });
      for (const user of ["root", "deploy"]) {
        await using connection = await connect(0, user);
        const program = await startAgentOverSsh(connection, { ...OPTIONS, bundle }, { signal });
        for await (const _hello of program.channel) break;
        const started = performance.now();
        await program[Symbol.asyncDispose]();
        expect(performance.now() - started).toBeLessThan(5_000);
        expect(await program.ended).not.toMatchObject({ kind: "exited" });
        await connection[Symbol.asyncDispose]();
        await eventually(() => isQuiet(0));
      }
    }, 20_000);

    test("any folder may hold the agent, however it is written", async () => {
      await using connection = await connect(0);
      for (const agentDir of ['/srv/it\'s an "agent" $HOME;dir', "~/", "~", "~/a b", "/srv/plain/"]) {
        await using program = await startAgentOverSsh(connection, { ...OPTIONS, agentDir }, { signal });
        expect(await firstMessages(program.channel, 1)).toHaveLength(1);
      }
      const srv = `${fleet.targets[0]?.rootPath}/srv`;
      expect(readdirSync(srv).sort()).toEqual(['it\'s an "agent" $HOME;dir', "plain"]);
      expect(existsSync(join(homeOf(0), "a b", OPTIONS.bundle.sha256, "agent.cjs"))).toBe(true);
    }, 15_000);

    test("a target without gzip gets the agent as it is", async () => {
      const bundle = bundleOf({ salt: "plain" });
      const bin = "/root/no-gzip";
      const others = 'for f in /usr/bin/*; do case $f in */gzip) ;; *) ln -sf "$f" .; esac; done';
      fleet.targets[0]!.inside(`mkdir ${bin} && cd ${bin} && ${others}; ln -sf ${process.execPath} node`);
      await using connection = await connect(0);
      const withoutGzip: SshConnection = {
        ...connection,
        run: (command, options) => connection.run(`PATH=${bin}; export PATH; ${command}`, options),
      };
      await using program = await startAgentOverSsh(withoutGzip, { ...OPTIONS, bundle }, { signal });
      expect(await firstMessages(program.channel, 1)).toMatchObject([{ type: "hello" }]);
    });

    test("ten runs that push at the same time do not harm each other and leave one file", async () => {
      const bundle = bundleOf({ salt: "x".repeat(1_000_000) });
      const hellos = Array.from({ length: 10 }, async () => {
        await using connection = await connect(0);
        await using program = await startAgentOverSsh(connection, { ...OPTIONS, bundle }, { signal });
        return await firstMessages(program.channel, 1);
      });
      for (const messages of await Promise.all(hellos)) expect(messages).toMatchObject([{ type: "hello" }]);
      const folder = join(homeOf(0), ".cache/murmuration", bundle.sha256);
      expect(readdirSync(folder)).toEqual(["agent.cjs"]);
    }, 20_000);

    test("a push removes agents that nobody used for a month, and nothing else", async () => {
      const old = new Date(Date.now() - 40 * 24 * 3_600 * 1_000);
      const root = join(homeOf(0), ".cache/prune");
      const names = ["a".repeat(64), "b".repeat(64), "my-data", "a".repeat(63)];
      for (const name of names) mkdirSync(join(root, name), { recursive: true });
      writeFileSync(join(root, "a".repeat(64), "agent.cjs"), "");
      for (const name of names.filter((one) => !one.startsWith("b"))) utimesSync(join(root, name), old, old);
      await using connection = await connect(0);
      await using _program = await startAgentOverSsh(
        connection,
        { ...OPTIONS, agentDir: "~/.cache/prune" },
        { signal },
      );
      expect(readdirSync(root).sort()).toEqual([OPTIONS.bundle.sha256, ...names.slice(1)].sort());
    });

    test("a Node.js that is too old is named with its version, its place and the host", async () => {
      await using connection = await connect(OLD_NODE);
      await expect(startAgentOverSsh(connection, OPTIONS, { signal })).rejects.toMatchObject({
        code: "NODE_TOO_OLD",
        message: expect.stringMatching(/^web-1: .*v16\.20\.2 at \/tmp\/\S+\/node; 22 or newer needed$/),
      });
      expect(existsSync(agentFile(OLD_NODE))).toBe(false);
    });

    test("a newer Node.js of nvm is found behind an old one on the PATH", async () => {
      const place = join(homeOf(OLD_NODE), ".nvm/versions/node/v24.0.0/bin");
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "node"), "#!/bin/sh\necho v24.0.0\n", { mode: 0o755 });
      await using connection = await connect(OLD_NODE);
      await using program = await startAgentOverSsh(connection, OPTIONS, { signal });
      for await (const _message of program.channel);
      // The pretended one prints its version, whatever it is given, and that is no hello.
      expect(await program.ended).toEqual({ kind: "exited", code: 0 });
    });

    test("a host without Node.js is told so", async () => {
      await using connection = await connect(NO_NODE);
      await expect(startAgentOverSsh(connection, OPTIONS, { signal })).rejects.toMatchObject({
        code: "NODE_MISSING",
        message: expect.stringMatching(/^web-2: /),
      });
    });

    test("a read-only folder for the agent fails with the target's own words", async () => {
      fleet.readOnly(0);
      try {
        await using connection = await connect(0);
        const starting = startAgentOverSsh(connection, { ...OPTIONS, agentDir: "/srv/agents" }, { signal });
        await expect(starting).rejects.toMatchObject({
          code: "AGENT_PUSH_FAILED",
          message: expect.stringMatching(/^web-0: .*\/srv\/agents: .*Read-only file system/),
        });
      } finally {
        fleet.writable(0);
      }
    });

    test("a full disk fails with the target's own words and leaves no part of the agent", async () => {
      await using connection = await connect(TINY_HOME);
      const bundle = bundleOf({ salt: "x".repeat(2_000_000) });
      await expect(startAgentOverSsh(connection, { ...OPTIONS, bundle }, { signal })).rejects.toMatchObject({
        code: "AGENT_PUSH_FAILED",
        message: expect.stringMatching(/^web-3: .*No space left on device/),
      });
      await eventually(
        () => readdirSync(join(homeOf(TINY_HOME), ".cache/murmuration", bundle.sha256)).length === 0,
      );
    });

    test("a cancelled push leaves no part of the agent and no process", async () => {
      const bundle = bundleOf({ salt: randomBytes(15_000_000).toString("hex") });
      const connection = await connect(0);
      const cancel = new AbortController();
      const starting = startAgentOverSsh(connection, { ...OPTIONS, bundle }, { signal: cancel.signal });
      const folder = join(homeOf(0), ".cache/murmuration", bundle.sha256);
      await eventually(() => existsSync(folder));
      cancel.abort(new Error("cancelled"));
      await expect(starting).rejects.toThrow("cancelled");
      await connection[Symbol.asyncDispose]();
      await eventually(
        () => isQuiet(0) && !existsSync(join(folder, "agent.cjs")) && readdirSync(folder).length === 0,
      );
    });

    test("a runner that vanishes takes the agent with it", async () => {
      const connection = await connect(0);
      const program = await startAgentOverSsh(connection, OPTIONS, { signal });
      await firstMessages({ [Symbol.asyncIterator]: () => program.channel[Symbol.asyncIterator]() }, 1);
      await connection[Symbol.asyncDispose]();
      expect(await program.ended).toMatchObject({ kind: "lost" });
      await eventually(() => isQuiet(0));
    });

    test("a target that vanishes ends the program as lost, and neither sending nor disposing hangs or throws", async () => {
      await using connection = await connect(DASH);
      await using program = await startAgentOverSsh(connection, OPTIONS, { signal });
      const heard: FromAgent[] = [];
      const reading = (async () => {
        for await (const message of program.channel) heard.push(message);
      })();
      await eventually(() => heard.length > 0);
      await fleet.stop(DASH);
      expect(await program.ended).toMatchObject({ kind: "lost" });
      await reading;
      expect(heard).toMatchObject([{ type: "hello" }]);
      for (let count = 0; count < 1_000; count++) {
        await program.channel.send({ type: "verify", deployTo: `/${"x".repeat(4_000)}`, release: null });
      }
      const again = startAgentOverSsh(connection, OPTIONS, { signal });
      await expect(again).rejects.toMatchObject({
        code: "SSH_LOST",
        message: expect.stringMatching(/^web-5: /),
      });
    });
  });
}
