import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import { activateRelease, restoreCurrent } from "../../src/release/activate.ts";
import { sealAndVerify } from "../../src/release/commit.ts";
import { appendDeployLog } from "../../src/release/deploy-log.ts";
import { findHeldRelease } from "../../src/release/held-release.ts";
import { openRelease } from "../../src/release/open-release.ts";
import { requireVerified, verifyTree } from "../../src/release/verify-tree.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { treeDigest } from "../support/tree-digest.ts";
import { deploy, fetchPieces, never, newDeployDir, pack, wantedOf } from "./deploy-fixture.ts";
import { tempDir } from "./temp-dir.ts";

/** Changes one byte. */
function corrupt(path: string): void {
  const content = readFileSync(path);
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
  writeFileSync(path, content);
}

test.each<[string, (tree: string) => void, RegExp]>([
  [
    "a changed byte",
    (tree) => corrupt(`${tree}/large`),
    /"large" has other content; 1 of \d+ pieces are wrong/,
  ],
  ["a missing file", (tree) => rmSync(`${tree}/bin/run`), /"bin\/run" is missing/],
  ["a shorter file", (tree) => truncateSync(`${tree}/large`, 5), /"large" has 5 bytes, not 3145745/],
  ["another mode", (tree) => chmodSync(`${tree}/secret`, 0o644), /"secret" has mode 0644, not 0600/],
  ["another mode of the root", (tree) => chmodSync(tree, 0o777), /"\." has mode 0777, not 0750/],
  ["content in an empty file", (tree) => writeFileSync(`${tree}/zero`, "x"), /"zero" has 1 bytes, not 0/],
  [
    "another link target",
    (tree) => {
      rmSync(`${tree}/link to file`);
      symlinkSync("elsewhere", `${tree}/link to file`);
    },
    /"link to file" points to "elsewhere", not "zero"/,
  ],
  [
    "a link to the same content instead of the file",
    (tree) => {
      renameSync(`${tree}/block`, `${tree}/../block`);
      symlinkSync("../block", `${tree}/block`);
    },
    /"block" is link, not file/,
  ],
])("verification of what is held finds %s", async (_what, damage, message) => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, await pack(`${dir.path}/tree`), "r1");
  const held = (await findHeldRelease(deployDir, null))!;
  const verify = async () => {
    const verification = await verifyTree(held.tree, held, held.torrent, { signal: never });
    requireVerified(verification, { code: "RELEASE_DAMAGED", extras: "allow", root: held.tree });
  };
  await verify();
  damage(held.tree);
  await expect(verify()).rejects.toMatchObject({
    code: "RELEASE_DAMAGED",
    message: expect.stringMatching(message),
  });
});

test("what does not belong to the release is an error in staging", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  const wanted = wantedOf(packed, "r1");
  await using opened = await openRelease(deployDir, wanted, { signal: never });
  await fetchPieces(packed, opened.store);
  writeFileSync(`${opened.store.tree}/planted`, "x");
  await expect(sealAndVerify(opened, wanted, { signal: never })).rejects.toMatchObject({
    code: "VERIFY_FAILED",
    message: expect.stringMatching(/1 entries that are not part of the release: "planted"/),
  });
});

test("an id that holds other contents is refused, and left as it is", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, await pack(`${dir.path}/tree`), "r1");
  const before = treeDigest(deployDir.root);
  writeFileSync(`${dir.path}/tree/more`, "x");
  const other = wantedOf(await pack(`${dir.path}/tree`), "r1");
  await expect(openRelease(deployDir, other, { signal: never })).rejects.toMatchObject({
    code: "RELEASE_CONFLICT",
  });
  mkdirSync(`${deployDir.releases}/by-hand`);
  await expect(
    openRelease(deployDir, { ...other, release: "by-hand" }, { signal: never }),
  ).rejects.toMatchObject({
    code: "RELEASE_CONFLICT",
    message: expect.stringContaining("no deploy has put it there"),
  });
  rmSync(`${deployDir.releases}/by-hand`, { recursive: true });
  expect(treeDigest(deployDir.root)).toBe(before);
});

test("a damaged release is built again where nothing runs from it, and refused where it is current", async () => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const packed = await pack(`${dir.path}/tree`, 16 * 1024);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, packed, "r1", { activate: false });
  corrupt(`${deployDir.releases}/r1/large`);
  expect(await deploy(deployDir, packed, "r1")).toBe(1);
  expect(treeDigest(`${deployDir.releases}/r1`)).toBe(treeDigest(`${dir.path}/tree`));
  expect(readdirSync(deployDir.staging)).toEqual([]);
  corrupt(`${deployDir.releases}/r1/large`);
  await expect(deploy(deployDir, packed, "r1")).rejects.toMatchObject({
    code: "RELEASE_DAMAGED",
    message: expect.stringContaining('"large" has other content'),
  });
});

