import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pushInput } from "../../src/remote/ssh-agent-scripts.ts";
import {
  fetchRuntimeCommand,
  findRuntimeCommand,
  pushRuntimeCommand,
  type RuntimePlace,
  readRuntimeCheck,
} from "../../src/remote/ssh-runtime-scripts.ts";
import { ensureDebianPackage } from "../support/debian-package.ts";

/** Says a version, as a runtime does: what is tested here is how it is brought. */
const RUNTIME = Buffer.from(`#!/bin/sh\necho v24.1.2 # ${"x".repeat(100_000)}\n`);
const SHA256 = createHash("sha256").update(RUNTIME).digest("hex");
const NAME = ".node.1";

const SHELLS: readonly { readonly name: string; readonly busybox: boolean; readonly without: RegExp }[] = [
  { name: "dash", busybox: false, without: /^wget$/ },
  { name: "bash", busybox: false, without: /^curl$/ },
  { name: "busybox", busybox: true, without: /^$/ },
];

describe.each(SHELLS)("by $name", ({ name, busybox, without }) => {
  let folder: string;
  let bin: string;
  let server: Server;
  let served: Buffer | "broken" = RUNTIME;
  let place: RuntimePlace;

  beforeAll(async () => {
    const missing = busybox
      ? ensureDebianPackage({ name: "busybox-static", file: "/bin/busybox" })
      : undefined;
    if (missing !== undefined) throw new Error(missing);
    folder = mkdtempSync(join(tmpdir(), "murmuration-scripts-"));
    bin = join(folder, "bin");
    mkdirSync(bin);
    if (busybox) spawnSync("/bin/busybox", ["--install", "-s", bin]);
    else {
      for (const file of readdirSync("/usr/bin"))
        if (file !== "sh" && !without.test(file)) symlinkSync(join("/usr/bin", file), join(bin, file));
      symlinkSync(`/bin/${name}`, join(bin, "sh"));
    }
    place = { agentDir: join(folder, "it's an agent dir"), sha256: SHA256, sizeBytes: RUNTIME.length };
    server = createServer((request, response) => {
      if (request.url === "/token/") return void response.end();
      if (!request.url?.startsWith("/token/node")) return void response.writeHead(404).end();
      const isGzipped = request.url.endsWith(".gz");
      const body = isGzipped ? gzipSync(served === "broken" ? RUNTIME : served) : served;
      if (served !== "broken") return void response.end(body);
      response.write(RUNTIME.subarray(0, 1_000), () => response.destroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const runtime = () => join(place.agentDir, SHA256, "node");
  const clear = () => rmSync(place.agentDir, { recursive: true, force: true });
  const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const run = async (command: string, stdin: string | Buffer = "") => {
    expect(command).not.toMatch(/[\\!\n]/);
    const child = spawn(join(bin, "sh"), ["-c", command], { env: { PATH: bin, HOME: folder } });
    child.stdin.on("error", () => {});
    child.stdin.end(pushInput(Buffer.from(stdin)));
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { check: readRuntimeCheck(stdout), stderr, code };
  };
  const find = () => run(findRuntimeCommand(place, NAME));
  const fetch = (urls: readonly string[], gzipped = false) =>
    run(fetchRuntimeCommand(place, NAME, { gzipped }), urls.map((url) => `${url}\n`).join(""));
  const runs = () => ({ kind: "runs", version: "v24.1.2", path: runtime() });

  test("what is not there is said, with the room that there is", async () => {
    clear();
    const { check } = await find();
    expect(check).toMatchObject({ kind: "lacking", noExec: false, freeBytes: expect.any(Number) });
    expect(readdirSync(join(place.agentDir, SHA256))).toEqual([]);
  });

  test.each([true, false])(
    "what is pushed is in place, runs, and is found again (gzipped: %s)",
    async (gzipped) => {
      clear();
      const push = pushRuntimeCommand(place, NAME, { gzipped });
      expect((await run(push, gzipped ? gzipSync(RUNTIME) : RUNTIME)).check).toEqual(runs());
      expect(statSync(runtime()).mode & 0o777).toBe(0o700);
      expect((await find()).check).toEqual(runs());
    },
  );

  test("what was cut off or changed on its way is not put in place", async () => {
    clear();
    const changed = Buffer.from(RUNTIME).fill("y", 50_000, 50_001);
    const sent = [RUNTIME.subarray(1), changed, gzipSync(RUNTIME).subarray(0, -9)];
    for (const [at, stdin] of sent.entries()) {
      const { check, code, stderr } = await run(
        pushRuntimeCommand(place, NAME, { gzipped: at === 2 }),
        stdin,
      );
      expect({ check, code }).toEqual({ check: undefined, code: 1 });
      expect(stderr).not.toBe("");
      expect(readdirSync(join(place.agentDir, SHA256))).toEqual([]);
    }
  });

  test("what was changed on the disk is lacking, and makes room", async () => {
    clear();
    await run(pushRuntimeCommand(place, NAME, { gzipped: false }), RUNTIME);
    writeFileSync(runtime(), Buffer.from(RUNTIME).fill("y", 50_000, 50_001));
    expect((await find()).check).toMatchObject({ kind: "lacking" });
    expect(existsSync(runtime())).toBe(false);
  });

  test.each([true, false])(
    "the first address that gives it is fetched from (gzipped: %s)",
    async (gzipped) => {
      clear();
      served = RUNTIME;
      const end = gzipped ? ".gz" : "";
      const urls = ["http://127.0.0.1:9/token/node", urlOf("/other/node"), urlOf("/token/node")];
      const { check } = await fetch(
        urls.map((url) => `${url}${end}`),
        gzipped,
      );
      expect(check).toEqual(runs());
      expect(readFileSync(runtime())).toEqual(RUNTIME);
    },
  );

  test("another file, a longer one, and one that breaks off are refused", async () => {
    clear();
    const bad = [
      Buffer.from(RUNTIME).fill("y", 9, 10),
      Buffer.concat([RUNTIME, Buffer.alloc(9)]),
      "broken",
    ] as const;
    for (served of bad) {
      const { check, code, stderr } = await fetch([urlOf("/token/node")]);
      expect({ check, code }).toEqual({ check: undefined, code: 1 });
      expect(stderr).toContain("nothing whole from there");
      expect(readdirSync(join(place.agentDir, SHA256))).toEqual([]);
    }
  });

  test("what an interrupted run left is removed after a day, and a runtime that nobody used for a month with the next one", async () => {
    clear();
    const old = new Date(Date.now() - 40 * 24 * 3_600 * 1_000);
    const [unused, used] = ["a".repeat(64), "b".repeat(64)].map((digest) => join(place.agentDir, digest)) as [
      string,
      string,
    ];
    for (const one of [unused, used, join(place.agentDir, SHA256)]) mkdirSync(one, { recursive: true });
    utimesSync(unused, old, old);
    const left = join(place.agentDir, SHA256, ".node.2");
    writeFileSync(left, "");
    utimesSync(left, old, old);
    await find();
    expect(existsSync(left)).toBe(false);
    await run(pushRuntimeCommand(place, NAME, { gzipped: false }), RUNTIME);
    expect([existsSync(unused), existsSync(used)]).toEqual([false, true]);
  });

  test("a runtime that does not start is told with the words of whoever says so", async () => {
    const starts = async (content: string) => {
      const bytes = Buffer.from(content);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const other = { ...place, sha256, sizeBytes: bytes.length };
      return (await run(pushRuntimeCommand(other, NAME, { gzipped: false }), bytes)).check;
    };
    expect(await starts("#!/bin/sh\necho one >&2; echo 'two *' >&2; exit 3\n")).toEqual({
      kind: "does-not-run",
      exitCode: 3,
      words: "one two *",
    });
    expect(await starts("#!/no/such/loader\n")).toMatchObject({ kind: "does-not-run", exitCode: 127 });
    expect(await starts("#!/bin/sh\necho no version\n")).toMatchObject({ kind: "does-not-run", exitCode: 0 });
  });
});

test("half an answer is none", () => {
  expect(readRuntimeCheck("@murmuration runs v24.0.0 /x/node\n")).toBeUndefined();
});
