import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MurmurationError } from "../core/errors.ts";
import {
  authoritiesOf,
  checkHostKey,
  DEFAULT_SSH_PORT,
  type KnownHostEntry,
  parseKnownHosts,
} from "../core/known-hosts.ts";
import { type PinnedLines, readOwnKnownHosts } from "./openssh-known-hosts.ts";
import {
  type OpenSshHost,
  type OpenSshRunOptions,
  type OpenSshWay,
  showKeyArguments,
} from "./openssh-options.ts";
import { endGroup, type OpenSshProgram, spawnSsh } from "./openssh-process.ts";
import type { OpenSshFailure } from "./openssh-words.ts";
import { HostKeyUnknownError, hostKeyFailure, listLines, shownKey } from "./ssh-host-key.ts";

export interface HostKeyOptions {
  /** Null: the runner's own files. */
  readonly knownHosts: KnownHostsInput | null;
  /** False accepts a host that has no pinned key, with a warning that prints the line to pin. */
  readonly strict: boolean;
  readonly warn: (message: string) => void;
}

export interface KnownHostsInput {
  readonly text: string;
  readonly entries: readonly KnownHostEntry[];
  readonly authorities: readonly KnownHostEntry[];
}

export interface HostKeyRefusal {
  readonly error: MurmurationError;
  /** What the host shows; null where that could not be found out. */
  readonly keyBlob: Buffer | null;
}

interface RefusalOptions extends HostKeyOptions, OpenSshRunOptions {
  readonly program: OpenSshProgram;
  readonly folder: string;
  readonly via: OpenSshWay | undefined;
}

let questions = 0;

/**
 * Why `ssh` refused a host's key, with the line to pin. `ssh` prints a fingerprint at best, so the host is asked once more, and no login is tried. The pinned lines are asked
 * again too: to OpenSSH the plain key of a host whose authority is pinned is a new key, which `ssh-strict: false` must not let in.
 */
export async function readHostKeyRefusal(
  address: OpenSshHost & { readonly name: string },
  failure: Extract<OpenSshFailure, { kind: "host-key" }>,
  options: RefusalOptions,
  signal: AbortSignal,
): Promise<HostKeyRefusal> {
  const shown = await askForKey(address, options, signal);
  if (shown === undefined) return { error: wordsAlone(address.name, failure), keyBlob: null };
  const { keyBlob } = shown;
  const { knownHosts, strict } = options;
  if (knownHosts === null && failure.verdict !== "unknown")
    return { error: wordsAlone(address.name, failure), keyBlob };
  const pinned =
    knownHosts === null
      ? await readOwnKnownHosts(address, options)
      : { files: [{ place: "known hosts", ...knownHosts }], unread: null };
  const error = judge({ ...shown, name: address.name }, failure, pinned.files);
  const mayBePinned = !strict && error instanceof HostKeyUnknownError && pinned.unread !== null;
  return { error: mayBePinned ? notAccepted(error, pinned.unread) : error, keyBlob };
}

interface ShownKey {
  /** As it is looked up in known_hosts, which `ssh-config` may change. */
  readonly host: string;
  readonly port: number;
  readonly keyBlob: Buffer;
}

function judge(
  shown: ShownKey & { readonly name: string },
  failure: Extract<OpenSshFailure, { kind: "host-key" }>,
  pinned: readonly PinnedLines[],
): MurmurationError {
  const { name, host, port, keyBlob } = shown;
  const entries = pinned.flatMap((lines) => lines.entries);
  const verdict = checkHostKey(entries, host, port, keyBlob);
  const authorities = pinned.flatMap(({ place, authorities: all }) => {
    const found = authoritiesOf(all, host, port);
    return found.length === 0 ? [] : [`${place}, ${listLines(found.map(({ line }) => line))}`];
  });
  if (verdict.kind === "unknown" && authorities.length > 0)
    return new MurmurationError(
      "HOST_KEY_CHANGED",
      `${name}: the host shows the key ${shownKey(keyBlob)} without a valid certificate of the authority that is pinned for it (${authorities.join("; ")}): ${failure.words}`,
    );
  return hostKeyFailure(shown, keyBlob, verdict) ?? wordsAlone(name, failure);
}

function notAccepted(error: HostKeyUnknownError, unread: string): MurmurationError {
  return new MurmurationError(
    "HOST_KEY_UNKNOWN",
    `${error.message}. It is not accepted, since the runner's own known hosts may hold another: ${unread}. Give ssh-known-hosts, and they do not count`,
  );
}

function wordsAlone(
  name: string,
  { verdict, words }: Extract<OpenSshFailure, { kind: "host-key" }>,
): MurmurationError {
  const code = {
    unknown: "HOST_KEY_UNKNOWN",
    changed: "HOST_KEY_CHANGED",
    revoked: "HOST_KEY_REVOKED",
  } as const;
  return new MurmurationError(code[verdict], `${name}: ssh refused the host's key: ${words}`);
}

/** Undefined where it does not answer. */
async function askForKey(
  address: OpenSshHost,
  options: RefusalOptions,
  signal: AbortSignal,
): Promise<ShownKey | undefined> {
  questions += 1;
  const path = join(options.folder, `shown-${questions}`);
  const child = spawnSsh(
    showKeyArguments(address, options, { shownPath: path, via: options.via }),
    options.program,
  );
  child.stdin.end();
  child.stdout.resume();
  child.stderr.resume();
  const over = new AbortController();
  const late = sleep(options.timeoutMs, undefined, { signal: AbortSignal.any([over.signal, signal]) });
  const ended = new Promise((resolve) => {
    child.once("error", resolve);
    child.once("exit", resolve);
  });
  try {
    await Promise.race([ended, late.catch(() => {})]);
    signal.throwIfAborted();
    return readShownKey(await readFile(path, "utf8"));
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    over.abort();
    endGroup(child, "SIGKILL");
    await rm(path, { force: true });
  }
}

function readShownKey(text: string): ShownKey | undefined {
  const [entry] = parseKnownHosts(text).entries;
  const name = text.split(" ", 1)[0] ?? "";
  if (entry === undefined) return undefined;
  const [, host, port] = /^\[(.*)\]:(\d+)$/.exec(name) ?? [];
  return {
    host: host ?? name,
    port: port === undefined ? DEFAULT_SSH_PORT : Number(port),
    keyBlob: entry.keyBlob,
  };
}
