import { NodeSSH } from "node-ssh";
import ssh2, { type AuthHandlerMiddleware, type BaseAgent, type Client, type ClientChannel } from "ssh2";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { PassingFailure, placeOf, type SshAddress, unreachable, withAttempts } from "./ssh-attempts.ts";
import { dropSocket, openConnection, watchForLoss } from "./ssh-client-connection.ts";
import type { JumpConnection } from "./ssh-forward.ts";
import { type HostKeyJudge, type HostKeyPolicy, judgeHostKey } from "./ssh-host-key.ts";
import type { ParsedPrivateKey } from "./ssh-private-key.ts";
import { whyGone } from "./ssh-way.ts";

/** A host that vanished is noticed after three unanswered questions: 15 to 20 s. */
const KEEPALIVE_INTERVAL_MS = 5_000;
const KEEPALIVES_UNANSWERED_MAX = 3;

export type SshAuth =
  | { readonly kind: "key"; readonly privateKey: ParsedPrivateKey }
  | { readonly kind: "agent"; readonly socketPath: string };

export interface SshConnectOptions extends HostKeyPolicy {
  readonly auth: SshAuth;
  /** For each attempt: look-up, TCP, handshake and authentication together. */
  readonly timeoutMs: number;
  /** Attempts after the first. */
  readonly retries: number;
  /** The connection inside of which this one is made, to a host that the runner can't reach itself. */
  readonly via?: JumpConnection | undefined;
}

/**
 * Connects to a host. What may pass (no route, refused, reset, dropped by MaxStartups, timeout) is tried again; what will not (keys, authentication) is not.
 * @throws MurmurationError `HOST_UNREACHABLE`, `HOST_KEY_UNKNOWN`, `HOST_KEY_CHANGED`, `HOST_KEY_REVOKED`, `AUTH_REFUSED`, with `via` also
 * `JUMP_REFUSED`, `JUMP_LOST`; the signal's reason where it aborts.
 */
export async function connectSsh(
  address: SshAddress,
  options: SshConnectOptions,
  { signal }: { readonly signal: AbortSignal },
): Promise<JumpConnection> {
  const hostKey = judgeHostKey(address, options);
  return await withAttempts(address, options.retries, signal, () =>
    tryConnect(address, options, hostKey, signal),
  );
}

async function tryConnect(
  address: SshAddress,
  options: SshConnectOptions,
  hostKey: HostKeyJudge,
  signal: AbortSignal,
): Promise<JumpConnection> {
  signal.throwIfAborted();
  const auth = authOnce(address.user, options.auth);
  const deadlineMs = performance.now() + options.timeoutMs;
  const { via } = options;
  const sock = via === undefined ? undefined : await forwardTo(address, via, options.timeoutMs, signal);
  const ssh = new NodeSSH();
  const connecting = ssh.connect({
    ...(sock === undefined ? {} : { sock }),
    host: address.host,
    port: address.port,
    username: address.user,
    readyTimeout: Math.max(1, deadlineMs - performance.now()),
    keepaliveInterval: KEEPALIVE_INTERVAL_MS,
    // Where a jump host vanished, its own connection is the first to notice.
    keepaliveCountMax: KEEPALIVES_UNANSWERED_MAX + (via?.depth ?? 0),
    algorithms: { serverHostKey: hostKey.algorithms },
    hostVerifier: (keyBlob: Buffer) => hostKey.accept(keyBlob),
    authHandler: auth.handler,
  });
  // node-ssh creates the client before its first wait, and stops listening for errors once it is ready.
  const client = ssh.connection as Client;
  const lost = watchForLoss(client);
  const onAbort = () => dropSocket(client);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await connecting;
    signal.throwIfAborted();
  } catch (thrown) {
    dropSocket(client);
    signal.throwIfAborted();
    throw hostKey.refusal() ?? (await whyGone(via)) ?? explain(thrown, address, auth);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
  client.setNoDelay(true);
  return openConnection(client, { name: address.name, host: address.host, lost, via });
}

