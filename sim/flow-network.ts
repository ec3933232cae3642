import type { EventQueue, SimEvent } from "./event-queue.ts";

/** One host's link. */
export interface Link {
  readonly upBytesPerMs: number;
  readonly downBytesPerMs: number;
  readonly up: Set<Flow>;
  readonly down: Set<Flow>;
}

export function newLink(upBytesPerMs: number, downBytesPerMs: number): Link {
  return { upBytesPerMs, downBytesPerMs, up: new Set(), down: new Set() };
}

/** Bytes on their way from one host to another. */
export interface Flow {
  readonly from: Link;
  readonly to: Link;
  readonly onEnd: () => void;
  leftBytes: number;
  bytesPerMs: number;
  sinceMs: number;
  end: SimEvent | undefined;
}

/**
 * Flows that share links as TCP does, as a fluid: at the receiver each has an equal part of the link, at the sender what others cannot use is shared by
 * the rest. What a receiver's part leaves unused is lost until the number of flows there changes, so that the simulation is a little too slow rather than
 * too quick.
 */
export class FlowNetwork {
  readonly #queue: EventQueue;

  constructor(queue: EventQueue) {
    this.#queue = queue;
  }

  start(from: Link, to: Link, bytes: number, onEnd: () => void): Flow {
    const flow: Flow = {
      from,
      to,
      onEnd,
      leftBytes: bytes,
      bytesPerMs: 0,
      sinceMs: this.#queue.nowMs,
      end: undefined,
    };
    from.up.add(flow);
    to.down.add(flow);
    this.#share(from, to);
    return flow;
  }

  /** Takes it back: `onEnd` is not called. */
  stop(flow: Flow): void {
    if (!flow.from.up.delete(flow)) return;
    flow.to.down.delete(flow);
    if (flow.end !== undefined) flow.end.run = undefined;
    this.#share(flow.from, flow.to);
  }

  #share(from: Link, to: Link): void {
    this.#fill(from);
    for (const { from: sender } of to.down) if (sender !== from) this.#fill(sender);
  }

  /** Water-filling: the narrowest receivers first. */
  #fill(sender: Link): void {
    const flows = [...sender.up];
    const partOf = (flow: Flow) => flow.to.downBytesPerMs / flow.to.down.size;
    flows.sort((a, b) => partOf(a) - partOf(b));
    let leftBytesPerMs = sender.upBytesPerMs;
    flows.forEach((flow, index) => {
      const bytesPerMs = Math.min(partOf(flow), leftBytesPerMs / (flows.length - index));
      leftBytesPerMs -= bytesPerMs;
      this.#setRate(flow, bytesPerMs);
    });
  }

  #setRate(flow: Flow, bytesPerMs: number): void {
    if (bytesPerMs === flow.bytesPerMs) return;
    const { nowMs } = this.#queue;
    flow.leftBytes -= (nowMs - flow.sinceMs) * flow.bytesPerMs;
    flow.sinceMs = nowMs;
    flow.bytesPerMs = bytesPerMs;
    if (flow.end !== undefined) flow.end.run = undefined;
    flow.end = this.#queue.after(Math.max(0, flow.leftBytes) / bytesPerMs, () => {
      flow.end = undefined;
      this.stop(flow);
      flow.onEnd();
    });
  }
}
