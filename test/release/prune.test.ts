import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type DeployDir, deployDirAt, probeDeployDir } from "../../src/release/deploy-dir.ts";
import { appendDeployLog } from "../../src/release/deploy-log.ts";
import { findHeldRelease } from "../../src/release/held-release.ts";
import { openRelease } from "../../src/release/open-release.ts";
import type { PackedRelease } from "../../src/release/pack.ts";
import { pruneReleases } from "../../src/release/prune.ts";
import { recordPath } from "../../src/release/release-record.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { asUser, NOBODY } from "./as-user.ts";
import { deploy, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

const CHILD = new URL("./prune-child.ts", import.meta.url).pathname;

interface Fixture extends Disposable {
  readonly deployDir: DeployDir;
  readonly packed: PackedRelease;
}

async function newFixture(): Promise<Fixture> {
  const dir = tempDir();
  const source = join(dir.path, "source");
  makeOddTree(source);
  const deployDir = await newDeployDir(join(dir.path, "srv"));
  return { deployDir, packed: await pack(source), [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

/** As the agent does: `previous` is what was current before. */
async function goLive(
  { deployDir, packed }: Fixture,
  release: string,
  previous: string | null,
): Promise<void> {
  await deploy(deployDir, packed, release);
  const entry = { at: new Date().toISOString(), run: "a test", infoHash: packed.digests.infoHash };
  await appendDeployLog(deployDir, { ...entry, release, action: "activated", previous });
}

const held = ({ deployDir }: Fixture) => readdirSync(deployDir.releases).sort();
const recorded = ({ deployDir }: Fixture) => readdirSync(deployDir.records).sort();
const prune = ({ deployDir }: Fixture, keep: number) => pruneReleases(deployDir, { keep, signal: never });

/** a, b, c and d. */
async function goLiveInTurn(fixture: Fixture): Promise<void> {
  for (const [id, previous] of [
    ["a", null],
    ["b", "a"],
    ["c", "b"],
    ["d", "c"],
  ] as const)
    await goLive(fixture, id, previous);
}

test("the newest successful releases stay, the oldest go first, and their records with them", async () => {
  using fixture = await newFixture();
  const ids = ["r5", "r1", "r4", "r2", "r3"];
  let previous: string | null = null;
  for (const id of ids) {
    await goLive(fixture, id, previous);
    previous = id;
  }
  expect(await prune(fixture, 3)).toEqual(["r5", "r1"]);
  expect(held(fixture)).toEqual(["r2", "r3", "r4"]);
  expect(recorded(fixture)).toEqual(["r2", "r3", "r4"].flatMap((id) => [`${id}.json`, `${id}.manifest`]));
  expect(readdirSync(fixture.deployDir.staging)).toEqual([]);
  expect(await prune(fixture, 3)).toEqual([]);
});

test("what is current and what was before it stay, however old and however few are kept", async () => {
  using fixture = await newFixture();
  await goLive(fixture, "old", null);
  for (const id of ["a", "b", "c"]) await goLive(fixture, id, "old");
  await goLive(fixture, "old", "a");
  // Deployed once more it was current already, which is no way back.
  await goLive(fixture, "old", "old");
  expect(await prune(fixture, 1)).toEqual(["b", "c"]);
  expect(held(fixture)).toEqual(["a", "old"]);
});

test("what is live by a link that was made by hand, past another link, is not removed, nor built again", async () => {
  using fixture = await newFixture();
  const { deployDir, packed } = fixture;
  let previous: string | null = null;
  for (const id of ["a", "b", "c", "d"]) {
    await goLive(fixture, id, previous);
    previous = id;
  }
  // The fleet deploys to a link; whoever went back by hand wrote where it leads.
  const linked = join(dirname(deployDir.root), "linked");
  symlinkSync(deployDir.root, linked);
  const byLink = deployDirAt(linked);
  rmSync(deployDir.current);
  symlinkSync(join(deployDir.releases, "a"), deployDir.current);
  expect(await probeDeployDir(linked)).toMatchObject({ currentRelease: "a" });
  expect(await pruneReleases(byLink, { keep: 1, signal: never })).toEqual(["b", "c"]);
  expect(held(fixture)).toEqual(["a", "d"]);

  chmodSync(join(deployDir.releases, "a", "zero"), 0o600);
  await expect(openRelease(byLink, wantedOf(packed, "a"), { signal: never })).rejects.toMatchObject({
    code: "RELEASE_DAMAGED",
  });
});

test("a release that failed does not count and goes; one that was only to be there counts and stays", async () => {
  using fixture = await newFixture();
  const { deployDir, packed } = fixture;
  await goLive(fixture, "first", null);
  await deploy(deployDir, packed, "staged", { activate: false });
  await deploy(deployDir, packed, "failed");
  const path = recordPath(deployDir, "failed");
  const { activatedAt: _, ...never } = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify(never));
  await goLive(fixture, "second", "first");
  expect(await prune(fixture, 3)).toEqual(["failed"]);
  expect(held(fixture)).toEqual(["first", "second", "staged"]);
});

test("what no deploy made is left alone: a folder without a record, a record that cannot be read, a file", async () => {
  using fixture = await newFixture();
  const { deployDir } = fixture;
  await goLiveInTurn(fixture);
  mkdirSync(join(deployDir.releases, "by-hand"));
  writeFileSync(join(deployDir.releases, "note"), "x");
  writeFileSync(recordPath(deployDir, "b"), "{");
  expect(await prune(fixture, 1)).toEqual(["a"]);
  expect(held(fixture)).toEqual(["b", "by-hand", "c", "d", "note"]);
});

test("without a log only what is current is known to be needed beyond those that are kept", async () => {
  using fixture = await newFixture();
  for (const [id, previous] of [
    ["a", null],
    ["b", "a"],
  ] as const)
    await goLive(fixture, id, previous);
  writeFileSync(fixture.deployDir.log, "not JSON\n{}\n");
  expect(await prune(fixture, 2)).toEqual([]);
  rmSync(fixture.deployDir.log);
  expect(await prune(fixture, 1)).toEqual(["a"]);
});

test.runIf(process.getuid?.() === 0)(
  "a release of another user that can't be removed is told, and the others go all the same",
  async () => {
    using fixture = await newFixture();
    const { deployDir } = fixture;
    await goLiveInTurn(fixture);
    const { root } = deployDir;
    chmodSync(dirname(root), 0o755);
    expect(spawnSync("chown", ["-hR", `${NOBODY}:${NOBODY}`, root]).status).toBe(0);
    chownSync(join(deployDir.releases, "a"), 0, 0);
    await asUser(async () => {
      await expect(prune(fixture, 1)).rejects.toMatchObject({
        code: "DEPLOY_DIR_UNWRITABLE",
        message: expect.stringMatching(/^removing ".*\/releases\/a": not permitted \(EPERM\)$/),
      });
    });
    expect(held(fixture)).toEqual(["a", "c", "d"]);
    expect(recorded(fixture)).toEqual(["a", "c", "d"].flatMap((id) => [`${id}.json`, `${id}.manifest`]));
    // Nothing of the attempt is left that would stand in the way of the next user.
    expect(readdirSync(deployDir.staging)).toEqual([]);
  },
);

test("killed while it removes, no release is half there, and the next one ends what it began", async () => {
  using fixture = await newFixture();
  const { deployDir, packed } = fixture;
  for (let round = 0; round < 8; round++) {
    await goLive(fixture, `old-${round}`, null);
    const files = join(deployDir.releases, `old-${round}`);
    chmodSync(files, 0o755);
    // Enough that it takes a while.
    for (let file = 0; file < 2_000; file++) writeFileSync(join(files, `more-${file}`), "");
    await goLive(fixture, `before-${round}`, `old-${round}`);
    await goLive(fixture, `live-${round}`, `before-${round}`);
    const child = spawn(process.execPath, [CHILD, deployDir.root], { stdio: ["pipe", "pipe", "inherit"] });
    await once(child.stdout, "data");
    const ended = once(child, "exit");
    setTimeout(() => child.kill("SIGKILL"), round * 4);
    await ended;
    const left = existsSync(files);
    if (left) expect(readdirSync(files).filter((name) => name.startsWith("more-"))).toHaveLength(2_000);
    expect(await findHeldRelease(deployDir, `live-${round}`)).toBeDefined();
    await prune(fixture, 1);
    expect(existsSync(files)).toBe(false);
    expect(held(fixture)).toEqual([`before-${round}`, `live-${round}`]);
  }
  await deploy(deployDir, packed, "next");
});
