import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { describeWithNetworks } from "./describe-with-open-ssh.ts";
import { startNetFleet } from "./net-fleet.ts";
import type { NetHost } from "./networks.ts";

/** An answer within the machine comes in less than a millisecond; what is dropped never comes. */
const PATIENCE_SECONDS = 1;
/** On a machine that is busy with other tests. */
const ANSWER_SECONDS = 15;

type Reached = "yes" | "silence" | "refused";

function dial(from: NetHost, address: string, port = 22, seconds = PATIENCE_SECONDS): Promise<Reached> {
  const [command, ...rest] = [
    ...from.prefix,
    ...["timeout", String(seconds), "bash", "-c", `: < /dev/tcp/${address}/${port}`],
  ];
  return new Promise((resolve) => {
    execFile(command!, rest, (error) =>
      resolve(error === null ? "yes" : error.code === 124 ? "silence" : "refused"),
    );
  });
}

function namespacesOf(pid: number): string[] {
  const all = existsSync("/run/netns") ? readdirSync("/run/netns") : [];
  return all.filter((name) => name.startsWith(`mur-${pid}-`));
}

describeWithNetworks("a fleet in network namespaces", () => {
  test("behind a chain of bastions is reached by way of the last only, and reaches nobody outside", async () => {
    const fleet = await startNetFleet({ count: 2, bastions: 2, families: ["ipv4", "ipv6"] });
    onTestFinished(() => fleet[Symbol.asyncDispose]());
    const { runner, bastions, targets } = fleet;
    const [first, second] = [bastions[0]!, bastions[1]!];
    const [one, other] = [targets[0]!, targets[1]!];
    const expectations = [0, 1].flatMap((family): [NetHost, string, number, Reached][] => {
      const [outer, inner] = [family, family + 2];
      return [
        [runner, first.addresses[outer]!, 22, "yes"],
        [first, second.addresses[outer]!, 22, "yes"],
        [second, one.addresses[family]!, 22, "yes"],
        [one, other.addresses[family]!, 22, "yes"],
        [one, second.addresses[inner]!, 22, "yes"],
        [runner, second.addresses[outer]!, 22, "silence"],
        [runner, one.addresses[family]!, 22, "silence"],
        [first, one.addresses[family]!, 22, "silence"],
        // A port where nobody listens would be refused at once.
        [one, runner.addresses[family]!, 7_000, "silence"],
      ];
    });
    const found = await Promise.all(
      expectations.map(async ([from, to, port, expected]) => {
        const seconds = expected === "silence" ? PATIENCE_SECONDS : ANSWER_SECONDS;
        return [from, to, port, await dial(from, to, port, seconds)];
      }),
    );
    expect(found).toEqual(expectations);
    expect(first.host).toBe(first.addresses[0]);
    await expect.poll(first.log).toContain("Connection from");
    await fleet[Symbol.asyncDispose]();
    expect(namespacesOf(process.pid)).toEqual([]);
  });

  test("of joined networks is reached by all; single paths are blocked and opened, and links are counted", async () => {
    await using fleet = await startNetFleet({ count: 2, bastions: 2, joined: true, rateMbit: 20 });
    const { runner, targets, bastions } = fleet;
    const [one, other] = [targets[0]!, targets[1]!];
    expect(await dial(runner, one.host, 22, ANSWER_SECONDS)).toBe("yes");
    expect(await dial(one, runner.addresses[0]!, 7_000, ANSWER_SECONDS)).toBe("refused");
    expect(await dial(one, bastions[0]!.host, 22, ANSWER_SECONDS)).toBe("yes");

    const dropped = await fleet.block({ from: one, to: other, port: 22 });
    expect(await dial(one, other.host)).toBe("silence");
    expect(await dial(one, other.host, 7_000, ANSWER_SECONDS)).toBe("refused");
    expect(await dial(other, one.host, 22, ANSWER_SECONDS)).toBe("yes");
    await dropped[Symbol.asyncDispose]();
    expect(await dial(one, other.host, 22, ANSWER_SECONDS)).toBe("yes");
    await using _refused = await fleet.block({ from: other, to: targets, port: 22, how: "reject" });
    expect(await dial(other, one.host, 22, ANSWER_SECONDS)).toBe("refused");

    const before = await fleet.linkBytes(runner);
    const startMs = performance.now();
    const login = `ssh -q -i ${fleet.privateKeyPath} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@${one.host}`;
    execFileSync(runner.prefix[0]!, [
      ...runner.prefix.slice(1),
      ...["sh", "-c", `head -c 1000000 /dev/zero | ${login} 'cat > /dev/null'`],
    ]);
    const { sent } = await fleet.linkBytes(runner);
    expect(sent - before.sent).toBeGreaterThan(1_000_000);
    expect(sent - before.sent).toBeLessThan(1_200_000);
    // 8 Mbit at 20 Mbit/s, less the 100 kB that may pass at once.
    expect(performance.now() - startMs).toBeGreaterThan(300);
  });

  test("of a process that was killed is removed when the next is made", async () => {
    const script = `
      import { startNetFleet } from ${JSON.stringify(join(import.meta.dirname, "net-fleet.ts"))};
      console.log((await startNetFleet({ count: 1 })).privateKeyPath);
      setInterval(() => {}, 1_000);`;
    const maker = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void maker.kill("SIGKILL"));
    const [keyPath] = await once(createInterface({ input: maker.stdout }), "line");
    // Its machines remove that with themselves, if they are not ended before.
    onTestFinished(() => rmSync(dirname(String(keyPath)), { recursive: true, force: true }));
    expect(namespacesOf(maker.pid!)).toHaveLength(3);
    maker.kill("SIGKILL");
    await once(maker, "exit");
    await using _next = await startNetFleet({ count: 0 });
    expect(namespacesOf(maker.pid!)).toEqual([]);
  });
});
