import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesAfterManifest } from "../../src/core/tar-layout.ts";
import type { PackedRelease } from "../../src/release/pack.ts";
import { pack } from "../release/deploy-fixture.ts";
import { tempDir } from "../release/temp-dir.ts";
import { ensureDebianPackage } from "../support/debian-package.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { aria2 } from "./strangers/aria2.ts";
import { libtorrent } from "./strangers/libtorrent.ts";
import { type OneOfThem, OpenSwarm, type OurTarget } from "./strangers/open-swarm.ts";
import type { StrangerKind } from "./strangers/stranger.ts";
import { transmission } from "./strangers/transmission.ts";
import { webtorrent } from "./strangers/webtorrent.ts";
import { within } from "./test-swarm.ts";

const MIB = 1024 * 1024;
const LARGE_BYTES = 20 * MIB;
/** They need one to five seconds, Transmission twenty: it decides every ten whom it asks and whom it serves. Minutes would be our fault. */
const PATIENCE_MS = 60_000;
const TIMEOUT_MS = 90_000;

const dir = tempDir();
const tree = `${dir.path}/tree`;
let packed: PackedRelease;
beforeAll(async () => {
  makeOddTree(tree, { largeBytes: LARGE_BYTES });
  packed = await pack(tree);
});
afterAll(() => dir[Symbol.dispose]());

const kinds = [transmission, aria2, libtorrent, webtorrent].filter(isThere);

/** Where it cannot be installed its tests are left out with one line that says so; in CI that is a failure. */
function isThere(kind: StrangerKind): boolean {
  const why = kind.package && ensureDebianPackage(kind.package);
  if (why === undefined) return true;
  if (process.env.CI) {
    test(`${kind.name} takes part`, () => {
      throw new Error(why);
    });
  } else {
    console.error(`the tests with ${kind.name} are left out: ${why}`);
    test.skip(`${kind.name} takes part`, () => {});
  }
  return false;
}

async function finish(theirs: readonly OneOfThem[], ours: readonly OurTarget[]): Promise<void> {
  const all = [
    ...theirs.map(({ client }) => client.finished()),
    ...ours.map(({ engine }) => engine.complete),
  ];
  await within(AbortSignal.timeout(PATIENCE_MS), Promise.all(all), () =>
    [
      ...ours.map(
        ({ engine, opened }) => `ours: ${opened.store.have.count} ${JSON.stringify(engine.stats())}`,
      ),
      ...theirs.map(({ kind, client }) => `${kind.name}: ${client.output}`),
    ].join("\n"),
  );
}

describe.concurrent("encryption off", { timeout: TIMEOUT_MS }, () => {
  // The longest first: five run at once.
  test("two of each and two of ours finish from one seeder of ours, and the strangers serve ours", async () => {
    await using swarm = await OpenSwarm.start(tree, packed);
    const seeder = await swarm.seed(8 * MIB);
    const first = await swarm.target([seeder.address]);
    // Told so, it counts what comes from either of ours apart.
    const second = await swarm.target([seeder.address, first.address]);
    const theirs = await Promise.all([...kinds, ...kinds].map((kind) => swarm.stranger(kind)));
    await finish(theirs, [first, second]);
    for (const one of theirs) swarm.expectSameTar(one);
    for (const target of [first, second]) await swarm.expectSameTree(target);
    expect(second.engine.stats().bytesFromPeers).toBeGreaterThan(0);
  });

  test.each(kinds)("$name fetches from our seeder, and its tar opens to the same tree", async (kind) => {
    await using swarm = await OpenSwarm.start(tree, packed);
    const seeder = await swarm.seed();
    const one = await swarm.stranger(kind);
    await finish([one], []);
    swarm.expectSameTar(one);
    expect(seeder.engine.stats().bytesUploaded).toBeGreaterThanOrEqual(packed.torrent.lengthBytes);
  });

  test.each(kinds)("$name is the only seeder, and our tree is the same", async (kind) => {
    await using swarm = await OpenSwarm.start(tree, packed);
    const one = await swarm.strangerWithTar(kind);
    const target = await swarm.target();
    await finish([one], [target]);
    await swarm.expectSameTree(target);
    // The lines that fill up the manifest's last piece need not be asked for.
    const { manifestText, torrent } = packed;
    const filledBytes = bytesAfterManifest(manifestText.length, torrent.pieceLengthBytes);
    expect(target.engine.stats().bytesFromPeers).toBeGreaterThanOrEqual(torrent.lengthBytes - filledBytes);
  });
});
