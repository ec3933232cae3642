import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { readDemoOptions } from "../../demo/demo-options.ts";
import { FleetProgress } from "../../demo/fleet-progress.ts";
import { renderFleet } from "../../demo/fleet-view.ts";
import { tryCorruptStaged } from "../../demo/sabotage.ts";
import { makeSampleBuild } from "../../demo/sample-build.ts";
import { treeDigest, treeListing } from "../support/tree-digest.ts";

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "murmuration-test-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const TARGETS = Array.from({ length: 12 }, (_, index) => ({
  label: `web-${index}`,
  name: `127.0.0.${index}`,
}));

function progressOf(target: string, piecesDone: number) {
  const bytes = { bytesFromSeeder: piecesDone * 10, bytesFromPeers: piecesDone * 90 };
  return { target, step: "fetch", piecesDone, piecesTotal: 100, ...bytes };
}

test("the sample build is the same each time and has what a careless deploy loses", async () => {
  await using folder = await temporaryFolder();
  const [first, second] = [join(folder.path, "first"), join(folder.path, "second")];
  await makeSampleBuild(first, 2 * 1024 * 1024);
  await makeSampleBuild(second, 2 * 1024 * 1024);
  expect(treeDigest(second)).toBe(treeDigest(first));
  const listing = treeListing(first).join("\n");
  for (const part of ["public/.htaccess", "storage/logs\u0000755 directory", "bin/latest\u0000- link"]) {
    expect(listing).toContain(part);
  }
});

test("the smallest builds have exactly the size that was asked for", async () => {
  await using folder = await temporaryFolder();
  for (const sizeBytes of [1, 1_000, 100_000]) {
    const build = join(folder.path, String(sizeBytes));
    await makeSampleBuild(build, sizeBytes);
    const files = treeListing(build)
      .map((line) => /^(.*)\0\d+ file /.exec(line)?.[1])
      .filter((path) => path !== undefined);
    const sum = files.reduce((total, path) => total + readFileSync(join(build, path)).length, 0);
    expect(sum).toBe(sizeBytes);
  }
});

test("a byte is changed only where the target has written the release's own", async () => {
  await using folder = await temporaryFolder();
  const source = join(folder.path, "build");
  await makeSampleBuild(source, 1024 * 1024);
  const tree = join(folder.path, "app/.murmuration/staging/one/tree");
  expect(await tryCorruptStaged(join(folder.path, "app"), source)).toBeUndefined();
  mkdirSync(tree, { recursive: true });
  expect(await tryCorruptStaged(join(folder.path, "app"), source)).toBeUndefined();
  cpSync(source, tree, { recursive: true, verbatimSymlinks: true });
  const path = await tryCorruptStaged(join(folder.path, "app"), source);
  expect(path).toBeDefined();
  const [before, after] = [readFileSync(join(source, path!)), readFileSync(join(tree, path!))];
  expect(after.length).toBe(before.length);
  expect(after.filter((byte, index) => byte !== before[index])).toHaveLength(1);
});

test("no line of the view is wider than the terminal or one more than it is high", () => {
  const progress = new FleetProgress();
  for (const [index, { name }] of TARGETS.entries()) progress.take(progressOf(name, index * 9));
  progress.note("127.0.0.3", "killed");
  for (const size of [
    { rows: 24, columns: 80 },
    { rows: 50, columns: 200 },
    { rows: 10, columns: 100 },
  ]) {
    const lines = renderFleet(TARGETS, progress, size).map(stripVTControlCharacters);
    expect(lines.length).toBeLessThan(size.rows);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(size.columns);
    expect(lines.join("\n")).toContain("killed");
  }
});

test("a share is rounded down: 100% means all", () => {
  const progress = new FleetProgress();
  progress.take({ ...progressOf("127.0.0.0", 999), piecesTotal: 1_000 });
  const [line] = renderFleet(TARGETS.slice(0, 1), progress, { rows: 24, columns: 80 });
  expect(line).toContain(" 99%");
});

test("bad options are all named at once", () => {
  expect(() => readDemoOptions(["--targets", "x", "--size", "1MB", "--rate", "fast"])).toThrow(
    /--targets "x".*\n--size "1MB".*\n--rate "fast"/,
  );
  expect(() => readDemoOptions(["--targets", "2", "--kill", "1", "--corrupt", "1"])).toThrow(/at least one/);
  expect(readDemoOptions(["--help"])).toBeUndefined();
});
