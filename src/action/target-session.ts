import {
  CONTRACT_VERSION,
  type FromAgent,
  type FromOrigin,
  type MessageOf,
  type Plan,
  type ToAgent,
  type ToOrigin,
} from "../contract.ts";
import type { Endpoint, ProbeEnd } from "../core/blocked-way.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import type { Target } from "../core/inventory.ts";
import {
  TARGET_PHASES,
  type TargetOutcome,
  type TargetPhase,
  type TargetState,
  type TimeSpan,
  type TransferFigures,
  type Verification,
} from "../core/outcome.ts";
import type { Program } from "../remote/program.ts";
import { HostKeyUnknownError } from "../remote/ssh-host-key.ts";
import type { Uplink, UplinkEnds } from "../remote/ssh-uplink.ts";
import { AgentTalk, type ExpectOptions, toldError } from "./agent-talk.ts";
import { TargetSwitch } from "./target-switch.ts";
import { type SessionProgress, TargetWatch } from "./target-watch.ts";

/** An agent that is there answers in milliseconds; a machine under load, or a disk that is, in seconds. */
const ANSWER_TIMEOUT_MS = 30_000;
/** A rename and a few small writes, with their fsync. */
const COMMIT_TIMEOUT_MS = 60_000;
const FINISH_TIMEOUT_MS = 5_000;

/** A target whose agent runs. */
export interface ReachedTarget extends AsyncDisposable {
  readonly program: Program<FromAgent, ToAgent>;
  /** The runner's own address on the way to this target. */
  readonly localAddress: string;
  /** The target's address as it is reached; empty where that is not known. */
  readonly remoteAddress: string;
  /** Why a jump host carries nothing to it any more; undefined where one does, or none is needed. */
  readonly brokenWay: MurmurationError | undefined;
  /** Starts the origin beside the agent. @throws MurmurationError */
  startOrigin(signal: AbortSignal): Promise<Program<FromOrigin, ToOrigin>>;
  /** A pipe between a private socket here and one there. @throws MurmurationError */
  openUplink(ends: UplinkEnds, signal: AbortSignal): Promise<Uplink>;
}

export interface PrepareOptions {
  /** Who deploys, for the lock and the log. */
  readonly run: string;
  readonly activate: boolean;
  readonly lockWaitMs: number;
  readonly shared: MessageOf<ToAgent, "prepare">["shared"];
}

/** Both are null where nothing stood there. */
export interface CurrentBefore {
  readonly release: string | null;
  /** Where a link led that no deploy had made. */
  readonly elsewhere: string | null;
}

interface VerifyOptions {
  /** Without any progress for so long the target has failed. */
  readonly stallTimeoutMs: number;
  readonly signal: AbortSignal;
}

interface FetchOptions extends VerifyOptions {
  /** Adds what is known to have kept it from what it lacks. */
  readonly explain: (error: MurmurationError) => MurmurationError;
}

type Failed = Extract<TargetState, { kind: "failed" }>;

export interface SessionOptions {
  readonly target: Target;
  /** Milliseconds since the run's start. */
  readonly clock: () => number;
  readonly onProgress: (progress: SessionProgress) => void;
}

/**
 * One target from the first connection to its outcome. Each step either succeeds or makes the outcome a failure; it never
 * throws, so that one target's failure is its own row and nobody else's time.
 */
export class TargetSession implements AsyncDisposable {
  readonly target: Target;
  readonly switch: TargetSwitch;
  readonly #options: SessionOptions;
  readonly #phases: { [Phase in TargetPhase]?: TimeSpan } = {};
  readonly #watch: TargetWatch;
  #reached: ReachedTarget | undefined;
  #talk: AgentTalk | undefined;
  #failure: Failed | undefined;
  #verified: Verification | null = null;
  #before: CurrentBefore = { release: null, elsewhere: null };
  /** Nothing more is said to the agent. */
  #isOver = false;
  #hostKeyLine: string | null = null;
  readonly #joined = Promise.withResolvers<Endpoint>();
  readonly #failing = Promise.withResolvers<void>();
  readonly #planned = Promise.withResolvers<void>();
  #isPlanned = false;
  #listens: PromiseWithResolvers<MessageOf<FromAgent, "listening">> | undefined;

