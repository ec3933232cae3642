/** Flows by the time at which they end. A time that moves back is minded when it comes up, so that it costs nothing until then. */
export class FlowHeap {
  readonly #heap: number[] = [];
  /** Where each flow stands in the heap; -1: nowhere. */
  #place = new Int32Array(0);
  /** Never later than the end. */
  #keyMs = new Float64Array(0);
  #endMs = new Float64Array(0);

  grow(flows: number): void {
    const [place, keyMs, endMs] = [this.#place, this.#keyMs, this.#endMs];
    this.#place = new Int32Array(flows).fill(-1);
    this.#keyMs = new Float64Array(flows);
    this.#endMs = new Float64Array(flows);
    this.#place.set(place);
    this.#keyMs.set(keyMs);
    this.#endMs.set(endMs);
  }

  /** No flow ends before that. */
  get nextMs(): number {
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#keyMs[this.#heap[0]!]!;
  }

  /** The flow that ends now; undefined where it is later after all. */
  takeNext(): number | undefined {
    const flow = this.#heap[0]!;
    const endMs = this.#endMs[flow]!;
    if (endMs <= this.#keyMs[flow]!) {
      this.remove(flow);
      return flow;
    }
    if (endMs === Number.POSITIVE_INFINITY) this.remove(flow);
    else {
      this.#keyMs[flow] = endMs;
      this.#sink(flow, 0);
    }
    return undefined;
  }

  set(flow: number, endMs: number): void {
    this.#endMs[flow] = endMs;
    const place = this.#place[flow]!;
    if (place >= 0) {
      if (endMs >= this.#keyMs[flow]!) return;
      this.#keyMs[flow] = endMs;
      this.#rise(flow, place);
    } else if (endMs !== Number.POSITIVE_INFINITY) {
      this.#keyMs[flow] = endMs;
      this.#rise(flow, this.#heap.length);
    }
  }

  remove(flow: number): void {
    const place = this.#place[flow]!;
    if (place < 0) return;
    this.#place[flow] = -1;
    const last = this.#heap.pop()!;
    if (last === flow) return;
    if (place > 0 && this.#keyMs[last]! < this.#keyMs[this.#heap[(place - 1) >> 1]!]!)
      this.#rise(last, place);
    else this.#sink(last, place);
  }

  #rise(flow: number, place: number): void {
    const [heap, keyMs] = [this.#heap, this.#keyMs];
    let at = place;
    while (at > 0) {
      const parent = heap[(at - 1) >> 1]!;
      if (keyMs[parent]! <= keyMs[flow]!) break;
      this.#put(parent, at);
      at = (at - 1) >> 1;
    }
    this.#put(flow, at);
  }

  #sink(flow: number, place: number): void {
    const [heap, keyMs] = [this.#heap, this.#keyMs];
    let at = place;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && keyMs[heap[child + 1]!]! < keyMs[heap[child]!]!) child += 1;
      if (keyMs[heap[child]!]! >= keyMs[flow]!) break;
      this.#put(heap[child]!, at);
      at = child;
    }
    this.#put(flow, at);
  }

  #put(flow: number, at: number): void {
    this.#heap[at] = flow;
    this.#place[flow] = at;
  }
}
