import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type FromAgent,
  type FromOrigin,
  fromOrigin,
  type MessageOf,
  type Packed,
  type ToAgent,
  type ToOrigin,
} from "../../src/contract.ts";
import { startChildProgram } from "../../src/remote/child-program.ts";
import type { Program } from "../../src/remote/program.ts";
import { type AgentProgram, startAgentOverSsh } from "../../src/remote/ssh-agent-program.ts";
import { agentBundleOf } from "../../src/remote/ssh-agent-scripts.ts";
import { connectSsh } from "../../src/remote/ssh-connect.ts";
import type { SshConnection } from "../../src/remote/ssh-connection.ts";
import { parsePrivateKey } from "../../src/remote/ssh-private-key.ts";
import { openUplinkOverSsh, type Uplink } from "../../src/remote/ssh-uplink.ts";
import { agentsOn, commandLine, currentDigest } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { noise } from "../support/odd-tree.ts";
import { Relay } from "../support/raw-peer.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;
const { signal } = new AbortController();
const dist = (file: string) => join(import.meta.dirname, "../../dist", file);

describeWithOpenSsh("an uplink", () => {
  let fleet: SshdFleet;
  let folder: string;
  beforeAll(async () => {
    fleet = await startSshdFleet({ count: 1 });
    // What its login shell prints must not be taken for the release.
    writeFileSync(`${fleet.targets[0]?.rootPath}/root/.bashrc`, "echo Welcome to this machine\n");
    folder = mkdtempSync(join(tmpdir(), "murmuration-uplink-"));
  }, 30_000);
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const bundle = () => agentBundleOf(readFileSync(dist("agent.cjs")));
  const beside = ({ nodePath }: Conversation) => ({ bundle: bundle(), agentDir: "~/.agents", nodePath });

  const openUplink = (
    connection: SshConnection,
    agent: Conversation,
    localPath: string,
    remotePath: string,
  ) => openUplinkOverSsh(connection, beside(agent), { localPath, remotePath }, { signal });

  async function connect(relay: Relay): Promise<SshConnection> {
    const key = parsePrivateKey(fleet.privateKey, null);
    if (key.kind === "problem") throw new Error(key.problem);
    return await connectSsh(
      { name: "host", ...relay.address, user: "root" },
      {
        auth: { kind: "key", privateKey: key.key },
        knownHosts: [],
        strict: false,
        timeoutMs: 20_000,
        retries: 0,
        warn: () => {},
      },
      { signal },
    );
  }

  /** An agent at the other end that nobody can dial, and that has no tracker, while it fetches the release of `source`. */
  async function startFetching(
    connection: SshConnection,
    { packed, deployTo }: { readonly packed: Packed; readonly deployTo: string },
  ): Promise<Conversation> {
    const program = await startAgentOverSsh(
      connection,
      { bundle: bundle(), agentDir: "~/.agents" },
      { signal },
    );
    const agent = new Conversation(program);
    await agent.next("hello");
    agent.send({
      type: "prepare",
      target: "host",
      deployTo,
      run: "test",
      activate: true,
      lockWaitMs: 20_000,
      shared: { files: [], directories: [] },
    });
    const { ssh } = await agent.next("ready");
    expect(ssh).toEqual({ clientAddress: "127.0.0.1", serverAddress: fleet.targets[0]?.host });
    agent.send({
      type: "plan",
      release: "v1",
      torrent: packed.torrent,
      manifest: packed.manifest,
      swarm: { key: null, uploadLimitBytesPerSecond: 0 },
      peerPorts: { from: 0, to: 0 },
      zone: null,
      tracker: { url: "http://127.0.0.1:1/announce" },
      seeder: null,
      firstSeeder: true,
    });
    agent.send({ type: "uplink" });
    return agent;
  }

  /** The way by which an agent is fetching something slowly. */
  async function openSlowUplink(
    connection: SshConnection,
    name: string,
  ): Promise<{ uplink: Uplink; uplinkPath: string } & AsyncDisposable> {
    await using started = new AsyncDisposableStack();
    const source = join(folder, name);
    mkdirSync(source);
    writeFileSync(join(source, "0"), noise(name, MIB));
    const origin = started.use(await startFeeding(source, { uploadLimitBytesPerSecond: 64 * 1024 }));
    const agent = started.use(
      await startFetching(connection, { packed: origin.packed, deployTo: `/srv/${name}` }),
    );
    const { uplinkPath } = await agent.next("listening");
    const uplink = started.use(await openUplink(connection, agent, origin.uplinkPath, uplinkPath));
    const held = started.move();
    return { uplink, uplinkPath, [Symbol.asyncDispose]: () => held.disposeAsync() };
  }

  test("brings the release to an agent that nobody else can reach, compressed on its way", async () => {
    const source = join(folder, "text");
    mkdirSync(source);
    for (let file = 0; file < 16; file++) writeFileSync(join(source, `${file}`), text(MIB / 2, file));
    await using origin = await startFeeding(source);
    await using relay = await Relay.start(fleet.targets[0]!);
    await using connection = await connect(relay);
    await using agent = await startFetching(connection, { packed: origin.packed, deployTo: "/srv/text" });
    const { uplinkPath } = await agent.next("listening");
    const beforeBytes = relay.bytes;
    await using uplink = await openUplink(connection, agent, origin.uplinkPath, uplinkPath);
    expect(uplink.coding).toBe("zstd");
    const fetched = await agent.next("fetched");
    expect(fetched.bytesFromSeeder).toBeGreaterThan(7 * MIB);
    expect(fetched.bytesFromPeers).toBe(0);
    expect(relay.bytes - beforeBytes).toBeLessThan(4 * MIB);
    await agent.next("verified");
    agent.send({ type: "commit" });
    await agent.next("committed");
    agent.send({ type: "activate" });
    await agent.next("activated");
    expect(currentDigest(fleet.targets[0]!, "/srv/text")).toBe(treeDigest(source));
    const inside = join(fleet.targets[0]!.rootPath, uplinkPath);
    expect(existsSync(inside)).toBe(true);
    agent.send({ type: "finish" });
    await agent.next("finished");
    await uplink.ended;
    expect(existsSync(dirname(inside))).toBe(false);
  }, 60_000);

  test("is not compressed where Node.js there has no zstd, as before 22.15", async () => {
    const { rootPath, inside } = fleet.targets[0]!;
    const [without, old] = ["/srv/without-zstd.cjs", "/srv/old-node"];
    writeFileSync(
      `${rootPath}${without}`,
      "for (const name in require('zlib')) if (/zstd/i.test(name)) delete require('zlib')[name];",
    );
    inside(`printf '#!/bin/sh\\nexec node --require ${without} "$@"\\n' > ${old} && chmod 755 ${old}`);
    const source = join(folder, "plain");
    mkdirSync(source);
    writeFileSync(join(source, "0"), text(MIB, 0));
    await using origin = await startFeeding(source);
    await using relay = await Relay.start(fleet.targets[0]!);
    await using connection = await connect(relay);
    await using agent = await startFetching(connection, { packed: origin.packed, deployTo: "/srv/plain" });
    const { uplinkPath } = await agent.next("listening");
    const beforeBytes = relay.bytes;
    await using uplink = await openUplinkOverSsh(
      connection,
      { ...beside(agent), nodePath: old },
      { localPath: origin.uplinkPath, remotePath: uplinkPath },
      { signal },
    );
    expect(uplink.coding).toBe("plain");
    await agent.next("fetched");
    await agent.next("verified");
    expect(relay.bytes - beforeBytes).toBeGreaterThan(MIB);
  }, 60_000);

  test("that breaks is opened again, and hardly anything crosses twice", async () => {
    const source = join(folder, "noise");
    mkdirSync(source);
    for (let file = 0; file < 4; file++) writeFileSync(join(source, `${file}`), noise(`${file}`, MIB));
    await using origin = await startFeeding(source, { uploadLimitBytesPerSecond: 4 * MIB });
    await using relay = await Relay.start(fleet.targets[0]!);
    await using connection = await connect(relay);
    await using agent = await startFetching(connection, { packed: origin.packed, deployTo: "/srv/noise" });
    const { uplinkPath } = await agent.next("listening");
    const open = () => openUplink(connection, agent, origin.uplinkPath, uplinkPath);
    const beforeBytes = relay.bytes;
    {
      await using _first = await open();
      await eventually(() => relay.bytes - beforeBytes > 2 * MIB, 20_000);
    }
    await using _second = await open();
    await agent.next("fetched");
    expect(relay.bytes - beforeBytes).toBeGreaterThan(4 * MIB);
    expect(relay.bytes - beforeBytes).toBeLessThan(5 * MIB);
  }, 60_000);

  test("whose program there does not end by itself has it killed", async () => {
    await using relay = await Relay.start(fleet.targets[0]!);
    await using connection = await connect(relay);
    await using open = await openSlowUplink(connection, "halted");
    const programs = () =>
      fleet.processesOf(0).filter((pid) => commandLine(pid).includes(`--uplink=${open.uplinkPath}`));
    const [pid] = programs();
    process.kill(pid!, "SIGSTOP");
    await open.uplink[Symbol.asyncDispose]();
    expect(programs()).toEqual([]);
  }, 60_000);

  test("whose agent is killed removes what that one leaves", async () => {
    await using relay = await Relay.start(fleet.targets[0]!);
    await using connection = await connect(relay);
    await using open = await openSlowUplink(connection, "killed");
    const left = dirname(join(fleet.targets[0]!.rootPath, open.uplinkPath));
    expect(existsSync(left)).toBe(true);
    for (const pid of agentsOn(fleet, 0))
      if (!commandLine(pid).includes("--uplink")) process.kill(pid, "SIGKILL");
    await open.uplink.ended;
    expect(existsSync(left)).toBe(false);
  }, 60_000);

  test("ends with its connection, and leaves nothing", async () => {
    await using relay = await Relay.start(fleet.targets[0]!);
    await using connection = await connect(relay);
    const source = join(folder, "text");
    await using origin = await startFeeding(source, { uploadLimitBytesPerSecond: 64 * 1024 });
    const agent = await startFetching(connection, { packed: origin.packed, deployTo: "/srv/cut" });
    await expect(openUplink(connection, agent, "/no/such", "/no/such/socket")).rejects.toThrow(
      "host: cannot open an uplink: uplink: connect ENOENT /no/such/socket",
    );
    const { uplinkPath } = await agent.next("listening");
    const uplink = await openUplink(connection, agent, origin.uplinkPath, uplinkPath);
    relay.cut();
    await uplink.ended;
    await eventually(() => fleet.processesOf(0).length === fleet.idleProcesses, 20_000);
    const left = readdirSync(join(fleet.targets[0]!.rootPath, "tmp"));
    expect(left).not.toContain(uplinkPath.split("/").at(-2));
  }, 60_000);
});

