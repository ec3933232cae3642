import { mkdtempSync, rmSync } from "node:fs";
import { parseKnownHosts } from "../../src/core/known-hosts.ts";
import type { OpenSshConnection } from "../../src/remote/openssh-connection.ts";
import { type OpenSsh, startOpenSsh } from "../../src/remote/openssh-run.ts";
import type { SshAddress } from "../../src/remote/ssh-attempts.ts";
import { connectSsh } from "../../src/remote/ssh-connect.ts";
import type { SshConnection } from "../../src/remote/ssh-connection.ts";
import type { JumpConnection } from "../../src/remote/ssh-forward.ts";
import { type ParsedPrivateKey, parsePrivateKey } from "../../src/remote/ssh-private-key.ts";
import type { Way } from "../../src/remote/ssh-way.ts";

/** What both clients are given. */
export interface ClientOptions {
  /** Null: the agent at `agentSocket`. */
  readonly key: ParsedPrivateKey | null;
  readonly agentSocket?: string;
  readonly knownHostsText: string;
  readonly strict: boolean;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
}

/** A client for one run, whose connections can be made inside of each other. They are disposed of before it. */
export interface ClientRun extends AsyncDisposable {
  connect(address: SshAddress, via: Way | undefined, options: { readonly signal: AbortSignal }): Promise<Way>;
}

/** One of the clients that carry conversations with targets; what they say in words of their own is told apart here. */
export interface ClientUnderTest {
  readonly name: "builtin" | "openssh";
  connect(address: SshAddress, options: ClientOptions): Promise<SshConnection>;
  startRun(options: ClientOptions): Promise<ClientRun>;
  readonly words: { readonly refused: RegExp; readonly silent: RegExp };
  /** Whether it tells which signal ended a command. */
  readonly knowsSignals: boolean;
}

export const BUILTIN: ClientUnderTest = {
  name: "builtin",
  words: { refused: /ECONNREFUSED/, silent: /keepalive/i },
  knowsSignals: true,
  connect: (address, options) => connectBuiltin(address, options, undefined, options),
  async startRun(options) {
    return {
      // Ways of this run are made by it.
      connect: (address, via, { signal }) =>
        connectBuiltin(address, options, via as JumpConnection | undefined, { signal }),
      async [Symbol.asyncDispose]() {},
    };
  },
};

export const OPENSSH: ClientUnderTest = {
  name: "openssh",
  words: { refused: /Connection refused/, silent: /not responding/ },
  knowsSignals: false,
  connect: (address, options) => connectOpenSsh(address, options),
  async startRun(options) {
    const openSsh = await startOpenSshRun(options);
    return {
      connect: (address, via, how) =>
        openSsh.connect({ ...address, written: WRITTEN }, via as OpenSshConnection | undefined, how),
      [Symbol.asyncDispose]: () => openSsh[Symbol.asyncDispose](),
    };
  },
};

const WRITTEN = { user: true, port: true } as const;

function connectBuiltin(
  address: SshAddress,
  { key, agentSocket = "", knownHostsText, ...options }: ClientOptions,
  via: JumpConnection | undefined,
  { signal }: { readonly signal: AbortSignal },
): Promise<JumpConnection> {
  const auth =
    key === null
      ? ({ kind: "agent", socketPath: agentSocket } as const)
      : ({ kind: "key", privateKey: key } as const);
  const { entries: knownHosts } = parseKnownHosts(knownHostsText);
  return connectSsh(address, { ...options, auth, knownHosts, via }, { signal });
}

/** With a run of its own for each connection. */
export async function connectOpenSsh(
  address: SshAddress,
  options: ClientOptions,
  {
    config = "",
    isWritten = true,
    environment = {},
    via,
    ownKnownHosts = false,
  }: {
    readonly config?: string;
    readonly isWritten?: boolean;
    readonly environment?: Readonly<Record<string, string>>;
    readonly via?: OpenSshConnection;
    /** Instead of those in the options. */
    readonly ownKnownHosts?: boolean;
  } = {},
): Promise<OpenSshConnection> {
  await using held = new AsyncDisposableStack();
  const { user, port } = address;
  const run = { config, defaults: { user, port }, environment, ownKnownHosts };
  const openSsh = held.use(await startOpenSshRun(options, run));
  const written = { user: isWritten, port: isWritten };
  const { signal } = options;
  const connection = await openSsh.connect({ ...address, written }, via, { signal });
  const all = held.move();
  return {
    ...connection,
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await all.disposeAsync();
    },
  };
}

async function startOpenSshRun(
  { key, agentSocket, knownHostsText, signal: _, ...options }: ClientOptions,
  { config = "", defaults = { user: "nobody", port: 9 }, environment: more = {}, ownKnownHosts = false } = {},
): Promise<OpenSsh> {
  await using held = new AsyncDisposableStack();
  const folder = mkdtempSync("/tmp/mur-test-");
  held.defer(() => rmSync(folder, { recursive: true, force: true }));
  const environment: Record<string, string> = { PATH: process.env.PATH ?? "", HOME: folder, ...more };
  if (agentSocket !== undefined) environment.SSH_AUTH_SOCK = agentSocket;
  const { entries, authorities } = parseKnownHosts(knownHostsText);
  const openSsh = held.use(
    await startOpenSsh({
      ...options,
      key,
      config,
      knownHosts: ownKnownHosts ? null : { text: knownHostsText, entries, authorities },
      defaults,
      program: { workingDirectory: folder, environment },
      folder,
    }),
  );
  const all = held.move();
  return { connect: openSsh.connect, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

export function readKey(text: string, passphrase: string | null = null): ParsedPrivateKey {
  const outcome = parsePrivateKey(text, passphrase);
  if (outcome.kind === "problem") throw new Error(outcome.problem);
  return outcome.key;
}
