import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sealAndVerify } from "../../src/release/commit.ts";
import { probeDeployDir } from "../../src/release/deploy-dir.ts";
import { openRelease } from "../../src/release/open-release.ts";
import { noise } from "../support/odd-tree.ts";
import { fetchPieces, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { makeExt4, mountImage } from "./ext4-disk.ts";
import { tempDir } from "./temp-dir.ts";
import { mountTmpfs, remount } from "./tmpfs.ts";

// Only root may mount; elsewhere the test command says so.
describe.runIf(process.getuid?.() === 0)("a small disk", () => {
  test("that is too small for the release is found before the first byte, with both numbers", async () => {
    using dir = tempDir();
    mkdirSync(`${dir.path}/tree`);
    writeFileSync(`${dir.path}/tree/a`, noise("a", 3 * 1024 * 1024));
    const packed = await pack(`${dir.path}/tree`);
    using _disk = mountTmpfs(`${dir.path}/disk`, "size=2m");
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    await expect(openRelease(deployDir, wantedOf(packed, "r1"), { signal: never })).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/needs 3\.\d MiB more, and (2\.0|1\.9) MiB are free/),
    });
  });

  test("with too few inodes is found as soon as the manifest is there, before any file", async () => {
    using dir = tempDir();
    mkdirSync(`${dir.path}/tree`);
    for (let index = 0; index < 200; index++) writeFileSync(`${dir.path}/tree/${index}`, "x");
    const packed = await pack(`${dir.path}/tree`);
    using _disk = mountTmpfs(`${dir.path}/disk`, "size=8m,nr_inodes=100");
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
    await expect(fetchPieces(packed, opened.store)).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/needs 20\d more inodes, and \d+ are free/),
    });
  });

  test("that somebody else fills meanwhile names the file, and what is there is resumed when there is room", async () => {
    using dir = tempDir();
    mkdirSync(`${dir.path}/tree`);
    writeFileSync(`${dir.path}/tree/a`, noise("a", 3 * 1024 * 1024));
    const packed = await pack(`${dir.path}/tree`);
    const wanted = wantedOf(packed, "r1");
    using _disk = mountTmpfs(`${dir.path}/disk`, "size=4m");
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    {
      await using opened = await openRelease(deployDir, wanted, { signal: never });
      await fetchPieces(packed, opened.store, (piece) => piece < opened.store.firstPieces);
      writeFileSync(`${dir.path}/disk/else`, Buffer.alloc(2 * 1024 * 1024));
      await expect(fetchPieces(packed, opened.store)).rejects.toMatchObject({
        code: "DISK_FULL",
        message: expect.stringContaining('/tree/a"'),
      });
    }
    rmSync(`${dir.path}/disk/else`);
    await using opened = await openRelease(deployDir, wanted, { signal: never });
    expect(opened.store.bytesReused).toBeGreaterThan(1024 * 1024);
    await fetchPieces(packed, opened.store);
    await sealAndVerify(opened, wanted, { signal: never });
  });

  test("that takes what is written and then loses it fails the target, and nothing of it is trusted by the next run", async () => {
    using dir = tempDir();
    mkdirSync(`${dir.path}/tree`);
    writeFileSync(`${dir.path}/tree/a`, noise("a", 16 * 1024 * 1024));
    const packed = await pack(`${dir.path}/tree`, 1024 * 1024);
    const wanted = wantedOf(packed, "r1");
    // A thin volume: 64 MiB, of which it can keep a part.
    using _pool = mountTmpfs(`${dir.path}/pool`, "size=8m");
    makeExt4(`${dir.path}/pool/image`, 64 * 1024 * 1024, "no journal");
    using _disk = mountImage(`${dir.path}/pool/image`, `${dir.path}/disk`);
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    for (let run = 0; run < 2; run++) {
      await using opened = await openRelease(deployDir, wanted, { signal: never });
      expect(opened).toMatchObject({ kind: "staged", store: { bytesReused: 0 } });
      await fetchPieces(packed, opened.store);
      await expect(sealAndVerify(opened, wanted, { signal: never })).rejects.toMatchObject({
        code: "VERIFY_FAILED",
        message: expect.stringMatching(
          /^writing ".*\/staging\/r1" out to the disk: sync: .*Input\/output error$/,
        ),
      });
    }
  });

  test("that is read-only is told at preflight, and in the middle of a fetch", async () => {
    using dir = tempDir();
    mkdirSync(`${dir.path}/tree`);
    writeFileSync(`${dir.path}/tree/a`, noise("a", 1024 * 1024));
    const packed = await pack(`${dir.path}/tree`, 16 * 1024);
    using _disk = mountTmpfs(`${dir.path}/disk`, "size=4m");
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    await using opened = await openRelease(deployDir, wantedOf(packed, "r1"), { signal: never });
    remount(`${dir.path}/disk`, "ro");
    await expect(fetchPieces(packed, opened.store)).rejects.toMatchObject({
      code: "DEPLOY_DIR_UNWRITABLE",
      message: expect.stringContaining("read-only"),
    });
    await expect(probeDeployDir(`${dir.path}/disk/app`)).rejects.toMatchObject({
      code: "DEPLOY_DIR_UNWRITABLE",
      message: expect.stringContaining("the file system is read-only (EROFS)"),
    });
  });
});
