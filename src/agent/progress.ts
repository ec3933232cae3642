import { performance } from "node:perf_hooks";
import { bounded, type FromAgent, type MessageOf } from "../contract.ts";
import type { OpenedRelease } from "../release/open-release.ts";
import type { Membership } from "../swarm/join.ts";

const INTERVAL_MS = 1_000;
/** A shorter interval says more of a burst in a buffer than of the link. */
const RATE_INTERVAL_MIN_MS = 200;

type Progress = MessageOf<FromAgent, "progress">;

/** The figures of a target that has not been told what to fetch. */
export const NOTHING_YET: Omit<Progress, "type" | "step" | "trouble"> = {
  piecesDone: 0,
  piecesTotal: 0,
  bytesFromSeeder: 0,
  bytesFromPeers: 0,
  bytesReused: 0,
  bytesUploaded: 0,
};

/** Tells the runner once a second how far this target is, and measures the best rate at which bytes came in. */
export class ProgressTeller implements Disposable {
  readonly #send: (message: Progress) => Promise<void>;
  readonly #piecesTotal: number;
  readonly #timer: NodeJS.Timeout;
  #opened: OpenedRelease | undefined;
  #membership: Membership | undefined;
  #step: Progress["step"] = "resume";
  #piecesDone = 0;
  #lastBytes = 0;
  #lastMs = performance.now();
  #peakRateBytesPerSecond = 0;

  constructor(send: (message: Progress) => Promise<void>, piecesTotal: number) {
    this.#send = send;
    this.#piecesTotal = piecesTotal;
    this.#timer = setInterval(() => this.#tell(), INTERVAL_MS);
  }

  /** Bytes a second, whole. */
  get peakRateBytesPerSecond(): number {
    this.#measure();
    return Math.round(this.#peakRateBytesPerSecond);
  }

  at(step: Progress["step"], piecesDone: number): void {
    this.#step = step;
    this.#piecesDone = piecesDone;
  }

  /** From now on the figures are the store's and the swarm's. */
  watch(opened: OpenedRelease, membership: Membership): void {
    this.#opened = opened;
    this.#membership = membership;
    this.#step = "fetch";
    this.#lastMs = performance.now();
  }

  figures(): Omit<Progress, "type" | "step" | "trouble"> {
    const stats = this.#membership?.engine.stats();
    return {
      piecesDone: this.#step === "fetch" ? (this.#opened?.store.have.count ?? 0) : this.#piecesDone,
      piecesTotal: this.#piecesTotal,
      bytesFromSeeder: stats?.bytesFromSeeder ?? 0,
      bytesFromPeers: stats?.bytesFromPeers ?? 0,
      bytesReused: this.#opened?.store.bytesReused ?? 0,
      bytesUploaded: stats?.bytesUploaded ?? 0,
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #tell(): void {
    this.#measure();
    const trouble = bounded(this.#membership?.trouble() ?? "") || null;
    void this.#send({ type: "progress", step: this.#step, ...this.figures(), trouble });
  }

  #measure(): void {
    const { bytesFromSeeder, bytesFromPeers } = this.figures();
    const bytes = bytesFromSeeder + bytesFromPeers;
    const nowMs = performance.now();
    const tookMs = nowMs - this.#lastMs;
    if (tookMs < RATE_INTERVAL_MIN_MS && this.#peakRateBytesPerSecond > 0) return;
    const rate = ((bytes - this.#lastBytes) * 1_000) / Math.max(1, tookMs);
    this.#peakRateBytesPerSecond = Math.max(this.#peakRateBytesPerSecond, rate);
    this.#lastBytes = bytes;
    this.#lastMs = nowMs;
  }
}
