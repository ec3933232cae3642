export interface SimEvent {
  readonly atMs: number;
  readonly order: number;
  /** Undefined: it was taken back. */
  run: (() => void) | undefined;
}

/** Events in virtual time; those of one moment in the order in which they were asked for. A binary heap. */
export class EventQueue {
  #nowMs = 0;
  #order = 0;
  readonly #heap: SimEvent[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): SimEvent {
    const event: SimEvent = { atMs: this.#nowMs + delayMs, order: this.#order++, run };
    this.#rise(event);
    return event;
  }

  /** Runs until `done`, or until the time is over, or nothing is left to happen. Returns whether it was done. */
  run(untilMs: number, done: () => boolean): boolean {
    while (!done()) {
      const event = this.#heap[0];
      if (event === undefined || event.atMs > untilMs) return false;
      this.#removeFirst();
      this.#nowMs = event.atMs;
      event.run?.();
    }
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

  #removeFirst(): void {
    const heap = this.#heap;
    const event = heap.pop()!;
    if (heap.length === 0) return;
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
  }
}

function isBefore(a: SimEvent, b: SimEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
