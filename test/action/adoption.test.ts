import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { noise } from "../support/odd-tree.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const TARGETS = 4;
const FILES = 800;
const FILE_BYTES = 40_000;
const MIB = 1024 * 1024;

describeWithOpenSsh("a release that differs little from the one before", () => {
  let folder: string;
  let fleet: SshdFleet;
  let source: string;

  const deploy = async (release: string, inputs: Record<string, string> = {}) => {
    const all = { ...reachInputs(fleet), path: source, release, ...inputs };
    return requirePassed(await runAction(all)).report;
  };
  const change = (seed: string, indexes: readonly number[]) => {
    for (const index of indexes)
      writeFileSync(join(source, `part ${index % 20}`, String(index)), noise(`${seed} ${index}`, FILE_BYTES));
  };
  const expectCurrent = () => {
    for (const target of fleet.targets) expect(currentDigest(target)).toBe(treeDigest(source));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-adoption-"));
    source = join(folder, "build");
    for (let part = 0; part < 20; part++) mkdirSync(join(source, `part ${part}`), { recursive: true });
    change("first", [...Array(FILES).keys()]);
    fleet = await startSshdFleet({ count: TARGETS });
    await deploy("v1");
  }, 120_000);
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("moves what changed and no more, on each target", async () => {
    const changed = Array.from({ length: 20 }, (_, index) => index * 37);
    change("second", changed);
    const report = await deploy("v2");
    expectCurrent();
    for (const { bytes, pieces } of report.targets) {
      const movedBytes = bytes.fromSeeder + bytes.fromPeers;
      expect(movedBytes).toBeGreaterThanOrEqual(changed.length * FILE_BYTES);
      expect(movedBytes).toBeLessThan(1.05 * changed.length * FILE_BYTES + MIB);
      expect(movedBytes + bytes.reused).toBeLessThanOrEqual(report.release?.tarBytes ?? 0);
      expect(bytes.reused).toBeGreaterThan(0.9 * FILES * FILE_BYTES);
      expect(pieces.done).toBe(pieces.total);
    }
    const transfers = report.targets.map(({ phases }) => phases.find(({ name }) => name === "transfer"));
    for (const phase of transfers) expect(phase!.endMs - phase!.startMs).toBeLessThan(10_000);
  });

  test("moves nothing where only the id is new", async () => {
    const report = await deploy("v3");
    expectCurrent();
    for (const { bytes } of report.targets) expect(bytes.fromSeeder + bytes.fromPeers).toBe(0);
  });

  test("arrives whole where an application has written into the old release, and costs that file", async () => {
    const target = fleet.targets[0]!;
    for (const release of ["v1", "v2", "v3"]) {
      const path = join(target.rootPath, "srv/app/releases", release, "part 5/5");
      const { atime, mtime } = statSync(path);
      const content = readFileSync(path);
      content[100] = content[100]! ^ 1;
      writeFileSync(path, content);
      utimesSync(path, atime, mtime);
    }
    change("fourth", [6]);
    const report = await deploy("v4");
    expectCurrent();
    const moved = report.targets.map(({ bytes }) => bytes.fromSeeder + bytes.fromPeers);
    for (const bytes of moved) expect(bytes).toBeLessThan(MIB);
    expect(Math.max(...moved)).toBeGreaterThanOrEqual(2 * FILE_BYTES);
  });

  test("moves whole pieces with the engine webtorrent", async () => {
    change("fifth", [700]);
    const report = await deploy("v5", { engine: "webtorrent", encryption: "off" });
    expectCurrent();
    for (const { bytes } of report.targets) {
      expect(bytes.fromSeeder + bytes.fromPeers).toBeLessThan(2 * MIB);
      expect(bytes.reused).toBeGreaterThan(0.9 * FILES * FILE_BYTES);
    }
  });
});
