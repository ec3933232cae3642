import type { EventQueue } from "./event-queue.ts";
import { FlowHeap } from "./flow-heap.ts";

/** Where on its way a flow passes a pipe: out of its host, into the other's, out of its zone, into the other's. */
type Place = 0 | 1 | 2 | 3;
const PLACES = 4;

/** What is kept of each flow: a line of the processor's cache. */
const FIELDS = 8;
const BYTES_PER_MS = 0;
/** What each pipe after the first offers, at its place; infinite where there is none. */
const OFFERS = 0;
/** What the sender could give at the most. */
const SUPPLY = 4;
const LEFT_BYTES = 5;
const SINCE_MS = 6;
const BYTES = 7;

/** One direction of a link. */
export class Pipe {
  readonly place: Place;
  /** Changed by `FlowNetwork.setRate` only. */
  bytesPerMs: number;
  readonly flows: number[] = [];
  /** Of flows that have ended. */
  carriedBytes = 0;
  /** Its flows are to be shared out anew. */
  stale = false;

  constructor(place: Place, bytesPerMs: number) {
    this.place = place;
    this.bytesPerMs = bytesPerMs;
  }
}

/** The thin link between a zone and the rest of the world. */
export interface Border {
  readonly out: Pipe;
  readonly in: Pipe;
}

/** One host's link. */
export interface Link {
  readonly up: Pipe;
  readonly down: Pipe;
  /** What lies between its zone and everybody outside. */
  readonly border: Border | undefined;
}

export function newLink(upBytesPerMs: number, downBytesPerMs: number, border?: Border): Link {
  return { up: new Pipe(0, upBytesPerMs), down: new Pipe(1, downBytesPerMs), border };
}

export function newBorder(bytesPerMs: number): Border {
  return { out: new Pipe(2, bytesPerMs), in: new Pipe(3, bytesPerMs) };
}

function pathOf(from: Link, to: Link): readonly Pipe[] {
  if (from.border === to.border) return [from.up, to.down];
  return [from.up, to.down, from.border?.out, to.border?.in].filter((pipe) => pipe !== undefined);
}

/** Whether what goes from one to the other passes a border. */
export function crossesBorder(from: Link, to: Link): boolean {
  return from.border !== to.border;
}

/**
 * Flows that share links as TCP does, as a fluid. The receiver and each border offer their flows equal parts; what a sender cannot give because
 * others want it, too, the rest of the receiver's flows are offered. The sender shares its link by what is offered: what one flow cannot
 * use goes to the others. What senders gain later is offered when a flow of that receiver begins or ends, not before, so that the simulation is a
 * little too slow rather than too quick, and no pipe ever carries more than its rate.
 */
export class FlowNetwork {
  readonly #queue: EventQueue;
  readonly #heap = new FlowHeap();
  readonly #free: number[] = [];
  #capacity = 0;
  readonly #paths: (readonly Pipe[])[] = [];
  readonly #onEnd: (() => void)[] = [];
  /** `FIELDS` numbers for each flow: together, since with 10,000 hosts it is the processor's cache that counts. */
  #flows = new Float64Array(0);
  readonly #stale: Pipe[] = [];
  readonly #sorted: number[] = [];
  readonly #supplies: number[] = [];

  constructor(queue: EventQueue) {
    this.#queue = queue;
    queue.addSource(this);
  }

  get nextMs(): number {
    return this.#heap.nextMs;
  }

  runNext(): void {
    const flow = this.#heap.takeNext();
    if (flow === undefined) return;
    const onEnd = this.#onEnd[flow]!;
    this.#flows[flow * FIELDS + LEFT_BYTES] = 0;
    this.#flows[flow * FIELDS + BYTES_PER_MS] = 0;
    this.#remove(flow);
    onEnd();
  }

  /** Returns the flow's number; another may have it when this one has ended. */
  start(from: Link, to: Link, bytes: number, onEnd: () => void): number {
    const flow = this.#free.pop() ?? this.#newFlow();
    const path = pathOf(from, to);
    this.#paths[flow] = path;
    this.#onEnd[flow] = onEnd;
    this.#flows[flow * FIELDS + BYTES] = bytes;
    this.#flows[flow * FIELDS + LEFT_BYTES] = bytes;
    this.#flows[flow * FIELDS + BYTES_PER_MS] = 0;
    this.#flows[flow * FIELDS + SINCE_MS] = this.#queue.nowMs;
    this.#flows[flow * FIELDS + SUPPLY] = Number.POSITIVE_INFINITY;
    this.#flows.fill(Number.POSITIVE_INFINITY, flow * FIELDS + 1, flow * FIELDS + PLACES);
    for (const pipe of path) pipe.flows.push(flow);
    this.#share(path);
    return flow;
  }

  /** Takes back one that has not ended: `onEnd` is not called. */
  stop(flow: number): void {
    this.#setFlowRate(flow, 0);
    this.#heap.remove(flow);
    this.#remove(flow);
  }

  setRate(pipe: Pipe, bytesPerMs: number): void {
    pipe.bytesPerMs = bytesPerMs;
    if (pipe.place === 0) {
      this.#fill(pipe);
      for (const flow of pipe.flows) this.#offerAlong(this.#paths[flow]!);
    } else this.#offer(pipe);
    this.#fillStale();
  }

