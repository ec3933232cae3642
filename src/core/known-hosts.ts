import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { matchesWildcard } from "./wildcard.ts";

/** Who a line is about: a list of patterns, or one name that only HMAC-SHA1 can recognize (`HashKnownHosts yes`). */
type HostNames =
  | { readonly kind: "patterns"; readonly patterns: readonly HostPattern[] }
  | { readonly kind: "hashed"; readonly salt: Buffer; readonly hash: Buffer };

interface HostPattern {
  /** Lower case. */
  readonly pattern: string;
  readonly negated: boolean;
}

/** One line of a known_hosts text (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHostEntry {
  readonly names: HostNames;
  readonly revoked: boolean;
  /** As in the line: `ssh-ed25519`, `ssh-rsa`, … */
  readonly keyType: string;
  /** The public key in the wire format of RFC 4253 §6.6. */
  readonly keyBlob: Buffer;
  /** From 1. */
  readonly line: number;
}

export interface KnownHosts {
  readonly entries: readonly KnownHostEntry[];
  /** Lines marked `@cert-authority`: who may sign the keys of these hosts. They pin nothing themselves. */
  readonly authorities: readonly KnownHostEntry[];
  /** Lines that cannot be read. A mistyped pin is a mistake to correct, not a line to pass over. */
  readonly problems: readonly string[];
}

export type HostKeyVerdict =
  | { readonly kind: "known" }
  | { readonly kind: "unknown" }
  /** Other keys are pinned for this host, on these lines. */
  | { readonly kind: "changed"; readonly lines: readonly number[] }
  | { readonly kind: "revoked"; readonly line: number };

/** Three keys for each host of a fleet of ten thousand, hashed, are 6 MiB. */
const KNOWN_HOSTS_CHARACTERS_MAX = 16 * 1024 * 1024;
/** An RSA key of 16,384 bits has 2,800 characters; the rest is names. */
const LINE_CHARACTERS_MAX = 16 * 1024;
const PROBLEMS_MAX = 50;
export const DEFAULT_SSH_PORT = 22;

/** Reads a known_hosts text. Never throws. */
export function parseKnownHosts(text: string): KnownHosts {
  const entries: KnownHostEntry[] = [];
  const authorities: KnownHostEntry[] = [];
  const problems: string[] = [];
  if (text.length > KNOWN_HOSTS_CHARACTERS_MAX) {
    problems.push(`known_hosts has at most ${KNOWN_HOSTS_CHARACTERS_MAX} characters`);
    return { entries, authorities, problems };
  }
  for (const [index, written] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const content = written.trim();
    if (content === "" || content.startsWith("#")) continue;
    const parsed = parseLine(content, index + 1);
    if (parsed.kind === "entry") entries.push(parsed.entry);
    else if (parsed.kind === "authority") authorities.push(parsed.entry);
    else problems.push(`line ${index + 1} ${quoteLine(content)}: ${parsed.problem}`);
    if (problems.length > PROBLEMS_MAX) {
      problems.push("and perhaps more: reading stopped here");
      break;
    }
  }
  return { entries, authorities, problems };
}

type ParsedLine =
  | { kind: "entry"; entry: KnownHostEntry }
  | { kind: "authority"; entry: KnownHostEntry }
  | { kind: "problem"; problem: string };

function parseLine(content: string, line: number): ParsedLine {
  if (content.length > LINE_CHARACTERS_MAX) {
    return { kind: "problem", problem: `a line has at most ${LINE_CHARACTERS_MAX} characters` };
  }
  const fields = content.split(/[ \t]+/);
  const marker = fields[0]?.startsWith("@") ? fields.shift() : undefined;
  if (marker !== undefined && marker !== "@revoked" && marker !== "@cert-authority") {
    return { kind: "problem", problem: `unknown marker ${marker}; known are @revoked and @cert-authority` };
  }
  const [namesField = "", keyType = "", keyField = ""] = fields;
  if (keyField === "") return { kind: "problem", problem: "expected host names, a key type and a key" };
  const names = parseNames(namesField);
  if (names === undefined) {
    return {
      kind: "problem",
      problem: `${JSON.stringify(namesField)} is no list of host names and no |1|salt|hash`,
    };
  }
  const keyBlob = parseKeyBlob(keyType, keyField);
  if (keyBlob === undefined) {
    return {
      kind: "problem",
      problem: `what follows ${JSON.stringify(keyType)} is not a whole key of that type`,
    };
  }
  const kind = marker === "@cert-authority" ? "authority" : "entry";
  return { kind, entry: { names, revoked: marker === "@revoked", keyType, keyBlob, line } };
}

