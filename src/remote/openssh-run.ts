import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { keyTypeOf } from "../core/known-hosts.ts";
import { shownWords } from "./last-words.ts";
import { type ConfigFileOptions, configFileText } from "./openssh-config-file.ts";
import { connectOpenSsh, type OpenSshAddress, type OpenSshConnectOptions } from "./openssh-connect.ts";
import type { OpenSshConnection } from "./openssh-connection.ts";
import type { HostKeyOptions } from "./openssh-host-key.ts";
import { isAtLeast, OPENSSH_MIN, type OpenSshVersion, readVersion } from "./openssh-options.ts";
import { askSsh, type OpenSshProgram } from "./openssh-process.ts";
import { serveKey } from "./ssh-key-agent.ts";
import type { ParsedPrivateKey } from "./ssh-private-key.ts";

export type { OpenSshAddress } from "./openssh-connect.ts";

/** Stands for any host where `ssh-config` is read for its mistakes. Nobody is contacted. */
const NOBODY = "murmuration.invalid";

export interface OpenSshOptions extends HostKeyOptions {
  /** Lines as in ssh_config(5). */
  readonly config: string;
  /** Null: what `ssh-config` says, else the agent at SSH_AUTH_SOCK and the user's own keys. */
  readonly key: ParsedPrivateKey | null;
  /** For targets whose user or port neither the inventory nor `ssh-config` names. */
  readonly defaults: { readonly user: string; readonly port: number };
  readonly timeoutMs: number;
  readonly retries: number;
  readonly program: OpenSshProgram;
  /** Exists, is empty, closed to others, and is removed by whoever made it. Its path is short and holds no blank: sockets are made in it. */
  readonly folder: string;
}

/** The system's `ssh`, ready for one run. Disposing it ends what signs for it; connections are disposed of by whoever holds them. */
export interface OpenSsh extends AsyncDisposable {
  /** `via`: the connection inside of which this one is made, to a host that the runner can't reach itself. */
  readonly connect: (
    address: OpenSshAddress,
    via: OpenSshConnection | undefined,
    options: { readonly signal: AbortSignal },
  ) => Promise<OpenSshConnection>;
}

/** @throws MurmurationError `INPUT_INVALID` where there is no `ssh` that will do, or `ssh-config` can't be read by it; no host has been contacted. */
export async function startOpenSsh(options: OpenSshOptions): Promise<OpenSsh> {
  const { folder, program, key, knownHosts } = options;
  const version = await getVersion(program);
  const knownHostsPath = knownHosts === null ? null : join(folder, "known_hosts");
  if (knownHostsPath !== null) await writeFile(knownHostsPath, `${options.knownHosts?.text}\n`);
  const keyPaths = { publicKeyPath: join(folder, "key.pub"), agentSocketPath: join(folder, "agent") };
  const file = { ...options, version, knownHostsPath, key: key === null ? null : keyPaths };
  const configPath = await writeConfig(file, options);
  const agent = key === null ? null : await offerKey(key, keyPaths);
  const connectOptions: OpenSshConnectOptions = {
    ...options,
    version,
    configPath,
    knownHostsPath,
    fingerprint: key?.fingerprint ?? null,
  };
  return {
    connect: (address, via, { signal }) => connectOpenSsh(address, connectOptions, via, { signal }),
    [Symbol.asyncDispose]: async () => await agent?.[Symbol.asyncDispose](),
  };
}

async function offerKey(
  key: ParsedPrivateKey,
  { publicKeyPath, agentSocketPath }: NonNullable<ConfigFileOptions["key"]>,
): Promise<AsyncDisposable> {
  const blob = key.parsed.getPublicSSH();
  await writeFile(publicKeyPath, `${keyTypeOf(blob)} ${blob.toString("base64")}\n`);
  return await serveKey(key, agentSocketPath);
}

/** The user's lines are in a file of their own, so that `ssh` tells their own numbers of those that are wrong. Returns the path of what `ssh` is to read. */
async function writeConfig(
  file: Omit<ConfigFileOptions, "userConfigPath">,
  { config, folder, program }: OpenSshOptions,
): Promise<string> {
  const [path, userConfigPath] = [join(folder, "config"), join(folder, "ssh-config")];
  // `ssh` refuses to include a file that others may write to, whatever the umask is here.
  await writeFile(userConfigPath, `${config.replaceAll(/\r\n?/g, "\n")}\n`, { mode: 0o600 });
  await writeFile(path, configFileText({ ...file, userConfigPath }));
  const outcome = await askSsh(["-G", "-F", path, "--", NOBODY], program);
  if (outcome.kind === "done") return path;
  const words = outcome.kind === "failed" ? shownWords(outcome.stderr) : "ssh could not be started";
  const found = words.replaceAll(`${userConfigPath}: `, "").replaceAll(`${userConfigPath} `, "");
  throw new MurmurationError("INPUT_INVALID", `ssh-config: ${found.replaceAll(/\r?\n/g, "; ")}`);
}

async function getVersion(program: OpenSshProgram): Promise<OpenSshVersion> {
  const { major, minor } = OPENSSH_MIN;
  const instead = `install OpenSSH's client, ${major}.${minor} or newer, on the runner, or leave ssh-client at builtin`;
  const outcome = await askSsh(["-V"], program);
  if (outcome.kind === "missing")
    throw new MurmurationError("INPUT_INVALID", `ssh-client openssh: there is no program ssh; ${instead}`);
  const version = readVersion(outcome.stderr);
  if (version !== undefined && isAtLeast(version, OPENSSH_MIN)) return version;
  throw new MurmurationError(
    "INPUT_INVALID",
    `ssh-client openssh: ssh says that it is ${JSON.stringify(shownWords(outcome.stderr))}; ${instead}`,
  );
}