test.each([
  ["a directory", (path: string) => mkdirSync(path)],
  ["a file", (path: string) => writeFileSync(path, "")],
])("%s at `current` is never replaced", async (_what, make) => {
  using dir = tempDir();
  makeOddTree(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  make(deployDir.current);
  await expect(deploy(deployDir, await pack(`${dir.path}/tree`), "r1")).rejects.toMatchObject({
    code: "CURRENT_NOT_A_LINK",
  });
  expect(lstatSync(deployDir.current).isSymbolicLink()).toBe(false);
});

test("activation returns what was current, replaces a foreign link, and refuses what is not there", async () => {
  using dir = tempDir();
  mkdirSync(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/a`, "a");
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  symlinkSync("/srv/elsewhere", deployDir.current);
  await deploy(deployDir, packed, "r1", { activate: false });
  await deploy(deployDir, packed, "r2", { activate: false });
  expect(await activateRelease(deployDir, "r1")).toEqual({ kind: "elsewhere", target: "/srv/elsewhere" });
  writeFileSync(`${deployDir.internal}/next`, "left by a killed run");
  expect(await activateRelease(deployDir, "r2")).toEqual({ kind: "release", release: "r1" });
  expect(await activateRelease(deployDir, "r2")).toEqual({ kind: "release", release: "r2" });
  await expect(activateRelease(deployDir, "r3")).rejects.toMatchObject({ code: "RELEASE_UNKNOWN" });
  expect(readlinkSync(deployDir.current)).toBe("releases/r2");
});

test("a switch is taken back to what there was: a release, a foreign link, or nothing", async () => {
  using dir = tempDir();
  mkdirSync(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/a`, "a");
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, packed, "r1", { activate: false });
  await deploy(deployDir, packed, "r2", { activate: false });
  const nothing = await activateRelease(deployDir, "r1");
  const r1 = await activateRelease(deployDir, "r2");
  await restoreCurrent(deployDir, r1);
  expect(readlinkSync(deployDir.current)).toBe("releases/r1");
  await restoreCurrent(deployDir, nothing);
  expect(existsSync(deployDir.current)).toBe(false);
  symlinkSync("/srv/elsewhere", deployDir.current);
  const elsewhere = await activateRelease(deployDir, "r2");
  await restoreCurrent(deployDir, elsewhere);
  expect(readlinkSync(deployDir.current)).toBe("/srv/elsewhere");
  rmSync(deployDir.current);
  mkdirSync(deployDir.current);
  await expect(restoreCurrent(deployDir, nothing)).rejects.toMatchObject({ code: "CURRENT_NOT_A_LINK" });
});

test("a release whose record cannot be read is built again where nothing runs from it", async () => {
  using dir = tempDir();
  mkdirSync(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/a`, "a");
  const packed = await pack(`${dir.path}/tree`);
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, packed, "r1");
  writeFileSync(`${deployDir.records}/r1.json`, "{");
  await expect(openRelease(deployDir, wantedOf(packed, "r1"), { signal: never })).rejects.toMatchObject({
    code: "RELEASE_DAMAGED",
  });
  rmSync(deployDir.current);
  await deploy(deployDir, packed, "r1");
  expect((await findHeldRelease(deployDir, "r1"))?.release).toBe("r1");
  expect(treeDigest(`${deployDir.releases}/r1`)).toBe(treeDigest(`${dir.path}/tree`));
});

test("records that were tampered with or cut are damage, not another release", async () => {
  using dir = tempDir();
  mkdirSync(`${dir.path}/tree`);
  writeFileSync(`${dir.path}/tree/a`, "a");
  const deployDir = await newDeployDir(`${dir.path}/app`);
  await deploy(deployDir, await pack(`${dir.path}/tree`), "r1");
  const record = readFileSync(`${deployDir.records}/r1.json`, "utf8");
  const damaged = { code: "RELEASE_DAMAGED" };
  for (const text of ["", record.slice(0, 50), record.replace('"lengthBytes":', '"lengthBytes":1')]) {
    writeFileSync(`${deployDir.records}/r1.json`, text);
    await expect(findHeldRelease(deployDir, "r1")).rejects.toMatchObject(damaged);
  }
  writeFileSync(`${deployDir.records}/r1.json`, record);
  corrupt(`${deployDir.records}/r1.manifest`);
  await expect(findHeldRelease(deployDir, "r1")).rejects.toMatchObject(damaged);
});

test("each deploy adds its line to the log", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(`${dir.path}/app`);
  const entry = {
    at: "2026-01-01T00:00:00Z",
    run: "x\ny",
    release: "r1",
    infoHash: "0",
    action: "committed",
    previous: null,
  } as const;
  await appendDeployLog(deployDir, entry);
  await appendDeployLog(deployDir, { ...entry, action: "activated", previous: "r0" });
  const lines = readFileSync(deployDir.log, "utf8").split("\n");
  expect(lines.length).toBe(3);
  expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
    entry,
    { ...entry, action: "activated", previous: "r0" },
  ]);
});
