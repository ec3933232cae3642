/** How `ssh` is called. What is the same for every host stands in a file: `openssh-config-file.ts`. What stands on the command line wins over it, and holds no secret. */

/** As for the built-in client: a host that vanished is noticed after three unanswered questions. */
export const KEEPALIVES_UNANSWERED_MAX = 3;

export interface OpenSshVersion {
  readonly major: number;
  readonly minor: number;
}

/** The oldest that knows `accept-new`, which tells an unknown host key from a changed one. */
export const OPENSSH_MIN: OpenSshVersion = { major: 7, minor: 6 };

export function isAtLeast(version: OpenSshVersion, { major, minor }: OpenSshVersion): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** What `ssh -V` prints; undefined where it is something else. */
export function readVersion(text: string): OpenSshVersion | undefined {
  const found = /OpenSSH_(?:for_Windows_)?(\d+)\.(\d+)/.exec(text);
  return found === null ? undefined : { major: Number(found[1]), minor: Number(found[2]) };
}

/** What does not depend on the host. */
export interface OpenSshRunOptions {
  readonly version: OpenSshVersion;
  /** The text of `configFileText`. */
  readonly configPath: string;
  /** Null: the runner's own files. */
  readonly knownHostsPath: string | null;
  readonly timeoutMs: number;
}

/** A connection that stands, inside of which another is made. */
export interface OpenSshWay {
  readonly controlPath: string;
  readonly depth: number;
}

export interface OpenSshHost {
  readonly host: string;
  readonly user: string;
  readonly port: number;
  /** What no line of the inventory names is left to `ssh-config`. */
  readonly written: { readonly user: boolean; readonly port: boolean };
}

/**
 * A connection that others share by `controlPath`, with a command of its own.
 * `acceptedPath`: a file of host keys that count besides the pinned ones.
 */
export function masterArguments(
  host: OpenSshHost,
  run: OpenSshRunOptions,
  how: {
    readonly controlPath: string;
    readonly acceptedPath: string | null;
    readonly via: OpenSshWay | undefined;
    readonly command: string;
  },
): string[] {
  return [
    ...commonArguments(run, how.via),
    ...["-M", "-S", how.controlPath],
    // Tells when it has logged in, and where.
    ...options({ LogLevel: "VERBOSE" }),
    ...(how.acceptedPath === null ? [] : acceptedOptions(run, how.acceptedPath)),
    ...destination(host),
    how.command,
  ];
}

/** Writes the key that a host shows into a file, and goes no further. */
export function showKeyArguments(
  host: OpenSshHost,
  run: OpenSshRunOptions,
  how: { readonly shownPath: string; readonly via: OpenSshWay | undefined },
): string[] {
  return [
    ...commonArguments(run, how.via),
    ...["-S", "none"],
    ...options({
      ...onlyKnownHosts(run.version, how.shownPath),
      StrictHostKeyChecking: "accept-new",
      PreferredAuthentications: "none",
    }),
    ...destination(host),
    // A host that lets anybody in runs it.
    "exit",
  ];
}

/** Has `ssh` tell what holds for a host. Nobody is contacted. */
export function describeArguments(host: OpenSshHost, configPath: string): string[] {
  return ["-G", "-F", configPath, ...destination(host)];
}

/** A further command over a connection that stands. It must not make one of its own where that is gone, as `ssh` would. */
export function sharedArguments(host: string, controlPath: string, command: string): string[] {
  return [...sharedOptions(controlPath), "-T", ...["--", host, command]];
}

function sharedOptions(controlPath: string): string[] {
  return [
    ...["-F", "/dev/null", "-S", controlPath],
    ...options({ LogLevel: "ERROR", BatchMode: "yes", ProxyCommand: "false" }),
  ];
}

/** Asks whether a connection stands. */
export function checkArguments(host: string, controlPath: string): string[] {
  return ["-F", "/dev/null", "-S", controlPath, "-O", "check", "--", host];
}

function commonArguments({ configPath }: OpenSshRunOptions, via: OpenSshWay | undefined): string[] {
  return [
    ...["-F", configPath, "-T"],
    ...(via === undefined
      ? []
      : options({
          ProxyCommand: carriedBy(via),
          ProxyUseFdpass: "no",
          // Where a jump host vanished, its own connection is the first to notice.
          ServerAliveCountMax: KEEPALIVES_UNANSWERED_MAX + via.depth,
        })),
  ];
}

/** `ssh` has it run by the user's own shell. The path of a control socket is one word in any; brackets are a pattern in some. */
function carriedBy({ controlPath }: OpenSshWay): string {
  return `ssh ${sharedOptions(controlPath).join(" ")} -W '[%h]:%p' -- way`;
}

function acceptedOptions({ version, knownHostsPath }: OpenSshRunOptions, acceptedPath: string): string[] {
  const paths = knownHostsPath === null ? acceptedPath : `${acceptedPath} ${knownHostsPath}`;
  return options(onlyKnownHosts(version, paths));
}

/** No other file counts, nor a command. */
export function onlyKnownHosts(version: OpenSshVersion, paths: string): Record<string, string> {
  return {
    UserKnownHostsFile: paths,
    GlobalKnownHostsFile: "/dev/null",
    ...(isAtLeast(version, { major: 8, minor: 5 }) ? { KnownHostsCommand: "none" } : {}),
  };
}

function destination({ host, user, port, written }: OpenSshHost): string[] {
  return [
    ...(written.user ? ["-l", user] : []),
    ...(written.port ? ["-p", String(port)] : []),
    ...["--", host],
  ];
}

function options(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}
