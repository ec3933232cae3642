import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseKnownHosts } from "../../src/core/known-hosts.ts";
import type { OpenSshConnection } from "../../src/remote/openssh-connection.ts";
import { startOpenSsh } from "../../src/remote/openssh-run.ts";
import type { SshAddress } from "../../src/remote/ssh-attempts.ts";
import { connectSsh } from "../../src/remote/ssh-connect.ts";
import type { SshConnection } from "../../src/remote/ssh-connection.ts";
import { type ParsedPrivateKey, parsePrivateKey } from "../../src/remote/ssh-private-key.ts";

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

/** One of the clients that carry conversations with targets; what they say in words of their own is told apart here. */
export interface ClientUnderTest {
  readonly name: "builtin" | "openssh";
  connect(address: SshAddress, options: ClientOptions): Promise<SshConnection>;
  readonly words: { readonly refused: RegExp; readonly silent: RegExp };
  /** Whether it tells which signal ended a command. */
  readonly knowsSignals: boolean;
}

export const BUILTIN: ClientUnderTest = {
  name: "builtin",
  words: { refused: /ECONNREFUSED/, silent: /keepalive/i },
  knowsSignals: true,
  connect(address, { key, agentSocket = "", knownHostsText, signal, ...options }) {
    const auth =
      key === null
        ? ({ kind: "agent", socketPath: agentSocket } as const)
        : ({ kind: "key", privateKey: key } as const);
    return connectSsh(
      address,
      { ...options, auth, knownHosts: parseKnownHosts(knownHostsText).entries },
      { signal },
    );
  },
};

export const OPENSSH: ClientUnderTest = {
  name: "openssh",
  words: { refused: /Connection refused/, silent: /not responding/ },
  knowsSignals: false,
  connect: (address, options) => connectOpenSsh(address, options),
};

/** With a run of its own for each connection. */
export async function connectOpenSsh(
  address: SshAddress,
  { key, agentSocket, knownHostsText, signal, ...options }: ClientOptions,
  { config = "", isWritten = true } = {},
): Promise<OpenSshConnection> {
  await using held = new AsyncDisposableStack();
  const folder = mkdtempSync("/tmp/mur-test-");
  held.defer(() => rmSync(folder, { recursive: true, force: true }));
  const environment: Record<string, string> = { PATH: process.env.PATH ?? "", HOME: folder };
  if (agentSocket !== undefined) environment.SSH_AUTH_SOCK = agentSocket;
  const { entries, authorities } = parseKnownHosts(knownHostsText);
  const openSsh = held.use(
    await startOpenSsh({
      ...options,
      key,
      config,
      knownHosts: { text: knownHostsText, entries, authorities },
      defaults: { user: address.user, port: address.port },
      program: { workingDirectory: join(folder), environment },
      folder,
    }),
  );
  const written = { user: isWritten, port: isWritten };
  const connection = await openSsh.connect({ ...address, written }, undefined, { signal });
  const all = held.move();
  return {
    ...connection,
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await all.disposeAsync();
    },
  };
}

export function readKey(text: string, passphrase: string | null = null): ParsedPrivateKey {
  const outcome = parsePrivateKey(text, passphrase);
  if (outcome.kind === "problem") throw new Error(outcome.problem);
  return outcome.key;
}
