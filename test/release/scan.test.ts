import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { comparePaths } from "../../src/core/manifest.ts";
import { scanTree } from "../../src/release/scan.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { tempDir } from "./temp-dir.ts";

const options = { exclude: [".git"], signal: new AbortController().signal };

async function pathsOf(path: string, exclude: readonly string[] = []): Promise<string[]> {
  return (await scanTree(path, { ...options, exclude })).entries.map((entry) => entry.path);
}

test("nothing of an odd tree is lost, and the order is that of the bytes", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const find = spawnSync("find", [`${dir.path}/tree`, "-mindepth", "1", "-printf", "%P\\0"]);
  const expected = find.stdout.toString().split("\0").slice(0, -1).sort(comparePaths);
  expect(await pathsOf(`${dir.path}/tree`)).toEqual([".", ...expected]);
});

test("what cannot be shipped is named, all of it at once, and a FIFO does not hang the scan", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/file`, "");
  spawnSync("mkfifo", [`${dir.path}/fifo`]);
  spawnSync("mknod", [`${dir.path}/null`, "c", "1", "3"]);
  writeFileSync(Buffer.concat([Buffer.from(`${dir.path}/bad`), Buffer.from([0xff, 0x0a])]), "");
  symlinkSync(Buffer.from([0x61, 0xfe]), `${dir.path}/link`);
  writeFileSync(`${dir.path}/.murmuration-manifest.json`, "");
  const server = createServer().listen(`${dir.path}/socket`);
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    await expect(scanTree(dir.path, options)).rejects.toMatchObject({
      code: "SOURCE_UNSUPPORTED",
      message: expect.stringMatching(
        /^(?=.*"fifo" is a FIFO)(?=.*"socket" is a socket)(?=.*"bad\\xff\\x0a" has a name that is not UTF-8)(?=.*"link" is a link whose target is not UTF-8)(?=.*"\.murmuration-manifest\.json" has the name)/,
      ),
    });
    if (process.getuid?.() === 0) {
      await expect(scanTree(dir.path, options)).rejects.toThrow(/"null" is a device/);
    }
  } finally {
    server.close();
  }
});

test("of very many faults twenty are named and the others counted", async () => {
  using dir = tempDir();
  spawnSync(
    "mkfifo",
    Array.from({ length: 23 }, (_, index) => `${dir.path}/fifo${index}`),
  );
  await expect(scanTree(dir.path, options)).rejects.toThrow(/; and 3 more$/);
});

test("what is excluded is not looked at, and patterns mean what they mean in .gitignore", async () => {
  using dir = tempDir();
  for (const path of [".git/objects", "a/node_modules/x", "keep", "Logs"])
    mkdirSync(`${dir.path}/${path}`, { recursive: true });
  for (const path of ["a/x.log", "keep/y.log", "b.LOG", "z.txt"]) writeFileSync(`${dir.path}/${path}`, "");
  spawnSync("mkfifo", [`${dir.path}/.git/fifo`]);
  expect(await pathsOf(dir.path, [".git", "node_modules/", "*.log", "!keep/y.log"])).toEqual([
    ".",
    "Logs",
    "a",
    "b.LOG",
    "keep",
    "keep/y.log",
    "z.txt",
  ]);
});

test("a single file becomes a release of that one file, also through a link, under the name that was given", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/app-1.2.bin`, "x");
  symlinkSync("app-1.2.bin", `${dir.path}/latest`);
  const direct = await scanTree(`${dir.path}/app-1.2.bin`, options);
  expect(direct.entries).toMatchObject([
    { type: "directory", path: ".", mode: 0o755 },
    { type: "file", path: "app-1.2.bin" },
  ]);
  const linked = await scanTree(`${dir.path}/latest`, options);
  expect(linked.entries[1]).toMatchObject({ type: "file", path: "latest" });
  expect(linked.locate("latest")).toBe(`${dir.path}/app-1.2.bin`);
});

test("a link to a directory is followed where it is the path itself", async () => {
  using dir = tempDir();
  mkdirSync(`${dir.path}/real`);
  writeFileSync(`${dir.path}/real/file`, "x");
  symlinkSync("real", `${dir.path}/link`);
  expect(await pathsOf(`${dir.path}/link/`)).toEqual([".", "file"]);
});

test("a missing path and an empty tree are refused in plain words", async () => {
  using dir = tempDir();
  await expect(scanTree(`${dir.path}/no`, options)).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  await expect(scanTree(dir.path, options)).rejects.toThrow(/there is nothing to deploy/);
  mkdirSync(`${dir.path}/.git`);
  await expect(scanTree(dir.path, options)).rejects.toThrow(/all of it is excluded/);
});

test("a scan that is cancelled stops", async () => {
  using dir = tempDir();
  for (let index = 0; index < 3_000; index++) writeFileSync(`${dir.path}/${index}`, "");
  const cancel = new AbortController();
  const scan = scanTree(dir.path, { ...options, signal: cancel.signal });
  cancel.abort(new Error("cancelled"));
  await expect(scan).rejects.toThrow("cancelled");
});