/** The agent's messages in the order in which they come, without its progress. */
class Conversation implements AsyncDisposable {
  readonly nodePath: string;
  readonly #program: Program<FromAgent, ToAgent>;
  readonly #messages: AsyncIterator<FromAgent>;

  constructor(program: AgentProgram) {
    this.nodePath = program.nodePath;
    this.#program = program;
    this.#messages = program.channel[Symbol.asyncIterator]();
  }

  send(message: ToAgent): void {
    void this.#program.channel.send(message);
  }

  async next<Type extends FromAgent["type"]>(type: Type): Promise<MessageOf<FromAgent, Type>> {
    for (;;) {
      const { value, done } = await this.#messages.next();
      if (done) throw new Error(`no ${type}: ${this.#program.lastWords()}`);
      if (value.type === type) return value as MessageOf<FromAgent, Type>;
      if (value.type !== "progress") throw new Error(`${JSON.stringify(value)} instead of ${type}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}

/** The real origin, which packs a folder and gives it to whoever has an uplink. */
async function startFeeding(
  path: string,
  { uploadLimitBytesPerSecond = 0 } = {},
): Promise<{ packed: Packed; uplinkPath: string } & AsyncDisposable> {
  const program = startChildProgram<FromOrigin, ToOrigin>({
    command: process.execPath,
    arguments: [dist("origin.cjs")],
    environment: {},
    schema: fromOrigin,
    name: "the origin",
  });
  let packed: Packed | undefined;
  void program.channel.send({ type: "pack", path, exclude: [], pieceLengthBytes: 64 * 1024 });
  void program.channel.send({ type: "feed", uploadLimitBytesPerSecond });
  const fed = Promise.withResolvers<string>();
  void (async () => {
    for await (const message of program.channel) {
      if (message.type === "packed") packed = message;
      if (message.type === "feeding") fed.resolve(message.uplinkPath);
    }
    fed.reject(new Error(program.lastWords()));
  })();
  const uplinkPath = await fed.promise;
  return {
    packed: packed!,
    uplinkPath,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      if (existsSync(dirname(uplinkPath))) throw new Error(`${uplinkPath} was left behind`);
    },
  };
}

/** As compressible as source text: words from a short list. */
function text(bytes: number, seed: number): string {
  const random = noise(String(seed), bytes / 4);
  return Array.from(random, (value) => `w${(value % 97).toString(36).padStart(2, "0")} `)
    .join("")
    .slice(0, bytes);
}
