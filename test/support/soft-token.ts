import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackage } from "./debian-package.ts";
import { eventually } from "./sshd-host.ts";

const LIBRARY = "/usr/lib/softhsm/libsofthsm2.so";
const PIN = "123456";

/** A PKCS #11 token in software that holds one key, and an SSH agent that was told its PIN. */
export interface SoftToken extends AsyncDisposable {
  /** For `PKCS11Provider`. */
  readonly library: string;
  /** By which the library finds the token. */
  readonly environment: Readonly<Record<string, string>>;
  /** As a line of authorized_keys. */
  readonly publicKey: string;
  readonly agentSocketPath: string;
}

/** What is missing is installed. @throws Error where it can't be */
export async function startSoftToken(): Promise<SoftToken> {
  const why = ensureDebianPackage({ name: "softhsm2", file: "/usr/bin/softhsm2-util" });
  if (why !== undefined) throw new Error(why);
  await using held = new AsyncDisposableStack();
  const folder = mkdtempSync("/tmp/mur-test-token-");
  held.defer(() => rmSync(folder, { recursive: true, force: true }));
  const settings = join(folder, "softhsm2.conf");
  mkdirSync(join(folder, "tokens"));
  writeFileSync(settings, `directories.tokendir = ${join(folder, "tokens")}\nobjectstore.backend = file\n`);
  const environment = { SOFTHSM2_CONF: settings };
  const run = (program: string, argv: readonly string[], more: Record<string, string> = {}) =>
    execFileSync(program, argv, {
      env: { ...process.env, ...environment, ...more },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });

  const keyPath = join(folder, "key.pem");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(keyPath, privateKey.export({ type: "pkcs8", format: "pem" }));
  run("softhsm2-util", ["--init-token", "--free", "--label", "token", "--pin", PIN, "--so-pin", PIN]);
  const key = ["--token", "token", "--label", "deploy", "--id", "01", "--pin", PIN];
  run("softhsm2-util", ["--import", keyPath, ...key]);
  rmSync(keyPath);

  const agentSocketPath = join(folder, "agent.sock");
  const agent = spawn("ssh-agent", ["-D", "-a", agentSocketPath, "-P", "/usr/lib/*"], {
    env: { ...process.env, ...environment },
    stdio: "ignore",
  });
  held.defer(() => void agent.kill());
  const askPath = join(folder, "ask");
  writeFileSync(askPath, `#!/bin/sh\necho ${PIN}\n`, { mode: 0o700 });
  const asking = { SSH_AUTH_SOCK: agentSocketPath, SSH_ASKPASS: askPath, SSH_ASKPASS_REQUIRE: "force" };
  await eventually(() => existsSync(agentSocketPath));
  run("ssh-add", ["-q", "-s", LIBRARY], { ...asking, DISPLAY: ":0" });
  const publicKey = run("ssh-add", ["-L"], asking);
  const all = held.move();
  return {
    library: LIBRARY,
    environment,
    publicKey,
    agentSocketPath,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
