import { createPrivateKey } from "node:crypto";
import ssh2, { type ParsedKey } from "ssh2";
import { keyFingerprint } from "../core/known-hosts.ts";

/** A private key, decrypted once: that costs 190 ms of CPU for an encrypted OpenSSH key, which no connection should pay again. */
export interface ParsedPrivateKey {
  readonly parsed: ParsedKey;
  /** Of its public half, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

export type PrivateKeyOutcome =
  | { readonly kind: "key"; readonly key: ParsedPrivateKey }
  /** A sentence without the input's name. It never quotes the key. */
  | { readonly kind: "problem"; readonly problem: string };

/**
 * Reads a private key in OpenSSH or PEM form. CRLF, blanks around it and a missing final newline are mended, since that is what
 * secrets lose on their way through a browser. Never throws.
 */
export function parsePrivateKey(text: string, passphrase: string | null): PrivateKeyOutcome {
  const mended = `${text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/^[ \t]+|[ \t]+$/gm, "")
    .trim()}\n`;
  const problem = findProblem(mended);
  if (problem !== undefined) return { kind: "problem", problem };

  const open = parse(mended);
  if (!(open instanceof Error)) {
    if (passphrase)
      return { kind: "problem", problem: "the key is not encrypted, but a passphrase is given" };
    return describe(open);
  }
  if (!isEncrypted(mended, open)) return { kind: "problem", problem: explain(open) };
  if (!passphrase) return { kind: "problem", problem: "the key is encrypted, and no passphrase is given" };
  const decrypted = parse(mended, passphrase);
  if (!(decrypted instanceof Error)) return describe(decrypted);
  return { kind: "problem", problem: "the passphrase does not open the key" };
}

function findProblem(text: string): string | undefined {
  if (text.trim() === "") return "it is empty";
  if (/^(ssh-|ecdsa-|sk-)\S+ AAAA/.test(text) || /^-+ ?BEGIN (SSH2 )?PUBLIC KEY/.test(text)) {
    return "this is the public half of a key (.pub); the private half is needed";
  }
  if (text.startsWith("PuTTY-User-Key-File")) {
    return "this is a PuTTY key; convert it with `puttygen key.ppk -O private-openssh -o key`";
  }
  if (!text.startsWith("-----BEGIN "))
    return "this is not a private key; it starts with a line -----BEGIN … PRIVATE KEY-----";
  if (text.trim().split("\n").length < 3)
    return "the key has lost its line breaks; store it as it stands in its file";
  if (!/\n-----END [A-Z ]*PRIVATE KEY-----\n$/.test(text)) {
    return "the key is cut off; its last line, -----END … PRIVATE KEY-----, is missing";
  }
  return undefined;
}

function parse(text: string, passphrase?: string): ParsedKey | Error {
  try {
    const parsed = ssh2.utils.parseKey(fromPkcs8(text, passphrase) ?? text, passphrase);
    if (parsed instanceof Error) return parsed;
    // OpenSSH's format could hold several keys and always holds one.
    const key = Array.isArray(parsed) ? parsed[0] : parsed;
    return key ?? new Error("no key in it");
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

/** ssh2 does not read PKCS #8, which is what today's openssl writes; Node does. Undefined where it is something else. */
function fromPkcs8(text: string, passphrase: string | undefined): string | undefined {
  if (!/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text)) return undefined;
  const key = createPrivateKey({
    key: text,
    format: "pem",
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs1", format: "pem" }).toString();
  if (key.asymmetricKeyType === "ec") return key.export({ type: "sec1", format: "pem" }).toString();
  throw new Error(`a PKCS #8 key of type ${key.asymmetricKeyType}`);
}

function isEncrypted(text: string, error: Error): boolean {
  if (/^(Proc-Type: 4,ENCRYPTED|-----BEGIN ENCRYPTED PRIVATE KEY-----)$/m.test(text)) return true;
  return /encrypted/i.test(error.message) && /passphrase/i.test(error.message);
}

function explain(error: Error): string {
  const [hardware] = /\bsk-\S+@openssh\.com/.exec(error.message) ?? [];
  if (hardware !== undefined)
    return `the key itself is in a hardware token (${hardware}), and this is only what names it; with ssh-client: openssh and without ssh-key, let IdentityFile in ssh-config name its file on the runner, or an SSH agent hold it`;
  if (/unsupported (?!OpenSSH key magic)|PKCS #8/i.test(error.message)) {
    return `keys of this kind are not supported (${error.message}); use an ed25519, RSA or ECDSA key in OpenSSH form`;
  }
  return "the key is damaged; store it again as it stands in its file";
}

function describe(parsed: ParsedKey): PrivateKeyOutcome {
  const blob = parsed.getPublicSSH();
  return { kind: "key", key: { parsed, fingerprint: keyFingerprint(blob) } };
}
