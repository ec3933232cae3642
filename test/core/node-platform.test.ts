import { expect, test } from "vitest";
import {
  parseRuntimeName,
  platformOfMachine,
  platformOfProcess,
  whyItDoesNotRun,
} from "../../src/core/node-platform.ts";

test("what a machine says of itself is a platform in Node's words", () => {
  expect(platformOfMachine("Linux x86_64 glibc")).toBe("linux-x64");
  expect(platformOfMachine("Linux aarch64 musl")).toBe("linux-arm64-musl");
  expect(platformOfMachine("Linux armv7l glibc")).toBe("linux-armv7l");
  expect(platformOfMachine("Linux x86_64 ")).toBe("linux-x64");
  expect(platformOfMachine("Darwin arm64")).toBe("darwin-arm64");
  expect(platformOfMachine("Plan9 vax")).toBe("plan9-vax");
  expect(platformOfMachine("")).toBe("unknown-unknown");
});

test("a process that has no glibc runs with musl", () => {
  expect(platformOfProcess("linux", "x64", "2.36")).toBe("linux-x64");
  expect(platformOfProcess("linux", "arm64", undefined)).toBe("linux-arm64-musl");
  expect(platformOfProcess("darwin", "arm64", undefined)).toBe("darwin-arm64");
});

test("builds are known by the names that nodejs.org gives them", () => {
  const named = (name: string) => parseRuntimeName(name);
  expect(named("node-v24.11.0-linux-arm64.tar.gz")).toEqual({
    platform: "linux-arm64",
    extension: ".tar.gz",
  });
  expect(named("node-v24.11.0-linux-x64-musl.tar.xz")).toEqual({
    platform: "linux-x64-musl",
    extension: ".tar.xz",
  });
  expect(named("node-v24.11.0-linux-x64-glibc-217.tar.gz")).toEqual({
    platform: "linux-x64",
    extension: ".tar.gz",
  });
  expect(named("linux-arm64")).toEqual({ platform: "linux-arm64", extension: "" });
  for (const other of [
    "SHASUMS256.txt",
    "node-v24.11.0.tar.gz",
    "node-v24.11.0-win-x64.zip",
    "linux-x64-old",
  ])
    expect(named(other)).toBeUndefined();
});

test("why a runtime does not run names what would", () => {
  const why = (exitCode: number, words: string, platform = "linux-x64") =>
    whyItDoesNotRun({ exitCode, words }, platform);
  expect(why(1, "/x/node: /lib/libc.so.6: version `GLIBC_2.28' not found (required by /x/node)")).toMatch(
    /needs GLIBC_2\.28, .*linux-x64-glibc-217\.tar\.gz/,
  );
  expect(why(127, "sh: /x/node: not found")).toMatch(
    /another C library; give node-v\S+-linux-x64-musl\.tar\.gz/,
  );
  expect(why(127, "sh: /x/node: not found", "linux-x64-musl")).toMatch(/give node-v\S+-linux-x64\.tar\.gz/);
  expect(
    why(
      127,
      "/x/node: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory",
    ),
  ).toMatch(/^a library is missing there: .*libatomic/);
  expect(why(126, "sh: /x/node: Exec format error")).toMatch(/another processor than linux-x64/);
  expect(why(132, "")).toBe("exit code 132");
});
