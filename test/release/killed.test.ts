import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { activateRelease } from "../../src/release/activate.ts";
import { commitRelease, removeStaleStagings, sealAndVerify } from "../../src/release/commit.ts";
import { findHeldRelease } from "../../src/release/held-release.ts";
import { acquireLock } from "../../src/release/lock.ts";
import { openRelease } from "../../src/release/open-release.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { treeDigest } from "../support/tree-digest.ts";
import { asUser } from "./as-user.ts";
import { allPieces, deploy, fetchPieces, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

const CHILD = new URL("./deploy-child.ts", import.meta.url).pathname;

/** Starts a deploy and kills it so long after it began. Returns whether it had come to its end by itself. */
async function deployAndKill(
  path: string,
  deployTo: string,
  release: string,
  afterMs: number,
): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, path, deployTo, release], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    await Promise.race([once(child.stdout, "data"), ended]);
    await Promise.race([sleep(afterMs), ended]);
  } finally {
    child.kill("SIGKILL");
  }
  const [code] = await ended;
  return code === 0;
}

test("a deploy that is killed at any moment leaves a whole release or none, and the next one completes it", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const expected = treeDigest(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  let killed = 0;
  for (let time = 0; time < 12; time++) {
    const deployTo = `${dir.path}/app${time}`;
    const isDone = await deployAndKill(`${dir.path}/tree`, deployTo, "r1", time * 20);
    if (!isDone) killed += 1;
    const deployDir = await newDeployDir(deployTo);
    if (existsSync(`${deployDir.releases}/r1`)) {
      expect(treeDigest(`${deployDir.releases}/r1`)).toBe(expected);
      expect(await findHeldRelease(deployDir, "r1")).toBeDefined();
    }
    if (existsSync(deployDir.current)) expect(readlinkSync(deployDir.current)).toBe("releases/r1");
    await using _lock = await acquireLock(deployDir, { run: "the next" });
    await deploy(deployDir, packed, "r1");
    expect(treeDigest(`${deployTo}/current/.`)).toBe(expected);
    await removeStaleStagings(deployDir);
    expect(readdirSync(deployDir.internal).sort()).toEqual(["lock", "releases", "staging"]);
  }
  expect(killed).toBeGreaterThan(0);
}, 60_000);

test("a record without its tree, and a staging without its tree, are no release and do not disturb the next deploy", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  const wanted = wantedOf(packed, "r1");
  {
    await using opened = await openRelease(deployDir, wanted, { signal: never });
    await fetchPieces(packed, opened.store);
    await sealAndVerify(opened, wanted, { signal: never });
    await commitRelease(deployDir, opened, wanted, { run: "a test", toActivate: true, signal: never });
  }
  // Killed between the record and the rename.
  mkdirSync(`${deployDir.staging}/r1`);
  renameSync(`${deployDir.releases}/r1`, `${deployDir.staging}/r1/tree`);
  expect(await findHeldRelease(deployDir, "r1")).toBeUndefined();
  await expect(activateRelease(deployDir, "r1")).rejects.toMatchObject({ code: "RELEASE_UNKNOWN" });
  await deploy(deployDir, packed, "r1");
  expect(treeDigest(`${deployDir.releases}/r1`)).toBe(treeDigest(`${dir.path}/tree`));
});

test("a user without root's rights deploys read-only directories too, several times, and swaps a damaged release", async () => {
  using dir = tempDir();
  chmodSync(dir.path, 0o755);
  makeOddTree(`${dir.path}/tree`);
  chmodSync(`${dir.path}/tree`, 0o555);
  const packed = await pack(`${dir.path}/tree`);
  // Read as root: the user of the target need not be able to read the source.
  const pieces = await allPieces(packed);
  mkdirSync(`${dir.path}/app`);
  await asUser(async () => {
    const deployDir = await newDeployDir(`${dir.path}/app`);
    for (const release of ["r1", "r2", "r2"]) {
      const wanted = wantedOf(packed, release);
      await using opened = await openRelease(deployDir, wanted, { signal: never });
      for (const [piece, bytes] of pieces.entries()) await opened.store.writePiece(piece, bytes);
      await sealAndVerify(opened, wanted, { signal: never });
      await commitRelease(deployDir, opened, wanted, { run: "a test", toActivate: true, signal: never });
      await activateRelease(deployDir, release);
    }
    chmodSync(`${deployDir.releases}/r1/secret`, 0o644);
    await deploy(deployDir, packed, "r1");
    expect((await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never })).kind).toBe("held");
    await using staged = await openRelease(deployDir, wantedOf(packed, "r3"), { signal: never });
    await sealAndVerify(staged, wantedOf(packed, "r3"), { signal: never });
    await removeStaleStagings(deployDir);
    expect(readdirSync(deployDir.staging)).toEqual([]);
  }, `${dir.path}/app`);
});
