import type { Bitfield } from "./bitfield.ts";

/** One piece on its way from a peer. */
export interface Download {
  readonly piece: number;
  readonly startMs: number;
  progressMs: number;
  /** Of what was asked for of it, from 0 to 1, this much has come. */
  share: number;
}

/** A peer that is being sent one piece. */
export interface UploadTurn {
  /** When it was given, then when it was used. */
  startMs: number;
  progressMs: number;
  /** What it was told to ask for, then what it asked for. */
  piece: number | undefined;
  /** What it may still ask for; undefined until it asks, of the piece's length from then on. */
  bytesLeft: number | undefined;
  /** Some of what was accepted has not left the socket yet. */
  queued: boolean;
  /** All that was accepted has been handed to the socket, and the rest of the piece was not asked for yet. */
  handed: boolean;
  /** The peer has said that it has the piece, or wants it no longer. */
  received: boolean;
  /** It asked for more than one piece and was refused the rest: it has to be told when the turn is over. */
  refused: boolean;
  /** `leaving`: nothing more is accepted, its bytes are on the way. */
  phase: "open" | "leaving";
  /** So slow that it no longer counts as one of the slots. */
  lagging: boolean;
}

/** What is known of a peer when it joins. */
export type PeerTraits = Pick<PeerState, "hearsRefusals"> &
  Partial<Pick<PeerState, "isStranger" | "near" | "key">>;

/** What the scheduler knows of a peer. */
export interface PeerState {
  readonly id: number;
  readonly has: Bitfield;
  /** It speaks BEP 6. Without that it would wait for ever for what was refused. */
  readonly hearsRefusals: boolean;
  /** A client of another make: it takes several requests at once, and some look after them only twice a second. */
  readonly isStranger: boolean;
  /** In our own zone, or we have none. */
  readonly near: boolean;
  /** 32 bits, the same for all who know it. */
  readonly key: number;
  /** How many pieces it has that we lack. */
  useful: number;
  /** Of a peer in another zone: how many of these nobody in ours has, and it is for us to fetch them. */
  imports: number;
  /** Of a peer in another zone: it let us ask, and there was nothing to ask for. */
  declined: boolean;
  chokesUs: boolean;
  /** It has choked us after it had not: what it offers is for now, and is taken even where we take enough already. */
  givesTurns: boolean;
  weAreInterested: boolean;
  /** Until then nothing is asked of it: it let a piece stall, or refused. */
  pausedUntilMs: number;
  /** How often in a row it has refused what we asked for. */
  refusals: number;
  /** It let a piece stall, and no byte of it has come since. */
  stalled: boolean;
  /** What it told us (BEP 6) to take, in its turn or as soon as we have room, and what we have not asked for yet. */
  readonly suggested: number[];
  /** Until then it is left to choose for us: it has just done so, and will tell us of the next piece before this one is here. */
  choosesUntilMs: number;
  /** What it told us last was for a turn, which it had not yet given us. */
  toldForTurn: boolean;
  download: Download | undefined;
  /** What a stranger was asked for beyond that, in this order. */
  readonly ahead: number[];
  /** Pieces that it has asked us for and that we have not begun to send, in that order, and how many bytes of each. */
  readonly asked: Map<number, number>;
  /** What the first seeder told it to ask for beyond its turn and that it is not known to have, and since when. */
  readonly told: Map<number, number>;
  turn: UploadTurn | undefined;
  /** Its last turn took much longer than is usual. */
  isSlow: boolean;
  /** It did not say that it has what it was sent. */
  givesNoReceipts: boolean;
  /** It asks for several pieces at once, as our own peers never do: it looks after its requests, and tells what it has, when it sees fit. */
  asksAhead: boolean;
  /** How many pieces we gave it that no other peer has got since. */
  unspread: number;
}

export function newPeer(id: number, has: Bitfield, traits: PeerTraits): PeerState {
  const { hearsRefusals, isStranger = false, near = true, key = 0 } = traits;
  return {
    id,
    has,
    hearsRefusals,
    isStranger,
    near,
    key,
    useful: 0,
    imports: 0,
    declined: false,
    chokesUs: true,
    givesTurns: false,
    weAreInterested: false,
    pausedUntilMs: 0,
    refusals: 0,
    stalled: false,
    suggested: [],
    choosesUntilMs: 0,
    toldForTurn: false,
    download: undefined,
    ahead: [],
    asked: new Map(),
    told: new Map(),
    turn: undefined,
    isSlow: false,
    givesNoReceipts: false,
    asksAhead: false,
    unspread: 0,
  };
}
