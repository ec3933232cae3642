import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deployDirAt, probeDeployDir } from "../../src/release/deploy-dir.ts";
import { asUser } from "./as-user.ts";
import { tempDir } from "./temp-dir.ts";

test("what is missing of the deploy directory is made, and the probe leaves nothing", async () => {
  using dir = tempDir();
  const deployDir = deployDirAt(`${dir.path}/a/b/`);
  const state = await probeDeployDir(`${dir.path}/a/b/`);
  expect(state.currentRelease).toBeNull();
  expect(state.freeBytes).toBeGreaterThan(0);
  expect(readdirSync(deployDir.root).sort()).toEqual([".murmuration", "releases"]);
  expect(readdirSync(deployDir.internal).sort()).toEqual(["releases", "staging"]);
  symlinkSync("releases/r1", deployDir.current);
  expect((await probeDeployDir(`${dir.path}/a/b`)).currentRelease).toBe("r1");
  rmSync(deployDir.current);
  symlinkSync(`${deployDir.releases}/r2`, deployDir.current);
  expect((await probeDeployDir(`${dir.path}/a/b`)).currentRelease).toBe("r2");
  rmSync(deployDir.current);
  symlinkSync("/somewhere/else", deployDir.current);
  expect((await probeDeployDir(`${dir.path}/a/b`)).currentRelease).toBeNull();
});

test("a file in the way is told with its name", async () => {
  using dir = tempDir();
  writeFileSync(`${dir.path}/file`, "");
  await expect(probeDeployDir(`${dir.path}/file/app`)).rejects.toMatchObject({
    code: "DEPLOY_DIR_UNWRITABLE",
    message: expect.stringContaining("not a directory"),
  });
  mkdirSync(`${dir.path}/app`);
  writeFileSync(`${dir.path}/app/releases`, "");
  await expect(probeDeployDir(`${dir.path}/app`)).rejects.toThrow(/app\/releases/);
});

test("a directory of somebody else is told with the reason", async () => {
  using dir = tempDir();
  chmodSync(dir.path, 0o755);
  mkdirSync(`${dir.path}/app`, { mode: 0o755 });
  await asUser(async () => {
    chmodSync(`${dir.path}/app`, 0o555);
    await expect(probeDeployDir(`${dir.path}/app`)).rejects.toMatchObject({
      code: "DEPLOY_DIR_UNWRITABLE",
      message: expect.stringMatching(/app\/releases": permission denied \(EACCES\)/),
    });
  }, `${dir.path}/app`);
});

test("a log that another user keeps for himself is told before anything is moved", async () => {
  using dir = tempDir();
  const deployDir = deployDirAt(`${dir.path}/app`);
  chmodSync(dir.path, 0o755);
  await probeDeployDir(deployDir.root);
  writeFileSync(deployDir.log, "", { mode: 0o444 });
  const shared = [
    deployDir.root,
    deployDir.internal,
    deployDir.releases,
    deployDir.staging,
    deployDir.records,
  ];
  await asUser(
    async () => {
      await expect(probeDeployDir(deployDir.root)).rejects.toMatchObject({
        code: "DEPLOY_DIR_UNWRITABLE",
        message: expect.stringMatching(
          /log\.jsonl": permission denied \(EACCES\); ".*log\.jsonl" is of user \d+,/,
        ),
      });
    },
    ...shared,
  );
});
