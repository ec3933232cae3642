import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { MurmurationError } from "../core/errors.ts";
import { formatBytes } from "../core/units.ts";
import { shownWords } from "./last-words.ts";
import { INPUT_START, pushInput } from "./ssh-agent-scripts.ts";
import type { CommandOptions, CommandResult } from "./ssh-command.ts";
import type { SshConnection } from "./ssh-connection.ts";
import {
  fetchRuntimeCommand,
  findRuntimeCommand,
  pushRuntimeCommand,
  type RuntimeCheck,
  type RuntimePlace,
  readRuntimeCheck,
} from "./ssh-runtime-scripts.ts";

/** To hash 126 MB on a slow disk, and to start it once. */
const CHECK_TIMEOUT_MS = 120_000;
/** 47 MB at half a Mbit/s. */
const PUSH_TIMEOUT_MS = 15 * 60_000;
/** No byte more was taken for so long. After the last one the target unpacks what is on its way, and hashes. */
const PUSH_STALL_MS = 60_000;
/** Between targets: who needs longer than that is served by the runner. */
const FETCH_TIMEOUT_MS = 3 * 60_000;
const SENT_AT_ONCE_BYTES = 64 * 1024;

export interface RuntimeMove {
  readonly place: RuntimePlace;
  /** What moves is compressed. */
  readonly gzipped: boolean;
  readonly signal: AbortSignal;
}

/** @throws MurmurationError `AGENT_PUSH_FAILED` where its folder can't be made; `SSH_LOST`, `TARGET_SILENT` */
export async function findRuntime(
  connection: SshConnection,
  { place, signal }: Pick<RuntimeMove, "place" | "signal">,
): Promise<RuntimeCheck> {
  const result = await connection.run(findRuntimeCommand(place, uniqueName()), {
    timeoutMs: CHECK_TIMEOUT_MS,
    signal,
  });
  return readRuntimeCheck(result.stdout) ?? refuse(connection, place, result, "look for the runtime");
}

/**
 * Sends the runtime and has it tried.
 * @throws MurmurationError `DISK_FULL`, `AGENT_PUSH_FAILED`, `SSH_LOST`, `TARGET_SILENT`
 */
export async function pushRuntime(
  connection: SshConnection,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  move: RuntimeMove,
): Promise<RuntimeCheck> {
  const { place, gzipped, signal } = move;
  const { name } = connection;
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    const why = `${name}: took no more of the runtime for ${PUSH_STALL_MS / 1_000} s`;
    stalled.abort(new MurmurationError("TARGET_SILENT", why));
  }, PUSH_STALL_MS);
  try {
    const result = await connection.run(pushRuntimeCommand(place, uniqueName(), { gzipped }), {
      stdin: Readable.from(slices(content, () => timer.refresh())),
      timeoutMs: PUSH_TIMEOUT_MS,
      signal: AbortSignal.any([signal, stalled.signal]),
    });
    return readRuntimeCheck(result.stdout) ?? refuse(connection, place, result, "put the runtime");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Has the target fetch the runtime from the first of the URLs that gives it, and try it.
 * @throws MurmurationError `DISK_FULL`, `AGENT_PUSH_FAILED` where no URL gave it, `SSH_LOST`, `TARGET_SILENT`
 */
export async function fetchRuntime(
  connection: SshConnection,
  urls: readonly string[],
  move: RuntimeMove,
): Promise<RuntimeCheck> {
  const { place, gzipped, signal } = move;
  const options: CommandOptions = {
    stdin: pushInput(Buffer.from(urls.map((url) => `${url}\n`).join(""))),
    timeoutMs: FETCH_TIMEOUT_MS,
    signal,
  };
  const result = await connection.run(fetchRuntimeCommand(place, uniqueName(), { gzipped }), options);
  return readRuntimeCheck(result.stdout) ?? refuse(connection, place, result, "fetch the runtime");
}

function uniqueName(): string {
  return `.node.${randomBytes(8).toString("hex")}`;
}

async function* slices(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onTaken: () => void,
): AsyncGenerator<Uint8Array> {
  yield INPUT_START;
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length; at += SENT_AT_ONCE_BYTES) {
      yield chunk.subarray(at, at + SENT_AT_ONCE_BYTES);
      onTaken();
    }
  }
}

function refuse(
  { name }: SshConnection,
  place: RuntimePlace,
  { code, signal, stderr }: CommandResult,
  doing: string,
): never {
  const end = signal === null ? `exit code ${code}` : `killed by ${signal}`;
  const words = shownWords(stderr);
  if (/No space left|Disk quota|File too large/i.test(words)) throw noRoom(name, place, undefined);
  throw new MurmurationError(
    "AGENT_PUSH_FAILED",
    `${name}: cannot ${doing} into ${place.agentDir}: ${words === "" ? end : `${words} (${end})`}`,
  );
}

/** `freeBytes` undefined: it was full before all had been written. */
export function noRoom(
  name: string,
  { agentDir, sizeBytes }: RuntimePlace,
  freeBytes: number | undefined,
): MurmurationError {
  const free = freeBytes === undefined ? "the disk was full before" : `${formatBytes(freeBytes)} are free`;
  return new MurmurationError(
    "DISK_FULL",
    `${name}: no room for a Node.js runtime in ${agentDir}: it needs ${formatBytes(sizeBytes)}, and ${free}`,
  );
}
