/** Something else whose next event is looked for at each step: what changes its mind often keeps an order of its own. */
export interface EventSource {
  /** Infinite where nothing is to happen. */
  readonly nextMs: number;
  runNext(nowMs: number): void;
}

/** Events that are all asked for with the same delay, so that they need no sorting: a ring. */
export class Lane {
  readonly #queue: EventQueue;
  readonly #delayMs: number;
  #atMs = new Float64Array(64);
  #orders = new Float64Array(64);
  #runs: ((() => void) | undefined)[] = new Array(64).fill(undefined);
  #first = 0;
  #count = 0;

  constructor(queue: EventQueue, delayMs: number) {
    this.#queue = queue;
    this.#delayMs = delayMs;
  }

  get nextMs(): number {
    return this.#count === 0 ? Number.POSITIVE_INFINITY : this.#atMs[this.#first]!;
  }

  get nextOrder(): number {
    return this.#orders[this.#first]!;
  }

  push(run: () => void): void {
    if (this.#count === this.#runs.length) this.#grow();
    const at = (this.#first + this.#count) & (this.#runs.length - 1);
    this.#atMs[at] = this.#queue.nowMs + this.#delayMs;
    this.#orders[at] = this.#queue.nextOrder();
    this.#runs[at] = run;
    this.#count += 1;
  }

  take(): () => void {
    const at = this.#first;
    const run = this.#runs[at]!;
    this.#runs[at] = undefined;
    this.#first = (at + 1) & (this.#runs.length - 1);
    this.#count -= 1;
    return run;
  }

  #grow(): void {
    const size = this.#runs.length;
    const [atMs, orders, runs] = [this.#atMs, this.#orders, this.#runs];
    this.#atMs = new Float64Array(2 * size);
    this.#orders = new Float64Array(2 * size);
    this.#runs = new Array(2 * size).fill(undefined);
    for (let index = 0; index < size; index++) {
      const from = (this.#first + index) & (size - 1);
      this.#atMs[index] = atMs[from]!;
      this.#orders[index] = orders[from]!;
      this.#runs[index] = runs[from];
    }
    this.#first = 0;
  }
}

interface SimEvent {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Events in virtual time; those of one moment in the order in which they were asked for, and before those of the sources. */
export class EventQueue {
  #nowMs = 0;
  #order = 0;
  readonly #heap: SimEvent[] = [];
  readonly #lanes: Lane[] = [];
  readonly #sources: EventSource[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  nextOrder(): number {
    return this.#order++;
  }

  /** For delays that come again and again. */
  lane(delayMs: number): Lane {
    const lane = new Lane(this, delayMs);
    this.#lanes.push(lane);
    return lane;
  }

  addSource(source: EventSource): void {
    this.#sources.push(source);
  }

  after(delayMs: number, run: () => void): void {
    this.#rise({ atMs: this.#nowMs + delayMs, order: this.#order++, run });
  }

  /** Runs until `done`, or until the time is over, or nothing is left to happen. Returns whether it was done. */
  run(untilMs: number, done: () => boolean): boolean {
    while (!done()) if (!this.#step(untilMs)) return false;
    return true;
  }

  #step(untilMs: number): boolean {
    const top = this.#heap[0];
    let atMs = top === undefined ? Number.POSITIVE_INFINITY : top.atMs;
    let order = top === undefined ? Number.POSITIVE_INFINITY : top.order;
    let next: Lane | undefined;
    for (const lane of this.#lanes) {
      const laneMs = lane.nextMs;
      if (laneMs > atMs || laneMs === Number.POSITIVE_INFINITY) continue;
      if (laneMs === atMs && lane.nextOrder > order) continue;
      atMs = laneMs;
      order = lane.nextOrder;
      next = lane;
    }
    let source: EventSource | undefined;
    for (const other of this.#sources) {
      if (other.nextMs >= atMs) continue;
      atMs = other.nextMs;
      source = other;
    }
    if (atMs > untilMs || atMs === Number.POSITIVE_INFINITY) return false;
    this.#nowMs = atMs;
    if (source !== undefined) source.runNext(atMs);
    else if (next !== undefined) next.take()();
    else this.#removeFirst().run();
    return true;
  }

  #rise(event: SimEvent): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #removeFirst(): SimEvent {
    const heap = this.#heap;
    const first = heap[0]!;
    const event = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, event)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = event;
    return first;
  }
}

function isBefore(a: SimEvent, b: SimEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
