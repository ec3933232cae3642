import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { PieceStore } from "../../src/core/piece-store.ts";
import type { EngineOptions, PeerAddress, StartEngine, SwarmEngine } from "../../src/swarm/engine.ts";
import { MemoryStore, randomTorrent, type TestTorrent } from "../support/memory-store.ts";

export interface TestPeer {
  readonly engine: SwarmEngine;
  readonly store: MemoryStore;
  readonly address: PeerAddress;
}

export interface SwarmPlan {
  readonly startEngine: StartEngine;
  readonly encrypted: boolean;
  readonly lengthBytes?: number;
  readonly pieceLengthBytes?: number;
}

/** Peers on loopback that share one torrent of random bytes. Disposing it stops all that still run. */
export class TestSwarm implements AsyncDisposable {
  readonly data: TestTorrent;
  readonly key: Buffer | null;
  readonly log: string[] = [];
  readonly peers: TestPeer[] = [];
  readonly #startEngine: StartEngine;
  readonly #stack = new AsyncDisposableStack();

  constructor({ startEngine, encrypted, lengthBytes = 1_000_000, pieceLengthBytes = 65_536 }: SwarmPlan) {
    this.data = randomTorrent(lengthBytes, pieceLengthBytes);
    this.key = encrypted ? randomBytes(32) : null;
    this.#startEngine = startEngine;
  }

  get infoHash(): string {
    return this.data.digests.infoHash;
  }

  /** A peer that knows those that run already; the first of them is its seeder. */
  async join(
    store: MemoryStore = this.emptyStore(),
    options: Partial<EngineOptions> = {},
  ): Promise<TestPeer> {
    const [seeder, ...others] = this.peers.map(({ address }) => address);
    const engine = await this.#start(store, { seeders: seeder === undefined ? [] : [seeder], ...options });
    for (const other of others) engine.addPeer(other);
    const peer = { engine, store, address: { host: "127.0.0.1", port: engine.port } };
    this.peers.push(peer);
    return peer;
  }

  seed(options: Partial<EngineOptions> = {}): Promise<TestPeer> {
    return this.join(this.fullStore(), options);
  }

  emptyStore(): MemoryStore {
    return new MemoryStore(this.data.torrent);
  }

  fullStore(): MemoryStore {
    return new MemoryStore(this.data.torrent, this.data.content);
  }

  async leave(peer: TestPeer): Promise<void> {
    this.peers.splice(this.peers.indexOf(peer), 1);
    await peer.engine[Symbol.asyncDispose]();
  }

  async finish(peers: readonly TestPeer[], withinMs = 40_000): Promise<void> {
    const late = AbortSignal.timeout(withinMs);
    await within(late, Promise.all(peers.map(({ engine }) => engine.complete)), () => this.#describe(peers));
    for (const { store } of peers) expect(store.content.equals(this.data.content)).toBe(true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async #start(store: PieceStore, options: Partial<EngineOptions>): Promise<SwarmEngine> {
    const engine = await this.#startEngine({
      torrent: this.data.torrent,
      digests: this.data.digests,
      store,
      key: this.key,
      ports: { from: 0, to: 0 },
      uploadLimitBytesPerSecond: 0,
      firstSeeder: store.have.complete,
      zone: null,
      seeders: [],
      log: (line) => this.log.push(line),
      ...options,
    });
    return this.#stack.use(engine);
  }

  #describe(peers: readonly TestPeer[]): string {
    const lines = peers.map(
      ({ engine, store }) => `${store.have.count}/${store.have.size} ${JSON.stringify(engine.stats())}`,
    );
    return [...lines, ...this.log].join("\n");
  }
}

/** Rejects, and says what was the case, when the time is over. */
export async function within<T>(signal: AbortSignal, work: Promise<T>, describe: () => string): Promise<T> {
  return await Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error(`it takes too long:\n${describe()}`)), {
        once: true,
      });
    }),
  ]);
}

/** Waits until the condition holds. */
export async function until(holds: () => boolean, withinMs = 30_000): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`still not so: ${holds}`);
    await sleep(10);
  }
}
