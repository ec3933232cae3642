import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { deployDirAt } from "../../src/release/deploy-dir.ts";
import { syncDirectory } from "../../src/release/durable-file.ts";
import { acquireLock } from "../../src/release/lock.ts";
import { acquireLockWithin } from "../../src/release/lock-wait.ts";
import { NOBODY } from "./as-user.ts";
import { newDeployDir } from "./deploy-fixture.ts";
import { makeExt4, mountImage } from "./ext4-disk.ts";
import { tempDir } from "./temp-dir.ts";

const CHILD = new URL("./lock-child.ts", import.meta.url).pathname;

/** Says in one line what became of it; disposing it kills it. */
async function startTaker(deployTo: string, startAtMs = 0) {
  const child = spawn(process.execPath, [CHILD, deployTo, String(startAtMs)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: line.toString().trim(), [Symbol.asyncDispose]: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

test("a held lock says who, since when and which run", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  await using taker = await startTaker(dir.path);
  expect(taker.said).toBe("taken");
  await expect(acquireLock(deployDir, { run: "mine" })).rejects.toMatchObject({
    code: "LOCK_HELD",
    message: expect.stringMatching(
      new RegExp(
        `held since 20.*Z by run of ${taker.child.pid} \\(process ${taker.child.pid} on ${hostname()}\\)`,
      ),
    ),
  });
});

test("a lock that was released can be taken, and nothing is left of it", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  for (let time = 0; time < 2; time++) {
    await using _lock = await acquireLock(deployDir, { run: "mine" });
    await expect(acquireLock(deployDir, { run: "mine" })).rejects.toMatchObject({ code: "LOCK_HELD" });
  }
  expect(readdirSync(deployDir.internal).sort()).toEqual(["releases", "staging"]);
});

test("of several that find the lock of a killed process, exactly one takes it over", async () => {
  for (let round = 0; round < 3; round++) {
    using dir = tempDir();
    const deployDir = await newDeployDir(dir.path);
    const dead = await startTaker(dir.path);
    await kill(dead.child);
    expect(existsSync(deployDir.lock)).toBe(true);
    const startAtMs = Date.now() + 700;
    const takers = await Promise.all(Array.from({ length: 6 }, () => startTaker(dir.path, startAtMs)));
    try {
      const winners = takers.filter((taker) => taker.said === "taken");
      expect(takers.map((taker) => taker.said).filter((said) => !/^taken$|is held since/.test(said))).toEqual(
        [],
      );
      expect(winners.length).toBe(1);
      expect(JSON.parse(readFileSync(deployDir.lock, "utf8"))).toMatchObject({ pid: winners[0]?.child.pid });
    } finally {
      for (const taker of takers) await kill(taker.child);
    }
    await using _lock = await acquireLock(deployDir, { run: "mine" });
    expect(readdirSync(deployDir.internal).filter((name) => name.startsWith("lock"))).toEqual(["lock"]);
  }
});

test("a lock whose taker was killed while taking it over is taken over too", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  const first = await startTaker(dir.path);
  await kill(first.child);
  const dead = JSON.parse(readFileSync(deployDir.lock, "utf8"));
  const second = { ...dead, nonce: crypto.randomUUID() };
  writeFileSync(`${deployDir.lock}.after-${dead.nonce}`, JSON.stringify(second));
  await using _lock = await acquireLock(deployDir, { run: "mine" });
  expect(JSON.parse(readFileSync(deployDir.lock, "utf8"))).toMatchObject({ run: "mine" });
  expect(readdirSync(deployDir.internal).filter((name) => name.startsWith("lock"))).toEqual(["lock"]);
});

test("a pid that was given to another process since does not keep the lock", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  {
    await using _lock = await acquireLock(deployDir, { run: "before" });
    const content = JSON.parse(readFileSync(deployDir.lock, "utf8"));
    writeFileSync(
      deployDir.lock,
      JSON.stringify({ ...content, nonce: crypto.randomUUID(), start: "another boot:1" }),
    );
  }
  await using _lock = await acquireLock(deployDir, { run: "after" });
  expect(JSON.parse(readFileSync(deployDir.lock, "utf8"))).toMatchObject({ run: "after" });
});

/** One root holds the lock; another user, who sees no other user's processes in /proc, tries to take it. What is started ends with the namespace. */
const HELD_BY_HIDDEN = `
  mount -t proc -o hidepid=2 proc /proc
  mkfifo "$DIR/said"
  sleep 300 | "$NODE" "$CHILD" "$DIR" > "$DIR/said" &
  read said < "$DIR/said"
  echo "$said"
  "$NODE" "$CHILD" "$DIR" 0 "$OTHER"
`;

test.runIf(process.getuid?.() === 0)("a living holder that /proc hides keeps its lock", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  for (const path of [dir.path, deployDir.internal]) chownSync(path, NOBODY, NOBODY);
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child"];
  const { stdout, stderr } = spawnSync("unshare", [...namespaces, "sh", "-ec", HELD_BY_HIDDEN], {
    env: { ...process.env, DIR: dir.path, NODE: process.execPath, CHILD, OTHER: String(NOBODY) },
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^taken\n.* is held since .* by run of \d+ \(process \d+ on .*\)\n$/);
});

