import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { ensureLoginShells } from "../support/login-shells.ts";
import { makeSecurityKey } from "../support/security-key.ts";
import { startSoftToken } from "../support/soft-token.ts";
import { eventually, type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { BUILTIN, connectOpenSsh, readKey } from "./client-under-test.ts";
import { addressOf, failureOf, optionsFor } from "./connect-suite.ts";

/** Connects its stdin and stdout to a port, as ProxyCommand has to. */
const PROXY = `const { connect } = require("node:net");
const socket = connect(Number(process.argv[3]), process.argv[2]);
process.stdin.pipe(socket);
socket.pipe(process.stdout);
`;

describeWithOpenSsh("what only OpenSSH can do", () => {
  const signal = new AbortController().signal;
  const QUICK = { timeoutMs: 10_000, signal };
  let fleet: SshdFleet;
  let folder: string;
  const authorize = (publicLine: string) =>
    appendFileSync(join(dirname(fleet.privateKeyPath), "authorized_keys"), publicLine);
  const keygen = (...argv: string[]) => execFileSync("ssh-keygen", ["-q", ...argv], { cwd: folder });

  beforeAll(async () => {
    folder = mkdtempSync("/tmp/mur-test-keys-");
    keygen("-t", "ed25519", "-N", "", "-f", "authority");
    keygen("-t", "ed25519", "-N", "", "-f", "user");
    keygen("-s", "authority", "-I", "a user", "-n", "root", "user.pub");
    writeFileSync(join(folder, "proxy.cjs"), PROXY);
    fleet = await startSshdFleet({
      count: 1,
      sshdConfig: [`TrustedUserCAKeys ${join(folder, "authority.pub")}`, "Banner /etc/hostname"],
    });
  }, 30_000);
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["ecdsa", "256"],
    ["ecdsa", "521"],
    ["rsa", "2048"],
  ])("a key of type %s with %s bits logs in, is decrypted once, and is in no file", async (type, bits) => {
    const name = `${type}-${bits}`;
    keygen("-t", type, "-b", bits, "-N", "a passphrase", "-f", name);
    authorize(readFileSync(join(folder, `${name}.pub`), "utf8"));
    const key = readKey(readFileSync(join(folder, name), "utf8"), "a passphrase");
    await using connection = await connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet, { key }));
    expect((await connection.run("echo in", QUICK)).stdout).toBe("in\n");
    const run = dirname(connection.controlPath);
    const files = readdirSync(run, { withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map(({ name: file }) => file).sort();
    expect(names).toEqual(["config", "key.pub", "known_hosts", "ssh-config"]);
    for (const file of files) expect(readFileSync(join(run, file.name), "utf8")).not.toContain("PRIVATE");
  });

  test("a certificate lets in a key that no target knows", async () => {
    const key = readKey(readFileSync(join(folder, "user"), "utf8"));
    const without = await failureOf(connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet, { key })));
    expect(without).toMatchObject({ code: "AUTH_REFUSED" });
    const config = `CertificateFile ${join(folder, "user-cert.pub")}`;
    await using connection = await connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet, { key }), {
      config,
    });
    expect((await connection.run("id -un", QUICK)).stdout).toBe("root\n");
  });

  test("the key of a PKCS #11 token logs in through the agent that knows its PIN, also where one key of several is meant", async () => {
    await using token = await startSoftToken();
    authorize(token.publicKey);
    writeFileSync(join(folder, "token.pub"), token.publicKey);
    const options = optionsFor(fleet, { key: null, agentSocket: token.agentSocketPath });
    const meant = `IdentitiesOnly yes\nIdentityFile ${join(folder, "token.pub")}`;
    for (const config of ["", meant]) {
      await using connection = await connectOpenSsh(addressOf(fleet, 0), options, { config });
      expect((await connection.run("id -un", QUICK)).stdout).toBe("root\n");
    }
    await using builtin = await BUILTIN.connect(addressOf(fleet, 0), options);
    expect((await builtin.run("id -un", QUICK)).stdout).toBe("root\n");

    const wantsPin = connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet, { key: null }), {
      config: `PKCS11Provider ${token.library}`,
      environment: token.environment,
    });
    expect(await failureOf(wantsPin)).toMatchObject({
      code: "AUTH_REFUSED",
      message: expect.stringMatching(
        /refused every key .* \(it would take: publickey\); ssh says: pin required$/,
      ),
    });
  });

  test("a FIDO key whose token is not there is told, and so is a host key of that kind that the built-in client can't ask for", async () => {
    const key = makeSecurityKey();
    authorize(key.publicLine);
    writeFileSync(join(folder, "security_key"), key.text, { mode: 0o600 });
    const config = `IdentityFile ${join(folder, "security_key")}`;
    const options = optionsFor(fleet, { key: null });
    expect(await failureOf(connectOpenSsh(addressOf(fleet, 0), options, { config }))).toMatchObject({
      code: "AUTH_REFUSED",
      message: expect.stringMatching(
        /; ssh says: sign_and_send_pubkey: signing failed for ED25519-SK .*: \S/,
      ),
    });

    const { host, port } = fleet.targets[0]!;
    const knownHostsText = `[${host}]:${port} ${key.publicLine}`;
    const unasked = BUILTIN.connect(addressOf(fleet, 0), optionsFor(fleet, { knownHostsText }));
    expect(await failureOf(unasked)).toMatchObject({
      code: "HOST_KEY_CHANGED",
      message: expect.stringMatching(
        /line 1\): of type sk-ssh-ed25519@openssh\.com, which needs ssh-client: openssh\./,
      ),
    });
  });

  test("ssh-config names host, user, port and key where the inventory does not, and no host key is looked up under another name", async () => {
    const { host, port } = fleet.targets[0]!;
    const config = `# the fleet
Host shop
  HostName ${host}
  Port ${port}
  User deploy
  IdentityFile ${fleet.privateKeyPath}`;
    const address = { name: "shop", host: "shop", user: "nobody", port: 9 };
    const options = optionsFor(fleet, { key: null });
    await using connection = await connectOpenSsh(address, options, { config, isWritten: false });
    expect((await connection.run("id -un", QUICK)).stdout).toBe("deploy\n");
    expect(connection.remoteAddress).toBe(host);
    const unknown = await failureOf(
      connectOpenSsh(address, { ...options, knownHostsText: "" }, { config, isWritten: false }),
    );
    expect(unknown).toMatchObject({
      code: "HOST_KEY_UNKNOWN",
      knownHostsLine: fleet.targets[0]!.hostKeyLine,
    });
  });

  test("ProxyCommand carries the connection, and ends with it", async () => {
    const config = `ProxyCommand ${process.execPath} ${join(folder, "proxy.cjs")} %h %p`;
    const isProxied = () => execFileSync("ps", ["ax"], { encoding: "utf8" }).includes(`${folder}/proxy.cjs`);
    {
      await using connection = await connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet), { config });
      expect((await connection.run("echo in", QUICK)).stdout).toBe("in\n");
      expect(isProxied()).toBe(true);
      // As the target sees itself: no socket of ours leads to it.
      expect(connection.remoteAddress).toBe(fleet.targets[0]!.host);
    }
    await eventually(() => !isProxied());
    await eventually(() => fleet.processesOf(0).length === fleet.idleProcesses);
  });

  test("what a host behind a proxy says of its address counts only where it is one", async () => {
    const config = `ProxyCommand ${process.execPath} ${join(folder, "proxy.cjs")} %h %p`;
    const startUp = join(fleet.targets[0]!.rootPath, "root/.bashrc");
    writeFileSync(startUp, "export SSH_CONNECTION='UNKNOWN 65535 elsewhere.invalid 22'\n");
    try {
      await using connection = await connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet), { config });
      expect(connection).toMatchObject({ remoteAddress: "", localAddress: "" });
    } finally {
      rmSync(startUp);
    }
  });

  test.each([
    ["with its port", (host: string, port: number) => `[${host}]:${port}`],
    ["by its name alone", (host: string) => host],
  ])(
    "a host whose authority is pinned %s is refused without a certificate, even where strict is off",
    async (_, nameOf) => {
      const authority = readFileSync(join(folder, "authority.pub"), "utf8");
      const { host, port } = fleet.targets[0]!;
      const knownHostsText = `# ours\n@cert-authority ${nameOf(host, port)} ${authority}`;
      const error = await failureOf(
        connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet, { knownHostsText, strict: false })),
      );
      expect(error).toMatchObject({
        code: "HOST_KEY_CHANGED",
        message: expect.stringMatching(
          /^web-0: .*without a valid certificate of the authority .*\(known hosts, line 2\)/,
        ),
      });
    },
  );

  test("what ssh-config may not change stays as it is", async () => {
    const config = `BatchMode no
StrictHostKeyChecking no
UserKnownHostsFile /dev/null
ControlMaster no
ControlPath /nonexistent/%h
RemoteCommand echo another
RequestTTY force
LocalForward 1 127.0.0.1:1
ForwardAgent yes
IdentityFile /nonexistent/key`;
    const unknown = connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet, { knownHostsText: "# none" }), {
      config,
    });
    expect(await failureOf(unknown)).toMatchObject({ code: "HOST_KEY_UNKNOWN" });
    await using connection = await connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet), { config });
    expect(await connection.run("echo in", QUICK)).toMatchObject({ code: 0, stdout: "in\n" });
    // Whoever is root there could have the agent sign, as long as the connection stands.
    const forwarded = "grep -l SSH_AUTH_SOCK= /proc/[0-9]*/environ";
    expect((await connection.run(forwarded, QUICK)).stdout).toBe("");
  });

  test("a runner whose umask leaves files open to others does not make ssh refuse its configuration", async () => {
    const before = process.umask(0);
    try {
      await using connection = await connectOpenSsh(addressOf(fleet, 0), optionsFor(fleet));
      expect((await connection.run("echo in", QUICK)).stdout).toBe("in\n");
    } finally {
      process.umask(before);
    }
  });

  test("a jump host is passed where ssh-config has ProxyUseFdpass for the way to it", async () => {
    const options = optionsFor(fleet, { timeoutMs: 3_000 });
    await using via = await connectOpenSsh(addressOf(fleet, 0), options);
    await using connection = await connectOpenSsh(addressOf(fleet, 0), options, {
      via,
      config: "ProxyUseFdpass yes",
    });
    expect((await connection.run("echo in", QUICK)).stdout).toBe("in\n");
  });

  test.each(["zsh", "tcsh"] as const)(
    "a jump host is passed where the runner's shell is %s",
    async (shell) => {
      using shells = ensureLoginShells();
      const options = optionsFor(fleet);
      await using via = await connectOpenSsh(addressOf(fleet, 0), options);
      await using connection = await connectOpenSsh(addressOf(fleet, 0), options, {
        via,
        environment: { SHELL: shells.paths[shell] },
      });
      expect((await connection.run("echo in", QUICK)).stdout).toBe("in\n");
    },
  );

  test("a default user that begins with # is no comment", async () => {
    const config = `Port ${fleet.targets[0]!.port}`;
    const connecting = connectOpenSsh(addressOf(fleet, 0, "#deploy"), optionsFor(fleet), {
      config,
      isWritten: false,
    });
    expect(await failureOf(connecting)).toMatchObject({
      code: "AUTH_REFUSED",
      message: expect.stringContaining("#deploy@"),
    });
  });

  test("a mistake in ssh-config is told with its line, before anybody is contacted", async () => {
    const config = "Host *\n  CertificateFiel x\n";
    const stranger = { name: "x", host: "no-such-host.invalid", user: "x", port: 22 };
    const error = await failureOf(connectOpenSsh(stranger, optionsFor(fleet), { config }));
    expect(error).toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(/^ssh-config: line 2: Bad configuration option: certificatefiel/),
    });
  });
});
