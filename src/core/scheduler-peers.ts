import type { Bitfield } from "./bitfield.ts";

/** One piece on its way from a peer. */
export interface Download {
  readonly piece: number;
  readonly startMs: number;
  progressMs: number;
}

/** A peer's turn with us as uploader. */
export interface UploadTurn {
  readonly startMs: number;
  progressMs: number;
  /** What it may still ask for; undefined until it names the first piece, whose length it then is. */
  bytesLeft: number | undefined;
  /** Some of what was accepted has not left the socket yet. */
  queued: boolean;
  /** It asked for more than one piece and was refused the rest: it has to be told when the turn is over. */
  refused: boolean;
  /** `leaving`: choked again, its bytes are still in the socket. */
  phase: "open" | "leaving";
  /** So slow that it no longer counts as one of the slots. */
  lagging: boolean;
}

/** What the scheduler knows of a peer. */
export interface PeerState {
  readonly id: number;
  readonly has: Bitfield;
  /** How many pieces it has that we lack. */
  useful: number;
  chokesUs: boolean;
  interestedInUs: boolean;
  weAreInterested: boolean;
  /** What the peer was told last of that is that we are not. */
  toldUninterested: boolean;
  /** Until then its turn is not used: we said that we want nothing, so its choke is on the way. */
  returnedUntilMs: number;
  /** Until then nothing is asked of it: it let a piece stall, or rejects what it offers. */
  snubbedUntilMs: number;
  /** It let a piece stall, and no byte of it has come since. */
  stalled: boolean;
  download: Download | undefined;
  turn: UploadTurn | undefined;
}
