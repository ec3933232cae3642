import { execFileSync, spawnSync } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  authoritiesOf,
  checkHostKey,
  keyFingerprint,
  keyTypeOf,
  knownHostsLine,
  knownKeyTypes,
  parseKnownHosts,
} from "../../src/core/known-hosts.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "murmuration-known-hosts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keyBlob(type = "ssh-ed25519", content = randomBytes(32)): Buffer {
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([field(Buffer.from(type)), field(content)]);
}

const KEY = keyBlob();
const OTHER = keyBlob();
const RSA = keyBlob("ssh-rsa", randomBytes(128));
const on = (names: string, key = KEY) => `${names} ${keyTypeOf(key)} ${key.toString("base64")}`;

function verdict(text: string, host: string, port = 22, key = KEY) {
  const { entries, problems } = parseKnownHosts(text);
  expect(problems).toEqual([]);
  return checkHostKey(entries, host, port, key).kind;
}

test("a plain name is known, another is not, and case does not count", () => {
  expect(verdict(on("Web-1.example.com"), "web-1.EXAMPLE.com")).toBe("known");
  expect(verdict(on("web-1.example.com"), "web-2.example.com")).toBe("unknown");
  expect(verdict("", "web-1.example.com")).toBe("unknown");
});

test("one of several names is enough, with a comment behind the key, CRLF and blank lines", () => {
  const text = `# fleet\r\n\r\n  ${on("web,10.0.0.1")} root@web made by hand\r\n`;
  expect(verdict(text, "10.0.0.1")).toBe("known");
});

test("another key for a pinned host is a changed key, whatever its type", () => {
  const text = `${on("a")}\n${on("b")}\n${on("a", RSA)}`;
  const { entries } = parseKnownHosts(text);
  expect(checkHostKey(entries, "a", 22, OTHER)).toEqual({ kind: "changed", lines: [1, 3] });
  expect(checkHostKey(entries, "a", 22, RSA)).toEqual({ kind: "known" });
  expect(checkHostKey(entries, "b", 22, RSA)).toEqual({ kind: "changed", lines: [2] });
});

test("a revoked key is refused, even where the same key is pinned before or after", () => {
  for (const text of [`@revoked ${on("*")}\n${on("a")}`, `${on("a")}\n@revoked\t${on("a")}`]) {
    expect(verdict(text, "a")).toBe("revoked");
    expect(verdict(text, "a", 2222)).toBe("revoked");
  }
  expect(verdict(`@revoked ${on("a", OTHER)}\n${on("a")}`, "a")).toBe("known");
  expect(verdict(`@revoked ${on("a", OTHER)}`, "a")).toBe("unknown");
});

test("a port other than 22 has its own pin, and falls back to the name alone", () => {
  expect(verdict(on("[a]:2222"), "a", 2222)).toBe("known");
  expect(verdict(on("[a]:2222"), "a", 22)).toBe("unknown");
  expect(verdict(on("a"), "a", 2222)).toBe("known");
  expect(verdict(on("a", OTHER), "a", 2222)).toBe("unknown");
  expect(verdict(`${on("a")}\n${on("[a]:2222", OTHER)}`, "a", 2222)).toBe("changed");
  expect(verdict(on("[::1]:2222"), "::1", 2222)).toBe("known");
  expect(verdict(on("::1"), "::1", 22)).toBe("known");
});

test("wildcards match, and a negated pattern takes the whole line away", () => {
  const text = on("*.example.com,!db?.example.com,10.0.?.*");
  expect(verdict(text, "web.example.com")).toBe("known");
  expect(verdict(text, "db1.example.com")).toBe("unknown");
  expect(verdict(text, "db10.example.com")).toBe("known");
  expect(verdict(text, "10.0.3.77")).toBe("known");
  expect(verdict(text, "10.0.33.77")).toBe("unknown");
  expect(verdict(on("!a"), "b")).toBe("unknown");
  expect(verdict(on("[*.example.com]:2222"), "a.example.com", 2222)).toBe("known");
});

test("a host is asked for the types that are pinned for it, RSA without SHA-1", () => {
  const { entries } = parseKnownHosts(`${on("a", RSA)}\n${on("b")}\n${on("*")}\n@revoked ${on("a", OTHER)}`);
  expect(knownKeyTypes(entries, "a", 22)).toEqual(["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"]);
  expect(knownKeyTypes(entries, "b", 22)).toEqual(["ssh-ed25519"]);
  expect(knownKeyTypes([], "b", 22)).toEqual([]);
});

test("@cert-authority is told apart, never silently a pin", () => {
  const text = `@cert-authority ${on("*.example.com")}`;
  const { entries, problems, authorities } = parseKnownHosts(text);
  expect({ entries, problems }).toEqual({ entries: [], problems: [] });
  expect(authoritiesOf(authorities, "a.example.com", 22)).toMatchObject([
    { line: 1, keyType: "ssh-ed25519" },
  ]);
  expect(authoritiesOf(authorities, "a.example.org", 22)).toEqual([]);
});

