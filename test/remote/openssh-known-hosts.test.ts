import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { connectOpenSsh } from "./client-under-test.ts";
import { addressOf, failureOf, optionsFor } from "./connect-suite.ts";

describeWithOpenSsh("the runner's own known hosts, with ssh-strict: false", () => {
  let fleet: SshdFleet;
  let folder: string;
  const ownPath = () => join(folder, "own hosts");
  const nameOf = ({ host, port }: { host: string; port: number }) => `[${host}]:${port}`;
  const keyOf = (name: string) => readFileSync(join(folder, `${name}.pub`), "utf8");
  /** With these lines in the runner's file; its name has a blank. */
  const connectWith = (
    lines: string,
    moreConfig = "",
    { port = fleet.targets[0]!.port, warn = (_message: string) => {} } = {},
  ) => {
    writeFileSync(ownPath(), lines);
    const config = `UserKnownHostsFile "${ownPath()}"\n${moreConfig}`;
    const options = optionsFor(fleet, { strict: false, warn });
    return connectOpenSsh({ ...addressOf(fleet, 0), port }, options, { config, ownKnownHosts: true });
  };

  beforeAll(async () => {
    folder = mkdtempSync("/tmp/mur-test-known-");
    for (const name of ["authority", "stranger"])
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
    fleet = await startSshdFleet({ count: 1 });
  }, 30_000);
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a host that they say nothing about is let in, with the line to pin", async () => {
    const warnings: string[] = [];
    await using _connection = await connectWith(`elsewhere ${keyOf("stranger")}`, "", {
      warn: (message) => void warnings.push(message),
    });
    expect(warnings).toEqual([expect.stringContaining(fleet.targets[0]!.hostKeyLine.trim())]);
  });

  test("a host whose authority they pin has to show its certificate", async () => {
    const lines = `# ours\n@cert-authority ${fleet.targets[0]!.host} ${keyOf("authority")}`;
    expect(await failureOf(connectWith(lines))).toMatchObject({
      code: "HOST_KEY_CHANGED",
      message: expect.stringContaining(
        `without a valid certificate of the authority that is pinned for it (${ownPath()}, line 2)`,
      ),
    });
  });

  test("a host that has ssh print the words of an unknown key is refused where they pin another", async () => {
    using liar = await startLiar(fleet.targets[0]!);
    const lines = `${nameOf({ ...fleet.targets[0]!, port: liar.port })} ${keyOf("stranger")}`;
    const error = await failureOf(connectWith(lines, "", { port: liar.port }));
    expect(liar.connections()).toBe(2);
    expect(error).toMatchObject({ code: "HOST_KEY_CHANGED" });
  });

  test("do not count beside ssh-known-hosts, whatever command of ssh-config prints them", async () => {
    const { hostKeyLine } = fleet.targets[0]!;
    writeFileSync(ownPath(), hostKeyLine);
    const config = `KnownHostsCommand /bin/cat "${ownPath()}"`;
    const options = optionsFor(fleet, { knownHostsText: "# none" });
    expect(await failureOf(connectOpenSsh(addressOf(fleet, 0), options, { config }))).toMatchObject({
      code: "HOST_KEY_UNKNOWN",
    });
  });

  test.each([
    ["a KnownHostsCommand", "", "KnownHostsCommand /bin/true", /ssh-config has a KnownHostsCommand/],
    ["a line that can't be read", "web x", "", /own hosts: line 1 "web x"/],
  ])("with %s nobody is let in unknown, and the reason is told", async (_, lines, config, reason) => {
    expect(await failureOf(connectWith(lines, config))).toMatchObject({
      code: "HOST_KEY_UNKNOWN",
      message: expect.stringMatching(reason),
    });
  });
});

const DISCONNECT = 1;
const PROTOCOL_ERROR = 2;

/** Before the first key exchange it says what `ssh` would say of an unknown key; from then on it passes all on. */
async function startLiar({ host, port }: { host: string; port: number }) {
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    if (connections > 1) {
      pipeline(client, connect(port, host), client, () => {});
      return;
    }
    client.on("error", () => {});
    const words =
      "No ED25519 host key is known for it and you have requested strict checking.\nHost key verification failed.";
    client.end(Buffer.concat([Buffer.from("SSH-2.0-liar\r\n"), disconnectPacket(words)]));
  });
  server.listen(0, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    [Symbol.dispose]: () => void server.close(),
  };
}

/** RFC 4253 §6 and §11.1. */
function disconnectPacket(words: string): Buffer {
  const text = (value: string) => Buffer.concat([uint32(Buffer.byteLength(value)), Buffer.from(value)]);
  const payload = Buffer.concat([Buffer.of(DISCONNECT), uint32(PROTOCOL_ERROR), text(words), text("")]);
  const paddingLength = 16 - ((payload.length + 5) % 8);
  const length = uint32(payload.length + 1 + paddingLength);
  return Buffer.concat([length, Buffer.of(paddingLength), payload, Buffer.alloc(paddingLength)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
