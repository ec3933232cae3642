import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readTarMember } from "../../src/core/tar-reader.ts";
import { noise } from "../support/odd-tree.ts";

const isNode = (path: string) => /(?:^|\/)bin\/node$/.test(path);

async function* inChunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(tar: Uint8Array, chunkBytes = 1_000, isWanted = isNode): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readTarMember(inChunks(tar, chunkBytes), isWanted)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As tar itself makes it. */
function tarOf(files: Readonly<Record<string, Uint8Array | string>>, ...options: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-tar-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const args = ["-c", ...options, "-C", folder, ...Object.keys(files)];
  return execFileSync("tar", args, { maxBuffer: 64 * 1024 * 1024 });
}

const CONTENT = noise("node", 30_001);

test.each(["gnu", "ustar", "pax", "v7"])(
  "a file is found behind others, in format %s, however it is chunked",
  async (format) => {
    const tar = tarOf(
      { "v24/LICENSE": "x".repeat(513), "v24/bin/node-gyp": "no", "v24/bin/node": CONTENT },
      `--format=${format}`,
    );
    for (const chunkBytes of [1, 511, 512, 100_000, tar.length].slice(format === "gnu" ? 0 : 1))
      expect(await read(tar, chunkBytes)).toEqual(CONTENT);
  },
);

test.each(["gnu", "ustar", "pax"])(
  "a name longer than its field is read whole, in format %s",
  async (format) => {
    const path = `${"a-long-folder/".repeat(12)}bin/node`;
    expect(
      await read(tarOf({ [`${"b/".repeat(20)}x`]: "no", [path]: CONTENT }, `--format=${format}`)),
    ).toEqual(CONTENT);
    expect(await read(tarOf({ [path]: CONTENT }), 1_000, (name) => name === path)).toEqual(CONTENT);
  },
);

test("what has no such file gives nothing, and what is no tar or cut off is an error", async () => {
  const tar = tarOf({ "bin/npm": "x", "bin/node": CONTENT });
  expect(await read(tarOf({ "bin/npm": "x" }))).toHaveLength(0);
  expect(await read(Buffer.alloc(0))).toHaveLength(0);
  await expect(read(Buffer.alloc(2_048, "x"))).rejects.toThrow("cannot be read");
  await expect(read(tar.subarray(0, 20_000))).rejects.toThrow("cut off");
});
