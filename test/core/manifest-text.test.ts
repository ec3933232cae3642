import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePaths, findManifestFault, type ManifestEntry, utf8Length } from "../../src/core/manifest.ts";
import { encodeManifest, manifestDigest, parseManifest } from "../../src/core/manifest-text.ts";

const SHA = "0".repeat(64);
const root: ManifestEntry = { type: "directory", path: ".", mode: 0o755 };
const file = (path: string): ManifestEntry => ({
  type: "file",
  path,
  mode: 0o644,
  sizeBytes: 1,
  sha256: SHA,
});

/** A component as file systems allow it, odd ones preferred. */
const component = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      "a",
      "-a",
      "a b",
      "a\nb",
      '"',
      "\\",
      "é",
      "e\u0301",
      "😀",
      "\ue000",
      "a-b",
      "..a",
      "\u2028",
    ),
  )
  .filter((name) => !/[/\0]/.test(name) && name !== "." && name !== ".." && name.isWellFormed());

const leaf = fc.oneof(
  fc.record({
    type: fc.constant("file" as const),
    mode: fc.nat(0o7777),
    sizeBytes: fc.maxSafeNat(),
    sha256: fc.constant(SHA),
  }),
  fc.record({ type: fc.constant("link" as const), target: fc.string({ unit: "binary", minLength: 1 }) }),
  fc.record({ type: fc.constant("directory" as const), mode: fc.nat(0o7777) }),
);

const manifests = fc
  .array(fc.tuple(fc.array(component, { minLength: 1, maxLength: 4 }), leaf), { maxLength: 20 })
  .map((drafts) => {
    const byPath = new Map<string, ManifestEntry>([[".", root]]);
    for (const [components, end] of drafts) {
      const path = components.join("/");
      const above = components.slice(0, -1).map((_, index) => components.slice(0, index + 1).join("/"));
      const blocked = above.some((parent) => (byPath.get(parent)?.type ?? "directory") !== "directory");
      if (blocked || byPath.has(path) || (end.type === "link" && /\0/.test(end.target))) continue;
      for (const parent of above) byPath.set(parent, { type: "directory", path: parent, mode: 0o700 });
      byPath.set(path, { ...end, path });
    }
    return { entries: [...byPath.values()].sort((a, b) => comparePaths(a.path, b.path)) };
  });

test("any tree comes back from its text as it was", () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      const text = encodeManifest(manifest);
      expect(parseManifest(text)).toEqual(manifest);
      expect(manifestDigest(text)).toMatch(/^[0-9a-f]{64}$/);
    }),
  );
});

test("order is that of the UTF-8 bytes, with surrogates above U+FFFF last", () => {
  fc.assert(
    fc.property(component, component, (a, b) => {
      expect(Math.sign(comparePaths(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      expect(utf8Length(a)).toBe(Buffer.byteLength(a));
    }),
  );
});

test("a changed byte is never read as another manifest with the same digest, nor crashes the parser", () => {
  fc.assert(
    fc.property(manifests, fc.nat(), fc.nat(255), (manifest, at, byte) => {
      const text = encodeManifest(manifest);
      text[at % text.length] = byte;
      let parsed: ReturnType<typeof parseManifest>;
      try {
        parsed = parseManifest(text);
      } catch (error) {
        expect(error).toMatchObject({ code: "CONTRACT_VIOLATED" });
        return;
      }
      expect(encodeManifest(parsed)).toEqual(text);
    }),
  );
});

describe("a hostile manifest", () => {
  const hostile: Record<string, readonly ManifestEntry[]> = {
    "that writes through a link": [root, { type: "link", path: "a", target: "/etc" }, file("a/passwd")],
    "that writes below a file": [root, file("a"), file("a/b")],
    "with an absolute path": [root, file("/etc/passwd")],
    "that climbs": [root, file("../x")],
    "that climbs inside": [root, { type: "directory", path: "a", mode: 0o755 }, file("a/../../x")],
    "with a dot": [root, file("./x")],
    "with an empty component": [root, { type: "directory", path: "a", mode: 0o755 }, file("a//x")],
    "with a NUL": [root, file("a\0b")],
    "with half a surrogate": [root, file("a\ud800")],
    "out of order": [root, file("b"), file("a")],
    "with a path twice": [root, file("a"), file("a")],
    "with a missing parent": [root, file("a/b")],
    "without a root": [file("a")],
    "whose root is a file": [{ ...file("a"), path: "." }],
    "with nothing": [],
    "with a mode too far": [root, { ...file("a"), mode: 0o10000 } as ManifestEntry],
    "with a negative mode": [root, { type: "directory", path: "a", mode: -1 }],
    "with a size beyond 2^53": [root, { ...file("a"), sizeBytes: 2 ** 53 } as ManifestEntry],
    "with a negative size": [root, { ...file("a"), sizeBytes: -1 } as ManifestEntry],
    "with half a byte more": [root, { ...file("a"), sizeBytes: 0.5 } as ManifestEntry],
    "with another hash": [root, { ...file("a"), sha256: "no" } as ManifestEntry],
    "with a name of 256 bytes": [root, file("é".repeat(128))],
    "with a path of 4,097 bytes": [root, file(`${"x".repeat(240)}/`.repeat(17))],
    "with a link to nothing": [root, { type: "link", path: "a", target: "" }],
    "with a link target of 4,096 bytes": [root, { type: "link", path: "a", target: "x".repeat(4096) }],
    "that hides another manifest": [root, file(".murmuration-manifest.json")],
  };
  test.each(Object.entries(hostile))("%s is refused", (_name, entries) => {
    expect(findManifestFault(entries)).toBeTypeOf("string");
    expect(() => parseManifest(encodeManifest({ entries }))).toThrow(/cannot read the release's manifest/);
  });

  const plain = Buffer.from(encodeManifest({ entries: [root, file("a")] })).toString();
  test.each([
    ["with another spelling of a mode", plain.replace('"0644"', '"644"')],
    ["with spaces", plain.replace('["f",', '["f", ')],
    ["with an escape that needs none", plain.replace('"a"', '"\\u0061"')],
    ["with fewer entries than it says", plain.replace('"entries":2', '"entries":3')],
    ["with more entries than it says", plain.replace('"entries":2', '"entries":1')],
    ["that says two million and one", plain.replace('"entries":2', '"entries":2000001')],
    ["of another version", plain.replace('"murmuration":1', '"murmuration":2')],
    ["that ends in the middle", plain.slice(0, -1)],
    ["with a byte order mark", `\ufeff${plain}`],
    ["with a field more", plain.replace('"]\n', '",1]\n')],
    ["that is empty", ""],
  ])("%s is refused", (_name, text) => {
    expect(() => parseManifest(Buffer.from(text))).toThrow(/cannot read the release's manifest/);
  });

  test("that is not UTF-8 is refused", () => {
    const text = Buffer.from(plain, "latin1");
    text[text.indexOf('"a"') + 1] = 0xff;
    expect(() => parseManifest(text)).toThrow(/not UTF-8/);
  });
});