test.each([
  ["no key", "web ssh-ed25519", /expected host names, a key type and a key/],
  ["a key alone", on("").trim(), /expected host names/],
  ["damaged base64", `${on("web").slice(0, -3)}!`, /not a whole key/],
  ["a key of another type", `web ssh-rsa ${KEY.toString("base64")}`, /not a whole key of that type/],
  ["a truncated key", `web ssh-ed25519 ${KEY.subarray(0, 15).toString("base64")}`, /not a whole key/],
  ["an unknown marker", `@trusted ${on("web")}`, /unknown marker @trusted/],
  ["a damaged hash", on("|1|abc|def"), /no list of host names/],
  ["an unknown hash", on("|2|abc|def"), /no list of host names/],
  ["an empty name in a list", on("a,,b"), /no list of host names/],
  ["a key of SSH 1", "web 1024 35 1234567890", /not a whole key/],
])("%s is a problem that names its line", (_name, line, expected) => {
  const { entries, problems } = parseKnownHosts(`# first\n${line}\n${on("ok")}`);
  expect(entries).toHaveLength(1);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^line 2 "/);
  expect(problems[0]).toMatch(expected);
});

test("a text that is no known_hosts gives a bounded list", () => {
  expect(parseKnownHosts("<html>\n".repeat(100_000)).problems.length).toBeLessThan(60);
});

test("what knownHostsLine prints is known to the parser, for any host, port and key, and to nobody else", () => {
  const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(
      host,
      fc.integer({ min: 1, max: 65_535 }),
      fc.uint8Array({ minLength: 1 }),
      (name, port, content) => {
        const key = keyBlob("ssh-ed25519", Buffer.from(content));
        const { entries, problems } = parseKnownHosts(knownHostsLine(name, port, key));
        expect(problems).toEqual([]);
        expect(checkHostKey(entries, name, port, key).kind).toBe("known");
        expect(checkHostKey(entries, name, port, OTHER).kind).toBe("changed");
        expect(checkHostKey(entries, `x${name}`, port, key).kind).toBe("unknown");
      },
    ),
  );
});

test("a hashed name is recognized and tells nothing to another name", () => {
  fc.assert(
    fc.property(fc.domain(), fc.uint8Array({ minLength: 20, maxLength: 20 }), (name, salt) => {
      const hash = createHmac("sha1", salt).update(name.toLowerCase()).digest("base64");
      const text = on(`|1|${Buffer.from(salt).toString("base64")}|${hash}`);
      expect(verdict(text, name)).toBe("known");
      expect(verdict(text, `x${name}`)).toBe("unknown");
    }),
  );
});

test("no text makes the parser throw", () => {
  const token = fc.constantFrom(
    "|1|",
    "@revoked",
    " ",
    "\n",
    ",",
    "!",
    "*",
    "ssh-ed25519",
    KEY.toString("base64"),
    "AAAA",
  );
  const text = fc
    .array(fc.oneof(token, fc.string({ maxLength: 5 })), { maxLength: 20 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (input) => {
      const { entries } = parseKnownHosts(input);
      checkHostKey(entries, "host", 2222, KEY);
    }),
    { numRuns: 500 },
  );
});

const hasSshKeygen = spawnSync("ssh-keygen", ["-?"]).error === undefined;

test.runIf(hasSshKeygen)(
  "real keys, hashed by ssh-keygen -H and found by ssh-keygen -F, get the same answers here",
  () => {
    const keys = ["ed25519", "rsa", "ecdsa"].map((type) => {
      const file = join(folder, type);
      execFileSync("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "a comment", "-f", file]);
      const line = readFileSync(`${file}.pub`, "utf8").trim();
      const printed = execFileSync("ssh-keygen", ["-l", "-f", `${file}.pub`], { encoding: "utf8" });
      expect(keyFingerprint(Buffer.from(line.split(" ")[1] ?? "", "base64"))).toBe(printed.split(" ")[1]);
      return line;
    });
    const text = `web.example.com,10.0.0.1 ${keys[0]}\n[web.example.com]:2222 ${keys[1]}\n[::1]:77 ${keys[2]}\n*.example.org,!no.example.org ${keys[0]}\n`;
    const plain = join(folder, "plain");
    const hashed = join(folder, "hashed");
    writeFileSync(plain, text);
    writeFileSync(hashed, text);
    execFileSync("ssh-keygen", ["-q", "-H", "-f", hashed], { stdio: "ignore" });
    expect(readFileSync(hashed, "utf8")).toContain("|1|");
    const asked = [
      ["web.example.com", 22],
      ["10.0.0.1", 22],
      ["web.example.com", 2222],
      ["::1", 77],
      ["yes.example.org", 22],
      ["no.example.org", 22],
      ["nobody.example.com", 22],
    ] as const;
    for (const file of [plain, hashed]) {
      const { entries, problems } = parseKnownHosts(readFileSync(file, "utf8"));
      expect(problems).toEqual([]);
      for (const [host, port] of asked) {
        const name = port === 22 ? host : `[${host}]:${port}`;
        const found = spawnSync("ssh-keygen", ["-F", name, "-f", file], { encoding: "utf8" });
        const theirs = found.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
        const key = Buffer.from(theirs[0]?.split(" ")[2] ?? "", "base64");
        const ours = checkHostKey(entries, host, port, key).kind;
        expect({ name, kind: ours }).toEqual({ name, kind: theirs.length > 0 ? "known" : "unknown" });
      }
    }
  },
);
