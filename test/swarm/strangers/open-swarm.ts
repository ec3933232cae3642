import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { MANIFEST_MEMBER_NAME } from "../../../src/core/manifest.ts";
import type { PieceStore } from "../../../src/core/piece-store.ts";
import { metainfoFile } from "../../../src/core/torrent.ts";
import { sealAndVerify } from "../../../src/release/commit.ts";
import { openRelease, type StagedRelease } from "../../../src/release/open-release.ts";
import type { PackedRelease } from "../../../src/release/pack.ts";
import { openSourceStore } from "../../../src/release/source-store.ts";
import type { PeerAddress, SwarmEngine } from "../../../src/swarm/engine.ts";
import { joinSwarm } from "../../../src/swarm/join.ts";
import { Tracker } from "../../../src/swarm/tracker-server.ts";
import { startTurnsEngine } from "../../../src/swarm/turns-engine.ts";
import { allPieces, never, newDeployDir, wantedOf } from "../../release/deploy-fixture.ts";
import { treeDigest, treeListing } from "../../support/tree-digest.ts";
import type { Stranger, StrangerKind } from "./stranger.ts";

/** A seeder of ours reads the tree itself. */
export interface OurSeeder {
  readonly engine: SwarmEngine;
  readonly address: PeerAddress;
}

/** A target of ours writes a tree. */
export interface OurTarget extends OurSeeder {
  readonly opened: StagedRelease;
}

export interface OneOfThem {
  readonly kind: StrangerKind;
  readonly client: Stranger;
  /** Where it keeps the tar. */
  readonly folder: string;
  readonly seeds: boolean;
  readonly address: PeerAddress;
}

/** The torrent of a packed tree, and a tracker that admits whoever has the `.torrent` file. Disposing it stops all who take part. */
export class OpenSwarm implements AsyncDisposable {
  readonly packed: PackedRelease;
  readonly #tree: string;
  readonly #folder: string;
  readonly #stack = new AsyncDisposableStack();
  readonly #engines: SwarmEngine[] = [];
  readonly #strangers: OneOfThem[] = [];
  #trackerUrl = "";
  #count = 0;

  private constructor(tree: string, packed: PackedRelease) {
    this.#tree = tree;
    this.packed = packed;
    this.#folder = mkdtempSync(join(tmpdir(), "murmuration-strangers-"));
    this.#stack.defer(() => {
      spawnSync("chmod", ["-R", "u+rwX", this.#folder]);
      spawnSync("rm", ["-rf", this.#folder]);
    });
  }

  static async start(tree: string, packed: PackedRelease): Promise<OpenSwarm> {
    const swarm = new OpenSwarm(tree, packed);
    const tracker = swarm.#stack.use(new Tracker(packed.digests.infoHash, () => {}));
    const port = await tracker.listen({ from: 0, to: 0 });
    const addresses = Array.from({ length: 20 }, (_, index) => `127.0.0.${index + 1}`);
    tracker.admit("open", { addresses, announceAs: null });
    swarm.#trackerUrl = `http://127.0.0.1:${port}/announce?token=open`;
    writeFileSync(swarm.#torrentFile, metainfoFile(packed.torrent, swarm.#trackerUrl));
    return swarm;
  }

  get #torrentFile(): string {
    return join(this.#folder, "release.torrent");
  }

  async seed(uploadLimitBytesPerSecond = 0): Promise<OurSeeder> {
    const store = this.#stack.use(openSourceStore(this.packed));
    return await this.#join(store, { uploadLimitBytesPerSecond, seeders: [] });
  }

  /** `seeders`: bytes from them are not counted as from peers. */
  async target(seeders: readonly PeerAddress[] = []): Promise<OurTarget> {
    const deployDir = await newDeployDir(this.#place("target"));
    const opened = await openRelease(deployDir, wantedOf(this.packed, "r1"), { signal: never });
    this.#stack.use(opened);
    if (opened.kind !== "staged") throw new Error("an empty folder holds a release");
    const ours = await this.#join(opened.store, { uploadLimitBytesPerSecond: 0, seeders });
    return { ...ours, opened };
  }

  /** Each has an address of its own: some take one connection from each address only. */
  async stranger(kind: StrangerKind): Promise<OneOfThem> {
    const folder = this.#place(kind.name);
    mkdirSync(folder);
    return await this.#started(kind, folder, false);
  }

  /** It has the tar as a file, made without the swarm. */
  async strangerWithTar(kind: StrangerKind): Promise<OneOfThem> {
    const folder = this.#place(kind.name);
    mkdirSync(folder);
    writeFileSync(join(folder, this.packed.torrent.name), Buffer.concat(await allPieces(this.packed)));
    return await this.#started(kind, folder, true);
  }

  /** The tree on a target's disk, with its modes and links, is the one that was packed. */
  async expectSameTree({ opened }: OurTarget): Promise<void> {
    await sealAndVerify(opened, wantedOf(this.packed, "r1"), { signal: never });
    this.#expectEqual(opened.store.tree, []);
  }

  /** What `tar` makes of the file that a stranger holds is the tree that was packed. */
  expectSameTar({ folder }: OneOfThem): void {
    const out = join(folder, "out");
    mkdirSync(out);
    const tar = spawnSync("tar", ["xpf", join(folder, this.packed.torrent.name)], {
      cwd: out,
      encoding: "utf8",
    });
    expect(tar.stderr).toBe("");
    this.#expectEqual(out, [MANIFEST_MEMBER_NAME]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #place(name: string): string {
    this.#count += 1;
    return join(this.#folder, `${name}-${this.#count}`);
  }

  async #started(kind: StrangerKind, folder: string, seeds: boolean): Promise<OneOfThem> {
    const address = { host: `127.0.0.${1 + this.#count}`, port: await freePort() };
    const client = this.#stack.use(kind.start({ torrentFile: this.#torrentFile, folder, ...address }));
    const one = { kind, client, folder, seeds, address };
    this.#strangers.push(one);
    for (const engine of this.#engines) this.#introduce(engine, one);
    return one;
  }

  /** Whoever joins dials who is there. Who does not, and who holds everything, is dialled by ours when they ask the tracker again. */
  #introduce(engine: SwarmEngine, { kind, seeds, address }: OneOfThem): void {
    if (seeds || !kind.dialsLoopback) engine.addPeer(address);
  }

  async #join(
    store: PieceStore,
    options: { readonly uploadLimitBytesPerSecond: number; readonly seeders: readonly PeerAddress[] },
  ): Promise<OurSeeder> {
    const { engine } = this.#stack.use(
      await joinSwarm({
        startEngine: startTurnsEngine,
        torrent: this.packed.torrent,
        digests: this.packed.digests,
        store,
        key: null,
        zone: null,
        ports: { from: 0, to: 0 },
        firstSeeder: store.have.complete,
        trackerUrl: this.#trackerUrl,
        log: () => {},
        ...options,
      }),
    );
    this.#engines.push(engine);
    for (const one of this.#strangers) this.#introduce(engine, one);
    return { engine, address: { host: "127.0.0.1", port: engine.port } };
  }

  #expectEqual(tree: string, without: readonly string[]): void {
    expect(treeListing(tree, { without })).toEqual(treeListing(this.#tree));
    expect(treeDigest(tree, { without })).toBe(treeDigest(this.#tree));
  }
}

/** Of this moment: a client that is told port 0 says nowhere which one it took. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
