import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parsePrivateKey } from "../../src/remote/ssh-private-key.ts";
import { makeSecurityKey } from "../support/security-key.ts";

const PASSPHRASE = "correct horse";
let folder = "";
const keys = new Map<string, { text: string; fingerprint: string }>();

function makeKey(name: string, ...argv: string[]): void {
  const file = join(folder, name);
  execFileSync("ssh-keygen", ["-q", "-C", "test", "-f", file, ...argv]);
  const fingerprint =
    execFileSync("ssh-keygen", ["-l", "-f", `${file}.pub`], { encoding: "utf8" }).split(" ")[1] ?? "";
  keys.set(name, { text: readFileSync(file, "utf8"), fingerprint });
  keys.set(`${name}.pub`, { text: readFileSync(`${file}.pub`, "utf8"), fingerprint });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "murmuration-keys-"));
  makeKey("ed25519", "-t", "ed25519", "-N", "");
  makeKey("ecdsa", "-t", "ecdsa", "-N", "");
  makeKey("rsa", "-t", "rsa", "-b", "2048", "-N", "");
  makeKey("rsa-pem", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "");
  makeKey("encrypted", "-t", "ed25519", "-N", PASSPHRASE);
  makeKey("encrypted-pem", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", PASSPHRASE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keyText(name: string): string {
  return keys.get(name)?.text ?? "";
}

function problemOf(text: string, passphrase: string | null = null): string {
  const outcome = parsePrivateKey(text, passphrase);
  if (outcome.kind !== "problem") throw new Error("the key was accepted");
  return outcome.problem;
}

test.each(["ed25519", "ecdsa", "rsa", "rsa-pem"])("a key made by ssh-keygen is read: %s", (name) => {
  expect(parsePrivateKey(keyText(name), null)).toMatchObject({
    kind: "key",
    key: { fingerprint: keys.get(name)?.fingerprint },
  });
});

test.each(["encrypted", "encrypted-pem"])("an encrypted key is opened once by its passphrase: %s", (name) => {
  expect(parsePrivateKey(keyText(name), PASSPHRASE)).toMatchObject({ kind: "key" });
  expect(problemOf(keyText(name), "wrong")).toBe("the passphrase does not open the key");
  expect(problemOf(keyText(name))).toBe("the key is encrypted, and no passphrase is given");
  expect(problemOf(keyText(name), "")).toBe("the key is encrypted, and no passphrase is given");
});

test("CRLF, a lone CR, indentation and a missing final newline are mended", () => {
  const text = keyText("ed25519");
  const damaged = [
    text.replaceAll("\n", "\r\n"),
    text.replaceAll("\n", "\r"),
    text.trim(),
    `\n\n  ${text.replaceAll("\n", " \n\t")}\n`,
  ];
  for (const one of damaged) expect(parsePrivateKey(one, null)).toMatchObject({ kind: "key" });
});

test("keys of today's openssl (PKCS #8) are read, encrypted or not", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  for (const key of [rsa, ec]) {
    const open = key.export({ type: "pkcs8", format: "pem" }).toString();
    const cipher = { cipher: "aes-256-cbc", passphrase: PASSPHRASE };
    const closed = key.export({ type: "pkcs8", format: "pem", ...cipher }).toString();
    expect(parsePrivateKey(open, null)).toMatchObject({ kind: "key" });
    expect(parsePrivateKey(closed, PASSPHRASE)).toMatchObject({ kind: "key" });
    expect(problemOf(closed)).toMatch(/no passphrase is given/);
    expect(problemOf(closed, "wrong")).toMatch(/does not open/);
  }
});

test("what is no usable private key gets a sentence of its own, which never quotes the key", () => {
  const text = keyText("ed25519");
  const lines = text.trim().split("\n");
  expect(problemOf("")).toBe("it is empty");
  expect(problemOf(keyText("ed25519.pub"))).toMatch(/public half/);
  expect(problemOf("hunter2")).toMatch(/not a private key/);
  expect(problemOf("PuTTY-User-Key-File-3: ssh-ed25519\n…")).toMatch(/PuTTY/);
  expect(problemOf(text.replaceAll("\n", " "))).toMatch(/lost its line breaks/);
  expect(problemOf(lines.slice(0, -1).join("\n"))).toMatch(/cut off/);
  expect(problemOf([lines[0], ...lines.slice(2)].join("\n"))).toMatch(/damaged/);
  expect(problemOf(text, PASSPHRASE)).toMatch(/not encrypted, but a passphrase/);
  const ed25519 = generateKeyPairSync("ed25519")
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
  expect(problemOf(ed25519)).toMatch(/not supported/);
  expect(problemOf(makeSecurityKey().text)).toMatch(
    /in a hardware token \(sk-ssh-ed25519@openssh\.com\).*ssh-client: openssh.*IdentityFile/,
  );
});
