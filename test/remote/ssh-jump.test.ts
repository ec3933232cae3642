import { afterAll, beforeAll, expect, test } from "vitest";
import { MurmurationError } from "../../src/core/errors.ts";
import { parseKnownHosts } from "../../src/core/known-hosts.ts";
import type { SshAddress } from "../../src/remote/ssh-attempts.ts";
import { connectSsh, type SshConnectOptions } from "../../src/remote/ssh-connect.ts";
import type { JumpConnection } from "../../src/remote/ssh-forward.ts";
import { HostKeyUnknownError } from "../../src/remote/ssh-host-key.ts";
import { JumpHosts } from "../../src/remote/ssh-jump.ts";
import { parsePrivateKey } from "../../src/remote/ssh-private-key.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { eventually, type SshdFleet, type SshdHost, startSshdFleet } from "../support/sshd-fleet.ts";

const signal = new AbortController().signal;
const [FIRST, SECOND, TARGET, UNAUTHORIZED, FORWARDS_NOTHING, TO_STOP] = [0, 1, 2, 3, 4, 5];
const HOSTS = 6;
type Chain = JumpHosts<SshAddress, JumpConnection>;

describeWithOpenSsh("jump hosts", () => {
  let fleet: SshdFleet;

  const host = (index: number): SshdHost => fleet.targets[index]!;
  const addressOf = (index: number, name: string): SshAddress => {
    return { name, host: host(index).host, port: host(index).port, user: "root" };
  };
  const web = (): SshAddress => addressOf(TARGET, "web-1");
  const optionsWith = (changed: Partial<SshConnectOptions> = {}): SshConnectOptions => {
    const outcome = parsePrivateKey(fleet.privateKey, null);
    if (outcome.kind === "problem") throw new Error(outcome.problem);
    return {
      auth: { kind: "key", privateKey: outcome.key },
      knownHosts: parseKnownHosts(fleet.knownHostsText).entries,
      strict: true,
      timeoutMs: 10_000,
      retries: 0,
      warn: () => {},
      ...changed,
    };
  };
  const chainOf = (indexes: readonly number[], changed?: Partial<SshConnectOptions>): Chain =>
    new JumpHosts(
      indexes.map((index, at) => addressOf(index, `jump host ${at + 1}`)),
      (hop, via, options) => connectSsh(hop, { ...optionsWith(changed), via }, options),
    );
  const loginsAt = (index: number) => host(index).log().split("Accepted publickey").length - 1;
  const refusalOf = async (chain: Chain): Promise<MurmurationError> => {
    await using _chain = chain;
    const error = await chain.lastHop({ signal }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof MurmurationError)) throw new Error(`not refused: ${error}`);
    return error;
  };
  /** The known hosts, but with the key of another host for one of them, or none. */
  const knownHostsWith = (index: number, keyOf: number | null) => {
    const key = keyOf === null ? null : host(keyOf).hostKeyLine.split(" ").slice(1).join(" ");
    const lines = fleet.targets.map(({ hostKeyLine }, at) => {
      if (at !== index) return hostKeyLine;
      return key === null ? "" : `${hostKeyLine.split(" ")[0]} ${key}`;
    });
    return parseKnownHosts(lines.join("\n")).entries;
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
      await using chain = chainOf([FIRST, SECOND]);
      // More than MaxSessions of one connection, 10, and than MaxStartups begins to drop.
      const connections = await Promise.all(
        Array.from({ length: 14 }, async () => {
          const via = await chain.lastHop({ signal });
          return await connectSsh(web(), { ...optionsWith({ retries: 6 }), via }, { signal });
        }),
      );
      for (const connection of connections) {
        const { stdout } = await connection.run("echo $SSH_CONNECTION", { timeoutMs: 10_000, signal });
        // Who has reached it is the last jump host.
        expect(stdout).toMatch(new RegExp(`^127\\.0\\.0\\.\\d+ \\d+ ${host(TARGET).host} `));
      }
      expect(connections[0]).toMatchObject({ remoteAddress: host(TARGET).host, localAddress: "127.0.0.1" });
      const lastHop = await chain.lastHop({ signal });
      expect((await lastHop.run("echo here", { timeoutMs: 10_000, signal })).stdout).toBe("here\n");
      await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()));
    }
    expect([loginsAt(FIRST), loginsAt(SECOND)]).toEqual(before.map((count) => count + 1));
    for (const index of [FIRST, SECOND, TARGET])
      await eventually(() => fleet.processesOf(index).length === fleet.idleProcesses);
  });

  test("have their keys checked like a target's: the one that is refused is named, with the line to pin", async () => {
    const unknown = await refusalOf(chainOf([FIRST, SECOND], { knownHosts: knownHostsWith(FIRST, null) }));
    expect(unknown).toBeInstanceOf(HostKeyUnknownError);
    expect(unknown).toMatchObject({
      code: "HOST_KEY_UNKNOWN",
      jumpHost: "jump host 1",
      knownHostsLine: host(FIRST).hostKeyLine,
      message: expect.stringMatching(/^jump host 1: no key is known for this host/),
    });
    const knownHosts = knownHostsWith(SECOND, FIRST);
    // Not even where hosts without a known key are accepted.
    const changed = await refusalOf(chainOf([FIRST, SECOND], { knownHosts, strict: false }));
    expect(changed).toMatchObject({
      code: "HOST_KEY_CHANGED",
      jumpHost: "jump host 2",
      message: expect.stringMatching(/^jump host 2: the host shows the key .*another is pinned/),
    });
  });

  test("do not vouch for a target: its key is looked up by its own name", async () => {
    await using chain = chainOf([FIRST]);
    const via = await chain.lastHop({ signal });
    const knownHosts = knownHostsWith(TARGET, null);
    const connecting = connectSsh(web(), { ...optionsWith({ knownHosts }), via }, { signal });
    await expect(connecting).rejects.toMatchObject({
      code: "HOST_KEY_UNKNOWN",
      jumpHost: undefined,
      knownHostsLine: host(TARGET).hostKeyLine,
    });
  });

  test("that can't be logged in to or reached are named; nobody tries again what has failed with all attempts", async () => {
    expect(await refusalOf(chainOf([FIRST, UNAUTHORIZED]))).toMatchObject({
      code: "AUTH_REFUSED",
      jumpHost: "jump host 2",
      message: expect.stringMatching(/^jump host 2: root@127\S+ refused the key SHA256:/),
    });
    await fleet.stop(TO_STOP);
    const begun = loginsAt(FIRST);
    await using chain = chainOf([FIRST, TO_STOP], { retries: 1 });
    const attempts = await Promise.allSettled([1, 2, 3].map(() => chain.lastHop({ signal })));
    attempts.push(...(await Promise.allSettled([chain.lastHop({ signal })])));
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
    await using refusing = chainOf([FORWARDS_NOTHING]);
    const prohibited = connectSsh(
      web(),
      { ...optionsWith({ retries: 3 }), via: await refusing.lastHop({ signal }) },
      { signal },
    );
    await expect(prohibited).rejects.toMatchObject({
      code: "JUMP_REFUSED",
      jumpHost: "jump host 1",
      message: expect.stringMatching(/^jump host 1: it does not forward connections to 127\S+: admin/),
      remedy: expect.stringContaining("AllowTcpForwarding"),
    });
    await using chain = chainOf([FIRST]);
    const via = await chain.lastHop({ signal });
    const nobody = { ...web(), port: 1 };
    await expect(connectSsh(nobody, { ...optionsWith(), via }, { signal })).rejects.toMatchObject({
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
      await using chain = chainOf([FIRST, SECOND]);
      const via = await chain.lastHop({ signal });
      const connections = await Promise.all(
        [1, 2, 3].map(() => connectSsh(web(), { ...optionsWith(), via }, { signal })),
      );
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
      await expect(connectSsh(web(), { ...optionsWith({ retries: 5 }), via }, { signal })).rejects.toBe(
        via.broken,
      );
      host(dying).startSshd();
      const again = await chain.lastHop({ signal });
      expect(again).not.toBe(via);
      await using connection = await connectSsh(web(), { ...optionsWith(), via: again }, { signal });
      expect((await connection.run("echo back", { timeoutMs: 10_000, signal })).stdout).toBe("back\n");
    },
  );

  test("are waited for by each caller as long as it likes, and no longer than the chain lives", async () => {
    fleet.freeze(SECOND);
    try {
      await using chain = chainOf([FIRST, SECOND], { timeoutMs: 60_000 });
      const patient = chain.lastHop({ signal }).catch((thrown: unknown) => thrown);
      const leaving = chain.lastHop({ signal: AbortSignal.timeout(200) });
      await expect(leaving).rejects.toThrow("timeout");
      await chain[Symbol.asyncDispose]();
      expect(await patient).toMatchObject({ code: "CANCELLED" });
    } finally {
      fleet.thaw(SECOND);
    }
  });
});
