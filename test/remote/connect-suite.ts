import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HostKeyUnknownError } from "../../src/remote/ssh-host-key.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { type ClientOptions, type ClientUnderTest, readKey } from "./client-under-test.ts";
import { watchSilentHop } from "./silent-hop.ts";

const signal = new AbortController().signal;

export function optionsFor(fleet: SshdFleet, changed: Partial<ClientOptions> = {}): ClientOptions {
  return {
    key: readKey(fleet.privateKey),
    knownHostsText: fleet.knownHostsText,
    strict: true,
    timeoutMs: 10_000,
    retries: 0,
    warn: () => {},
    signal,
    ...changed,
  };
}

export function addressOf(fleet: SshdFleet, index: number, user = "root") {
  const target = fleet.targets[index];
  if (target === undefined) throw new RangeError(`no target ${index}`);
  return { name: `web-${index}`, host: target.host, port: target.port, user };
}

export async function failureOf(connecting: Promise<AsyncDisposable>): Promise<unknown> {
  try {
    await using _connection = await connecting;
  } catch (thrown) {
    return thrown;
  }
  throw new Error("it connected");
}

/** What every client of SSH has to do, on real sshd. */
export function connectSuite(client: ClientUnderTest): void {
  describeWithOpenSsh(`connecting to real sshd, ${client.name}`, () => {
    let fleet: SshdFleet;
    let silence: ReturnType<typeof watchSilence>;
    let silentHop: ReturnType<typeof watchSilentHop>;
    const UNAUTHORIZED = 1;
    const FEW_STARTUPS = 2;
    const TO_STOP = 3;
    const TO_FREEZE = 4;
    const FIRST_HOP = 5;
    const SECOND_HOP = 6;
    beforeAll(async () => {
      fleet = await startSshdFleet({
        count: 7,
        targets: {
          [UNAUTHORIZED]: { unauthorized: true },
          [FEW_STARTUPS]: { sshdConfig: ["MaxStartups 10:30:100"] },
        },
      });
      silence = watchSilence();
      const hops = [FIRST_HOP, SECOND_HOP].map((index, at) => {
        return { ...addressOf(fleet, index), name: `jump host ${at + 1}` };
      });
      const silenceHop = () => fleet.freeze(SECOND_HOP);
      const way = { hops, target: addressOf(fleet, 0), silence: silenceHop };
      silentHop = watchSilentHop(client, optionsFor(fleet), way);
      silence.catch(() => {});
      silentHop.catch(() => {});
    }, 30_000);
    /** It takes long: the others run meanwhile. */
    async function watchSilence(): Promise<{ why: string; afterMs: number }> {
      await using connection = await client.connect(addressOf(fleet, TO_FREEZE), optionsFor(fleet));
      fleet.freeze(TO_FREEZE);
      const started = performance.now();
      return { why: await connection.lost, afterMs: performance.now() - started };
    }
    afterAll(async () => await fleet?.[Symbol.asyncDispose]());

    test("a command runs, gets its stdin, and its code, output and errors come back", async () => {
      await using connection = await client.connect(addressOf(fleet, 0), optionsFor(fleet));
      expect(connection.localAddress).toMatch(/^127\./);
      expect(connection.remoteAddress).toBe("127.0.0.10");
      const stdin = Buffer.alloc(3_000_000, "x");
      const command = "wc -c; echo oops >&2; exit 7";
      const result = await connection.run(command, { stdin, timeoutMs: 10_000, signal });
      expect(result).toEqual({ code: 7, signal: null, stdout: "3000000\n", stderr: "oops\n" });
      const killed = await connection.run("kill -9 $$", { timeoutMs: 10_000, signal });
      const by = client.knowsSignals ? "SIGKILL" : "an unknown signal";
      expect(killed).toMatchObject({ code: null, signal: by });
    });

    test("a command that ends before its start was noticed still has its exit code", async () => {
      await using connection = await client.connect(addressOf(fleet, 0), optionsFor(fleet));
      for (let round = 0; round < 20; round++) {
        expect(await connection.run("exit 3", { timeoutMs: 10_000, signal })).toMatchObject({ code: 3 });
      }
    });

    test("endless output is cut, not kept", async () => {
      await using connection = await client.connect(addressOf(fleet, 0), optionsFor(fleet));
      const result = await connection.run("head -c 5000000 /dev/zero", { timeoutMs: 10_000, signal });
      expect(result.code).toBe(0);
      expect(result.stdout.length).toBe(256 * 1024);
    });

    test("a command that does not end is killed on the target, by timeout and by the signal", async () => {
      await using connection = await client.connect(addressOf(fleet, 0, "deploy"), optionsFor(fleet));
      const running = () => fleet.targets[0]?.inside("ps ax").includes("sleep 600");
      const slow = connection.run("exec sleep 600", { timeoutMs: 1_000, signal });
      await eventually(() => running() === true);
      await expect(slow).rejects.toMatchObject({
        code: "TARGET_SILENT",
        message: expect.stringMatching(/web-0: .*within 1 s/),
      });
      const cancel = new AbortController();
      const cancelled = connection.run("exec sleep 600", { timeoutMs: 60_000, signal: cancel.signal });
      setTimeout(() => cancel.abort(new Error("cancelled by a person")), 200);
      await expect(cancelled).rejects.toThrow("cancelled by a person");
      await eventually(() => !running());
    });

    test("an unknown host key is refused with the line to pin, and that line lets the next run in", async () => {
      const error = await failureOf(
        client.connect(addressOf(fleet, 0), optionsFor(fleet, { knownHostsText: "" })),
      );
      expect(error).toBeInstanceOf(HostKeyUnknownError);
      expect(error).toMatchObject({
        code: "HOST_KEY_UNKNOWN",
        knownHostsLine: fleet.targets[0]?.hostKeyLine,
        message: expect.stringContaining(`${fleet.targets[0]?.hostKeyLine}`),
      });
      expect(error).toMatchObject({ message: expect.stringMatching(/web-0: .*SHA256:/) });
      const knownHostsText = (error as HostKeyUnknownError).knownHostsLine;
      await using connection = await client.connect(
        addressOf(fleet, 0),
        optionsFor(fleet, { knownHostsText }),
      );
      expect(connection.name).toBe("web-0");
    });

    test("an unknown host key is accepted with a warning that prints the line where strict is off", async () => {
      const warnings: string[] = [];
      const options = optionsFor(fleet, {
        knownHostsText: "",
        strict: false,
        warn: (warning) => warnings.push(warning),
      });
      await using _connection = await client.connect(addressOf(fleet, 0), options);
      expect(warnings).toEqual([expect.stringContaining(`${fleet.targets[0]?.hostKeyLine}`)]);
    });

    test("a changed host key is refused even where strict is off, also when the pinned one is of another type", async () => {
      const { host, port } = addressOf(fleet, 0);
      const otherKey = fleet.targets[1]?.hostKeyLine.split(" ").slice(1).join(" ");
      const rsaFile = join(fleet.privateKeyPath, "..", "rsa");
      execFileSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", rsaFile]);
      for (const key of [otherKey, readFileSync(`${rsaFile}.pub`, "utf8")]) {
        const knownHostsText = `[${host}]:${port} ${key}`;
        const error = await failureOf(
          client.connect(addressOf(fleet, 0), optionsFor(fleet, { knownHostsText, strict: false })),
        );
        expect(error).toMatchObject({
          code: "HOST_KEY_CHANGED",
          message: expect.stringMatching(/^web-0: .*another is pinned \(known hosts, line 1\)/),
        });
      }
    });

    test("a revoked host key is refused even where it is pinned and strict is off", async () => {
      const key = fleet.targets[0]?.hostKeyLine.split(" ").slice(1).join(" ");
      const knownHostsText = `${fleet.knownHostsText}@revoked * ${key}`;
      const error = await failureOf(
        client.connect(addressOf(fleet, 0), optionsFor(fleet, { knownHostsText, strict: false })),
      );
      expect(error).toMatchObject({ code: "HOST_KEY_REVOKED" });
    });

    test("a refused key fails at once, with the key's fingerprint, the user and what the server would take", async () => {
      const started = performance.now();
      const error = await failureOf(
        client.connect(addressOf(fleet, UNAUTHORIZED), optionsFor(fleet, { retries: 5 })),
      );
      expect(error).toMatchObject({
        code: "AUTH_REFUSED",
        message: expect.stringMatching(
          /^web-1: root@127\.0\.0\.11:\d+ refused the key SHA256:\S+ \(it would take: publickey\)$/,
        ),
      });
      expect(performance.now() - started).toBeLessThan(3_000);
    });

    test("a key with CRLF and without final newline lets in", async () => {
      const privateKey = readKey(fleet.privateKey.trim().replaceAll("\n", "\r\n"));
      await using connection = await client.connect(
        addressOf(fleet, 0),
        optionsFor(fleet, { key: privateKey }),
      );
      expect((await connection.run("echo in", { timeoutMs: 5_000, signal })).stdout).toBe("in\n");
    });

    test("an encrypted key is opened once and then lets in four times without decrypting again", async () => {
      const file = join(fleet.privateKeyPath, "..", "encrypted");
      execFileSync("cp", [fleet.privateKeyPath, file]);
      execFileSync("ssh-keygen", ["-q", "-p", "-P", "", "-N", "secret", "-f", file]);
      const privateKey = readKey(readFileSync(file, "utf8"), "secret");
      const before = process.cpuUsage();
      for (let round = 0; round < 4; round++) {
        await using _connection = await client.connect(
          addressOf(fleet, 0),
          optionsFor(fleet, { key: privateKey }),
        );
      }
      const { user } = process.cpuUsage(before);
      // One decryption costs about 190 ms.
      expect(user / 1_000).toBeLessThan(1_000);
    });

    test("another user than root comes into its own home", async () => {
      await using connection = await client.connect(addressOf(fleet, 0, "deploy"), optionsFor(fleet));
      expect((await connection.run("pwd", { timeoutMs: 5_000, signal })).stdout).toBe("/home/deploy\n");
    });

    test("24 handshakes at once against MaxStartups 10:30:100 all succeed by retries", async () => {
      const options = optionsFor(fleet, { retries: 6 });
      const attempts = Array.from({ length: 24 }, () =>
        client.connect(addressOf(fleet, FEW_STARTUPS), options),
      );
      const outcomes = await Promise.allSettled(attempts);
      for (const outcome of outcomes)
        if (outcome.status === "fulfilled") await outcome.value[Symbol.asyncDispose]();
      expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
      await eventually(() => fleet.processesOf(FEW_STARTUPS).length === fleet.idleProcesses);
    }, 60_000);

    test("a target that is killed in the middle of a command is SSH_LOST, and no error crashes the process", async () => {
      await using connection = await client.connect(addressOf(fleet, TO_STOP), optionsFor(fleet));
      const running = connection.run("sleep 600", { timeoutMs: 60_000, signal });
      setTimeout(() => void fleet.stop(TO_STOP), 200);
      await expect(running).rejects.toMatchObject({
        code: "SSH_LOST",
        message: expect.stringMatching(/^web-3: /),
      });
      expect(await connection.lost).toMatch(/\S/);
      await expect(connection.run("true", { timeoutMs: 1_000, signal })).rejects.toMatchObject({
        code: "SSH_LOST",
      });
      const error = await failureOf(
        client.connect(addressOf(fleet, TO_STOP), optionsFor(fleet, { retries: 1 })),
      );
      expect(error).toMatchObject({
        code: "HOST_UNREACHABLE",
        message: expect.stringMatching(client.words.refused),
      });
      expect(error).toMatchObject({
        message: expect.stringMatching(
          /^web-3: cannot connect to root@127\.0\.0\.13:\d+: .* \(2 attempts\)$/,
        ),
      });
    });

    test("an aborted signal ends an attempt at once", async () => {
      const cancel = new AbortController();
      const connecting = client.connect(
        addressOf(fleet, TO_FREEZE),
        optionsFor(fleet, { retries: 3, signal: cancel.signal }),
      );
      setTimeout(() => cancel.abort(new Error("cancelled")), 200);
      await expect(connecting).rejects.toThrow("cancelled");
    });

    test("a target that answers nothing any more is noticed within about 20 s", async () => {
      const { why, afterMs } = await silence;
      expect(why).toMatch(client.words.silent);
      expect(afterMs).toBeLessThan(30_000);
      const error = await failureOf(
        client.connect(addressOf(fleet, TO_FREEZE), optionsFor(fleet, { timeoutMs: 500 })),
      );
      expect(error).toMatchObject({ code: "HOST_UNREACHABLE", message: expect.stringMatching(/timed out/i) });
      fleet.thaw(TO_FREEZE);
    }, 60_000);

    test("a second jump host that answers nothing any more is noticed within about 25 s, and named by all that it carried", async () => {
      const { failure, end, afterMs, lost, broken } = await silentHop;
      const says = new RegExp(`^jump host 2: the connection broke: .*${client.words.silent.source}`, "i");
      expect(lost).toEqual(lost.map(() => expect.stringMatching(says)));
      expect(end).toEqual({ kind: "lost", why: lost[0] });
      expect(broken).toMatchObject({ code: "JUMP_LOST", jumpHost: "jump host 2" });
      expect(failure).toMatchObject({ code: "SSH_LOST", message: expect.stringContaining(lost[0]!) });
      expect(afterMs).toBeLessThan(40_000);
    }, 90_000);
  });

  const STRANGER = {
    key: null,
    knownHostsText: "",
    strict: false,
    timeoutMs: 1_000,
    retries: 1,
    warn: () => {},
    signal,
  } as const satisfies ClientOptions;

  test(`a name that does not resolve is an unreachable host, ${client.name}`, async () => {
    const address = { name: "web-9", host: "no-such-host.invalid", user: "deploy", port: 22 };
    const error = await failureOf(client.connect(address, { ...STRANGER, retries: 0 }));
    expect(error).toMatchObject({
      code: "HOST_UNREACHABLE",
      message: expect.stringMatching(/web-9: cannot connect to deploy@no-such-host\.invalid:22/),
    });
  });

  test.each([
    ["hangs up at once", (socket: Socket) => void socket.destroy()],
    ["resets the connection", (socket: Socket) => void socket.resetAndDestroy()],
    ["says nothing", () => {}],
    ["speaks HTTP", (socket: Socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    [
      "sends garbage for ever",
      (socket: Socket) =>
        void setInterval(() => socket.writable && socket.write("SSH-2.0-x\r\n\0\0\0\0"), 50).unref(),
    ],
  ])(`a server that %s is an unreachable host after all attempts, ${client.name}`, async (_name, behave) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      behave(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    try {
      const error = await failureOf(
        client.connect({ name: "odd", host: "127.0.0.1", user: "x", port }, STRANGER),
      );
      expect(error).toMatchObject({
        code: "HOST_UNREACHABLE",
        message: expect.stringMatching(/^odd: .*\(2 attempts\)$/),
      });
    } finally {
      server.close();
    }
  });
}
