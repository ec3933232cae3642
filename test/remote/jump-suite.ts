import { afterAll, beforeAll, expect, test } from "vitest";
import { MurmurationError } from "../../src/core/errors.ts";
import type { SshAddress } from "../../src/remote/ssh-attempts.ts";
import { HostKeyUnknownError } from "../../src/remote/ssh-host-key.ts";
import { JumpHosts } from "../../src/remote/ssh-jump.ts";
import type { Way } from "../../src/remote/ssh-way.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { eventually, type SshdFleet, type SshdHost, startSshdFleet } from "../support/sshd-fleet.ts";
import type { ClientOptions, ClientUnderTest } from "./client-under-test.ts";
import { optionsFor } from "./connect-suite.ts";

const signal = new AbortController().signal;
const QUICK = { timeoutMs: 10_000, signal };
const [FIRST, SECOND, TARGET, UNAUTHORIZED, FORWARDS_NOTHING, TO_STOP] = [0, 1, 2, 3, 4, 5];
const HOSTS = 6;

/** What one client reaches by way of a chain of jump hosts. */
interface Reach extends AsyncDisposable {
  readonly chain: JumpHosts<SshAddress, Way>;
  lastHop(): Promise<Way>;
  connect(via: Way, target?: SshAddress): Promise<Way>;
}

