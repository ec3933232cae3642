import { randomBytes } from "node:crypto";
import type * as z from "zod/mini";
import {
  type FromAgent,
  type FromOrigin,
  fromAgent,
  fromOrigin,
  type ToAgent,
  type ToOrigin,
} from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import { OUTPUT_BYTES_MAX, tooNoisy } from "./login-noise.ts";
import { MessageChannel } from "./message-channel.ts";
import type { Program } from "./program.ts";
import { RemoteProcess } from "./remote-process.ts";
import {
  type AgentBundle,
  type AgentPlace,
  LINES_TO_READ,
  NODE_MAJOR_MIN,
  type Probe,
  probeCommand,
  pushCommand,
  pushInput,
  readProbe,
  startCommand,
} from "./ssh-agent-scripts.ts";
import type { SshConnection } from "./ssh-connection.ts";
import type { SshPipe } from "./ssh-pipe.ts";

/** A handful of `node --version` on a machine that may be busy. */
const PROBE_TIMEOUT_MS = 30_000;
/** A bundle of 2 MB over 1 Mbit/s takes 16 s. */
const PUSH_TIMEOUT_MS = 120_000;
const WORDS_CHARACTERS_MAX = 500;

export interface SshAgentOptions {
  readonly bundle: AgentBundle;
  /** Where agents are kept on the target; `~` at its start is the SSH user's home. */
  readonly agentDir: string;
  /** Gets each line that the agent writes to stderr. */
  readonly log?: (line: string) => void;
  /** What brings Node.js to a target that has none. */
  readonly runtimes?: TargetRuntimes;
}

/** An agent that runs. */
export interface AgentProgram extends Program<FromAgent, ToAgent> {
  /** By which Node.js. */
  readonly nodePath: string;
}

/** A program that runs beside an agent. */
export interface CompanionOptions extends Pick<SshAgentOptions, "bundle" | "agentDir" | "log"> {
  /** By which the agent runs. */
  readonly nodePath: string;
}

/** Node.js for targets that have none. */
export interface TargetRuntimes {
  /**
   * Has a runtime on the target that runs there, and resolves with its path; or says that there is none for this platform.
   * @throws MurmurationError why it can't be brought, or does not run
   */
  bring(host: HostWithoutNode, options: { readonly signal: AbortSignal }): Promise<BroughtRuntime>;
}

export type BroughtRuntime =
  | { readonly kind: "brought"; readonly path: string }
  /** A sentence for people: what there would have to be. */
  | { readonly kind: "none"; readonly why: string };

export interface HostWithoutNode {
  readonly connection: SshConnection;
  readonly agentDir: string;
  /** See `FoundMachine`. */
  readonly machine: string;
  readonly gzipThere: boolean;
  readonly httpThere: boolean;
  /** Starts the agent by the runtime that was brought: one more beside its own. */
  startAgent(
    nodePath: string,
    options: { readonly signal: AbortSignal },
  ): Promise<Program<FromAgent, ToAgent>>;
}

/**
 * Starts the agent at the other end of a connection; pushes its bundle first where the target does not hold it, and has a runtime brought where it has no Node.js. A channel that
 * breaks ends the program as `lost`.
 * @throws MurmurationError `NODE_MISSING`, `NODE_TOO_OLD`, `AGENT_PUSH_FAILED`, `LOGIN_SHELL_UNFIT`, `TARGET_SILENT`, `SSH_LOST`, and what `runtimes` throw; the signal's reason where
 * it aborts.
 */
export async function startAgentOverSsh(
  connection: SshConnection,
  options: SshAgentOptions,
  { signal }: { readonly signal: AbortSignal },
): Promise<AgentProgram> {
  const place = await findPlace(connection, options, signal);
  const startBy = async (nodePath: string, by: AbortSignal) =>
    programOver(connection, await place.open(nodePath, [], by), fromAgent, options.log);
  const nodePath =
    place.probe.node?.path ?? (await bringNode(connection, place.probe, options, { startBy, signal }));
  return { ...(await startBy(nodePath, signal)), nodePath };
}

/** Starts the origin beside an agent. @throws MurmurationError as above */
export async function startOriginOverSsh(
  connection: SshConnection,
  options: CompanionOptions,
  { signal }: { readonly signal: AbortSignal },
): Promise<Program<FromOrigin, ToOrigin>> {
  return programOver(
    connection,
    await openCompanion(connection, options, [], signal),
    fromOrigin,
    options.log,
  );
}

/**
 * The pipe of a further program beside an agent, which is started with these words after its name; its bundle is pushed first where the target does not hold it.
 * @throws MurmurationError as above
 */
export async function openCompanion(
  connection: SshConnection,
  options: CompanionOptions,
  words: readonly string[],
  signal: AbortSignal,
): Promise<SshPipe> {
  const place = await findPlace(connection, options, signal);
  return await place.open(options.nodePath, words, signal);
}

