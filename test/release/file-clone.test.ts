import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ensureDebianPackage } from "../support/debian-package.ts";
import { noise } from "../support/odd-tree.ts";
import { treeDigest } from "../support/tree-digest.ts";
import { deployBy, fetchMissing, newDeployDir, pack } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

const MIB = 1024 * 1024;

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

/** XFS, whose files can share their blocks, at `path`. Root only. */
function mountXfs(path: string, imagePath: string): Disposable {
  mkdirSync(path);
  run("truncate", "--size=400M", imagePath);
  run("mkfs.xfs", "-q", "-m", "reflink=1", imagePath);
  run("mount", "-o", "loop", imagePath, path);
  return { [Symbol.dispose]: () => run("umount", path) };
}

function usedBytes(path: string): number {
  const { blocks, bfree, bsize } = statfsSync(path);
  return (blocks - bfree) * bsize;
}

const missing =
  process.getuid?.() === 0
    ? ensureDebianPackage({ name: "xfsprogs", file: "/usr/sbin/mkfs.xfs" })
    : "only root may mount";

describe.skipIf(missing !== undefined)("where files can share their blocks", () => {
  test("what is taken from another release takes no room, and is nobody else's for all that", async () => {
    using dir = tempDir();
    mkdirSync(`${dir.path}/tree`);
    const large = noise("large", 60 * MIB);
    writeFileSync(`${dir.path}/tree/large`, large);
    for (let index = 0; index < 100; index++)
      writeFileSync(`${dir.path}/tree/${index}`, noise(`${index}`, 100_000));
    using _disk = mountXfs(`${dir.path}/disk`, `${dir.path}/image`);
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`), "r1");
    run("sync", "-f", deployDir.root);
    const before = usedBytes(deployDir.root);
    writeFileSync(`${dir.path}/tree/7`, noise("new", 100_000));
    const { bytes } = await deployBy(fetchMissing, deployDir, await pack(`${dir.path}/tree`), "r2");
    run("sync", "-f", deployDir.root);
    expect(bytes).toBeLessThan(150_000);
    expect(usedBytes(deployDir.root) - before).toBeLessThan(5 * MIB);
    expect(treeDigest(`${deployDir.releases}/r2`)).toBe(treeDigest(`${dir.path}/tree`));

    expect(lstatSync(`${deployDir.releases}/r2/large`).nlink).toBe(1);
    writeFileSync(`${deployDir.releases}/r2/large`, "an application wrote this");
    // `toEqual` looks at each of the bytes by itself, which takes half a minute.
    expect(readFileSync(`${deployDir.releases}/r1/large`).equals(large)).toBe(true);
  });
});
