import type { Bitfield } from "../../src/core/bitfield.ts";
import { Scheduler, type SchedulerAction } from "../../src/core/scheduler.ts";
import type { Lab } from "./scheduler-lab.ts";

export const PIECE_BYTES = 64 * 1024;
const BLOCK_BYTES = 16 * 1024;

export interface PeerPlan {
  /**
   * `stalls`: grants turns and sends nothing. `drips`: sends what is asked, at its rate. `rejects`: grants turns and rejects every
   * request. `lies`: sends bad pieces. These four say that they have everything.
   */
  readonly kind: "honest" | "stalls" | "drips" | "rejects" | "lies";
  readonly uplinkBytesPerMs: number;
  readonly joinsMs: number;
  readonly leavesMs: number | undefined;
  /** Absent: the same as the others' that have none. */
  readonly zone?: number;
}

interface Block {
  readonly to: number;
  readonly piece: number;
  readonly index: number;
}

interface Link {
  chokesUs: boolean;
  /** By piece. */
  readonly downloads: Map<number, { readonly startMs: number; readonly blocks: Set<number> }>;
  /** Accepted requests that are not in the uplink yet. */
  waiting: Block[];
  /** Blocks in the uplink. */
  leaving: number;
  /** The piece that is being sent. */
  serving: number | undefined;
  /** When that began. */
  turnSinceMs: number;
  choked: boolean;
  /** When it was let ask; undefined where it has asked since. */
  letAskMs: number | undefined;
}

const BLOCKS = PIECE_BYTES / BLOCK_BYTES;
const STORE_MS = 3;
/** The scheduler's own figures, as promises: a turn this young counts as a slot, a download this young is not late. */
const COUNTS_AS_SLOT_MS = 500;
const LATE_MIN_MS = 300;

/** What an engine is around its scheduler, in virtual time. Checks at every action that the scheduler keeps its promises. */
export class LabPeer {
  readonly links = new Map<number, Link>();
  readonly plan: PeerPlan;
  readonly id: number;
  readonly scheduler: Scheduler;
  here = false;
  readonly #lab: Lab;
  readonly #arrived = new Set<number>();
  readonly #banned = new Set<number>();
  readonly #key: number;
  /** Pieces that came from another zone. */
  imports = 0;
  #uplinkBusy = false;
  #lastServed = -1;
  /** The shortest that somebody took to ask after it was let. */
  #answerMs = Number.POSITIVE_INFINITY;

  constructor(lab: Lab, id: number, plan: PeerPlan, have: Bitfield) {
    this.#lab = lab;
    this.id = id;
    this.plan = plan;
    this.#key = Math.floor(lab.random() * 2 ** 32);
    const { pieces, firstPieces, slots } = lab.plan;
    this.scheduler = new Scheduler({
      pieceCount: pieces,
      pieceBytes: () => PIECE_BYTES,
      have,
      firstPieces,
      earlyPiecesMax: 4,
      unstoredMax: 6,
      firstSeeder: id === 0,
      slots,
      waitingMax: 6,
      downloadsMax: slots + 1,
      random: lab.random,
      zoneKey: plan.zone === undefined ? undefined : this.#key,
    });
  }

  get honest(): boolean {
    return this.plan.kind === "honest";
  }

  link(other: LabPeer): void {
    if (this.#banned.has(other.id) || other.#banned.has(this.id)) return;
    this.links.set(other.id, {
      chokesUs: true,
      downloads: new Map(),
      waiting: [],
      leaving: 0,
      serving: undefined,
      turnSinceMs: 0,
      choked: true,
      letAskMs: undefined,
    });
    this.scheduler.peerJoined(other.id, { hearsRefusals: true, near: this.#isNear(other), key: other.#key });
    const pieces: number[] = [];
    for (let piece = 0; piece < this.#lab.plan.pieces; piece++) {
      if (!this.honest || this.scheduler.have.has(piece)) pieces.push(piece);
    }
    for (const piece of pieces) this.#tell(other.id, (to) => to.scheduler.peerHas(this.id, piece, to.#nowMs));
    this.#act();
  }

  unlink(other: LabPeer): void {
    if (!this.links.delete(other.id)) return;
    this.scheduler.peerLeft(other.id, this.#nowMs);
    this.#act();
  }

  tick(): void {
    this.scheduler.tick(this.#nowMs);
    this.#act();
  }

  #isNear(other: LabPeer): boolean {
    return this.plan.zone === undefined || this.plan.zone === other.plan.zone;
  }

  get #nowMs(): number {
    return this.#lab.nowMs;
  }

  /** A message: lost where the connection ends before it comes. */
  #tell(to: number, deliver: (peer: LabPeer) => void): void {
    const other = this.#lab.peers[to]!;
    const link = this.links.get(to);
    this.#lab.after(this.#lab.plan.latencyMs, () => {
      if (!this.#lab.connected(this, other) || this.links.get(to) !== link) return;
      deliver(other);
      other.#act();
    });
  }

  #act(): void {
    for (let all = this.scheduler.takeActions(); all.length > 0; all = this.scheduler.takeActions()) {
      for (const action of all) this.#perform(action);
    }
  }

