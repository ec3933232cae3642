import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSecurityKey } from "../support/security-key.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { BUILTIN } from "./client-under-test.ts";
import { addressOf, connectSuite, failureOf, optionsFor } from "./connect-suite.ts";

connectSuite(BUILTIN);

describeWithOpenSsh("the built-in client with an SSH agent", () => {
  const signal = new AbortController().signal;
  let fleet: SshdFleet;
  beforeAll(async () => {
    fleet = await startSshdFleet({ count: 1 });
  }, 30_000);
  afterAll(async () => await fleet?.[Symbol.asyncDispose]());

  test("the keys of an agent let in, and an agent that is not there is told", async () => {
    const socketPath = join(fleet.privateKeyPath, "..", "agent.sock");
    const agent = spawn("ssh-agent", ["-D", "-a", socketPath], { stdio: "ignore" });
    try {
      await eventually(() =>
        execFileSync("ls", [join(fleet.privateKeyPath, "..")], { encoding: "utf8" }).includes("agent.sock"),
      );
      const add = (path: string) => {
        const env = { ...process.env, SSH_AUTH_SOCK: socketPath };
        execFileSync("ssh-add", ["-q", path], { env, stdio: "ignore" });
      };
      const options = optionsFor(fleet, { key: null, agentSocket: socketPath });
      const hardware = join(fleet.privateKeyPath, "..", "security_key");
      writeFileSync(hardware, makeSecurityKey().text, { mode: 0o600 });
      add(hardware);
      expect(await failureOf(BUILTIN.connect(addressOf(fleet, 0), options))).toMatchObject({
        code: "AUTH_REFUSED",
        message: expect.stringMatching(/^web-0: .*holds no key that can be offered to root@.*FIDO.*openssh/),
      });
      const stranger = join(fleet.privateKeyPath, "..", "stranger");
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", stranger]);
      add(stranger);
      expect(await failureOf(BUILTIN.connect(addressOf(fleet, 0), options))).toMatchObject({
        code: "AUTH_REFUSED",
        message: expect.stringMatching(/refused every key of the agent at SSH_AUTH_SOCK/),
      });
      add(fleet.privateKeyPath);
      await using connection = await BUILTIN.connect(addressOf(fleet, 0), options);
      expect((await connection.run("id -un", { timeoutMs: 5_000, signal })).stdout).toBe("root\n");
    } finally {
      agent.kill();
    }
    const options = optionsFor(fleet, { key: null, agentSocket: "/nonexistent/agent.sock" });
    const error = await failureOf(BUILTIN.connect(addressOf(fleet, 0), options));
    expect(error).toMatchObject({
      code: "AUTH_REFUSED",
      message: expect.stringMatching(/web-0: cannot use the agent at SSH_AUTH_SOCK/),
    });
  });
});