test("the lock of another machine is never taken over, and a disposed lock removes only its own", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  const lock = await acquireLock(deployDir, { run: "mine" });
  const content = JSON.parse(readFileSync(deployDir.lock, "utf8"));
  const other = JSON.stringify({ ...content, nonce: crypto.randomUUID(), host: "other.example.com", pid: 1 });
  writeFileSync(deployDir.lock, other);
  await lock[Symbol.asyncDispose]();
  expect(readFileSync(deployDir.lock, "utf8")).toBe(other);
  await expect(acquireLock(deployDir, { run: "mine" })).rejects.toThrow(/on other\.example\.com/);
});

test("a lock file that is no lock is not overwritten", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  writeFileSync(deployDir.lock, "{}");
  utimesSync(deployDir.lock, 1, 1);
  await expect(acquireLock(deployDir, { run: "mine" })).rejects.toMatchObject({ code: "LOCK_HELD" });
});

// Only root may mount; elsewhere the test command says so.
test.runIf(process.getuid?.() === 0)("a lock is whole after a power loss", async () => {
  using dir = tempDir();
  const image = `${dir.path}/image`;
  makeExt4(image, 64 * 1024 * 1024, "journal");
  {
    using _disk = mountImage(image, `${dir.path}/disk`);
    const deployDir = await newDeployDir(`${dir.path}/disk/app`);
    await using _lock = await acquireLock(deployDir, { run: "before" });
    // Writes out the journal, and with it which files there are, but not what is in others.
    await syncDirectory(deployDir.root);
    copyFileSync(image, `${dir.path}/image-at-power-loss`);
  }
  using _disk = mountImage(`${dir.path}/image-at-power-loss`, `${dir.path}/disk`);
  const { lock } = deployDirAt(`${dir.path}/disk/app`);
  expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({ run: "before" });
});

test("a lock that a power loss has emptied is taken over, by exactly one, and by nobody while it may still be filled", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  writeFileSync(deployDir.lock, "");
  await expect(acquireLock(deployDir, { run: "mine" })).rejects.toMatchObject({ code: "LOCK_HELD" });
  const temporary = `${deployDir.lock}.${crypto.randomUUID()}`;
  writeFileSync(temporary, "");
  const longAgo = Date.now() / 1_000 - 5 * 60;
  for (const path of [deployDir.lock, temporary]) utimesSync(path, longAgo, longAgo);
  const startAtMs = Date.now() + 700;
  const takers = await Promise.all([1, 2, 3].map(() => startTaker(dir.path, startAtMs)));
  try {
    const said = takers.map((taker) => taker.said).sort();
    expect(said.slice(0, 2)).toEqual(said.slice(0, 2).map(() => expect.stringContaining("is held since")));
    expect(said[2]).toBe("taken");
    expect(readdirSync(deployDir.internal).filter((name) => name.startsWith("lock"))).toEqual(["lock"]);
  } finally {
    for (const taker of takers) await kill(taker.child);
  }
});

test("whoever waits has the lock as soon as its holder lets go, and hears meanwhile who that is", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  const before = await acquireLock(deployDir, { run: "before" });
  const heard: string[] = [];
  const { signal } = new AbortController();
  const waiting = acquireLockWithin(deployDir, {
    ...{ run: "after", waitMs: 30_000, signal },
    onHeld: (by) => {
      heard.push(by);
      if (heard.length === 2) void before[Symbol.asyncDispose]();
    },
  });
  await using _after = await waiting;
  expect(heard).toHaveLength(2);
  expect(heard[0]).toMatch(/is held since .* by before \(process/);
  expect(JSON.parse(readFileSync(deployDir.lock, "utf8"))).toMatchObject({ run: "after" });
});

test("the wait for a lock ends with its limit or with the run, and leaves the lock as it is", async () => {
  using dir = tempDir();
  const deployDir = await newDeployDir(dir.path);
  await using _lock = await acquireLock(deployDir, { run: "mine" });
  const end = new AbortController();
  const options = { run: "after", signal: end.signal };
  let heard = 0;
  const count = () => {
    heard += 1;
  };
  await expect(acquireLockWithin(deployDir, { ...options, waitMs: 0, onHeld: count })).rejects.toMatchObject({
    code: "LOCK_HELD",
    message: expect.stringMatching(/by mine \(process \d+ on .*\)$/),
  });
  expect(heard).toBe(0);
  await expect(
    acquireLockWithin(deployDir, { ...options, waitMs: 300, onHeld: count }),
  ).rejects.toMatchObject({
    code: "LOCK_HELD",
    message: expect.stringMatching(/by mine .*; waited 300 ms for it/),
  });
  expect(heard).toBeGreaterThan(0);
  const onHeld = () => end.abort(new Error("the runner is gone"));
  await expect(acquireLockWithin(deployDir, { ...options, waitMs: 30_000, onHeld })).rejects.toThrow(
    "the runner is gone",
  );
  expect(JSON.parse(readFileSync(deployDir.lock, "utf8"))).toMatchObject({ run: "mine" });
});
