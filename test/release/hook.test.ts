import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type DeployDir, deployDirAt } from "../../src/release/deploy-dir.ts";
import { type HookCall, runHook } from "../../src/release/hook.ts";
import { eventually } from "../support/sshd-host.ts";
import { tempDir } from "./temp-dir.ts";

const never = new AbortController().signal;

function newDeployDir(root: string): DeployDir {
  const deployDir = deployDirAt(root);
  mkdirSync(`${deployDir.releases}/r2`, { recursive: true });
  return deployDir;
}

function run(deployDir: DeployDir, call: Partial<HookCall> & { command: string }, signal = never) {
  return runHook(
    deployDir,
    { hook: "after-activate", timeoutMs: 10_000, retryForMs: 0, ...call },
    { release: "r2", previous: "r1", target: "web-1", outputCharactersMax: 100, signal },
  );
}

const exited = (code: number) => ({ kind: "exited", code });
const isThere = (pid: number) => {
  try {
    return !/State:\s+Z/.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};
const pidIn = (path: string) => Number(readFileSync(path, "utf8"));

test("a hook runs in the release's directory and is told what it is about", async () => {
  using dir = tempDir();
  const deployDir = newDeployDir(`${dir.path}/app`);
  const command = 'pwd; echo "$MURMURATION_RELEASE $MURMURATION_PREVIOUS $MURMURATION_TARGET"; echo no >&2';
  const { end, output } = await run(deployDir, { command });
  expect(end).toEqual(exited(0));
  expect(output).toBe(`${deployDir.releases}/r2\nr2 r1 web-1\nno\n`);
  const current = await run(deployDir, { command: 'echo "$MURMURATION_CURRENT" | tail -c 8' });
  expect(current.output).toBe("current\n");
});

test("a failing line fails the hook although others follow", async () => {
  using dir = tempDir();
  const deployDir = newDeployDir(`${dir.path}/app`);
  expect(await run(deployDir, { command: "false\necho done" })).toMatchObject({ end: exited(1), output: "" });
  expect(await run(deployDir, { command: "kill -9 $$" })).toMatchObject({
    end: { kind: "killed", signal: "SIGKILL" },
  });
});

test("a hook that leaves a background process with its output does not hang, and the process goes on", async () => {
  using dir = tempDir();
  const deployDir = newDeployDir(`${dir.path}/app`);
  const started = Date.now();
  const { end, output } = await run(deployDir, { command: "sleep 300 & echo $! > pid; echo started" });
  expect(end).toEqual(exited(0));
  expect(output).toBe("started\n");
  expect(Date.now() - started).toBeLessThan(5_000);
  const pid = pidIn(`${deployDir.releases}/r2/pid`);
  expect(isThere(pid)).toBe(true);
  process.kill(pid);
});

test("a hook past its limit is ended with all that it started, also what ignores SIGTERM", async () => {
  using dir = tempDir();
  const deployDir = newDeployDir(`${dir.path}/app`);
  const command = "sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 1; done' & wait";
  const { end } = await run(deployDir, { command, timeoutMs: 500 });
  expect(end).toEqual({ kind: "timed-out", afterMs: 500 });
  const pid = pidIn(`${deployDir.releases}/r2/pid`);
  await eventually(() => !isThere(pid), 1_500);
});

/** Runs a command that writes its pid to a file, aborts it then, and says how long it took to end. */
async function abortWhenThere(
  deployDir: DeployDir,
  command: string,
): Promise<{ pid: number; tookMs: number }> {
  const stop = new AbortController();
  const running = run(deployDir, { command, timeoutMs: 60_000 }, stop.signal);
  const path = `${deployDir.releases}/r2/pid`;
  await eventually(() => existsSync(path) && pidIn(path) > 0, 20_000);
  const startMs = performance.now();
  stop.abort(new Error("over"));
  await expect(running).rejects.toThrow("over");
  return { pid: pidIn(path), tookMs: performance.now() - startMs };
}

test("an abort ends the hook", async () => {
  using dir = tempDir();
  const { pid, tookMs } = await abortWhenThere(
    newDeployDir(`${dir.path}/app`),
    "echo $$ > pid; exec sleep 300",
  );
  expect(isThere(pid)).toBe(false);
  expect(tookMs).toBeLessThan(1_500);
});

test("an aborted hook is over when that which ignores SIGTERM has been killed, since the agent exits then", async () => {
  using dir = tempDir();
  const command = "sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 1; done'; echo done";
  const { pid, tookMs } = await abortWhenThere(newDeployDir(`${dir.path}/app`), command);
  await eventually(() => !isThere(pid), 1_500);
  // The runner kills an agent that has not ended after three seconds.
  expect(tookMs).toBeLessThan(3_000);
});

test("of a flood of output the end is kept, and told how much there was", async () => {
  using dir = tempDir();
  const deployDir = newDeployDir(`${dir.path}/app`);
  const { output, outputBytesDropped } = await run(deployDir, {
    command: "head -c 5000000 /dev/zero | tr '\\0' x; echo end",
  });
  expect(output).toHaveLength(100);
  expect(output.endsWith("xend\n")).toBe(true);
  expect(outputBytesDropped).toBe(5_000_004 - 100);
});

test("a health check is tried again until it passes, and given up after its time", async () => {
  using dir = tempDir();
  const deployDir = newDeployDir(`${dir.path}/app`);
  const command = "echo x >> tries; test $(wc -l < tries) -ge 3";
  const check = { hook: "health-check", command, retryForMs: 20_000 } as const;
  expect(await run(deployDir, check)).toMatchObject({ end: exited(0), attempts: 3 });
  const failed = await run(deployDir, { ...check, command: "echo not yet; exit 7", retryForMs: 2_500 });
  expect(failed).toMatchObject({ end: exited(7), output: "not yet\n" });
  expect(failed.attempts).toBeGreaterThanOrEqual(2);
  // One that hangs may not take longer than all attempts may.
  const hangs = await run(deployDir, { ...check, command: "exec sleep 60", retryForMs: 1_000 });
  expect(hangs.end.kind).toBe("timed-out");
  expect(hangs.durationMs).toBeLessThan(5_000);
});

test("a release whose directory is gone is told, and nothing is thrown", async () => {
  using dir = tempDir();
  const deployDir = deployDirAt(`${dir.path}/app`);
  writeFileSync(`${dir.path}/app`, "");
  expect((await run(deployDir, { command: "true" })).end.kind).toBe("not-started");
});
