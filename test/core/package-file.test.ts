import bencode from "bencode";
import { expect, test } from "vitest";
import { encodePackageFile, PACKAGE_FILE_BYTES_MAX, parsePackageFile } from "../../src/core/package-file.ts";
import { torrentDigests } from "../../src/core/torrent.ts";

const PACKAGE = {
  torrent: {
    name: "release-0123456789ab.tar",
    lengthBytes: 100_000,
    pieceLengthBytes: 65_536,
    pieces: new Uint8Array(40).fill(0xfe),
  },
  release: "v1.2.3",
  manifest: { lengthBytes: 300, sha256: "a".repeat(64) },
  tarSha256: "b".repeat(64),
};

test("what is encoded is read back, and the info-hash does not depend on what stands beside", () => {
  const read = parsePackageFile(encodePackageFile(PACKAGE));
  expect(read).toMatchObject({ release: "v1.2.3", manifest: PACKAGE.manifest, tarSha256: "b".repeat(64) });
  expect(torrentDigests(read.torrent)).toEqual(torrentDigests(PACKAGE.torrent));
  expect(torrentDigests(parsePackageFile(encodePackageFile({ ...PACKAGE, release: "v2" })).torrent)).toEqual(
    torrentDigests(PACKAGE.torrent),
  );
});

/** Changes the decoded file and encodes it again. */
function changed(change: (file: Record<string, Record<string, unknown>>) => void): Uint8Array {
  const file = bencode.decode(encodePackageFile(PACKAGE)) as Record<string, Record<string, unknown>>;
  change(file);
  return bencode.encode(file);
}

test.each<[string, Uint8Array]>([
  ["nothing at all", new Uint8Array(0)],
  ["a page of HTML", Buffer.from("<!doctype html>")],
  ["lists in lists", Buffer.from("l".repeat(100_000))],
  ["a torrent of somebody else", changed((file) => delete file.murmuration)],
  ["one hash too few", changed((file) => Object.assign(file.info!, { pieces: new Uint8Array(20) }))],
  ["a negative length", changed((file) => Object.assign(file.info!, { length: -1 }))],
  ["a piece length of one byte", changed((file) => Object.assign(file.info!, { "piece length": 1 }))],
  ["more in the info dictionary", changed((file) => Object.assign(file.info!, { source: "x" }))],
  ["no private flag", changed((file) => delete file.info!.private)],
  [
    "a release that leads elsewhere",
    changed((file) => Object.assign(file.murmuration!, { release: "../x" })),
  ],
  ["another version", changed((file) => Object.assign(file.murmuration!, { version: 2 }))],
  [
    "a manifest as long as the tar",
    changed((file) => Object.assign(file.murmuration!, { "manifest length": 100_000 })),
  ],
  ["something behind its end", Buffer.concat([encodePackageFile(PACKAGE), Buffer.from("x")])],
  ["more than is read", new Uint8Array(PACKAGE_FILE_BYTES_MAX + 1)],
])("%s is refused", (_what, content) => {
  expect(() => parsePackageFile(content)).toThrow(
    expect.objectContaining({
      code: "ARTIFACT_DAMAGED",
      message: expect.stringMatching(/package's torrent/),
    }),
  );
});
