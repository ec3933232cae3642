import { isIP, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, ClientChannel } from "ssh2";
import { MurmurationError } from "../core/errors.ts";
import { pipeOver, whyLost } from "./ssh-channel.ts";
import { runCommand } from "./ssh-command.ts";
import { type ForwardOptions, forwardStream, type JumpConnection } from "./ssh-forward.ts";
import type { SshPipe } from "./ssh-pipe.ts";
import { asWay, lostOver } from "./ssh-way.ts";

/** Time for the farewell to leave the socket; a peer that is gone never answers it. */
const FAREWELL_MS = 1_000;

/** What the typings of ssh2 do not show. `channel.signal()` would do nothing once stdin has ended, so it is sent one floor lower. */
interface ClientInternals {
  readonly _sock?: Socket;
  readonly _protocol?: { signal(channelId: number, name: string): void };
}

/**
 * Must be called before the handshake: from now on no `error` of the client, however late, goes unheard and ends the process.
 * Resolves when the connection is gone.
 */
export function watchForLoss(client: Client): Promise<string> {
  return new Promise((resolve) => {
    client.on("error", (error) => {
      resolve(error.message);
      dropSocket(client);
    });
    client.on("end", () => {
      resolve("the other side closed the connection");
      // One that is forwarded stays half open otherwise, and what runs over it never hears of its end.
      dropSocket(client);
    });
    client.on("close", () => resolve("the connection was closed"));
  });
}

/** Unlike `client.destroy()` this also drops a socket that is half closed, waiting for a peer that never answers. */
export function dropSocket(client: Client): void {
  (client as unknown as ClientInternals)._sock?.destroy();
}

export interface Opened {
  readonly name: string;
  /** As it was asked for. */
  readonly host: string;
  /** What `watchForLoss` returned for the client. */
  readonly lost: Promise<string>;
  /** What carries it; undefined: nothing but the network. */
  readonly via: JumpConnection | undefined;
}

/** The connection over a client that is ready. */
export function openConnection(client: Client, opened: Opened): JumpConnection {
  const { name, host, via } = opened;
  const internals = client as unknown as ClientInternals;
  const lost = via === undefined ? opened.lost : lostOver(via, opened.lost);
  const gone = via === undefined ? opened.lost : Promise.race([opened.lost, via.gone]);
  /** OpenSSH kills for any user but root; what root started only sees the end of its stdin. */
  const kill = (channel: ClientChannel) => {
    const { outgoing } = channel as unknown as { outgoing: { id: number; state: string } };
    if (outgoing.state === "open" || outgoing.state === "eof")
      internals._protocol?.signal(outgoing.id, "KILL");
    channel.close();
  };
  const open = async (command: string, { signal }: { readonly signal: AbortSignal }): Promise<SshPipe> => {
    signal.throwIfAborted();
    const channel = await openChannel(client, command, { name, lost, signal, kill });
    return pipeOver(channel, { lost, kill: () => kill(channel) });
  };
  const { depth, whenBroken, isBroken } = asWay(name, lost, via);
  return {
    name,
    localAddress: via?.localAddress ?? internals._sock?.localAddress ?? "",
    remoteAddress: via === undefined ? (internals._sock?.remoteAddress ?? "") : isIP(host) ? host : "",
    lost,
    open,
    run: (command, options) => runCommand({ name, open }, command, options),
    depth,
    get broken() {
      return isBroken();
    },
    whenBroken,
    gone,
    forward: (to, port, options: ForwardOptions) =>
      forwardStream(client, { host: to, port }, { name, whenBroken, gone }, options),
    async [Symbol.asyncDispose]() {
      client.end();
      const gone = new AbortController();
      await Promise.race([opened.lost, sleep(FAREWELL_MS, undefined, { signal: gone.signal })]);
      gone.abort();
      dropSocket(client);
    },
  };
}

interface OpenContext {
  readonly name: string;
  readonly lost: Promise<string>;
  readonly signal: AbortSignal;
  readonly kill: (channel: ClientChannel) => void;
}

function openChannel(client: Client, command: string, context: OpenContext): Promise<ClientChannel> {
  const { name, lost, signal, kill } = context;
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown) =>
      reject(new MurmurationError("SSH_LOST", `${name}: cannot start a command: ${why}`, { cause }));
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    void lost.then((why) => fail(why));
    try {
      client.exec(command, (error, channel) => {
        signal.removeEventListener("abort", onAbort);
        if (error) return void whyLost(lost, error.message).then((why) => fail(why, error));
        // Whoever waited has left: nothing may go on running for nobody.
        if (signal.aborted) return kill(channel);
        resolve(channel);
      });
    } catch (thrown) {
      signal.removeEventListener("abort", onAbort);
      fail("not connected", thrown);
    }
  });
}
