import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ArtifactStore } from "../../src/action/artifact-store.ts";
import { fetchPackage } from "../../src/action/fetch-package.ts";
import { encodePackageFile } from "../../src/core/package-file.ts";
import { type ArtifactService, startArtifactService } from "../support/artifact-service.ts";
import { digestOf } from "../support/artifact-shelf.ts";

let folder: string;
let service: ArtifactService;
const HERE = { kind: "this-run" } as const;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "murmuration-store-"));
  service = await startArtifactService();
  for (const [name, value] of Object.entries(service.environment())) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await service[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function store(name: string, content: Uint8Array): void {
  const { shelf, run } = service;
  const { id } = shelf.create(run, name, "application/octet-stream")!;
  shelf.addBlock(id, "1", Buffer.from(content));
  shelf.commitBlocks(id, ["1"]);
  shelf.finalize(run, name, content.length, digestOf(content));
}

async function open(questionMaxMs?: number): Promise<ArtifactStore> {
  const { signal } = new AbortController();
  const limit = questionMaxMs === undefined ? {} : { questionMaxMs };
  return await ArtifactStore.open({ access: { kind: "service" }, signal, ...limit });
}

/** Of a tar that is no tar: what is asked here ends before anybody reads it. */
function packageOf(tar: Uint8Array, lengthBytes = tar.length): Uint8Array {
  return encodePackageFile({
    torrent: { name: "r.tar", lengthBytes, pieceLengthBytes: 65_536, pieces: new Uint8Array(20) },
    release: "v1",
    manifest: { lengthBytes: 1, sha256: "a".repeat(64) },
    tarSha256: digestOf(tar).replace("sha256:", ""),
  });
}

test("a service that does not answer is not waited for without end", async () => {
  service.faults.hanging.add("ListArtifacts");
  await expect((await open(300)).find("shop.tar", HERE)).rejects.toMatchObject({
    code: "ARTIFACT_UNAVAILABLE",
    message: expect.stringContaining('looking for artifact "shop.tar" took longer than 0 s'),
  });
});

test("a package is a file of its own until it is disposed of", async () => {
  store("shop.torrent", packageOf(Buffer.from("a tar")));
  store("shop.tar", Buffer.from("a tar"));
  {
    using fetched = await fetchPackage(
      { name: "shop", place: HERE },
      { store: await open(), tempDir: folder },
    );
    expect(fetched.facts).toMatchObject({ release: "v1" });
    expect(fetched.tarPath.startsWith(folder)).toBe(true);
  }
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["of another size", Buffer.from("a longer tar"), /"shop\.tar": it has 12 bytes, its torrent says 5/],
  ["of the same size", Buffer.from("a rat"), /"shop\.tar": its SHA-256 is [0-9a-f]{64}, its torrent says/],
])("a tar %s than its torrent's is refused before it is downloaded", async (_what, tar, message) => {
  store("shop.torrent", packageOf(Buffer.from("a tar")));
  store("shop.tar", tar);
  const opened = await open();
  await expect(
    fetchPackage({ name: "shop", place: HERE }, { store: opened, tempDir: folder }),
  ).rejects.toMatchObject({ code: "ARTIFACT_DAMAGED", message: expect.stringMatching(message) });
  expect(service.requests.filter((request) => request === "blob")).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});

test("a tar without its torrent, and a torrent that is none, are each told", async () => {
  store("shop.tar", Buffer.from("a tar"));
  const options = { store: await open(), tempDir: folder };
  await expect(fetchPackage({ name: "shop", place: HERE }, options)).rejects.toMatchObject({
    code: "ARTIFACT_UNAVAILABLE",
    message: expect.stringContaining("the run has shop.tar"),
  });
  store("shop.torrent", Buffer.from("a page"));
  await expect(fetchPackage({ name: "shop", place: HERE }, options)).rejects.toMatchObject({
    code: "ARTIFACT_DAMAGED",
  });
  store("large.torrent", Buffer.alloc(2_000_000));
  await expect(fetchPackage({ name: "large", place: HERE }, options)).rejects.toMatchObject({
    code: "ARTIFACT_DAMAGED",
    message: expect.stringContaining("too large for a torrent"),
  });
});
