import type { FromAgent, MessageOf, ToAgent } from "../contract.ts";
import { asMurmurationError, type ErrorCode, MurmurationError, messageOf } from "../core/errors.ts";
import type { Activation, CurrentState, HookRun, TargetPhase } from "../core/outcome.ts";
import type { ExpectOptions } from "./agent-talk.ts";
import { hookFailure } from "./hook-failure.ts";

/** A rename and a few small writes, with their fsync. */
const SWITCH_TIMEOUT_MS = 60_000;
/** Trees of 100,000 files each; what is not gone by then goes with the next deploy. */
const PRUNE_TIMEOUT_MS = 60_000;
/** An agent keeps the limits of a hook itself, and has this much longer to say so. */
const HOOK_ANSWER_MS = 30_000;
/** After these nobody knows how far the target came. */
const LOST: ReadonlySet<ErrorCode> = new Set([
  "SSH_LOST",
  "AGENT_FAILED",
  "TARGET_SILENT",
  "CONTRACT_VIOLATED",
  "CANCELLED",
]);

export type HookCall = Omit<MessageOf<ToAgent, "hook">, "type">;

/** What a target's session lends to its switch. */
export interface SwitchPipe {
  readonly name: string;
  send(message: ToAgent): void;
  /** @throws MurmurationError */
  expect<Type extends FromAgent["type"]>(
    type: Type,
    options: ExpectOptions,
  ): Promise<MessageOf<FromAgent, Type>>;
  /** Runs a step of a target that is well; what it throws is the target's failure. */
  during(phase: TargetPhase, work: () => Promise<void>): Promise<void>;
  /** Makes the target failed, or says more of its failure: `rewrite` gets the code and message that it has. */
  amend(rewrite: (failure: MurmurationError | undefined) => MurmurationError): void;
}

/** How one target goes live, and back. Like its session it never throws. */
export class TargetSwitch {
  readonly #pipe: SwitchPipe;
  readonly #hooks: HookRun[] = [];
  #activated: Activation | undefined;
  #current: CurrentState = "kept";

  constructor(pipe: SwitchPipe) {
    this.#pipe = pipe;
  }

  get activated(): Activation | undefined {
    return this.#activated;
  }

  get current(): CurrentState {
    return this.#current;
  }

  get hooks(): readonly HookRun[] {
    return this.#hooks;
  }

  /** Whether `current` may name the new release. */
  get isSwitched(): boolean {
    return this.#current === "switched" || this.#current === "unknown";
  }