  constructor(options: SessionOptions) {
    this.target = options.target;
    this.#options = options;
    this.#watch = new TargetWatch(options.target.name, options.clock);
    this.switch = new TargetSwitch({
      name: options.target.name,
      send: (message) => this.#send(message),
      expect: (type, expectOptions) => this.#expectWith(type, expectOptions),
      during: (phase, work) => this.#during(phase, work),
      amend: (rewrite) => this.#amend(rewrite),
    });
  }

  get alive(): boolean {
    return this.#failure === undefined;
  }

  /** Who holds the lock that this target failed for; undefined where it did not. */
  get lockHeld(): string | undefined {
    const { failure } = this;
    return failure?.code === "LOCK_HELD" ? failure.message : undefined;
  }

  /** Nothing more will be heard of its agent. */
  get isLost(): boolean {
    return this.#talk === undefined || this.#talk.broken !== undefined;
  }

  /** Undefined where it did not fail. */
  get failure(): MurmurationError | undefined {
    const failure = this.#failure?.failure;
    if (failure === undefined) return undefined;
    return new MurmurationError(failure.code, failure.message, { jumpHost: failure.jumpHost });
  }

  /** What `current` was when the target was prepared. */
  get before(): CurrentBefore {
    return this.#before;
  }

  /** It was told where to fetch, or to give. */
  get isPlanned(): boolean {
    return this.#isPlanned;
  }

  /** Resolves when it has failed. Never rejects. */
  get failed(): Promise<void> {
    return this.#failing.promise;
  }

  get localAddress(): string | undefined {
    return this.#reached?.localAddress;
  }

  get remoteAddress(): string | undefined {
    return this.#reached?.remoteAddress;
  }

  /** Where its peers are told to reach it, once it takes part in the swarm. Never rejects. */
  get joined(): Promise<Endpoint> {
    return this.#joined.promise;
  }

  get figures(): TransferFigures {
    return this.#watch.figures;
  }

  /** Since its agent was heard of last. */
  get silentMs(): number {
    return this.#watch.silentMs;
  }

  get progress(): SessionProgress {
    return this.#watch.progress(this.alive);
  }

  get outcome(): TargetOutcome {
    return {
      target: this.target.name,
      group: this.target.group,
      state: this.#state(),
      phases: this.#phases,
      transfer: this.figures,
      hooks: this.switch.hooks,
      hostKeyLine: this.#hostKeyLine,
    };
  }

