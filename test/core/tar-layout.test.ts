import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { comparePaths, type Manifest, type ManifestEntry } from "../../src/core/manifest.ts";
import { encodeManifest } from "../../src/core/manifest-text.ts";
import { tarHeader, tarHeaderBytes } from "../../src/core/tar-header.ts";
import { manifestPieces, manifestRange, TarLayout } from "../../src/core/tar-layout.ts";

const SHA = "0".repeat(64);

function manifestOf(members: readonly ManifestEntry[]): Manifest {
  const root: ManifestEntry = { type: "directory", path: ".", mode: 0o750 };
  return { entries: [root, ...members].sort((a, b) => comparePaths(a.path, b.path)) };
}

/** The bytes of a range; content of a file is its entry's number. */
function bytesOf(layout: TarLayout, offsetBytes: number, lengthBytes: number): Buffer {
  const parts: Uint8Array[] = [];
  for (const segment of layout.segments(offsetBytes, lengthBytes)) {
    parts.push(
      segment.kind === "bytes" ? segment.bytes : Buffer.alloc(segment.lengthBytes, segment.entry & 255),
    );
  }
  return Buffer.concat(parts);
}

const members = fc.uniqueArray(
  fc.record({
    path: fc.string({ minLength: 1, maxLength: 130 }).filter((path) => !/[/\0]|^\.\.?$/.test(path)),
    sizeBytes: fc.nat(3_000),
  }),
  { maxLength: 12, selector: (member) => member.path },
);

test("every range of a layout is the same slice of the whole tar", () => {
  fc.assert(
    fc.property(members, fc.nat(), fc.integer({ min: 1, max: 5_000 }), (drafts, start, lengthBytes) => {
      const manifest = manifestOf(
        drafts.map((draft) => ({ type: "file", mode: 0o644, sha256: SHA, ...draft })),
      );
      const layout = new TarLayout(manifest, encodeManifest(manifest), 512);
      const whole = bytesOf(layout, 0, layout.lengthBytes);
      expect(whole.length).toBe(layout.lengthBytes);
      const offsetBytes = start % layout.lengthBytes;
      expect(bytesOf(layout, offsetBytes, lengthBytes)).toEqual(
        whole.subarray(offsetBytes, offsetBytes + lengthBytes),
      );
      for (const segment of layout.segments(offsetBytes, lengthBytes)) {
        if (segment.kind !== "file") continue;
        const entry = manifest.entries[segment.entry];
        if (entry?.type !== "file") throw new Error("content of what is no file");
        expect(segment.fileOffsetBytes + segment.lengthBytes).toBeLessThanOrEqual(entry.sizeBytes);
      }
    }),
  );
});

test("the manifest's text stands where its range says, whatever its length, and its pieces cover it", () => {
  for (const lengthBytes of [1, 511, 512, 513, 16_384 - 512, 16_384 - 511]) {
    const manifest = manifestOf([]);
    const text = new Uint8Array(lengthBytes).fill(7);
    const layout = new TarLayout(manifest, text, 16_384);
    const range = manifestRange(lengthBytes);
    expect(bytesOf(layout, range.offsetBytes, range.lengthBytes)).toEqual(Buffer.from(text));
    expect(manifestPieces(lengthBytes, 16_384)).toBe(lengthBytes > 16_384 - 512 ? 2 : 1);
  }
});

test("a header is as long as it was said to be, and a whole number of blocks", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
      fc.maxSafeNat(),
      (path, sizeBytes) => {
        for (const member of [
          { type: "file", path, mode: 0o644, sizeBytes },
          { type: "directory", path, mode: 0o755 },
          { type: "link", path: "l", target: path },
        ] as const) {
          expect(tarHeader(member).length).toBe(tarHeaderBytes(member));
          expect(tarHeaderBytes(member) % 512).toBe(0);
        }
      },
    ),
  );
});

test("Python's tarfile reads every member back as it was written, sizes beyond 8 GiB too", () => {
  const long = `${"deep directory/".repeat(30)}${"n".repeat(255)}`;
  const odd = [
    { type: "file", path: "-dash", mode: 0o4755, sizeBytes: 0 },
    { type: "file", path: "new\nline 'quotes' \"double\" back\\slash", mode: 0o600, sizeBytes: 1 },
    { type: "file", path: "é e\u0301 😀", mode: 0o644, sizeBytes: 512 },
    { type: "file", path: long, mode: 0o444, sizeBytes: 8 * 1024 ** 3 },
    { type: "file", path: "n".repeat(100), mode: 0o444, sizeBytes: 8 * 1024 ** 3 - 1 },
    { type: "directory", path: "d".repeat(100), mode: 0o1777 },
    { type: "link", path: "link", target: `/absolute/${"t".repeat(100)}` },
    { type: "link", path: "dangling", target: "../nowhere\n" },
  ] as const;
  const script = `
import json, sys, tarfile
out = []
for header in json.load(sys.stdin):
    import io
    member = tarfile.open(fileobj=io.BytesIO(bytes.fromhex(header) + bytes(10240)), mode="r:").firstmember
    out.append([member.name, member.mode, member.size, member.linkname, member.type.decode(), member.uid, member.mtime])
print(json.dumps(out))`;
  const input = JSON.stringify(odd.map((member) => Buffer.from(tarHeader(member)).toString("hex")));
  const python = spawnSync("python3", ["-c", script], { input, encoding: "utf8" });
  expect(python.stderr).toBe("");
  expect(JSON.parse(python.stdout)).toEqual(
    odd.map((member) => [
      member.path,
      member.type === "link" ? 0o777 : member.mode,
      member.type === "file" ? member.sizeBytes : 0,
      member.type === "link" ? member.target : "",
      { file: "0", directory: "5", link: "2" }[member.type],
      0,
      0,
    ]),
  );
});
