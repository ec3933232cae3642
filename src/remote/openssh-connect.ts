import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { isIP, isIPv6 } from "node:net";
import { join } from "node:path";
import { MurmurationError } from "../core/errors.ts";
import { type OpenSshConnection, shareMaster } from "./openssh-connection.ts";
import { type HostKeyOptions, readHostKeyRefusal } from "./openssh-host-key.ts";
import { LoginFailure, logIn, type OpenSshMaster } from "./openssh-master.ts";
import { masterArguments, type OpenSshHost, type OpenSshRunOptions } from "./openssh-options.ts";
import type { OpenSshProgram } from "./openssh-process.ts";
import { isForwardFailure, readFailure } from "./openssh-words.ts";
import { PassingFailure, placeOf, type SshAddress, unreachable, withAttempts } from "./ssh-attempts.ts";
import { acceptedWarning, HostKeyUnknownError } from "./ssh-host-key.ts";
import { forwardRefused, whyGone } from "./ssh-way.ts";

export interface OpenSshAddress extends SshAddress, OpenSshHost {}

export interface OpenSshConnectOptions extends OpenSshRunOptions, HostKeyOptions {
  readonly program: OpenSshProgram;
  /** Of this run alone, closed to others. */
  readonly folder: string;
  /** Of the key that is offered; null: what `ssh-config` or an agent has. */
  readonly fingerprint: string | null;
  /** Attempts after the first. */
  readonly retries: number;
}

let connections = 0;

/**
 * Connects to a host by the system's `ssh`. What may pass is tried again, as by the built-in client.
 * @throws MurmurationError `HOST_UNREACHABLE`, `HOST_KEY_UNKNOWN`, `HOST_KEY_CHANGED`, `HOST_KEY_REVOKED`, `AUTH_REFUSED`, `INPUT_INVALID` for what `ssh-config` says of this host, `TARGET_SILENT`,
 * `LOGIN_SHELL_UNFIT`; the signal's reason where it aborts.
 */
export async function connectOpenSsh(
  address: OpenSshAddress,
  options: OpenSshConnectOptions,
  via: OpenSshConnection | undefined,
  { signal }: { readonly signal: AbortSignal },
): Promise<OpenSshConnection> {
  connections += 1;
  // Short: with what `ssh` adds to it, the path of a socket has at most 104 bytes.
  const controlPath = join(options.folder, String(connections));
  const attempt = new Attempt(address, options, controlPath, via);
  const master = await withAttempts(address, options.retries, signal, () => attempt.make(signal));
  // In the host's own words, which others are told.
  const [seenClient = "", , seenServer = ""] = master.connectionSeen.map((word) => (isIP(word) ? word : ""));
  const remoteAddress = master.peerAddress ?? seenServer;
  const localAddress = via?.localAddress ?? (await addressTowards(remoteAddress)) ?? seenClient;
  return shareMaster(master, { ...options, ...address, controlPath, localAddress, remoteAddress, via });
}

class Attempt {
  readonly #address: OpenSshAddress;
  readonly #options: OpenSshConnectOptions;
  readonly #controlPath: string;
  readonly #via: OpenSshConnection | undefined;
  /** A file with the key that was accepted although none is pinned. */
  #acceptedPath: string | null = null;

  constructor(
    address: OpenSshAddress,
    options: OpenSshConnectOptions,
    controlPath: string,
    via: OpenSshConnection | undefined,
  ) {
    this.#address = address;
    this.#options = options;
    this.#controlPath = controlPath;
    this.#via = via;
  }

  async make(signal: AbortSignal): Promise<OpenSshMaster> {
    try {
      return await this.#logIn(signal);
    } catch (thrown) {
      if (!(thrown instanceof LoginFailure)) throw thrown;
      const via = this.#via;
      const gone = await whyGone(via);
      if (gone !== undefined) throw gone;
      if (via !== undefined && isForwardFailure(thrown.stderr)) throw notForwarded(this.#address, via);
      const failure = readFailure(thrown.stderr);
      if (failure.kind !== "host-key") throw explain(failure, this.#address, this.#options);
      const refusal = await readHostKeyRefusal(this.#address, failure, { ...this.#options, via }, signal);
      const { strict, warn } = this.#options;
      const isAcceptable = !strict && this.#acceptedPath === null;
      if (!isAcceptable || refusal.keyBlob === null || !(refusal.error instanceof HostKeyUnknownError))
        throw refusal.error;
      const { knownHostsLine } = refusal.error;
      this.#acceptedPath = `${this.#controlPath}.accepted`;
      await writeFile(this.#acceptedPath, `${knownHostsLine}\n`);
      warn(acceptedWarning(this.#address.name, refusal.keyBlob, knownHostsLine));
      return await this.make(signal);
    }
  }

  async #logIn(signal: AbortSignal): Promise<OpenSshMaster> {
    const { program, timeoutMs } = this.#options;
    const [controlPath, acceptedPath, via] = [this.#controlPath, this.#acceptedPath, this.#via];
    const argumentsFor = (command: string) =>
      masterArguments(this.#address, this.#options, { controlPath, acceptedPath, via, command });
    return await logIn({ name: this.#address.name, timeoutMs, program, argumentsFor, signal });
  }
}

function explain(
  failure: Exclude<ReturnType<typeof readFailure>, { kind: "host-key" }>,
  address: OpenSshAddress,
  { fingerprint }: OpenSshConnectOptions,
): Error {
  switch (failure.kind) {
    case "authentication": {
      const isWritten = address.written.user && address.written.port;
      const who = isWritten ? placeOf(address) : (failure.who ?? placeOf(address));
      const what = fingerprint === null ? "every key that ssh has for it" : `the key ${fingerprint}`;
      const remarks = failure.remarks === null ? "" : `; ssh says: ${failure.remarks}`;
      return new MurmurationError(
        "AUTH_REFUSED",
        `${address.name}: ${who} refused ${what} (it would take: ${failure.methods})${remarks}`,
      );
    }
    case "config":
      return new MurmurationError("INPUT_INVALID", `${address.name}: ssh-config: ${failure.words}`);
    case "lasting":
      return unreachable(address, failure.words);
    case "passing":
      return new PassingFailure(failure.words);
  }
}

/** Of several targets that fail at the same time each may be told the reason of another. */
function notForwarded(address: OpenSshAddress, via: OpenSshConnection): Error {
  const said = via.forwardFailure() ?? "it gave no reason";
  const why = said.replace(/^(connect failed|administratively prohibited): /, "");
  if (/^administratively prohibited/.test(said)) return forwardRefused(via.name, address, why);
  return new PassingFailure(`${via.name} cannot reach it: ${why}`);
}

/** The runner's own address on the way to another. Nothing is sent: connecting a UDP socket only looks up the route. */
async function addressTowards(host: string): Promise<string | undefined> {
  if (host === "") return undefined;
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  try {
    socket.connect(9, host);
    await once(socket, "connect");
    return socket.address().address;
  } catch {
    return undefined;
  } finally {
    socket.close();
  }
}