  #perform(action: SchedulerAction): void {
    const link = this.links.get(action.peer);
    if (link === undefined) return;
    switch (action.kind) {
      case "interested":
        this.#tell(action.peer, (to) => to.scheduler.peerInterested(this.id, action.interested, to.#nowMs));
        break;
      case "suggest":
        this.#tell(action.peer, (to) => to.scheduler.suggested(this.id, action.piece, to.#nowMs));
        break;
      case "serve":
        this.#serve(link, action.piece);
        break;
      case "unchoke":
        this.#unchoke(action.peer, link);
        break;
      case "choke":
        this.#choke(action.peer, link);
        break;
      case "request":
        this.#request(action.peer, link, action.piece);
        break;
      case "rest":
        link.serving = undefined;
        break;
      case "drop":
        link.downloads.delete(action.piece);
        break;
      case "cancel":
        this.#cancel(action.peer, link, action.piece);
        break;
    }
  }

  #unchoke(peer: number, link: Link): void {
    if (!link.choked) throw new Error(`${this.id} unchokes ${peer} twice`);
    link.choked = false;
    link.letAskMs = this.#nowMs;
    this.#tell(peer, (to) => {
      to.links.get(this.id)!.chokesUs = false;
      to.scheduler.unchoked(this.id, to.#nowMs);
    });
  }

  #serve(link: Link, piece: number): void {
    link.serving = piece;
    link.turnSinceMs = this.#nowMs;
    const young = [...this.links.values()].filter(
      (other) => this.#isSending(other) && this.#nowMs - other.turnSinceMs < COUNTS_AS_SLOT_MS,
    );
    if (this.honest && young.length > this.#slotsMax)
      throw new Error(`${this.id} serves ${young.length} peers at once`);
    // The blocks that came along with the first are accepted in the same moment.
    this.#lab.after(0, () => this.#pump());
  }

  #noteAnswer(link: Link): void {
    if (link.letAskMs === undefined) return;
    this.#answerMs = Math.min(this.#answerMs, this.#nowMs - link.letAskMs);
    link.letAskMs = undefined;
  }

  /** The first seeder keeps as much on its way as arrives in three round trips, which it knows by who has answered soonest. */
  get #slotsMax(): number {
    const { slots, latencyMs } = this.#lab.plan;
    if (this.id !== 0) return slots;
    const roundTripMs = Math.max(2 * latencyMs + STORE_MS, this.#answerMs);
    const roundTripBytes = this.plan.uplinkBytesPerMs * roundTripMs;
    return Math.max(slots, Math.ceil((3 * roundTripBytes) / PIECE_BYTES) + 1);
  }

  #isSending({ serving, leaving, waiting }: Link): boolean {
    return serving !== undefined && (leaving > 0 || waiting.some(({ piece }) => piece === serving));
  }

  #choke(peer: number, link: Link): void {
    if (link.choked) throw new Error(`${this.id} chokes ${peer} twice`);
    link.choked = true;
    link.serving = undefined;
    this.#tell(peer, (to) => {
      to.links.get(this.id)!.chokesUs = true;
      to.scheduler.choked(this.id, false, to.#nowMs);
    });
    for (const block of link.waiting.splice(0)) this.#reject(block);
    if (link.leaving === 0) this.scheduler.uploaded(peer, true, this.#nowMs);
  }

  #reject({ to, piece }: Block): void {
    this.#tell(to, (other) => {
      if (other.links.get(this.id)!.downloads.has(piece))
        other.scheduler.rejected(this.id, piece, other.#nowMs);
    });
  }

  #request(peer: number, link: Link, piece: number): void {
    if (link.chokesUs) throw new Error(`${this.id} asks ${peer}, which chokes it`);
    if (this.scheduler.have.has(piece) || this.#arrived.has(piece))
      throw new Error(`${this.id} asks for piece ${piece}, which it has`);
    for (const { downloads } of this.links.values()) {
      const download = downloads.get(piece);
      if (download !== undefined && this.#nowMs - download.startMs < LATE_MIN_MS)
        throw new Error(`${this.id} asks two peers for piece ${piece}`);
    }
    link.downloads.set(piece, { startMs: this.#nowMs, blocks: new Set() });
    for (let index = 0; index < BLOCKS; index++)
      this.#tell(peer, (to) => to.#requested({ to: this.id, piece, index }));
  }

  #requested(block: Block): void {
    if (this.plan.kind === "stalls") return;
    this.#noteAnswer(this.links.get(block.to)!);
    const accepted = this.scheduler.peerRequested(block.to, block.piece, BLOCK_BYTES, this.#nowMs);
    // The scheduler of a peer that lies lacks what it says that it has.
    if (this.plan.kind === "rejects" || (this.honest && !accepted)) {
      this.#reject(block);
      return;
    }
    this.links.get(block.to)!.waiting.push(block);
    this.#act();
    this.#pump();
  }

  #cancel(peer: number, link: Link, piece: number): void {
    const download = link.downloads.get(piece);
    link.downloads.delete(piece);
    if (download === undefined) return;
    for (let index = 0; index < BLOCKS; index++) {
      if (download.blocks.has(index)) continue;
      this.#tell(peer, (to) => to.#cancelled({ to: this.id, piece, index }));
    }
  }

  #cancelled(block: Block): void {
    const link = this.links.get(block.to)!;
    const taken = link.waiting.findIndex(
      ({ piece, index }) => piece === block.piece && index === block.index,
    );
    if (taken >= 0) this.#reject(...(link.waiting.splice(taken, 1) as [Block]));
    if (link.waiting.some(({ piece }) => piece === block.piece)) return;
    this.scheduler.peerCancelled(block.to, block.piece, this.#nowMs);
    if (link.leaving === 0) this.scheduler.uploaded(block.to, true, this.#nowMs);
  }

  /** One block at a time, the connections in turn. */
  #pump(): void {
    if (this.#uplinkBusy) return;
    const ids = [...this.links.keys()].filter((id) => this.#nextBlock(this.links.get(id)!) >= 0);
    const next = ids.find((id) => id > this.#lastServed) ?? ids[0];
    if (next === undefined) return;
    this.#lastServed = next;
    const link = this.links.get(next)!;
    const [block] = link.waiting.splice(this.#nextBlock(link), 1) as [Block];
    link.leaving += 1;
    this.#uplinkBusy = true;
    if (this.#nextBlock(link) < 0) this.scheduler.served(next, this.#nowMs);
    this.#act();
    this.#lab.after(BLOCK_BYTES / this.plan.uplinkBytesPerMs, () => this.#left(block, link));
  }

  /** Who is no honest peer sends what it was asked without its scheduler. */
  #nextBlock({ waiting, serving }: Link): number {
    return this.honest ? waiting.findIndex(({ piece }) => piece === serving) : waiting.length - 1;
  }

  #left(block: Block, link: Link): void {
    this.#uplinkBusy = false;
    link.leaving -= 1;
    if (this.links.get(block.to) === link) {
      const drained = link.leaving === 0 && this.#nextBlock(link) < 0;
      this.#tell(block.to, (to) => to.#received(this, block));
      this.scheduler.uploaded(block.to, drained, this.#nowMs);
      this.#act();
    }
    this.#pump();
  }

  #received(from: LabPeer, { piece, index }: Block): void {
    const link = this.links.get(from.id)!;
    this.scheduler.received(from.id, this.#nowMs);
    const download = link.downloads.get(piece);
    if (download === undefined || download.blocks.has(index)) return;
    download.blocks.add(index);
    if (download.blocks.size < BLOCKS) return;
    link.downloads.delete(piece);
    this.#lab.after(0, () => this.#arrives(from, piece));
  }

  #arrives(from: LabPeer, piece: number): void {
    const fresh = !this.scheduler.have.has(piece) && !this.#arrived.has(piece);
    this.scheduler.pieceArrived(from.id, piece, this.#nowMs);
    if (from.plan.kind === "lies") {
      if (fresh) this.scheduler.pieceLost(piece, this.#nowMs);
      this.#banned.add(from.id);
      this.#lab.disconnect(this, from);
    } else if (fresh) {
      this.#arrived.add(piece);
      if (!this.#isNear(from)) this.imports += 1;
      this.#lab.after(STORE_MS, () => this.#stored(piece));
    }
    this.#act();
  }

  #stored(piece: number): void {
    this.#arrived.delete(piece);
    this.scheduler.pieceStored(piece, this.#nowMs);
    for (const id of this.links.keys())
      this.#tell(id, (to) => to.scheduler.peerHas(this.id, piece, to.#nowMs));
    this.#act();
  }
}
