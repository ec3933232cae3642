import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { NodeSSH } from "node-ssh";
import { expect, test } from "vitest";
import { type EmbeddedFleet, startEmbeddedFleet } from "../../demo/embedded-fleet.ts";

const run = promisify(execFile);

async function connect(fleet: EmbeddedFleet, index: number): Promise<NodeSSH & AsyncDisposable> {
  const { host, port } = fleet.targets[index]!;
  const ssh = new NodeSSH();
  await ssh.connect({ host, port, username: fleet.user, privateKey: fleet.privateKey });
  ssh.connection?.on("error", () => {});
  return Object.assign(ssh, { [Symbol.asyncDispose]: async () => ssh.dispose() });
}

/** Whether anything of the group still runs. A zombie has ended; who reaps it is the system's first process. */
async function isAlive(processGroup: number): Promise<boolean> {
  const { stdout } = await run("ps", ["-eo", "pgid=,stat="]);
  return stdout.split("\n").some((line) => {
    const [group, state] = line.trim().split(/\s+/);
    return group === String(processGroup) && !state?.startsWith("Z");
  });
}

async function until(condition: () => boolean, timeoutMs = 8_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms`);
    await sleep(20);
  }
}

test("the system's ssh reaches a target with strict host key checking, and gets the command's exit code", async () => {
  await using fleet = await startEmbeddedFleet({ count: 2 });
  const keyFile = join(fleet.folder, "key");
  const knownHostsFile = join(fleet.folder, "known_hosts");
  await writeFile(keyFile, fleet.privateKey);
  await chmod(keyFile, 0o600);
  await writeFile(knownHostsFile, fleet.knownHostsText);
  const { host, port, home } = fleet.targets[1]!;
  const options = ["-F", "none", "-i", keyFile, "-p", String(port), "-o", "BatchMode=yes"];
  options.push("-o", `UserKnownHostsFile=${knownHostsFile}`, "-o", "StrictHostKeyChecking=yes");
  const command = "pwd; echo $HOME; node -p process.execPath; echo oops >&2; exit 7";
  const failure = await run("ssh", [...options, `${fleet.user}@${host}`, command]).catch((error) => error);
  expect(failure).toMatchObject({ code: 7, stdout: `${home}\n${home}\n${process.execPath}\n` });
  expect(failure.stderr).toContain("oops");
});

test("a key that the fleet did not make is refused", async () => {
  await using fleet = await startEmbeddedFleet({ count: 1 });
  await using other = await startEmbeddedFleet({ count: 1 });
  await expect(connect({ ...fleet, privateKey: other.privateKey }, 0)).rejects.toThrow(/authentication/i);
});

test("32 MiB through stdin and back out of stdout arrive whole", async () => {
  await using fleet = await startEmbeddedFleet({ count: 1 });
  await using ssh = await connect(fleet, 0);
  const sent = Buffer.alloc(32 * 1024 * 1024, "murmuration");
  const received = createHash("sha256");
  await new Promise<void>((resolve, reject) => {
    ssh.connection!.exec("cat", (error, channel) => {
      if (error) return reject(error);
      channel.on("data", (chunk: Buffer) => received.update(chunk));
      channel.on("close", () => resolve());
      channel.end(sent);
    });
  });
  expect(received.digest("hex")).toBe(createHash("sha256").update(sent).digest("hex"));
});

test("a connection that ends closes stdin, and what ignores that is killed with its children", async () => {
  await using fleet = await startEmbeddedFleet({ count: 1 });
  await using ssh = await connect(fleet, 0);
  ssh.connection!.exec("cat; touch saw-end", () => {});
  ssh.connection!.exec("trap '' HUP; sleep 1000 & sleep 1000", () => {});
  await until(() => fleet.processGroups(0).length === 2);
  const groups = fleet.processGroups(0);
  ssh.dispose();
  await until(() => existsSync(join(fleet.targets[0]!.home, "saw-end")));
  await until(() => fleet.processGroups(0).length === 0);
  for (const group of groups) expect(await isAlive(group)).toBe(false);
});

test("a killed agent is reported as killed by a signal and costs no other target anything", async () => {
  await using fleet = await startEmbeddedFleet({ count: 2 });
  await using first = await connect(fleet, 0);
  await using second = await connect(fleet, 1);
  const killed = first.execCommand("sleep 1000");
  const spared = second.execCommand("sleep 0.5; echo alive");
  await until(() => fleet.processGroups(0).length === 1 && fleet.processGroups(1).length === 1);
  fleet.killAgent(0);
  expect(await killed).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(await spared).toMatchObject({ code: 0, stdout: "alive" });
});

test("disposing the fleet leaves no process, no folder and no listener", async () => {
  let folder = "";
  let groups: readonly number[] = [];
  let host = "";
  let port = 0;
  {
    await using fleet = await startEmbeddedFleet({ count: 3 });
    ({ folder } = fleet);
    ({ host, port } = fleet.targets[2]!);
    const ssh = await connect(fleet, 2);
    ssh.connection!.exec("trap '' TERM HUP; sleep 1000", () => {});
    await until(() => fleet.processGroups(2).length === 1);
    groups = fleet.processGroups(2);
  }
  expect(existsSync(folder)).toBe(false);
  for (const group of groups) expect(await isAlive(group)).toBe(false);
  await expect(once(connectTcp(port, host), "connect")).rejects.toThrow(/ECONNREFUSED/);
});

test("the inventory and known_hosts texts have one line for each target", async () => {
  await using fleet = await startEmbeddedFleet({ count: 3 });
  const [heading, ...lines] = fleet.inventoryText.trim().split("\n");
  expect(heading).toBe("[web]");
  expect(lines.map((line) => line.split(/\s+/)[0])).toEqual(
    fleet.targets.map(({ host, port }) => `demo@${host}:${port}`),
  );
  expect(fleet.knownHostsText.trim().split("\n")).toHaveLength(3);
});