  /** How much of it has come, from 0 to 1. */
  shareOf(flow: number): number {
    const at = flow * FIELDS;
    const since = (this.#queue.nowMs - this.#flows[at + SINCE_MS]!) * this.#flows[at + BYTES_PER_MS]!;
    return 1 - Math.max(0, this.#flows[at + LEFT_BYTES]! - since) / this.#flows[at + BYTES]!;
  }

  flowingBytesPerMs(pipe: Pipe): number {
    return pipe.flows.reduce((total, flow) => total + this.#flows[flow * FIELDS + BYTES_PER_MS]!, 0);
  }

  #remove(flow: number): void {
    const path = this.#paths[flow]!;
    const carried = this.#flows[flow * FIELDS + BYTES]! - this.#flows[flow * FIELDS + LEFT_BYTES]!;
    for (const pipe of path) {
      const { flows } = pipe;
      flows[flows.indexOf(flow)] = flows.at(-1)!;
      flows.pop();
      pipe.carriedBytes += carried;
    }
    this.#free.push(flow);
    this.#share(path);
  }

  #newFlow(): number {
    const flow = this.#paths.length;
    if (flow >= this.#capacity) this.#grow(Math.max(256, 2 * this.#capacity));
    return flow;
  }

  #grow(capacity: number): void {
    const flows = new Float64Array(capacity * FIELDS);
    flows.set(this.#flows);
    this.#flows = flows;
    this.#capacity = capacity;
    this.#heap.grow(capacity);
  }

  #share(path: readonly Pipe[]): void {
    this.#makeStale(path[0]!);
    this.#offerAlong(path);
    this.#fillStale();
  }

  #offerAlong(path: readonly Pipe[]): void {
    // The borders first: they are what is scarce.
    for (let at = path.length - 1; at > 0; at--) this.#offer(path[at]!);
  }

  /** Water-filling by what the senders could give; what is left after that is offered in equal parts beyond it. */
  #offer(pipe: Pipe): void {
    const { flows, place } = pipe;
    const supplies = this.#suppliesOf(flows, place);
    let level = pipe.bytesPerMs / flows.length;
    for (let before = 0; before < level; ) {
      before = level;
      let [left, others] = [pipe.bytesPerMs, flows.length];
      for (const supply of supplies) {
        if (supply >= level) continue;
        left -= supply;
        others -= 1;
      }
      if (others === 0) {
        level = Number.POSITIVE_INFINITY;
        break;
      }
      level = Math.max(level, left / others);
    }
    let used = 0;
    for (const supply of supplies) used += Math.min(supply, level);
    const spare = Math.max(0, pipe.bytesPerMs - used) / flows.length;
    for (let index = 0; index < flows.length; index++) {
      const flow = flows[index]!;
      const offer = Math.min(supplies[index]!, level) + spare;
      const at = flow * FIELDS + OFFERS + place;
      if (this.#flows[at] === offer) continue;
      this.#flows[at] = offer;
      this.#makeStale(this.#paths[flow]![0]!);
    }
  }

  /** What each flow could get of the others on its way. */
  #suppliesOf(flows: readonly number[], place: Place): readonly number[] {
    const supplies = this.#supplies;
    supplies.length = flows.length;
    for (let index = 0; index < flows.length; index++) {
      const flow = flows[index]!;
      let supply = this.#flows[flow * FIELDS + SUPPLY]!;
      for (let other = 1; other < PLACES; other++)
        if (other !== place) supply = Math.min(supply, this.#flows[flow * FIELDS + OFFERS + other]!);
      supplies[index] = supply;
    }
    return supplies;
  }

  #makeStale(up: Pipe): void {
    if (up.stale) return;
    up.stale = true;
    this.#stale.push(up);
  }

  #fillStale(): void {
    for (let up = this.#stale.pop(); up !== undefined; up = this.#stale.pop()) {
      up.stale = false;
      this.#fill(up);
    }
  }

  /** Water-filling: those first to whom the least is offered. */
  #fill(up: Pipe): void {
    const flows = this.#byOffer(up.flows);
    let left = up.bytesPerMs;
    let highest = 0;
    let isFull = false;
    for (let index = 0; index < flows.length; index++) {
      const part = left / (flows.length - index);
      const cap = this.#capOf(flows[index]!);
      isFull = part <= cap;
      highest = isFull ? part : cap;
      left -= highest;
      this.#setFlowRate(flows[index]!, highest);
    }
    for (const flow of flows)
      this.#flows[flow * FIELDS + SUPPLY] = isFull
        ? highest
        : this.#flows[flow * FIELDS + BYTES_PER_MS]! + Math.max(0, left);
  }

  #byOffer(flows: readonly number[]): readonly number[] {
    const sorted = this.#sorted;
    sorted.length = flows.length;
    for (let index = 0; index < flows.length; index++) {
      const flow = flows[index]!;
      const cap = this.#capOf(flow);
      let at = index;
      while (at > 0 && this.#capOf(sorted[at - 1]!) > cap) {
        sorted[at] = sorted[at - 1]!;
        at -= 1;
      }
      sorted[at] = flow;
    }
    return sorted;
  }

  #capOf(flow: number): number {
    const flows = this.#flows;
    const at = flow * FIELDS + OFFERS;
    return Math.min(flows[at + 1]!, flows[at + 2]!, flows[at + 3]!);
  }

  #setFlowRate(flow: number, bytesPerMs: number): void {
    const before = this.#flows[flow * FIELDS + BYTES_PER_MS]!;
    if (bytesPerMs === before) return;
    const { nowMs } = this.#queue;
    const left = Math.max(
      0,
      this.#flows[flow * FIELDS + LEFT_BYTES]! - (nowMs - this.#flows[flow * FIELDS + SINCE_MS]!) * before,
    );
    this.#flows[flow * FIELDS + LEFT_BYTES] = left;
    this.#flows[flow * FIELDS + SINCE_MS] = nowMs;
    this.#flows[flow * FIELDS + BYTES_PER_MS] = bytesPerMs;
    this.#heap.set(flow, bytesPerMs > 0 ? nowMs + left / bytesPerMs : Number.POSITIVE_INFINITY);
  }
}