/** What jump hosts have to do with every client of SSH, on real sshd. One that falls silent takes long to be noticed, and is in `connectSuite`. */
export function jumpSuite(client: ClientUnderTest): void {
  describeWithOpenSsh(`jump hosts, ${client.name}`, () => {
    let fleet: SshdFleet;

    const host = (index: number): SshdHost => fleet.targets[index]!;
    const addressOf = (index: number, name: string): SshAddress => {
      return { name, host: host(index).host, port: host(index).port, user: "root" };
    };
    const web = (): SshAddress => addressOf(TARGET, "web-1");
    const reachOver = async (
      indexes: readonly number[],
      changed: Partial<ClientOptions> = {},
    ): Promise<Reach> => {
      await using held = new AsyncDisposableStack();
      const run = held.use(await client.startRun(optionsFor(fleet, changed)));
      const hops = indexes.map((index, at) => addressOf(index, `jump host ${at + 1}`));
      const chain = held.use(new JumpHosts<SshAddress, Way>(hops, run.connect));
      const all = held.move();
      return {
        chain,
        lastHop: () => chain.lastHop({ signal }),
        connect: (via, target = web()) => run.connect(target, via, { signal }),
        [Symbol.asyncDispose]: () => all.disposeAsync(),
      };
    };
    const loginsAt = (index: number) => host(index).log().split("Accepted publickey").length - 1;
    const refusalOf = async (
      indexes: readonly number[],
      changed?: Partial<ClientOptions>,
    ): Promise<MurmurationError> => {
      await using reach = await reachOver(indexes, changed);
      const error = await reach.lastHop().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof MurmurationError)) throw new Error(`not refused: ${error}`);
      return error;
    };
    /** The known hosts, but with the key of another host for one of them, or none. */
    const knownHostsWith = (index: number, keyOf: number | null): string => {
      const key = keyOf === null ? null : host(keyOf).hostKeyLine.split(" ").slice(1).join(" ");
      const lines = fleet.targets.map(({ hostKeyLine }, at) => {
        if (at !== index) return hostKeyLine;
        return key === null ? "" : `${hostKeyLine.split(" ")[0]} ${key}`;
      });
      return lines.join("\n");
    };

    beforeAll(async () => {
      fleet = await startSshdFleet({
        count: HOSTS,
        targets: {
          [UNAUTHORIZED]: { unauthorized: true },
          [FORWARDS_NOTHING]: { sshdConfig: ["AllowTcpForwarding no"] },
        },
      });
    });
    afterAll(async () => await fleet?.[Symbol.asyncDispose]());

    test("carry any number of connections at once over one login at each of them, and nothing stays", async () => {
      const before = [loginsAt(FIRST), loginsAt(SECOND)];
      {
        await using reach = await reachOver([FIRST, SECOND], { retries: 6 });
        // More than MaxSessions of one connection, 10, and than MaxStartups begins to drop.
        const connections = await Promise.all(
          Array.from({ length: 14 }, async () => await reach.connect(await reach.lastHop())),
        );
        for (const connection of connections) {
          const { stdout } = await connection.run("echo $SSH_CONNECTION", QUICK);
          // Who has reached it is the last jump host.
          expect(stdout).toMatch(new RegExp(`^127\\.0\\.0\\.\\d+ \\d+ ${host(TARGET).host} `));
        }
        expect(connections[0]).toMatchObject({ remoteAddress: host(TARGET).host, localAddress: "127.0.0.1" });
        expect((await (await reach.lastHop()).run("echo here", QUICK)).stdout).toBe("here\n");
        await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()));
      }
      expect([loginsAt(FIRST), loginsAt(SECOND)]).toEqual(before.map((count) => count + 1));
      for (const index of [FIRST, SECOND, TARGET])
        await eventually(() => fleet.processesOf(index).length === fleet.idleProcesses);
    });

    test("have their keys checked like a target's: the one that is refused is named, with the line to pin", async () => {
      const unknown = await refusalOf([FIRST, SECOND], { knownHostsText: knownHostsWith(FIRST, null) });
      expect(unknown).toBeInstanceOf(HostKeyUnknownError);
      expect(unknown).toMatchObject({
        code: "HOST_KEY_UNKNOWN",
        jumpHost: "jump host 1",
        knownHostsLine: host(FIRST).hostKeyLine,
        message: expect.stringMatching(/^jump host 1: no key is known for this host/),
      });
      const knownHostsText = knownHostsWith(SECOND, FIRST);
      // Not even where hosts without a known key are accepted.
      const changed = await refusalOf([FIRST, SECOND], { knownHostsText, strict: false });
      expect(changed).toMatchObject({
        code: "HOST_KEY_CHANGED",
        jumpHost: "jump host 2",
        message: expect.stringMatching(/^jump host 2: the host shows the key .*another is pinned/),
      });
    });

    test("do not vouch for a target: its key is looked up by its own name", async () => {
      await using reach = await reachOver([FIRST], { knownHostsText: knownHostsWith(TARGET, null) });
      await expect(reach.connect(await reach.lastHop())).rejects.toMatchObject({
        code: "HOST_KEY_UNKNOWN",
        jumpHost: undefined,
        knownHostsLine: host(TARGET).hostKeyLine,
      });
    });

    test("that can't be logged in to or reached are named; nobody tries again what has failed with all attempts", async () => {
      expect(await refusalOf([FIRST, UNAUTHORIZED])).toMatchObject({
        code: "AUTH_REFUSED",
        jumpHost: "jump host 2",
        message: expect.stringMatching(/^jump host 2: root@127\S+ refused the key SHA256:/),
      });
      await fleet.stop(TO_STOP);
      const begun = loginsAt(FIRST);
      await using reach = await reachOver([FIRST, TO_STOP], { retries: 1 });
      const attempts = await Promise.allSettled([1, 2, 3].map(() => reach.lastHop()));
      attempts.push(...(await Promise.allSettled([reach.lastHop()])));
      for (const attempt of attempts) {
        expect(attempt).toMatchObject({
          reason: {
            code: "HOST_UNREACHABLE",
            jumpHost: "jump host 2",
            message: expect.stringMatching(
              /^jump host 2: cannot connect to root@\S+: jump host 1 cannot reach it: Connection refused \(2 attempts\)$/,
            ),
          },
        });
      }
      expect(loginsAt(FIRST)).toBe(begun + 1);
    });

    test("that forward nothing, and targets that they can't reach, are two different things", async () => {
      await using refusing = await reachOver([FORWARDS_NOTHING], { retries: 3 });
      await expect(refusing.connect(await refusing.lastHop())).rejects.toMatchObject({
        code: "JUMP_REFUSED",
        jumpHost: "jump host 1",
        message: expect.stringMatching(/^jump host 1: it does not forward connections to 127\S+: admin/),
      });
      await using reach = await reachOver([FIRST]);
      const nobody = reach.connect(await reach.lastHop(), { ...web(), port: 1 });
      await expect(nobody).rejects.toMatchObject({
        code: "HOST_UNREACHABLE",
        jumpHost: undefined,
        message: expect.stringMatching(
          /^web-1: cannot connect to root@\S+:1: jump host 1 cannot reach it: Conn/,
        ),
      });
    });

    test.each([
      [FIRST, "jump host 1"],
      [SECOND, "jump host 2"],
    ])(
      "whose connection breaks are named as the cause of all that is lost, and connected to again: %i",
      async (dying, name) => {
        await using reach = await reachOver([FIRST, SECOND], { retries: 5 });
        const via = await reach.lastHop();
        const connections = await Promise.all([1, 2, 3].map(() => reach.connect(via)));
        const running = connections[0]!.run("sleep 60", { timeoutMs: 60_000, signal });
        const pipe = await connections[1]!.open("sleep 60", { signal });
        const message = expect.stringMatching(new RegExp(`^${name}: the connection broke: `));
        setTimeout(() => host(dying).killSshd(), 100);
        await expect(running).rejects.toMatchObject({
          code: "SSH_LOST",
          message: expect.stringContaining(`${name}: the connection broke: `),
        });
        expect(await pipe.ended).toEqual({ kind: "lost", why: message });
        for (const { lost } of connections) expect(await lost).toEqual(message);
        expect(via.broken).toMatchObject({ code: "JUMP_LOST", jumpHost: name, message });
        await expect(reach.connect(via)).rejects.toBe(via.broken);
        host(dying).startSshd();
        const again = await reach.lastHop();
        expect(again).not.toBe(via);
        await using connection = await reach.connect(again);
        expect((await connection.run("echo back", QUICK)).stdout).toBe("back\n");
      },
    );

    test("whose connection breaks while a target is being connected to are the cause of that, without another attempt", async () => {
      await using reach = await reachOver([FIRST, SECOND]);
      const via = await reach.lastHop();
      fleet.freeze(UNAUTHORIZED);
      try {
        const target = addressOf(UNAUTHORIZED, "web-3");
        const connecting = reach.connect(via, target).catch((thrown: unknown) => thrown);
        setTimeout(() => host(SECOND).killSshd(), 300);
        expect(await connecting).toMatchObject({ code: "JUMP_LOST", jumpHost: "jump host 2" });
      } finally {
        fleet.thaw(UNAUTHORIZED);
        host(SECOND).startSshd();
      }
    });

    test("are waited for by each caller as long as it likes, and no longer than the chain lives", async () => {
      fleet.freeze(SECOND);
      try {
        await using reach = await reachOver([FIRST, SECOND], { timeoutMs: 60_000 });
        const patient = reach.lastHop().catch((thrown: unknown) => thrown);
        const leaving = reach.chain.lastHop({ signal: AbortSignal.timeout(200) });
        await expect(leaving).rejects.toThrow("timeout");
        await reach.chain[Symbol.asyncDispose]();
        expect(await patient).toMatchObject({ code: "CANCELLED" });
      } finally {
        fleet.thaw(SECOND);
      }
    });
  });
}
