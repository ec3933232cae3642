import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActionRun, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest, treeListing } from "../support/tree-digest.ts";

const TARGETS = 8;
const LARGE_BYTES = 64 * 1024 * 1024;

describeWithOpenSsh("a deploy of 64 MiB to 8 sshd targets", () => {
  let folder: string;
  let source: string;
  let fleet: SshdFleet;
  let first: ReturnType<typeof requirePassed>;

  const deploy = async (release: string): Promise<ActionRun> =>
    await runAction({ ...reachInputs(fleet), path: source, release });
  const at = (index: number, path: string) => join(fleet.targets[index]!.rootPath, path);
  const names = () => fleet.targets.map(({ host }) => host);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-deploy-"));
    source = join(folder, "build");
    makeOddTree(source, { largeBytes: LARGE_BYTES });
    fleet = await startSshdFleet({ count: TARGETS });
    first = requirePassed(await deploy("one"));
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("no path byte, type, mode, link target or content is lost on any target", () => {
    const expected = treeDigest(source);
    for (const host of fleet.targets) {
      const digest = currentDigest(host);
      if (digest !== expected)
        expect(treeListing(join(host.rootPath, "srv/app/current/."))).toEqual(treeListing(source));
      expect(digest).toBe(expected);
    }
  });

  test("`current` is a relative link to the release", () => {
    for (const index of names().keys())
      expect(readlinkSync(at(index, "srv/app/current"))).toBe("releases/one");
  });

  test("every output says what happened", () => {
    const { outputs, report } = first;
    const sizeBytes = report.release?.sizeBytes ?? 0;
    const tarBytes = report.release?.tarBytes ?? 0;
    expect(sizeBytes).toBeGreaterThan(LARGE_BYTES);
    expect(outputs).toEqual({
      release: "one",
      "previous-release": "",
      "info-hash": expect.stringMatching(/^[0-9a-f]{40}$/),
      "size-bytes": String(sizeBytes),
      "transferred-bytes": String(report.transfer.bytes),
      "targets-total": String(TARGETS),
      "targets-verified": String(TARGETS),
      "targets-activated": String(TARGETS),
      "failed-targets": "[]",
      status: "success",
      "artifact-id": "",
      "artifact-digest": "",
      "duration-seconds": expect.stringMatching(/^\d+\.\d+$/),
      "transfer-seconds": expect.stringMatching(/^\d+\.\d+$/),
      "report-path": expect.stringMatching(/report\.json$/),
    });
    expect(Number(outputs["transfer-seconds"])).toBeLessThan(Number(outputs["duration-seconds"]));
    // Each target receives every piece once; a late piece that the end game asked for twice may come twice.
    expect(report.transfer.bytes).toBeGreaterThanOrEqual(TARGETS * sizeBytes);
    expect(report.transfer.bytes).toBeLessThan(TARGETS * tarBytes * 1.2);
    // A swarm and no star: most of it came from other targets.
    expect(report.origin?.bytesUploaded).toBeLessThan(0.6 * report.transfer.bytes);
  });

  test("the summary and the log hold a row for each target, and the sentence on the whole", () => {
    expect(first.summary).toContain("## Deploy succeeded");
    expect(first.summary).toMatch(/\| target \| state \|/);
    expect(first.summary).toContain("8 of 8 targets verified and activated release one");
    for (const name of names()) {
      expect(first.summary).toMatch(
        new RegExp(`^\\| ${name.replaceAll(".", "\\\\?\\.")} \\| activated \\|`, "m"),
      );
      expect(first.log).toMatch(new RegExp(`^${name} +activated`, "m"));
    }
    expect(first.errors).toEqual([]);
    expect(first.warnings).toEqual([]);
  });

  test("the key and the swarm's secrets never reach the log", () => {
    const keyLine = fleet.privateKey.split("\n")[1] ?? "?";
    const said = first.rawLog.split("\n").filter((line) => !line.startsWith("::add-mask::"));
    expect(said.join("\n")).not.toContain(keyLine);
    expect(first.rawLog).toContain(`::add-mask::${keyLine}`);
  });

  test("nothing is left on a target but the release, its record and the agent", async () => {
    await untilQuiet(fleet);
    for (const index of names().keys()) {
      expect(readdirSync(at(index, "srv"))).toEqual(["app"]);
      expect(readdirSync(at(index, "srv/app")).sort()).toEqual([".murmuration", "current", "releases"]);
      expect(readdirSync(at(index, "srv/app/releases"))).toEqual(["one"]);
      expect(readdirSync(at(index, "srv/app/.murmuration")).sort()).toEqual([
        "log.jsonl",
        "releases",
        "staging",
      ]);
      expect(readdirSync(at(index, "srv/app/.murmuration/staging"))).toEqual([]);
      expect(readdirSync(at(index, "root"))).toEqual([".cache"]);
      expect(readdirSync(at(index, "home/deploy"))).toEqual([]);
      const agents = readdirSync(at(index, "root/.cache/murmuration"));
      expect(agents).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
      expect(readdirSync(at(index, `root/.cache/murmuration/${agents[0]}`))).toEqual(["agent.cjs"]);
    }
  });

  test("the same release again moves almost nothing and does not push the agent again", async () => {
    const agent = () => {
      const root = at(0, "root/.cache/murmuration");
      const { ino, mtimeMs } = statSync(join(root, readdirSync(root)[0]!, "agent.cjs"));
      return { ino, mtimeMs };
    };
    const before = agent();
    const { outputs, report } = requirePassed(await deploy("one"));
    expect(Number(outputs["transferred-bytes"])).toBeLessThan(0.01 * Number(outputs["size-bytes"]));
    expect(outputs["targets-activated"]).toBe(String(TARGETS));
    expect(report.targets.map(({ bytes }) => bytes.reused)).toEqual(
      Array(TARGETS).fill(report.release?.tarBytes),
    );
    expect(agent()).toEqual(before);
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(source));
  });

  test("the same build under another id moves almost nothing and is a copy of its own", async () => {
    const run = requirePassed(await deploy("two"));
    const { outputs, report } = run;
    expect(Number(outputs["transferred-bytes"])).toBeLessThan(0.01 * Number(outputs["size-bytes"]));
    expect(outputs["info-hash"]).toBe(first.outputs["info-hash"]);
    expect(report.targets.map(({ previousRelease }) => previousRelease)).toEqual(Array(TARGETS).fill("one"));
    for (const [index, host] of fleet.targets.entries()) {
      expect(readlinkSync(at(index, "srv/app/current"))).toBe("releases/two");
      expect(currentDigest(host)).toBe(treeDigest(source));
      // An application that writes into one release must not change the other.
      expect(statSync(at(index, "srv/app/releases/two/large")).nlink).toBe(1);
      expect(existsSync(at(index, "srv/app/releases/one/large"))).toBe(true);
    }
    await untilQuiet(fleet);
  });
});