  async connect(reach: () => Promise<ReachedTarget>, signal: AbortSignal): Promise<void> {
    await this.#during("connect", async () => {
      this.#reached = await reach();
      this.#talk = new AgentTalk(this.target.name, this.#reached.program, {
        onProgress: (progress) => {
          this.#watch.take(progress);
          this.#tell();
        },
        onJoined: ({ host, port }) => this.#joined.resolve({ host, port }),
        onListening: (listening) => this.#listens?.resolve(listening),
      });
      const hello = await this.#expect("hello", signal, ANSWER_TIMEOUT_MS);
      if (hello.version !== CONTRACT_VERSION || hello.program !== "agent") {
        throw new MurmurationError(
          "CONTRACT_VIOLATED",
          `${this.target.name}: the agent speaks version ${hello.version} of the contract, the runner ${CONTRACT_VERSION}`,
        );
      }
    });
  }

  async prepare(
    command: PrepareOptions,
    signal: AbortSignal,
  ): Promise<MessageOf<FromAgent, "ready"> | undefined> {
    return await this.#during("preflight", async () => {
      const { name, deployTo } = this.target;
      this.#send({ type: "prepare", target: name, deployTo, ...command });
      const ready = await this.#expect("ready", signal, ANSWER_TIMEOUT_MS + command.lockWaitMs);
      this.#watch.hasNoTrouble();
      this.#before = { release: ready.currentRelease, elsewhere: ready.currentElsewhere };
      return ready;
    });
  }

  /** Has it try to connect to these. Undefined where it does not answer, or cannot any more. */
  async probe(endpoints: readonly Endpoint[], signal: AbortSignal): Promise<readonly ProbeEnd[] | undefined> {
    return await this.#talk?.probes.ask(endpoints, signal);
  }

  /** Resolves when the target has verified, or failed. */
  async fetchAndVerify(plan: Plan, options: FetchOptions): Promise<void> {
    await this.#during("transfer", async () => {
      this.#send(plan);
      this.#isPlanned = true;
      this.#planned.resolve();
      const work = (signal: AbortSignal) => this.#expect("fetched", signal);
      try {
        const { type: _, ...figures } = await this.#watch.over(work, options);
        this.#watch.knows(figures);
      } catch (thrown) {
        throw options.explain(asMurmurationError(thrown));
      }
    });
    await this.#verify(options);
  }

  /** Has the target re-read a release that it holds. */
  async verifyHeld(release: string | null, options: VerifyOptions): Promise<void> {
    if (!this.alive) return;
    this.#send({ type: "verify", deployTo: this.target.deployTo, release });
    await this.#verify(options);
  }

  /** Has a target that is prepared prove a release that it holds. Where it lacks it, it has not failed, and the answer is why. */
  async recall(release: string, options: VerifyOptions): Promise<MurmurationError | undefined> {
    if (!this.alive) return undefined;
    this.#send({ type: "recall", release });
    return await this.#verify(options);
  }

  /** What has to be known to fetch the release that was recalled. Undefined where it failed. */
  async describe(signal: AbortSignal): Promise<MessageOf<FromAgent, "described"> | undefined> {
    return await this.#during("verify", async () => {
      this.#send({ type: "describe" });
      return await this.#expect("described", signal, ANSWER_TIMEOUT_MS);
    });
  }

  /** Has a target give what it has proved to the others. */
  seed(command: Omit<MessageOf<ToAgent, "seed">, "type">): void {
    this.#send({ type: "seed", ...command });
    this.#isPlanned = true;
    this.#planned.resolve();
  }

  /** Tells a target that is in the swarm, or about to be, where tracker and seeder are now. */
  follow(command: Omit<MessageOf<ToAgent, "track">, "type">): void {
    this.#send({ type: "track", ...command });
  }

  /**
   * Has a target take the release from the runner, once it was told its plan. Resolves when it is in the swarm: first it hashes what it holds.
   * @throws MurmurationError its failure; the signal's reason
   */
  async takeUplink(signal: AbortSignal): Promise<MessageOf<FromAgent, "listening">> {
    // Before there is a promise that nobody would wait for.
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<MessageOf<FromAgent, "listening">>();
    const onAbort = () => reject(signal.reason);
    this.#listens = { promise, resolve, reject };
    void this.failed.then(() => reject(this.failure));
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      void this.#planned.promise.then(() => this.#send({ type: "uplink" }));
      return await promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** @throws MurmurationError */
  async startOrigin(signal: AbortSignal): Promise<Program<FromOrigin, ToOrigin>> {
    return await this.#connected.startOrigin(signal);
  }

  /** @throws MurmurationError */
  async openUplink(ends: UplinkEnds, signal: AbortSignal): Promise<Uplink> {
    return await this.#connected.openUplink(ends, signal);
  }

  async commit(signal: AbortSignal): Promise<void> {
    await this.#during("commit", async () => {
      this.#send({ type: "commit" });
      await this.#expect("committed", signal, COMMIT_TIMEOUT_MS);
    });
  }

  /** For the progress: what it waits for, or that nothing is left to do. */
  isAt(step: "activate" | "done"): void {
    if (!this.alive) return;
    this.#watch.isAt(step);
    this.#tell();
  }

  /** Ends a target that may not go on because of what happened elsewhere. */
  holdBack(error: MurmurationError): void {
    if (!this.alive) return;
    this.#fail(this.#lastPhase, error);
  }

  /** Ends a target that cannot reach what it has to. */
  isCutOff(error: MurmurationError): void {
    if (!this.alive) return;
    const endMs = this.#options.clock();
    this.#phases.preflight = { startMs: this.#phases.preflight?.startMs ?? endMs, endMs };
    this.#fail("preflight", error);
    this.#tell();
  }

  /** Tells the agent that it is over and closes the connection. Changes no outcome: what counts has been said. */
  async finish(signal: AbortSignal): Promise<void> {
    if (!this.#isOver && this.#talk !== undefined && this.#talk.broken === undefined) {
      try {
        this.#send({ type: "finish" });
        this.#watch.hasFinished(await this.#expect("finished", signal, FINISH_TIMEOUT_MS));
      } catch {
        // The release is in place and verified; an agent that does not say goodbye is ended below.
      }
    }
    await this[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const [talk, reached] = [this.#talk, this.#reached];
    this.#talk = undefined;
    this.#reached = undefined;
    await talk?.[Symbol.asyncDispose]();
    await reached?.[Symbol.asyncDispose]();
  }

  #state(): TargetState {
    // How far it is back may have been found out since.
    if (this.#failure !== undefined) return { ...this.#failure, current: this.switch.current };
    const verified = this.#verified;
    if (verified === null) return this.#failed("connect", notBegun(this.target.name));
    const { activated } = this.switch;
    return activated === undefined
      ? { kind: "verified", verified }
      : { kind: "activated", verified, activated };
  }

  async #verify(options: VerifyOptions): Promise<MurmurationError | undefined> {
    return await this.#during("verify", async () => {
      const work = (signal: AbortSignal) => this.#expect(["verified", "lacking"], signal);
      const answer = await this.#watch.over(work, options);
      if (answer.type === "lacking") return toldError(this.target.name, answer);
      const { type: _, ...verified } = answer;
      this.#verified = verified;
      // What was told last came while it was re-reading, once a second.
      this.#watch.knows({ piecesDone: verified.pieces, piecesTotal: verified.pieces });
      this.#watch.isAt("done");
      return undefined;
    });
  }

  /** Runs a step of a target that is well; undefined where it failed, or had before. */
  async #during(phase: TargetPhase, work: () => Promise<void>): Promise<void>;
  async #during<T>(phase: TargetPhase, work: () => Promise<T>): Promise<T | undefined>;
  async #during<T>(phase: TargetPhase, work: () => Promise<T>): Promise<T | undefined> {
    if (!this.alive) return undefined;
    const { clock } = this.#options;
    const startMs = this.#phases[phase]?.startMs ?? clock();
    this.#phases[phase] = { startMs, endMs: startMs };
    this.#watch.begins(phase);
    this.#tell();
    try {
      return await work();
    } catch (error) {
      const known = asMurmurationError(error);
      this.#fail(phase, known.code === "SSH_LOST" ? (this.#reached?.brokenWay ?? known) : known);
      return undefined;
    } finally {
      this.#phases[phase] = { startMs, endMs: clock() };
      this.#tell();
    }
  }

  #fail(during: TargetPhase, error: MurmurationError): void {
    if (error instanceof HostKeyUnknownError) this.#hostKeyLine = error.knownHostsLine;
    this.#failure = this.#failed(during, error);
    this.#failing.resolve();
    // A target that may have switched is still to be put back.
    if (this.switch.isSwitched) return;
    this.#isOver = true;
    // Not awaited: a target that is gone must not cost the others time. Its end is bounded, and `finish` waits for it.
    if (this.#talk !== undefined) void this.#talk[Symbol.asyncDispose]().catch(() => {});
  }

  #amend(rewrite: (failure: MurmurationError | undefined) => MurmurationError): void {
    this.#failure = this.#failed(this.#failure?.during ?? this.#lastPhase, rewrite(this.failure));
    this.#tell();
  }

  get #lastPhase(): TargetPhase {
    return TARGET_PHASES.findLast((phase) => this.#phases[phase] !== undefined) ?? "connect";
  }

  #failed(during: TargetPhase, { code, message, jumpHost }: MurmurationError): Failed {
    const { current } = this.switch;
    const failure = jumpHost === undefined ? { code, message } : { code, message, jumpHost };
    return { kind: "failed", during, failure, verified: this.#verified, current };
  }

  get #connected(): ReachedTarget {
    if (this.#reached !== undefined) return this.#reached;
    throw new MurmurationError("SSH_LOST", `${this.target.name}: there is no connection any more`);
  }

  #tell(): void {
    this.#options.onProgress(this.progress);
  }

  #send(message: Parameters<AgentTalk["send"]>[0]): void {
    this.#talk?.send(message);
  }

  async #expect<Type extends FromAgent["type"]>(
    type: Type | readonly Type[],
    signal: AbortSignal,
    timeoutMs?: number,
  ) {
    return await this.#expectWith(type, timeoutMs === undefined ? { signal } : { signal, timeoutMs });
  }

  async #expectWith<Type extends FromAgent["type"]>(type: Type | readonly Type[], options: ExpectOptions) {
    if (this.#talk === undefined)
      throw new MurmurationError("INTERNAL", `${this.target.name}: there is no conversation`);
    return await this.#talk.expect(type, options);
  }
}

function notBegun(name: string): MurmurationError {
  return new MurmurationError("CANCELLED", `${name}: the run ended before it was reached`);
}
