import {
  isAtLeast,
  KEEPALIVES_UNANSWERED_MAX,
  type OpenSshVersion,
  onlyKnownHosts,
} from "./openssh-options.ts";

const KEEPALIVE_INTERVAL_S = 5;

export interface ConfigFileOptions {
  readonly version: OpenSshVersion;
  /** The file that holds `ssh-config`. */
  readonly userConfigPath: string;
  /** Null: the runner's own files. */
  readonly knownHostsPath: string | null;
  /** Null: what `ssh-config` says, else the agent at SSH_AUTH_SOCK and the user's own keys. */
  readonly key: { readonly publicKeyPath: string; readonly agentSocketPath: string } | null;
  readonly timeoutMs: number;
  /** For hosts whose user or port nothing else names. */
  readonly defaults: { readonly user: string; readonly port: number };
}

/**
 * What every `ssh` of a run reads; one that `ProxyJump` has started gets nothing else of ours. The first mention of a keyword counts: what is the action's to say stands before the
 * user's lines, and behind them what these may leave out.
 */
export function configFileText(options: ConfigFileOptions): string {
  const { userConfigPath, defaults } = options;
  const before = Object.entries(ourOptions(options)).map(([name, value]) => `  ${name} ${value}`);
  const behind = [`  User ${quoted(defaults.user)}`, `  Port ${defaults.port}`];
  return ["Host *", ...before, `Include ${userConfigPath}`, "Host *", ...behind, ""].join("\n");
}

/** One word of ssh_config(5): in quotes a `#` at the start is no comment. @throws TypeError for what can't be quoted there, which no user name holds that has been checked */
function quoted(value: string): string {
  if (/["\p{Cc}]|\\$/u.test(value)) throw new TypeError(`${JSON.stringify(value)} is no word of ssh_config`);
  return `"${value}"`;
}

function ourOptions({
  version,
  knownHostsPath,
  key,
  timeoutMs,
}: ConfigFileOptions): Record<string, string | number> {
  return {
    BatchMode: "yes",
    StrictHostKeyChecking: "yes",
    ...(knownHostsPath === null ? {} : onlyKnownHosts(version, knownHostsPath)),
    ...(key === null
      ? {}
      : {
          IdentityAgent: key.agentSocketPath,
          // The public half says which key of the agent is meant: no other is offered.
          IdentityFile: key.publicKeyPath,
          IdentitiesOnly: "yes",
        }),
    // One that holds a target's connection is told otherwise on its command line.
    LogLevel: "ERROR",
    ControlMaster: "no",
    ControlPath: "none",
    ControlPersist: "no",
    ConnectTimeout: Math.ceil(timeoutMs / 1_000),
    ConnectionAttempts: 1,
    ServerAliveInterval: KEEPALIVE_INTERVAL_S,
    ServerAliveCountMax: KEEPALIVES_UNANSWERED_MAX,
    CheckHostIP: "no",
    HashKnownHosts: "no",
    UpdateHostKeys: "no",
    VisualHostKey: "no",
    ClearAllForwardings: "yes",
    ForwardAgent: "no",
    ForwardX11: "no",
    RemoteCommand: "none",
    ...(isAtLeast(version, { major: 8, minor: 7 })
      ? { ForkAfterAuthentication: "no", SessionType: "default", StdinNull: "no" }
      : {}),
  };
}