interface ProgramPlace {
  readonly probe: Probe;
  open(nodePath: string, words: readonly string[], signal: AbortSignal): Promise<SshPipe>;
}

async function findPlace(
  connection: SshConnection,
  { bundle, agentDir }: Pick<SshAgentOptions, "bundle" | "agentDir">,
  signal: AbortSignal,
): Promise<ProgramPlace> {
  const { fileName, sha256, bytes } = bundle;
  const place: AgentPlace = { agentDir, fileName, sha256, sizeBytes: bytes.length };
  const probe = await probeTarget(connection, place, signal);
  // Not before it is needed: a push removes what was unused for long, and a runtime is marked as used when it is found.
  let pushing = probe.agentThere ? Promise.resolve() : undefined;
  return {
    probe,
    async open(nodePath, words, by) {
      pushing ??= pushAgent(connection, place, bundle, { gzipped: probe.gzipThere, signal });
      await pushing;
      const pipe = await connection.open(startCommand(place, nodePath, words), { signal: by });
      // Whatever of it no login script reads, the program passes over.
      pipe.stdin.write(LINES_TO_READ);
      return pipe;
    },
  };
}

interface BringOptions {
  readonly startBy: (nodePath: string, signal: AbortSignal) => Promise<Program<FromAgent, ToAgent>>;
  readonly signal: AbortSignal;
}

async function bringNode(
  connection: SshConnection,
  probe: Probe,
  { agentDir, runtimes }: SshAgentOptions,
  { startBy, signal }: BringOptions,
): Promise<string> {
  const { machine, gzipThere } = probe;
  if (runtimes === undefined || machine === undefined) throw nodeIsMissing(connection.name, probe, "");
  const host: HostWithoutNode = {
    connection,
    agentDir,
    machine: machine.words,
    gzipThere,
    httpThere: machine.httpThere,
    startAgent: (nodePath, by) => startBy(nodePath, by.signal),
  };
  const brought = await runtimes.bring(host, { signal });
  if (brought.kind === "brought") return brought.path;
  throw nodeIsMissing(connection.name, probe, `; ${brought.why}`);
}

async function probeTarget(
  connection: SshConnection,
  place: AgentPlace,
  signal: AbortSignal,
): Promise<Probe> {
  const result = await connection.run(probeCommand(place), { timeoutMs: PROBE_TIMEOUT_MS, signal });
  const probe = readProbe(result.stdout);
  if (probe !== undefined) return probe;
  if (Buffer.byteLength(result.stdout) >= OUTPUT_BYTES_MAX) throw tooNoisy(connection.name, result.stdout);
  throw new MurmurationError(
    "LOGIN_SHELL_UNFIT",
    `${connection.name}: the login shell does not run what it is told to: ${lastWordsOf(result)}`,
  );
}

function nodeIsMissing(name: string, { tooOld }: Probe, more: string): MurmurationError {
  if (tooOld.length === 0) {
    return new MurmurationError(
      "NODE_MISSING",
      `${name}: cannot start the agent: no Node.js found on the PATH or at the usual places; ${NODE_MAJOR_MIN} or newer needed${more}`,
    );
  }
  const found = tooOld.slice(0, 3).map(({ version, path }) => `${version} at ${path}`);
  return new MurmurationError(
    "NODE_TOO_OLD",
    `${name}: cannot start the agent: found Node.js ${found.join(", ")}; ${NODE_MAJOR_MIN} or newer needed${more}`,
  );
}

async function pushAgent(
  connection: SshConnection,
  place: AgentPlace,
  bundle: AgentBundle,
  { gzipped, signal }: { readonly gzipped: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const uniqueName = `.agent.${randomBytes(8).toString("hex")}`;
  const result = await connection.run(pushCommand(place, uniqueName, { gzipped }), {
    stdin: pushInput(gzipped ? bundle.gzipped : bundle.bytes),
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
  const words = shortened(stderr.trim() || stdout.trim());
  const end = signal === null ? `exit code ${code}` : `killed by ${signal}`;
  return words === "" ? `it printed nothing (${end})` : `${words} (${end})`;
}

/** What went wrong may stand at the start, before an echo of all that was asked, or at the end. */
function shortened(words: string): string {
  if (words.length <= WORDS_CHARACTERS_MAX) return words;
  return `${words.slice(0, WORDS_CHARACTERS_MAX / 2)} … ${words.slice(-WORDS_CHARACTERS_MAX / 2)}`;
}

function programOver<In, Out>(
  connection: SshConnection,
  pipe: SshPipe,
  schema: z.ZodMiniType<In>,
  log: ((line: string) => void) | undefined,
): Program<In, Out> {
  const running = new RemoteProcess(connection, pipe, log);
  const channel = new MessageChannel<In, Out>({
    input: pipe.stdout,
    output: pipe.stdin,
    schema,
    peerName: connection.name,
    skipNoise: true,
  });
  return {
    channel,
    ended: pipe.ended,
    lastWords: () => running.lastWords(),
    [Symbol.asyncDispose]: () => running.end(),
  };
}
