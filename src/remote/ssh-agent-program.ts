import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientChannel } from "ssh2";
import { type FromAgent, fromAgent, type ToAgent } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import { keepLastWords } from "./last-words.ts";
import { MessageChannel } from "./message-channel.ts";
import type { Program, ProgramEnd } from "./program.ts";
import {
  type AgentBundle,
  type AgentPlace,
  NODE_MAJOR_MIN,
  type Probe,
  probeCommand,
  pushCommand,
  readProbe,
  startCommand,
} from "./ssh-agent-scripts.ts";
import type { SshConnection } from "./ssh-connection.ts";

/** A handful of `node --version` on a machine that may be busy. */
const PROBE_TIMEOUT_MS = 30_000;
/** A bundle of 2 MB over 1 Mbit/s takes 16 s. */
const PUSH_TIMEOUT_MS = 120_000;
/** As for child programs: a cancelled step has 7.5 s in all. */
const STOP_GRACE_MS = 3_000;
/** After a kill only the server's answer is awaited. */
const KILL_GRACE_MS = 1_000;
const WORDS_CHARACTERS_MAX = 500;

export interface SshAgentOptions {
  readonly bundle: AgentBundle;
  /** Where agents are kept on the target; `~` at its start is the SSH user's home. */
  readonly agentDir: string;
  /** Gets each line that the agent writes to stderr. */
  readonly log?: (line: string) => void;
}

/**
 * Starts the agent at the other end of a connection; pushes its bundle first where the target does not hold it. A channel that breaks ends the program as `lost`.
 * @throws MurmurationError `NODE_MISSING`, `NODE_TOO_OLD`, `AGENT_PUSH_FAILED`, `AGENT_FAILED`, `TARGET_SILENT`, `SSH_LOST`; the signal's reason where it aborts.
 */
export async function startAgentOverSsh(
  connection: SshConnection,
  options: SshAgentOptions,
  { signal }: { readonly signal: AbortSignal },
): Promise<Program<FromAgent, ToAgent>> {
  const { bundle, agentDir, log } = options;
  const place: AgentPlace = { agentDir, sha256: bundle.sha256, sizeBytes: bundle.bytes.length };
  const probe = await probeTarget(connection, place, signal);
  const nodePath = getNodePath(connection.name, probe);
  if (!probe.agentThere) await pushAgent(connection, place, bundle, signal);
  const pipe = await connection.open(startCommand(place, nodePath), { signal });
  return programOver(connection, pipe, log);
}

async function probeTarget(
  connection: SshConnection,
  place: AgentPlace,
  signal: AbortSignal,
): Promise<Probe> {
  const result = await connection.run(probeCommand(place), { timeoutMs: PROBE_TIMEOUT_MS, signal });
  const probe = readProbe(result.stdout);
  if (probe !== undefined) return probe;
  throw new MurmurationError(
    "AGENT_FAILED",
    `${connection.name}: cannot run a command through the login shell: ${lastWordsOf(result)}`,
  );
}

function getNodePath(name: string, { node, tooOld }: Probe): string {
  if (node !== undefined) return node.path;
  if (tooOld.length === 0) {
    throw new MurmurationError(
      "NODE_MISSING",
      `${name}: cannot start the agent: no Node.js found on the PATH or at the usual places; ${NODE_MAJOR_MIN} or newer needed`,
    );
  }
  const found = tooOld.slice(0, 3).map(({ version, path }) => `${version} at ${path}`);
  throw new MurmurationError(
    "NODE_TOO_OLD",
    `${name}: cannot start the agent: found Node.js ${found.join(", ")}; ${NODE_MAJOR_MIN} or newer needed`,
  );
}

async function pushAgent(
  connection: SshConnection,
  place: AgentPlace,
  bundle: AgentBundle,
  signal: AbortSignal,
): Promise<void> {
  const uniqueName = `.agent.${randomBytes(8).toString("hex")}`;
  const result = await connection.run(pushCommand(place, uniqueName), {
    stdin: bundle.bytes,
    timeoutMs: PUSH_TIMEOUT_MS,
    signal,
  });
  if (result.code === 0) return;
  throw new MurmurationError(
    "AGENT_PUSH_FAILED",
    `${connection.name}: cannot put the agent into ${place.agentDir}: ${lastWordsOf(result)}`,
  );
}

function lastWordsOf({ code, signal, stderr, stdout }: Awaited<ReturnType<SshConnection["run"]>>): string {
  const words = (stderr.trim() || stdout.trim()).slice(-WORDS_CHARACTERS_MAX);
  const end = signal === null ? `exit code ${code}` : `killed by ${signal}`;
  return words === "" ? end : `${words} (${end})`;
}

function programOver(
  connection: SshConnection,
  pipe: ClientChannel,
  log: ((line: string) => void) | undefined,
): Program<FromAgent, ToAgent> {
  const lastWords = keepLastWords(pipe.stderr, log);
  const channel = new MessageChannel<FromAgent, ToAgent>({
    input: pipe,
    output: pipe,
    schema: fromAgent,
    peerName: connection.name,
    skipNoise: true,
  });
  const ended = awaitEnd(connection, pipe);
  return {
    channel,
    ended,
    lastWords,
    async [Symbol.asyncDispose]() {
      channel.end();
      // Nobody reads any more, and the pipe closes only when it has been read to its end.
      pipe.resume();
      if (await endsWithin(ended, STOP_GRACE_MS)) return;
      connection.kill(pipe);
      await endsWithin(ended, KILL_GRACE_MS);
    },
  };
}

function awaitEnd(connection: SshConnection, pipe: ClientChannel): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    let end: ProgramEnd | undefined;
    pipe.on("exit", (code: number | null, by?: string) => {
      end = code === null ? { kind: "killed", signal: by ?? "an unknown signal" } : { kind: "exited", code };
    });
    pipe.on("close", () => {
      // ssh2 never finishes a write to a pipe that is gone; an ended pipe takes none.
      pipe.end();
      resolve(end ?? { kind: "lost", why: "the SSH channel closed without an exit code" });
    });
    void connection.lost.then((why) => resolve(end ?? { kind: "lost", why }));
  });
}

async function endsWithin(ended: Promise<ProgramEnd>, timeoutMs: number): Promise<boolean> {
  const over = new AbortController();
  const inTime = await Promise.race([
    ended.then(() => true),
    sleep(timeoutMs, false, { signal: over.signal }),
  ]);
  over.abort();
  return inTime;
}