async function forwardTo(
  { host, port }: SshAddress,
  via: JumpConnection,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ClientChannel> {
  try {
    return await via.forward(host, port, { timeoutMs, signal });
  } catch (thrown) {
    if (thrown instanceof MurmurationError || signal.aborted) throw thrown;
    throw new PassingFailure(messageOf(thrown), { cause: thrown });
  }
}

interface AuthAttempt {
  readonly handler: AuthHandlerMiddleware;
  readonly what: string;
  /** True from the moment the host key was accepted and the login began. */
  readonly begun: () => boolean;
  /** What the server would take, once it has refused ours; of an agent's keys it is not known. */
  readonly allowed: () => readonly string[];
  /** True where the agent was asked and has no key that ssh2 can use. */
  readonly isEmpty: () => boolean;
}

/** Offers the one key (or the agent's keys) and nothing else. The key is handed over parsed, so it is not decrypted again. */
function authOnce(username: string, auth: SshAuth): AuthAttempt {
  let begun = false;
  let allowed: readonly string[] = [];
  let isEmpty = false;
  const onKeys = (count: number) => {
    isEmpty = count === 0;
  };
  return {
    what:
      auth.kind === "key"
        ? `the key ${auth.privateKey.fingerprint}`
        : "every key of the agent at SSH_AUTH_SOCK",
    begun: () => begun,
    allowed: () => allowed,
    isEmpty: () => isEmpty,
    handler: (methodsLeft, _partialSuccess, next) => {
      if (begun) {
        allowed = methodsLeft ?? [];
        // The typings leave out `false`, which ends the login (ssh2 README, `authHandler`).
        next(false as unknown as "none");
        return;
      }
      begun = true;
      if (auth.kind === "key") next({ type: "publickey", username, key: auth.privateKey.parsed });
      else next({ type: "agent", username, agent: agentAt(auth.socketPath, onKeys) });
    },
  };
}

/** ssh2 passes over keys of kinds that it does not know; how many are left is told. */
function agentAt(socketPath: string, onKeys: (count: number) => void): BaseAgent {
  const agent = ssh2.createAgent(socketPath);
  const getIdentities = agent.getIdentities.bind(agent);
  agent.getIdentities = (done) =>
    getIdentities((error, keys) => {
      if (keys !== undefined) onKeys(keys.length);
      done(error, keys);
    });
  return agent;
}

function explain(thrown: unknown, address: SshAddress, auth: AuthAttempt): Error {
  const level = (thrown as { level?: unknown } | null)?.level;
  const message = messageOf(thrown);
  if (level === "agent") {
    return new MurmurationError(
      "AUTH_REFUSED",
      `${address.name}: cannot use the agent at SSH_AUTH_SOCK: ${message}`,
      {
        cause: thrown,
      },
    );
  }
  if (level === "client-authentication" || (auth.begun() && /authentication/i.test(message))) {
    const allowed = auth.allowed();
    if (auth.isEmpty()) return nothingToOffer(address, thrown);
    const offer = allowed.length === 0 ? message : `it would take: ${allowed.join(", ")}`;
    return new MurmurationError(
      "AUTH_REFUSED",
      `${address.name}: ${placeOf(address)} refused ${auth.what} (${offer})`,
      { cause: thrown },
    );
  }
  // Two programs that have no algorithm in common will have none in a second either.
  if (level === "handshake" && /no matching/i.test(message)) return unreachable(address, message, thrown);
  return new PassingFailure(message, { cause: thrown });
}

function nothingToOffer(address: SshAddress, cause: unknown): MurmurationError {
  return new MurmurationError(
    "AUTH_REFUSED",
    `${address.name}: the agent at SSH_AUTH_SOCK holds no key that can be offered to ${placeOf(address)}; keys of FIDO tokens need ssh-client: openssh`,
    { cause },
  );
}