  async hook(call: HookCall, signal: AbortSignal): Promise<void> {
    await this.#pipe.during(call.hook === "health-check" ? "health" : "activate", () =>
      this.#runHook(call, signal),
    );
  }

  async activate(signal: AbortSignal): Promise<void> {
    await this.#pipe.during("activate", async () => {
      this.#current = "unknown";
      try {
        this.#pipe.send({ type: "activate" });
        const options = { signal, timeoutMs: SWITCH_TIMEOUT_MS };
        const { release, previous } = await this.#pipe.expect("activated", options);
        this.#activated = { release, previous };
        this.#current = "switched";
      } catch (error) {
        if (!LOST.has(asMurmurationError(error).code)) this.#current = "kept";
        throw error;
      }
    });
  }

  /**
   * Lets `current` be what it was, of a target that is switched, and runs `after` in the release of before. `because` is a clause: why the whole
   * rollout is taken back. Returns why it is not, undefined where it is.
   */
  async putBack(after: HookCall | null, because: string, signal: AbortSignal): Promise<string | undefined> {
    let restored: string | null;
    try {
      this.#pipe.send({ type: "revert" });
      // What was on its way when the rollout ended is nobody's answer any more.
      const options = { signal, timeoutMs: SWITCH_TIMEOUT_MS, passOver: ["hooked", "activated"] } as const;
      restored = (await this.#pipe.expect("reverted", options)).release;
    } catch (error) {
      return messageOf(error);
    }
    this.isRestored(restored, because);
    if (after === null || restored === null) return undefined;
    try {
      await this.#runHook(after, signal);
    } catch (error) {
      this.hasTrouble(asMurmurationError(error));
    }
    return undefined;
  }

  /** Puts back what an earlier session with this target had switched. Returns as `putBack`. */
  async restore(
    command: Omit<MessageOf<ToAgent, "restore">, "type">,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      this.#pipe.send({ type: "restore", ...command });
      await this.#pipe.expect("reverted", { signal, timeoutMs: SWITCH_TIMEOUT_MS });
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** `current` is what it was before, by whatever way. */
  isRestored(release: string | null, because: string, hooks: readonly HookRun[] = []): void {
    const { name } = this.#pipe;
    const to = release === null ? "no release, as before" : release;
    this.#current = "put-back";
    this.#hooks.push(...hooks);
    this.#pipe.amend((failure) => {
      if (failure !== undefined)
        return new MurmurationError(failure.code, `${failure.message}; put back to ${to}`);
      return new MurmurationError("PUT_BACK", `${name}: was switched, and is put back to ${to}: ${because}`);
    });
  }

  /** It is put back, and then something else went wrong. */
  hasTrouble({ code, message }: MurmurationError): void {
    this.#pipe.amend((failure) => {
      const isOwn = failure !== undefined && failure.code !== "PUT_BACK";
      const why = message.replace(`${this.#pipe.name}: `, "");
      return new MurmurationError(isOwn ? failure.code : code, `${failure?.message}; but there ${why}`);
    });
  }

  isNotRestored(why: string): void {
    const { name } = this.#pipe;
    const to = this.#activated?.previous ?? "what it was";
    const cause = why.replace(`${name}: `, "");
    this.#pipe.amend((failure) => {
      const first = failure === undefined ? `${name}: ` : `${failure.message}; `;
      return new MurmurationError("PUT_BACK_FAILED", `${first}it could not be put back to ${to}: ${cause}`);
    });
  }

  /** Where the rollout stops, and what is switched stays. */
  keep(because: string): void {
    const release = this.#activated?.release;
    const where = release === undefined ? "whether it has switched is not known" : `it stays on ${release}`;
    this.#pipe.amend((failure) =>
      failure === undefined
        ? new MurmurationError("FLEET_INCOMPLETE", `${this.#pipe.name}: ${where}: ${because}`)
        : new MurmurationError(failure.code, `${failure.message}; ${where}`),
    );
  }

  /** Has a target that has switched remove old releases. Changes no outcome; returns why it did not, undefined where it did. */
  async prune(keepReleases: number, signal: AbortSignal): Promise<string | undefined> {
    if (this.#activated === undefined) return undefined;
    return await this.pruneStore(keepReleases, signal);
  }

  /** The same where releases are only kept, and none goes live. */
  async pruneStore(keepReleases: number, signal: AbortSignal): Promise<string | undefined> {
    const { name } = this.#pipe;
    try {
      this.#pipe.send({ type: "prune", keepReleases });
      const { trouble } = await this.#pipe.expect("pruned", { signal, timeoutMs: PRUNE_TIMEOUT_MS });
      return trouble === null ? undefined : `${name}: ${trouble}`;
    } catch (error) {
      return messageOf(error);
    }
  }

  async #runHook(call: HookCall, signal: AbortSignal): Promise<void> {
    this.#pipe.send({ type: "hook", ...call });
    const timeoutMs = Math.max(call.timeoutMs, call.retryForMs) + HOOK_ANSWER_MS;
    const { type: _, ...run } = await this.#pipe.expect("hooked", { signal, timeoutMs });
    this.#hooks.push(run);
    const { end } = run;
    if (end.kind === "exited" && end.code === 0) return;
    throw hookFailure(this.#pipe.name, run);
  }
}
