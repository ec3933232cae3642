import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  agentBundleOf,
  killCommand,
  probeCommand,
  pushCommand,
  pushInput,
  readPid,
  readProbe,
  startCommand,
} from "../../src/remote/ssh-agent-scripts.ts";

const PLACE = {
  agentDir: "~/.cache/murmuration",
  fileName: "agent.cjs",
  sha256: "ab".repeat(32),
  sizeBytes: 1_234,
};

test("no command holds what fish or csh would read inside quotes", () => {
  const commands = [
    probeCommand(PLACE),
    pushCommand(PLACE, ".agent.1", { gzipped: false }),
    pushCommand(PLACE, ".agent.1", { gzipped: true }),
    startCommand(PLACE, "/usr/bin/node", ["--uplink=/tmp/a b/uplink"]),
    killCommand(1),
  ];
  for (const command of commands) expect(command).not.toMatch(/[\\!\n]/);
});

test("a probe is found between whatever a login script prints", () => {
  const stdout = `Welcome!\n@murmuration agent\r\n@murmuration old v16.1.0 /usr/bin/node
@murmuration old v16.1.0 /usr/bin/node\n@murmuration node v22.1.0 /home/a b/node\n@murmuration end\nBye\n`;
  expect(readProbe(stdout)).toEqual({
    agentThere: true,
    gzipThere: false,
    node: { version: "v22.1.0", path: "/home/a b/node" },
    tooOld: [{ version: "v16.1.0", path: "/usr/bin/node" }],
    machine: undefined,
  });
});

test("what a machine loads into each of its Node.js programs does not keep the agent from starting", () => {
  const agentDir = mkdtempSync(join(tmpdir(), "murmuration-agent-"));
  onTestFinished(() => rmSync(agentDir, { recursive: true }));
  const folder = join(agentDir, PLACE.sha256);
  mkdirSync(folder);
  writeFileSync(join(folder, "agent.cjs"), "console.log(...process.argv.slice(2))");
  const command = startCommand({ ...PLACE, agentDir }, process.execPath, ["--uplink=/tmp/a b"]);
  const environment = {
    NODE_OPTIONS: "--use-bundled-ca --require=/no/such/file",
    NODE_EXTRA_CA_CERTS: "/no/such/file",
    SSH_CONNECTION: "::1 5 ::2 22",
  };
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { env: environment, encoding: "utf8" });
  expect(stdout).toBe("--ssh-connection=::1 5 ::2 22 --uplink=/tmp/a b\n");
  expect(readPid(stderr)).toBeGreaterThan(0);
});

test("what a bastion keeps of a fleet goes when no deploy has used it for long", () => {
  const agentDir = mkdtempSync(join(tmpdir(), "murmuration-agent-"));
  onTestFinished(() => rmSync(agentDir, { recursive: true }));
  const bytes = Buffer.from("agent");
  const { sha256 } = agentBundleOf(bytes);
  const stores = ["used", "unused"].map((name) => join(agentDir, "seed", name));
  for (const store of stores) {
    mkdirSync(join(store, ".murmuration"), { recursive: true });
    mkdirSync(join(store, "releases"));
    writeFileSync(join(store, "releases/file"), "x");
    chmodSync(join(store, "releases"), 0o555);
    utimesSync(store, 0, 0);
  }
  utimesSync(join(stores[1]!, ".murmuration"), 0, 0);
  const command = pushCommand({ ...PLACE, agentDir, sha256, sizeBytes: bytes.length }, ".x", {
    gzipped: false,
  });
  const { status, stderr } = spawnSync("sh", ["-c", command], { input: pushInput(bytes), encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stores.map((store) => existsSync(join(store, "releases/file")))).toEqual([true, false]);
  expect(existsSync(join(agentDir, sha256, "agent.cjs"))).toBe(true);
});

test("half a probe is no probe", () => {
  expect(readProbe("@murmuration node v22.1.0 /usr/bin/node\n")).toBeUndefined();
  expect(readProbe("This account is currently not available.\n")).toBeUndefined();
});

test("only our own line is taken for a process id", () => {
  expect(readPid("@murmuration pid 4242")).toBe(4242);
  expect(readPid("@murmuration pid 4242; rm -rf /")).toBeUndefined();
  expect(readPid("pid 4242")).toBeUndefined();
});
