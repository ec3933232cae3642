import { parseKnownHosts } from "../core/known-hosts.ts";
import type { SshAuth } from "../remote/ssh-connect.ts";
import { parsePrivateKey } from "../remote/ssh-private-key.ts";
import type { SshConfig } from "./config.ts";
import type { Environment } from "./input-reader.ts";
import { parseBoolean, parseTimeLimitMs, wholeNumber } from "./input-values.ts";
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
  const { entries, problems, warnings } = parseKnownHosts(inputs.written("ssh-known-hosts"));
  for (const problem of problems) inputs.complain("ssh-known-hosts", problem);
  return {
    config: {
      auth: readAuth(inputs, environment),
      jumpHosts: readJumpHosts(inputs, runnerUser),
      knownHosts: entries,
      strict: inputs.parsed("ssh-strict", parseBoolean, "true or false"),
      concurrency: inputs.parsed("ssh-concurrency", wholeNumber(1, CONCURRENCY_MAX), `1–${CONCURRENCY_MAX}`),
      timeoutMs: inputs.parsed("ssh-timeout", parseTimeLimitMs, "a duration above zero, such as 30s"),
      retries: inputs.parsed("ssh-retries", wholeNumber(0, RETRIES_MAX), `0–${RETRIES_MAX}`),
    },
    warnings: warnings.map((warning) => `ssh-known-hosts: ${warning}`),
  };
}

/** What stands in for a key that can't be read: the run ends before it is used. */
const NO_AUTH: SshAuth = { kind: "agent", socketPath: "" };

function readAuth(inputs: Inputs, environment: Environment): SshAuth {
  const passphrase = inputs.isSet("ssh-key-passphrase") ? inputs.text("ssh-key-passphrase") : null;
  if (inputs.isSet("ssh-key")) {
    const outcome = parsePrivateKey(inputs.text("ssh-key"), passphrase);
    if (outcome.kind === "key") return { kind: "key", privateKey: outcome.key };
    inputs.complain("ssh-key", outcome.problem);
    return NO_AUTH;
  }
  if (passphrase !== null) inputs.complain("ssh-key-passphrase", "does not apply without ssh-key, remove it");
  const socketPath = environment.SSH_AUTH_SOCK ?? "";
  if (socketPath === "") {
    inputs.complain("ssh-key", "required, since there is no SSH agent either (SSH_AUTH_SOCK is not set)");
  }
  return { kind: "agent", socketPath };
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
