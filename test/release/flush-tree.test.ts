import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { sealAndVerify } from "../../src/release/commit.ts";
import { flushFileSystem } from "../../src/release/flush-tree.ts";
import { openRelease } from "../../src/release/open-release.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { fetchPieces, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

// What the real program says of a real disk: full-disk.test.ts. These are the other ways in which it can end.

const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});

/** From now on the only programs are `env` and this `sync`. */
function useSync(root: string, sync: string | undefined): void {
  mkdirSync(`${root}/bin`, { recursive: true });
  rmSync(`${root}/bin/sync`, { force: true });
  if (sync !== undefined) writeFileSync(`${root}/bin/sync`, `#!/bin/sh\n${sync}\n`, { mode: 0o755 });
  symlinkSync("/usr/bin/env", `${root}/bin/env`);
  process.env.PATH = `${root}/bin`;
}

async function flushWith(root: string, sync: string | undefined, signal = never): Promise<void> {
  useSync(root, sync);
  await flushFileSystem(root, signal);
}

/** Fetches a release and seals it; the disk writes as this `sync` does. Returns what it told of its progress. */
async function sealWith(root: string, sync: string): Promise<string[]> {
  makeOddTree(`${root}/build`);
  const packed = await pack(`${root}/build`);
  const wanted = wantedOf(packed, "r1");
  await using opened = await openRelease(await newDeployDir(`${root}/app`), wanted, { signal: never });
  await fetchPieces(packed, opened.store);
  useSync(root, sync);
  const told: string[] = [];
  await sealAndVerify(opened, wanted, {
    signal: never,
    onProgress: ({ piecesDone, piecesTotal }) => {
      if (piecesDone < piecesTotal) return;
      told.push("read");
      writeFileSync(`${root}/read`, "");
    },
    onDiskBehind: () => told.push("disk behind"),
  });
  return told;
}

test.each([
  [
    "echo \"sync: error syncing '.': Input/output error\" >&2; exit 1",
    "VERIFY_FAILED",
    /Input\/output error$/,
  ],
  ["echo \"sync: error syncing '.': No space left on device\" >&2; exit 1", "DISK_FULL", /No space left/],
  ["exit 3", "VERIFY_FAILED", /: sync ended with 3$/],
  ["kill -9 $$", "VERIFY_FAILED", /: sync ended with SIGKILL$/],
])("a failed write-out fails the target: %s", async (sync, code, message) => {
  using dir = tempDir();
  // A folder whose name is no word of the program's.
  const root = `${dir.path}/option`;
  await expect(flushWith(root, sync)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test.each([
  ["no sync", undefined],
  ["a sync without -f", "echo \"sync: invalid option -- 'f'\" >&2; exit 1"],
  ["an older sync without -f", "echo 'sync: unrecognized option: f' >&2; exit 1"],
  ["a sync that knows no arguments", "echo 'sync: ignoring all arguments' >&2"],
])("where there is %s, the system writes it out in its own time", async (_what, sync) => {
  using dir = tempDir();
  await flushWith(dir.path, sync);
});

test("a write-out that hangs ends with the run", async () => {
  using dir = tempDir();
  const end = new AbortController();
  const flushing = flushWith(dir.path, "exec /bin/sleep 300", end.signal);
  setTimeout(() => end.abort(new Error("the runner is gone")), 100);
  await expect(flushing).rejects.toThrow("the runner is gone");
});

/** A disk that is done only when all has been read, or fails after ten seconds. */
function slowSync(root: string): string {
  return `n=0; until [ -e ${root}/read ]; do [ $((n += 1)) -lt 500 ] || exit 9; /bin/sleep 0.02; done`;
}

test("what is written out is re-read meanwhile", async () => {
  using dir = tempDir();
  expect(await sealWith(dir.path, slowSync(dir.path))).toEqual(["read", "disk behind"]);
});

test("a disk that fails when all has been read and was right fails the target", async () => {
  using dir = tempDir();
  const sync = `${slowSync(dir.path)}; echo 'Input/output error' >&2; exit 1`;
  await expect(sealWith(dir.path, sync)).rejects.toMatchObject({
    code: "VERIFY_FAILED",
    message: expect.stringMatching(/Input\/output error$/),
  });
});