function parseNames(field: string): HostNames | undefined {
  if (field.startsWith("|")) {
    const [, salt, hash] = /^\|1\|([A-Za-z0-9+/]{27}=)\|([A-Za-z0-9+/]{27}=)$/.exec(field) ?? [];
    if (salt === undefined || hash === undefined) return undefined;
    return { kind: "hashed", salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64") };
  }
  const patterns = field.split(",").map((written) => {
    const negated = written.startsWith("!");
    return { pattern: (negated ? written.slice(1) : written).toLowerCase(), negated };
  });
  return patterns.some(({ pattern }) => pattern === "") ? undefined : { kind: "patterns", patterns };
}

/** Undefined where the base64 is damaged or the key in it is of another type than the line says. */
function parseKeyBlob(keyType: string, field: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(field) || field.length % 4 !== 0) return undefined;
  const blob = Buffer.from(field, "base64");
  return keyTypeOf(blob) === keyType && keyType !== "" ? blob : undefined;
}

/** The type that stands at the start of a public key in wire format, or the empty text. */
export function keyTypeOf(keyBlob: Buffer): string {
  if (keyBlob.length < 4) return "";
  const end = 4 + keyBlob.readUInt32BE(0);
  // Something has to follow the type, or there is no key in it.
  return end < keyBlob.length ? keyBlob.toString("latin1", 4, end) : "";
}

/**
 * What the entries say about a key that a host shows. A revoked key is refused whatever else stands there. A key of another type than the pinned one
 * counts as changed, so that nobody can pass by showing a type that was never pinned.
 */
export function checkHostKey(
  entries: readonly KnownHostEntry[],
  host: string,
  port: number,
  keyBlob: Buffer,
): HostKeyVerdict {
  const { pinned, revoked, withoutPort } = findEntries(entries, host, port);
  const holdsKey = (entry: KnownHostEntry) => entry.keyBlob.equals(keyBlob);
  const revokedBy = revoked.find(holdsKey);
  if (revokedBy !== undefined) return { kind: "revoked", line: revokedBy.line };
  if (pinned.some(holdsKey)) return { kind: "known" };
  if (pinned.length > 0) return { kind: "changed", lines: pinned.map((entry) => entry.line) };
  return { kind: withoutPort.some(holdsKey) ? "known" : "unknown" };
}

/** Signature algorithms to ask a host for, so that it shows a key that is pinned rather than one that is not; in the order of the lines. */
export function knownKeyTypes(entries: readonly KnownHostEntry[], host: string, port: number): string[] {
  const { pinned, withoutPort } = findEntries(entries, host, port);
  const types = [...pinned, ...withoutPort].flatMap(({ keyType }) =>
    // RFC 8332: one RSA key, two signatures; the third, with SHA-1, is not asked for.
    keyType === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [keyType],
  );
  return [...new Set(types)];
}

/** The line to pin this key, as ssh-keyscan prints it. */
export function knownHostsLine(host: string, port: number, keyBlob: Buffer): string {
  return `${knownHostsName(host, port)} ${keyTypeOf(keyBlob)} ${keyBlob.toString("base64")}`;
}

/** The lines that say who may sign this host's key; to OpenSSH those of its name alone are good at any port. */
export function authoritiesOf(
  authorities: readonly KnownHostEntry[],
  host: string,
  port: number,
): readonly KnownHostEntry[] {
  const { pinned, withoutPort } = findEntries(authorities, host, port);
  return [...pinned, ...withoutPort];
}

/** As `ssh-keygen -l` prints it. */
export function keyFingerprint(keyBlob: Buffer): string {
  return `SHA256:${createHash("sha256").update(keyBlob).digest("base64").replace(/=+$/, "")}`;
}

function knownHostsName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === DEFAULT_SSH_PORT ? name : `[${name}]:${port}`;
}

interface FoundEntries {
  readonly pinned: readonly KnownHostEntry[];
  readonly revoked: readonly KnownHostEntry[];
  /** Pins of the host's name alone: as in OpenSSH, one of these keys is good at another port too, but none is missed there. */
  readonly withoutPort: readonly KnownHostEntry[];
}

function findEntries(entries: readonly KnownHostEntry[], host: string, port: number): FoundEntries {
  const name = knownHostsName(host, port);
  const bareName = host.toLowerCase();
  const pinned: KnownHostEntry[] = [];
  const revoked: KnownHostEntry[] = [];
  const withoutPort: KnownHostEntry[] = [];
  for (const entry of entries) {
    const exact = isAbout(entry.names, name);
    if (!exact && (name === bareName || !isAbout(entry.names, bareName))) continue;
    if (entry.revoked) revoked.push(entry);
    else if (exact) pinned.push(entry);
    else withoutPort.push(entry);
  }
  return { pinned, revoked, withoutPort };
}

function isAbout(names: HostNames, name: string): boolean {
  if (names.kind === "hashed") {
    return timingSafeEqual(createHmac("sha1", names.salt).update(name).digest(), names.hash);
  }
  let matched = false;
  for (const { pattern, negated } of names.patterns) {
    if (!matchesWildcard(name, pattern)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

function quoteLine(line: string): string {
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}…` : line);
}
