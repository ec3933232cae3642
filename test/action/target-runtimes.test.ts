import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RuntimeFile } from "../../src/action/runtime-file.ts";
import { RuntimeLenders } from "../../src/action/runtime-lenders.ts";
import { FleetRuntimes } from "../../src/action/target-runtimes.ts";
import { parseKnownHosts } from "../../src/core/known-hosts.ts";
import { startAgentOverSsh } from "../../src/remote/ssh-agent-program.ts";
import { agentBundleOf } from "../../src/remote/ssh-agent-scripts.ts";
import { connectSsh } from "../../src/remote/ssh-connect.ts";
import type { SshConnection } from "../../src/remote/ssh-connection.ts";
import { parsePrivateKey } from "../../src/remote/ssh-private-key.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";

const PLATFORM = `linux-${process.arch}`;
/** They have one. */
const LENDING = [1, 2];
const never = new AbortController().signal;
/** Ends at once: what is tested is what happens before it starts. */
const BUNDLE = agentBundleOf(Buffer.from("process.exit(0)"));

describeWithOpenSsh("bringing a runtime to real sshd", () => {
  let folder: string;
  let fleet: SshdFleet;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-runtimes-"));
    const targets = Object.fromEntries(
      LENDING.map((index) => [index, { node: { kind: "current" } as const }]),
    );
    fleet = await startSshdFleet({ count: 3, node: { kind: "none" }, targets });
    const { inside } = fleet.targets[0]!;
    inside("mkdir /srv/noexec /srv/small && mount -t tmpfs -o noexec tmpfs /srv/noexec");
    inside("mount -t tmpfs -o size=2m tmpfs /srv/small");
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const runtimeOf = (name: string, content: Uint8Array | string): RuntimeFile => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return { platform: PLATFORM, path, form: "binary" };
  };
  /** A script that says the version and then does what the runtime of this test would. */
  const script = (name: string, { version = "v24.1.0", bytes = 0 } = {}) => {
    const filling = randomBytes(bytes / 2).toString("hex");
    return runtimeOf(name, `#!/bin/sh\ncase $1 in --version) echo ${version};; esac\nexit 0\n# ${filling}\n`);
  };
  /** `/bin/true` with one of the texts in it replaced by another, which is no longer. */
  const patched = (name: string, from: string, to: string) => {
    const bytes = readFileSync("/bin/true");
    let count = 0;
    for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) {
      bytes.fill(0, at, at + from.length).write(to, at, "latin1");
      count += 1;
    }
    expect(count).toBeGreaterThan(0);
    return runtimeOf(name, bytes);
  };

  async function connect(index = 0): Promise<SshConnection> {
    const { host, port } = fleet.targets[index]!;
    const key = parsePrivateKey(fleet.privateKey, null);
    if (key.kind === "problem") throw new Error(key.problem);
    const options = {
      auth: { kind: "key", privateKey: key.key },
      knownHosts: parseKnownHosts(fleet.knownHostsText).entries,
      strict: true,
      timeoutMs: 30_000,
      retries: 3,
      warn: () => {},
    } as const;
    return await connectSsh({ name: `web-${index}`, host, port, user: "root" }, options, { signal: never });
  }

  interface Bringing {
    readonly agentDir?: string;
    readonly signal?: AbortSignal;
    readonly log?: (line: string) => void;
    readonly debug?: (line: string) => void;
  }
  /** Starts the agent on target 0 as the action does. Resolves when it has ended. */
  async function bring(
    file: RuntimeFile,
    { agentDir = "~/agents", signal = never, log, debug }: Bringing = {},
  ) {
    await using connection = await connect();
    await using runtimes = new FleetRuntimes({
      files: [file],
      peerPorts: null,
      log: log ?? (() => {}),
      debug: debug ?? (() => {}),
      warn: () => {},
    });
    const target = { address: null } as Parameters<FleetRuntimes["of"]>[0];
    const options = { bundle: BUNDLE, agentDir, runtimes: runtimes.of(target, () => {}) };
    await using program = await startAgentOverSsh(connection, options, { signal });
    for await (const _message of program.channel);
    return await program.ended;
  }
  const failing = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

  test("from a folder that may not run programs nothing is moved, and `agent-dir` is named", async () => {
    await expect(bring(script("one"), { agentDir: "/srv/noexec" })).rejects.toMatchObject(
      failing("AGENT_DIR_NOEXEC", /^web-0: .*from \/srv\/noexec, .*noexec/),
    );
    const [sha256 = ""] = readdirSync(join(fleet.targets[0]!.rootPath, "srv/noexec"));
    expect(readdirSync(join(fleet.targets[0]!.rootPath, "srv/noexec", sha256))).toEqual([]);
  });

  test("a disk without room is told before anything is moved, with what it needs", async () => {
    const big = script("big", { bytes: 3_000_000 });
    await expect(bring(big, { agentDir: "/srv/small" })).rejects.toMatchObject(
      failing("DISK_FULL", /^web-0: no room .* in \/srv\/small: it needs 2\.9 MiB, and 2\.0 MiB are free$/),
    );
  });

  test("a runtime for another C library says so, with the file that `node-runtime` should hold", async () => {
    const loader = /\/lib\S*ld-linux[\w.-]*/.exec(readFileSync("/bin/true", "latin1"))?.[0] ?? "";
    const foreign = patched("musl", loader, "/lib/ld-musl.so.1");
    await expect(bring(foreign)).rejects.toMatchObject(
      failing(
        "NODE_UNUSABLE",
        new RegExp(`^web-0: .*another C library; give node-v\\S+-${PLATFORM}-musl\\.tar\\.gz`),
      ),
    );
  });

  test("a C library that is too old is told with the version that is needed", async () => {
    const versions = readFileSync("/bin/true", "latin1").match(/GLIBC_2\.\d\d(?=\0)/g) ?? [];
    const newer = patched("newer", versions.sort().at(-1) ?? "", "GLIBC_2.99");
    await expect(bring(newer)).rejects.toMatchObject(
      failing("NODE_UNUSABLE", /^web-0: .*too old: the runtime needs GLIBC_2\.99.*-glibc-217\.tar\.gz/),
    );
  });

  test("a runtime for another processor, and a Node.js that is too old, are told", async () => {
    const other = readFileSync("/bin/true");
    other.writeUInt16LE(8, 18);
    await expect(bring(runtimeOf("mips", other))).rejects.toMatchObject(
      failing("NODE_UNUSABLE", new RegExp(`another processor than ${PLATFORM}`)),
    );
    await expect(bring(script("old", { version: "v20.1.0" }))).rejects.toMatchObject(
      failing("NODE_UNUSABLE", /the runtime \S+\/old is Node\.js v20\.1\.0; 22 or newer needed/),
    );
  });

  test("a build as nodejs.org has it is unpacked and brought", async () => {
    const name = `node-v24.1.0-${PLATFORM}`;
    mkdirSync(join(folder, name, "bin"), { recursive: true });
    const { path } = script("packed", { bytes: 200_000 });
    writeFileSync(join(folder, name, "LICENSE"), "free");
    writeFileSync(join(folder, name, "bin", "node"), readFileSync(path), { mode: 0o755 });
    execFileSync("tar", ["-czf", `${name}.tar.gz`, name], { cwd: folder });
    const file = { platform: PLATFORM, path: join(folder, `${name}.tar.gz`), form: "tar.gz" } as const;
    const log: string[] = [];
    expect(await bring(file, { log: (line) => log.push(line) })).toEqual({ kind: "exited", code: 0 });
    expect(log.at(-1)).toMatch(/to 1 machine without one: 1 over SSH/);
    const again: string[] = [];
    await bring(file, { log: (line) => again.push(line) });
    expect(again).toEqual([]);
  });

  test("a build that is cut off is told with its name", async () => {
    const path = join(folder, "cut.tar.gz");
    const whole = readFileSync(join(folder, `node-v24.1.0-${PLATFORM}.tar.gz`));
    writeFileSync(path, whole.subarray(0, 60_000));
    await expect(bring({ platform: PLATFORM, path, form: "tar.gz" })).rejects.toMatchObject(
      failing("NODE_UNUSABLE", /cannot read the Node\.js runtime \S+cut\.tar\.gz: /),
    );
  });

  test("five runs that bring the same at once do not harm each other", async () => {
    const file = script("shared", { bytes: 5_000_000 });
    const ends = await Promise.all(Array.from({ length: 5 }, () => bring(file, { agentDir: "~/shared" })));
    expect(ends).toEqual(ends.map(() => ({ kind: "exited", code: 0 })));
    const root = join(fleet.targets[0]!.rootPath, "root/shared");
    const files = readdirSync(root).flatMap((one) => readdirSync(join(root, one)));
    expect(files.sort()).toEqual(["agent.cjs", "node"]);
  });

  test("who can't fetch from the one that lends is lent to by another", async () => {
    const bundle = agentBundleOf(readFileSync(join(import.meta.dirname, "../../dist/agent.cjs")));
    await using held = new AsyncDisposableStack();
    const lenders = held.use(
      new RuntimeLenders({ ports: { from: 0, to: 0 }, debug: () => {}, onChange: () => {} }),
    );
    const holders = await Promise.all(
      LENDING.map(async (index) => {
        const connection = held.use(await connect(index));
        const startAgent = (_path: string, { signal }: { readonly signal: AbortSignal }) =>
          startAgentOverSsh(connection, { bundle, agentDir: "~/lending" }, { signal });
        const host = { connection, agentDir: "~/lending", machine: "", gzipThere: true, httpThere: true };
        return { host: { ...host, startAgent }, path: "", address: null };
      }),
    );
    for (const holder of holders) lenders.add(holder);
    lenders.lendTo(1, undefined);
    await eventually(() => lenders.tryBorrow(undefined) !== undefined, 20_000);
    const [avoided] = holders;
    expect(lenders.tryBorrow(avoided)).toBeUndefined();
    lenders.lendTo(1, avoided);
    await eventually(() => lenders.tryBorrow(avoided) !== undefined, 20_000);
  });

  test("a run that is cancelled meanwhile leaves no part of it and no process", async () => {
    const file = script("cancelled", { bytes: 20_000_000 });
    const cancel = new AbortController();
    const begun = Promise.withResolvers<void>();
    const bringing = bring(file, {
      agentDir: "~/cancelled",
      signal: cancel.signal,
      debug: () => begun.resolve(),
    });
    await Promise.race([begun.promise, bringing]);
    const root = join(fleet.targets[0]!.rootPath, "root/cancelled");
    const parts = () => readdirSync(root).flatMap((one) => readdirSync(join(root, one)));
    await eventually(() => parts().length > 0, 20_000);
    cancel.abort(new Error("cancelled"));
    await expect(bringing).rejects.toThrow("cancelled");
    await eventually(
      () => parts().length === 0 && fleet.processesOf(0).length === fleet.idleProcesses,
      20_000,
    );
  });
});
