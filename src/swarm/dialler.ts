import { connect, type OnReadOpts, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { messageOf } from "../core/errors.ts";
import { hostAndPort } from "../core/ip-address.ts";
import type { PeerAddress } from "./engine.ts";
import { connectPskTls } from "./psk-tls.ts";

const DIAL_TIMEOUT_MS = 5_000;
const RETRY_FIRST_MS = 250;
const RETRY_LONGEST_MS = 4_000;
/** A connection that lasted this long shows that the address is good: its attempts count from the beginning. */
const STEADY_MS = 10_000;
/** An address that never answered is given up after this many attempts; the tracker may name it again. */
const ATTEMPTS_MAX = 6;

interface Dialled {
  readonly address: PeerAddress;
  /** The seeder is never given up: without it nothing begins. */
  always: boolean;
  attempts: number;
  /** `connected`: by this address or another one of the same peer. */
  state: "waiting" | "dialling" | "connected" | "refused";
  connectedAtMs: number;
  timer: NodeJS.Timeout | undefined;
}

export interface DiallerOptions {
  readonly key: Buffer | null;
  /** How the sockets read, where they are not to be read as streams. */
  readonly onread?: OnReadOpts;
  /** A socket that is connected and, with a key, authenticated. */
  readonly onSocket: (socket: Socket, address: PeerAddress) => void;
  /** Whether the peer at this address is connected in another way; it is not dialled then until `lost` is called. */
  readonly isConnected: (address: PeerAddress) => boolean;
}

/** Connects to peers whose addresses are known: again after a loss, with growing pauses, each at most once at a time. */
export class Dialler {
  readonly #options: DiallerOptions;
  readonly #known = new Map<string, Dialled>();
  readonly #dialling = new Set<Socket>();
  #closed = false;
  lastError: string | undefined;

  constructor(options: DiallerOptions) {
    this.#options = options;
  }

  add(address: PeerAddress, { always }: { always: boolean }): void {
    const key = hostAndPort(address);
    const known = this.#known.get(key);
    if (known === undefined) {
      const fresh: Dialled = {
        address,
        always,
        attempts: 0,
        state: "waiting",
        connectedAtMs: 0,
        timer: undefined,
      };
      this.#known.set(key, fresh);
      this.#dial(fresh);
      return;
    }
    known.always ||= always;
    if (known.state === "waiting" && known.timer === undefined) {
      known.attempts = 0;
      this.#dial(known);
    }
  }

  /** The peer at this address is connected no longer. */
  lost(address: PeerAddress): void {
    const dialled = this.#known.get(hostAndPort(address));
    if (dialled?.state !== "connected") return;
    if (performance.now() - dialled.connectedAtMs > STEADY_MS) dialled.attempts = 0;
    this.#again(dialled);
  }

  /** As `lost`, but not to be dialled again until it is added again. */
  forget(address: PeerAddress): void {
    const dialled = this.#known.get(hostAndPort(address));
    if (dialled?.state === "connected") this.#known.delete(hostAndPort(address));
  }

  /** Never to be dialled again: it is ourselves, or sent bad data. */
  refuse(address: PeerAddress): void {
    const dialled = this.#known.get(hostAndPort(address));
    if (dialled !== undefined) dialled.state = "refused";
  }

  close(): void {
    this.#closed = true;
    for (const dialled of this.#known.values()) clearTimeout(dialled.timer);
    for (const socket of this.#dialling) socket.destroy();
  }

  #dial(dialled: Dialled): void {
    dialled.timer = undefined;
    if (this.#options.isConnected(dialled.address)) {
      this.#nowConnected(dialled);
      return;
    }
    dialled.state = "dialling";
    dialled.attempts += 1;
    const { host, port } = dialled.address;
    const { key, onread } = this.#options;
    const to = { host, port, ...(onread === undefined ? {} : { onread }) };
    const socket = key === null ? connect(to) : connectPskTls(to, key);
    socket.setNoDelay(true);
    this.#dialling.add(socket);
    const fail = (why: string) => {
      if (!this.#dialling.delete(socket)) return;
      socket.destroy();
      this.lastError = `${hostAndPort(dialled.address)}: ${why}`;
      this.#again(dialled);
    };
    socket.setTimeout(DIAL_TIMEOUT_MS, () => fail(`no answer in ${DIAL_TIMEOUT_MS / 1000} s`));
    socket.on("error", (error) => fail(messageOf(error)));
    socket.on("close", () => fail("closed before it answered"));
    socket.once(key === null ? "connect" : "secureConnect", () => {
      if (!this.#dialling.delete(socket)) return;
      socket.setTimeout(0);
      socket.removeAllListeners("timeout");
      this.#nowConnected(dialled);
      this.#options.onSocket(socket, dialled.address);
    });
  }

  #nowConnected(dialled: Dialled): void {
    dialled.state = "connected";
    dialled.connectedAtMs = performance.now();
  }

  #again(dialled: Dialled): void {
    if (dialled.state === "refused") return;
    dialled.state = "waiting";
    if (this.#closed || (!dialled.always && dialled.attempts >= ATTEMPTS_MAX)) return;
    const pauseMs = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.max(0, dialled.attempts - 1));
    dialled.timer = setTimeout(() => this.#dial(dialled), pauseMs * (0.5 + Math.random()));
  }
}
