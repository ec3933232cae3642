import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { InputReader } from "../../src/action/input-reader.ts";
import { INPUT_DEFAULTS } from "../../src/action/inputs.ts";
import { readRuntimeFiles } from "../../src/action/runtime-inputs.ts";

/** The folder `runtimes` of a workspace with these files in it. */
function folderWith(...paths: readonly string[]): string {
  const workspace = mkdtempSync(join(tmpdir(), "murmuration-runtimes-"));
  onTestFinished(() => rmSync(workspace, { recursive: true }));
  mkdirSync(join(workspace, "runtimes"));
  for (const path of paths) {
    mkdirSync(join(workspace, "runtimes", path, ".."), { recursive: true });
    writeFileSync(join(workspace, "runtimes", path), "x");
  }
  return workspace;
}

function read(workspace: string, value = "runtimes") {
  const inputs = new InputReader({ "INPUT_NODE-RUNTIME": value }, INPUT_DEFAULTS);
  const files = readRuntimeFiles(inputs, workspace);
  return { files, problems: inputs.problems };
}

test("by default there is no folder", () => {
  expect(read("/nowhere", "auto")).toEqual({ files: [], problems: [] });
  expect(read("/nowhere", "")).toEqual({ files: [], problems: [] });
});

test("archives, unpacked archives and plain binaries are found by their platforms, and all else is left alone", () => {
  const workspace = folderWith(
    "node-v24.11.0-linux-arm64.tar.gz",
    "node-v24.11.0-linux-x64-musl/bin/node",
    "linux-x64/node",
    "linux-riscv64",
    "SHASUMS256.txt",
  );
  const at = (path: string) => join(workspace, "runtimes", path);
  const { files, problems } = read(workspace);
  expect(problems).toEqual([]);
  expect(files).toEqual([
    { platform: "linux-riscv64", path: at("linux-riscv64"), form: "binary" },
    { platform: "linux-x64", path: at("linux-x64/node"), form: "binary" },
    { platform: "linux-arm64", path: at("node-v24.11.0-linux-arm64.tar.gz"), form: "tar.gz" },
    { platform: "linux-x64-musl", path: at("node-v24.11.0-linux-x64-musl/bin/node"), form: "binary" },
  ]);
});

test("a folder that is not there, or has nothing to use, is told with what would be", () => {
  const problem = (workspace: string) => read(workspace).problems.join("\n");
  expect(problem("/nowhere")).toMatch(/^node-runtime "runtimes": expected auto, or a folder: ENOENT/);
  expect(problem(folderWith())).toMatch(
    /expected files such as node-v\S+-linux-arm64\.tar\.gz.*; it is empty$/,
  );
  expect(problem(folderWith("a.txt", "node.zip"))).toMatch(/; it has a\.txt, node\.zip$/);
});

test("what can't be read, is empty, or is there twice for one platform is told, all of it", () => {
  const workspace = folderWith(
    "linux-x64/node",
    "linux-arm64/readme.txt",
    "node-v24.11.0-linux-s390x.tar.xz",
    "node-v24.11.0-linux-x64.tar.gz",
  );
  const { problems } = read(workspace);
  expect(problems).toEqual([
    expect.stringMatching(/linux-arm64 holds no bin\/node$/),
    expect.stringMatching(/linux-s390x\.tar\.xz can't be read; nodejs\.org has the same as \.tar\.gz$/),
    expect.stringMatching(/both \S+linux-x64\/node and \S+linux-x64\.tar\.gz are for linux-x64$/),
  ]);
});
