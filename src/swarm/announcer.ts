import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import bencode from "bencode";
import { MurmurationError, messageOf } from "../core/errors.ts";
import { addressText } from "./compact-address.ts";
import type { PeerAddress } from "./engine.ts";

const REQUEST_TIMEOUT_MS = 5_000;
/** 82 peers, the most that the tracker names, are 2 KB. */
const RESPONSE_MAX_BYTES = 64 * 1024;
/** Whom a newcomer dials; as many again dial it later. In a simulation 40 neighbours were as good as all. */
const PEERS_WANTED = 20;
const INTERVAL_MAX_MS = 15_000;
const RETRY_FIRST_MS = 500;
/** A farewell is a courtesy: the swarm ends with the run anyway. */
const FAREWELL_TIMEOUT_MS = 500;

export interface AnnouncerOptions {
  /** With whatever query the tracker wants, such as a token. */
  readonly url: string;
  readonly infoHash: Buffer;
  readonly peerId: Buffer;
  readonly port: number;
  readonly left: () => number;
  readonly onPeers: (peers: readonly PeerAddress[]) => void;
  /** At which address the tracker names us to others (BEP 24), with each answer of a tracker that tells. */
  readonly onNamed?: (host: string) => void;
}

export interface Announcer extends AsyncDisposable {
  /** Why the last announce failed; undefined after one that did not. */
  readonly lastError: string | undefined;
}

/** Tells an HTTP tracker (BEP 3, compact peers of BEP 23 and BEP 7) every 15 s that we are here, and who else is to us. */
export function startAnnouncing(options: AnnouncerOptions): Announcer {
  const stopping = new AbortController();
  const state: { lastError: string | undefined } = { lastError: undefined };
  const loop = announceUntil(stopping.signal, options, state);
  return {
    get lastError() {
      return state.lastError;
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await loop;
      await announce(options, "stopped", AbortSignal.timeout(FAREWELL_TIMEOUT_MS)).catch(() => {});
    },
  };
}

async function announceUntil(
  signal: AbortSignal,
  options: AnnouncerOptions,
  state: { lastError: string | undefined },
): Promise<void> {
  let event: "started" | undefined = "started";
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs: number;
    try {
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      const { peers, ownHost, intervalMs } = await announce(options, event, timeout);
      event = undefined;
      failures = 0;
      state.lastError = undefined;
      options.onPeers(peers);
      if (ownHost !== undefined) options.onNamed?.(ownHost);
      pauseMs = Math.min(INTERVAL_MAX_MS, intervalMs);
    } catch (error) {
      if (signal.aborted) return;
      state.lastError = messageOf(error);
      pauseMs = Math.min(INTERVAL_MAX_MS, RETRY_FIRST_MS * 2 ** failures);
      failures += 1;
    }
    await sleep(pauseMs * (0.75 + 0.5 * Math.random()), undefined, { signal }).catch(() => {});
  }
}

interface Answer {
  readonly peers: PeerAddress[];
  readonly ownHost: string | undefined;
  readonly intervalMs: number;
}

async function announce(
  options: AnnouncerOptions,
  event: "started" | "stopped" | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(options.url);
  url.searchParams.set("port", String(options.port));
  url.searchParams.set("uploaded", "0");
  url.searchParams.set("downloaded", "0");
  url.searchParams.set("left", String(options.left()));
  url.searchParams.set("compact", "1");
  url.searchParams.set("numwant", String(PEERS_WANTED));
  if (event !== undefined) url.searchParams.set("event", event);
  const query = `${url.search}&info_hash=${percentEncode(options.infoHash)}&peer_id=${percentEncode(options.peerId)}`;
  const body = await getBytes(`${url.origin}${url.pathname}${query}`, signal);
  return parseResponse(body);
}

/** `URLSearchParams` would encode bytes above 127 as UTF-8. */
function percentEncode(bytes: Buffer): string {
  return bytes.toString("hex").replace(/../g, "%$&");
}

function getBytes(url: string, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > RESPONSE_MAX_BYTES) request.destroy(new Error("the tracker's answer is too long"));
      });
      response.on("end", () => resolve(Buffer.concat(chunks)));
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}

function parseResponse(body: Buffer): Answer {
  const answer = dictionaryOf(body);
  const refusal = answer["failure reason"];
  if (refusal instanceof Uint8Array) {
    throw new MurmurationError(
      "TRACKER_UNREACHABLE",
      `the tracker refused: ${Buffer.from(refusal).toString("utf8")}`,
    );
  }
  const interval = typeof answer.interval === "number" && answer.interval >= 1 ? answer.interval : 1;
  return {
    peers: [...compactPeers(answer.peers, 4), ...compactPeers(answer.peers6, 16)],
    ownHost: compactAddress(answer["external ip"]),
    intervalMs: interval * 1_000,
  };
}

function dictionaryOf(body: Buffer): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = bencode.decode(body);
  } catch (cause) {
    throw new Error(`what answers is no tracker: ${messageOf(cause)}`, { cause });
  }
  if (
    typeof answer === "object" &&
    answer !== null &&
    !(answer instanceof Uint8Array) &&
    !Array.isArray(answer)
  )
    return answer as Record<string, unknown>;
  throw new Error("what answers is no tracker: no dictionary");
}

/** BEP 23 (IPv4: 4 + 2 bytes) and BEP 7 (IPv6: 16 + 2 bytes). */
function* compactPeers(field: unknown, addressBytes: 4 | 16): Generator<PeerAddress> {
  if (!(field instanceof Uint8Array)) return;
  const bytes = Buffer.from(field);
  for (let at = 0; at + addressBytes + 2 <= bytes.length; at += addressBytes + 2) {
    const address = bytes.subarray(at, at + addressBytes);
    const port = bytes.readUInt16BE(at + addressBytes);
    if (port !== 0) yield { host: addressText(address), port };
  }
}

/** BEP 24: 4 or 16 bytes. */
function compactAddress(field: unknown): string | undefined {
  if (!(field instanceof Uint8Array) || (field.length !== 4 && field.length !== 16)) return undefined;
  return addressText(Buffer.from(field));
}
