import type { FromAgent, MessageOf } from "../contract.ts";
import { NO_TRANSFER, type TargetPhase, type TransferFigures } from "../core/outcome.ts";
import type { ProgressStep, TargetProgress } from "../report/progress-line.ts";
import { StallWatch } from "./stall-watch.ts";

export interface SessionProgress extends TargetProgress {
  readonly bytesFromSeeder: number;
  readonly bytesFromPeers: number;
}

const STEP_OF: Readonly<Record<TargetPhase, ProgressStep>> = {
  connect: "connect",
  preflight: "preflight",
  transfer: "fetch",
  verify: "verify",
  commit: "commit",
  activate: "activate",
  health: "health",
};

/** The agent tells of its steps until it has verified; then it is the runner who knows. */
const TOLD_BY_RUNNER: ReadonlySet<ProgressStep> = new Set(["commit", "activate", "health", "done"]);

/** An agent gives its disk two minutes to write out what it got, and sets modes before. */
const FLUSH_MAX_MS = 3 * 60_000;

type Told = Omit<MessageOf<FromAgent, "progress">, "type" | "trouble">;

/** How far a target is, by what its agent tells, and whether it gets any further. */
export class TargetWatch {
  readonly #name: string;
  readonly #clock: () => number;
  readonly #stallWatch: StallWatch;
  #phase: TargetPhase = "connect";
  #phaseBeganMs = 0;
  #mostPieces = 0;
  #step: ProgressStep = "connect";
  #figures: TransferFigures = NO_TRANSFER;
  #trouble: string | null = null;
  #heardMs: number;

  /** `clock`: milliseconds. */
  constructor(name: string, clock: () => number) {
    this.#name = name;
    this.#stallWatch = new StallWatch(clock);
    this.#clock = clock;
    this.#heardMs = clock();
  }

  /** Since its agent told anything last; it does so once a second. */
  get silentMs(): number {
    return this.#clock() - this.#heardMs;
  }

  get figures(): TransferFigures {
    return this.#figures;
  }

  progress(isAlive: boolean): SessionProgress {
    const { piecesDone, piecesTotal, bytesFromSeeder, bytesFromPeers } = this.#figures;
    const step = isAlive ? this.#step : "failed";
    const waitsFor = step === "lock" ? this.#trouble : null;
    const target = this.#name;
    return { target, step, waitsFor, piecesDone, piecesTotal, bytesFromSeeder, bytesFromPeers };
  }

  begins(phase: TargetPhase): void {
    this.#phase = phase;
    this.#phaseBeganMs = this.#clock();
    this.#mostPieces = 0;
    this.#step = STEP_OF[phase];
  }

  isAt(step: ProgressStep): void {
    this.#step = step;
  }

  hasNoTrouble(): void {
    this.#trouble = null;
  }

  knows(figures: Partial<TransferFigures>): void {
    this.#figures = { ...this.#figures, ...figures };
  }

  hasFinished({ bytesUploaded, memoryBytes }: MessageOf<FromAgent, "finished">): void {
    this.knows({
      memoryBytes: Math.max(memoryBytes, this.#figures.memoryBytes),
      bytesUploaded: Math.max(bytesUploaded, this.#figures.bytesUploaded),
    });
  }

  take({ type: _, step, trouble, ...figures }: MessageOf<FromAgent, "progress">): void {
    this.#heardMs = this.#clock();
    if (this.#hasMoved({ step, ...figures })) this.#stallWatch.moved();
    this.#trouble = trouble;
    this.knows(figures);
    if (step === "flush") this.#step = "verify";
    else if (step !== "seed" && !TOLD_BY_RUNNER.has(this.#step)) this.#step = step;
  }

  /** Aborts `work` with `TRANSFER_STALLED` when nothing has moved for `stallTimeoutMs`. */
  over<T>(
    work: (signal: AbortSignal) => Promise<T>,
    { stallTimeoutMs, signal }: { readonly stallTimeoutMs: number; readonly signal: AbortSignal },
  ): Promise<T> {
    const describe = () => {
      const { piecesDone, piecesTotal } = this.#figures;
      const why = this.#trouble === null ? "" : ` (${this.#trouble})`;
      return `${this.#name}: no progress for ${stallTimeoutMs / 1000} s, ${piecesDone} of ${piecesTotal} pieces are there${why}`;
    };
    return this.#stallWatch.over(work, { limitMs: stallTimeoutMs, signal, describe });
  }

  #hasMoved({ step, piecesDone, bytesFromSeeder, bytesFromPeers }: Told): boolean {
    if (this.#phase !== "verify") {
      // It may hash twice what it holds, or lose what it took for right; `transfer-timeout` ends what goes to and fro.
      const before = this.#figures;
      const bytes = bytesFromSeeder + bytesFromPeers;
      return piecesDone !== before.piecesDone || bytes !== before.bytesFromSeeder + before.bytesFromPeers;
    }
    // It re-reads once, from the first piece to the last, and nothing but the stall ends what does not get further.
    if (step === "flush") return this.#clock() - this.#phaseBeganMs < FLUSH_MAX_MS;
    if (step !== "verify" || piecesDone <= this.#mostPieces) return false;
    this.#mostPieces = piecesDone;
    return true;
  }
}
