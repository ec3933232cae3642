import fc from "fast-check";
import { expect, test } from "vitest";
import { comparePaths, type Manifest, type ManifestEntry } from "../../src/core/manifest.ts";
import { encodeManifest } from "../../src/core/manifest-text.ts";
import { missingRanges, rangesBytes } from "../../src/core/missing-ranges.ts";
import { TarLayout } from "../../src/core/tar-layout.ts";
import { BLOCK_LENGTH_BYTES } from "../../src/core/torrent.ts";

const PIECE_BYTES = 128 * 1024;

const files = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    sizeBytes: fc.oneof(fc.nat(2_000), fc.nat(400_000)),
    held: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40, selector: ({ name }) => name },
);

function manifestOf(members: readonly { name: string; sizeBytes: number }[]): Manifest {
  const root: ManifestEntry = { type: "directory", path: ".", mode: 0o755 };
  const entries = members.map(({ name, sizeBytes }): ManifestEntry => {
    return { type: "file", path: name, mode: 0o644, sizeBytes, sha256: "0".repeat(64) };
  });
  return { entries: [root, ...entries.sort((a, b) => comparePaths(a.path, b.path))] };
}

test("what is missing of a piece is the content of the files that are not held, and nothing else", () => {
  fc.assert(
    fc.property(files, (members) => {
      const manifest = manifestOf(members);
      const layout = new TarLayout(manifest, encodeManifest(manifest), PIECE_BYTES);
      const heldNames = new Set(members.filter(({ held }) => held).map(({ name }) => name));
      const isHeld = (entry: number) => heldNames.has(manifest.entries[entry]!.path);
      for (let atBytes = 0; atBytes < layout.lengthBytes; atBytes += PIECE_BYTES) {
        // A byte of the piece is 1 where it has to come from somebody else.
        const room = new Uint8Array(PIECE_BYTES);
        let pieceBytes = 0;
        let missingBytes = 0;
        let runs = 0;
        let heldFiles = 0;
        for (const segment of layout.segments(atBytes, PIECE_BYTES)) {
          const isFile = segment.kind === "file";
          const lengthBytes = isFile ? segment.lengthBytes : segment.bytes.length;
          if (isFile && isHeld(segment.entry)) heldFiles += 1;
          if (isFile && !isHeld(segment.entry) && lengthBytes > 0) {
            if (pieceBytes === 0 || room[pieceBytes - 1] === 0) runs += 1;
            room.fill(1, pieceBytes, pieceBytes + lengthBytes);
            missingBytes += lengthBytes;
          }
          pieceBytes += lengthBytes;
        }
        const wanted = room.subarray(0, pieceBytes);
        const ranges = missingRanges(layout.segments(atBytes, PIECE_BYTES), isHeld);
        if (ranges === undefined) {
          const blocks = pieceBytes / BLOCK_LENGTH_BYTES;
          // Each run of missing bytes takes at most one request more than its blocks.
          const wouldBeFew = runs + missingBytes / BLOCK_LENGTH_BYTES < blocks;
          expect(heldFiles > 0 && runs > 0 && wouldBeFew).toBe(false);
          continue;
        }
        const told = new Uint8Array(pieceBytes);
        let beforeBytes = -1;
        for (const { startBytes, endBytes } of ranges) {
          expect(startBytes).toBeGreaterThan(beforeBytes);
          expect(endBytes).toBeGreaterThan(startBytes);
          told.fill(1, startBytes, endBytes);
          beforeBytes = endBytes;
        }
        expect(Buffer.from(told).equals(Buffer.from(wanted))).toBe(true);
        expect(rangesBytes(ranges)).toBe(missingBytes);
      }
    }),
    { numRuns: 60 },
  );
});

const file = (entry: number, lengthBytes: number) =>
  ({ kind: "file", entry, fileOffsetBytes: 0, lengthBytes }) as const;
const header = { kind: "bytes", bytes: new Uint8Array(512) } as const;

test("a piece of which nothing is held, or in which nothing seems to be missing, is fetched whole", () => {
  const segments = [header, file(1, 1_000), header, file(2, 30_000)];
  expect(missingRanges(segments, () => false)).toBeUndefined();
  expect(missingRanges(segments, () => true)).toBeUndefined();
  expect(missingRanges([header], () => true)).toBeUndefined();
  expect(missingRanges(segments, (entry) => entry === 2)).toEqual([{ startBytes: 512, endBytes: 1_512 }]);
});

test("a piece that would take more requests in parts than as a whole is fetched whole", () => {
  const small = Array.from({ length: 30 }, (_, entry) => [header, file(entry, 500)]).flat();
  // 30 KiB are two blocks.
  expect(missingRanges(small, (entry) => entry >= 2)?.length).toBe(2);
  expect(missingRanges(small, (entry) => entry >= 3)).toBeUndefined();
});
