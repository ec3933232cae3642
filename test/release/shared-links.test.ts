import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import { type DeployDir, deployDirAt } from "../../src/release/deploy-dir.ts";
import { linkShared, requireSharedFiles } from "../../src/release/shared-links.ts";
import { tempDir } from "./temp-dir.ts";

function newDeployDir(root: string): { deployDir: DeployDir; tree: string } {
  const deployDir = deployDirAt(root);
  const tree = `${deployDir.releases}/r1`;
  mkdirSync(`${tree}/config`, { recursive: true });
  mkdirSync(`${deployDir.shared}/config`, { recursive: true });
  writeFileSync(`${deployDir.shared}/config/app.yml`, "secret");
  return { deployDir, tree };
}

const SHARED = { files: ["config/app.yml"], directories: ["log", "public/up loads"] };

test("shared paths are relative links, directories are made, and all can be done twice", () => {
  using dir = tempDir();
  const { deployDir, tree } = newDeployDir(`${dir.path}/app`);
  for (const _ of [1, 2]) {
    requireSharedFiles(deployDir, SHARED);
    linkShared(deployDir, tree, "r1", SHARED);
  }
  expect(readlinkSync(`${tree}/config/app.yml`)).toBe("../../../shared/config/app.yml");
  expect(readFileSync(`${tree}/config/app.yml`, "utf8")).toBe("secret");
  writeFileSync(`${tree}/public/up loads/a`, "kept");
  expect(readFileSync(`${deployDir.shared}/public/up loads/a`, "utf8")).toBe("kept");
});

test("a directory that came without the right to write gets its link, and keeps its mode", () => {
  using dir = tempDir();
  const { deployDir, tree } = newDeployDir(`${dir.path}/app`);
  chmodSync(`${tree}/config`, 0o555);
  linkShared(deployDir, tree, "r1", SHARED);
  expect(lstatSync(`${tree}/config`).mode & 0o777).toBe(0o555);
  chmodSync(`${tree}/config`, 0o755);
});

test("a shared file that is not there is told before anything is touched", () => {
  using dir = tempDir();
  const { deployDir } = newDeployDir(`${dir.path}/app`);
  const missing = { files: ["config/app.yml", "config/other.yml"], directories: [] };
  expect(() => requireSharedFiles(deployDir, missing)).toThrow(
    `there is no file ${deployDir.shared}/config/other.yml`,
  );
});

test("what the release ships is not replaced by a link, and no link of its own is followed", () => {
  using dir = tempDir();
  const { deployDir, tree } = newDeployDir(`${dir.path}/app`);
  writeFileSync(`${tree}/config/app.yml`, "shipped");
  const files = { files: SHARED.files, directories: [] };
  expect(() => linkShared(deployDir, tree, "r1", files)).toThrow("a file stands there");
  mkdirSync(`${dir.path}/elsewhere`);
  symlinkSync(`${dir.path}/elsewhere`, `${tree}/public`);
  expect(() => linkShared(deployDir, tree, "r1", { files: [], directories: ["public/a"] })).toThrow(
    expect.objectContaining({ code: "SHARED_PATH_TAKEN" }),
  );
});
