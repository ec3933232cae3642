import type { Download } from "./scheduler-peers.ts";

/** In the end game a piece that takes this much longer than usual is asked of a second peer. */
const LATE_FACTOR = 2;
const LATE_MIN_MS = 300;
/** A piece this much slower than usual frees its place, so that a slow peer does not keep us from the quick ones. */
const LAGGING_FACTOR = 4;
const LAGGING_MIN_MS = 500;
/** Where slow peers are all that we know, we cannot tell that they are slow without trying others. */
const LAGGING_MAX_MS = 3_000;
/** A piece this much slower than usual is taken from whoever else has it. */
const TOO_SLOW_FACTOR = 12;
const TOO_SLOW_MIN_MS = 3_000;
/** What is usual before any piece has come: slow for a LAN, and where it is too quick a piece is asked for twice, no more. */
const USUAL_PIECE_UNKNOWN_MS = 2_000;
const USUAL_PIECE_WEIGHT = 0.1;
/** What is usual is soon unlearned from a peer that was slow. */
const QUICK_PIECE_WEIGHT = 0.5;

/** How long a piece usually takes, and which one by that is late, lagging or too slow. */
export class Pace {
  #usualPieceMs: number | undefined;

  arrived({ startMs }: Download, nowMs: number): void {
    const tookMs = nowMs - startMs;
    const before = this.#usualPieceMs ?? tookMs;
    const weight = tookMs < before ? QUICK_PIECE_WEIGHT : USUAL_PIECE_WEIGHT;
    this.#usualPieceMs = before + weight * (tookMs - before);
  }

  isLate(download: Download, nowMs: number): boolean {
    return this.#lasts(download, LATE_FACTOR, LATE_MIN_MS, nowMs);
  }

  isTooSlow(download: Download, nowMs: number): boolean {
    return this.#lasts(download, TOO_SLOW_FACTOR, TOO_SLOW_MIN_MS, nowMs);
  }

  get laggingMs(): number {
    return Math.min(LAGGING_MAX_MS, Math.max(LAGGING_MIN_MS, LAGGING_FACTOR * this.#usualMs));
  }

  get #usualMs(): number {
    return this.#usualPieceMs ?? USUAL_PIECE_UNKNOWN_MS;
  }

  #lasts({ startMs, share }: Download, factor: number, minMs: number, nowMs: number): boolean {
    const limitMs = Math.max(minMs, factor * this.#usualMs);
    const tookMs = nowMs - startMs;
    // It has taken longer, and at this rate the rest will too: from another peer all of it would be here sooner.
    return tookMs > limitMs && (share === 0 || (tookMs * (1 - share)) / share > limitMs);
  }
}
