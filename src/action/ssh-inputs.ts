import { DEFAULT_SSH_PORT, type KnownHostEntry, parseKnownHosts } from "../core/known-hosts.ts";
import type { SshAuth } from "../remote/ssh-connect.ts";
import { type ParsedPrivateKey, parsePrivateKey } from "../remote/ssh-private-key.ts";
import type { SshClient, SshConfig } from "./config.ts";
import type { Environment } from "./input-reader.ts";
import { oneOf, parseBoolean, parsePort, parseTimeLimitMs, wholeNumber } from "./input-values.ts";
import type { Inputs } from "./inputs.ts";
import { readJumpHosts } from "./jump-inputs.ts";

/** More handshakes at once than this keep a runner busier with keys than with hosts. */
const CONCURRENCY_MAX = 1_000;
const RETRIES_MAX = 100;

export interface SshInputs {
  readonly config: SshConfig;
  readonly warnings: readonly string[];
}

/** Who the runner is to the targets, whom it believes, and how patient it is. */
export function readSshConfig(inputs: Inputs, environment: Environment, runnerUser: string): SshInputs {
  const { entries, authorities, problems } = parseKnownHosts(inputs.written("ssh-known-hosts"));
  for (const problem of problems) inputs.complain("ssh-known-hosts", problem);
  const kind = inputs.parsed("ssh-client", oneOf("builtin", "openssh"), "builtin or openssh");
  const warnings: string[] = [];
  let client: SshClient;
  if (kind === "openssh") {
    const text = inputs.written("ssh-known-hosts");
    const knownHosts = text.trim() === "" ? null : { text, entries, authorities };
    client = { kind, ...readOpenSsh(inputs, environment, runnerUser), knownHosts };
  } else {
    client = { kind, auth: readAuth(inputs, environment), knownHosts: entries };
    if (inputs.isSet("ssh-config"))
      inputs.complain(
        "ssh-config",
        "does not apply to ssh-client: builtin, remove it or set ssh-client: openssh",
      );
    warnings.push(...authorities.map(unusedAuthority));
  }
  return {
    config: {
      client,
      jumpHosts: readJumpHosts(inputs, runnerUser),
      strict: inputs.parsed("ssh-strict", parseBoolean, "true or false"),
      concurrency: inputs.parsed("ssh-concurrency", wholeNumber(1, CONCURRENCY_MAX), `1–${CONCURRENCY_MAX}`),
      timeoutMs: inputs.parsed("ssh-timeout", parseTimeLimitMs, "a duration above zero, such as 30s"),
      retries: inputs.parsed("ssh-retries", wholeNumber(0, RETRIES_MAX), `0–${RETRIES_MAX}`),
    },
    warnings,
  };
}

function unusedAuthority({ line }: KnownHostEntry): string {
  return `ssh-known-hosts: line ${line}: @cert-authority needs ssh-client: openssh; or pin the hosts' own keys (\`ssh-keyscan\` lists them)`;
}

type OpenSshPart = Omit<Extract<SshClient, { kind: "openssh" }>, "kind" | "knownHosts">;

/** What signs may be named by `ssh-config`, and is not looked for here. */
function readOpenSsh(inputs: Inputs, environment: Environment, runnerUser: string): OpenSshPart {
  const config = inputs.written("ssh-config");
  const key = readKey(inputs);
  if (key === null && config.trim() === "" && !environment.SSH_AUTH_SOCK) {
    inputs.complain(
      "ssh-key",
      "required, since there is neither ssh-config nor an SSH agent (SSH_AUTH_SOCK is not set)",
    );
  }
  return {
    key,
    config,
    defaults: {
      // A user or port that can't be read is complained of where the inventory is read.
      user: inputs.text("ssh-user") || runnerUser,
      port: parsePort(inputs.text("ssh-port")) ?? DEFAULT_SSH_PORT,
    },
    environment: withoutInputs(environment),
  };
}

/** What is handed to programs that the user named must not hold the keys that were given to this one. */
function withoutInputs(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || name.startsWith("INPUT_") ? [] : [[name, value]],
    ),
  );
}

function readAuth(inputs: Inputs, environment: Environment): SshAuth {
  const privateKey = readKey(inputs);
  if (privateKey !== null) return { kind: "key", privateKey };
  const socketPath = environment.SSH_AUTH_SOCK ?? "";
  if (socketPath === "" && !inputs.isSet("ssh-key")) {
    inputs.complain("ssh-key", "required, since there is no SSH agent either (SSH_AUTH_SOCK is not set)");
  }
  return { kind: "agent", socketPath };
}

/** Null: none was given, or it can't be read, and the run ends before it is missed. */
function readKey(inputs: Inputs): ParsedPrivateKey | null {
  const passphrase = inputs.isSet("ssh-key-passphrase") ? inputs.text("ssh-key-passphrase") : null;
  if (!inputs.isSet("ssh-key")) {
    if (passphrase !== null)
      inputs.complain("ssh-key-passphrase", "does not apply without ssh-key, remove it");
    return null;
  }
  const outcome = parsePrivateKey(inputs.text("ssh-key"), passphrase);
  if (outcome.kind === "key") return outcome.key;
  inputs.complain("ssh-key", outcome.problem);
  return null;
}

/** A line of a key is secret too: tools quote single lines. Very short ones would black out half of the log. */
const MASKED_LENGTH_MIN = 8;

/** Everything that the log must never show. */
export function readSecrets(inputs: Inputs): readonly string[] {
  const key = inputs.isSet("ssh-key") ? inputs.text("ssh-key") : "";
  const passphrase = inputs.isSet("ssh-key-passphrase") ? inputs.text("ssh-key-passphrase") : "";
  const keyLines = key.split(/\r?\n/).map((line) => line.trim());
  const telling = keyLines.filter((line) => line.length >= MASKED_LENGTH_MIN && !line.startsWith("-----"));
  return [key, ...telling, passphrase, inputs.text("github-token")].filter((secret) => secret !== "");
}
