import { createHash } from "node:crypto";
import { MurmurationError } from "./errors.ts";
import { findManifestFault, type Manifest, type ManifestEntry } from "./manifest.ts";

/** A target holds the text and what is parsed from it in memory; two million entries of 130 bytes fit. */
export const MANIFEST_BYTES_MAX = 256 * 1024 * 1024;
export const MANIFEST_ENTRIES_MAX = 2_000_000;

const VERSION = 1;
const NEWLINE = 0x0a;
/** Lines are joined in portions, since one string of all would be as long as two times the text. */
const LINES_PER_PORTION = 4_096;

/**
 * The manifest as deterministic text. Its SHA-256 is the manifest digest. JSON lines:
 *
 *     {"murmuration":1,"entries":3}
 *     ["d",".","0755"]
 *     ["f","index.html","0644",5,"<SHA-256>"]
 *     ["l","latest","index.html"]
 *
 * A hash has a fixed length, so that the text's length is known before any file has been read.
 */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const portions: Buffer[] = [Buffer.from(headerLine(manifest.entries.length))];
  for (let start = 0; start < manifest.entries.length; start += LINES_PER_PORTION) {
    const lines = manifest.entries.slice(start, start + LINES_PER_PORTION).map(entryLine);
    portions.push(Buffer.from(lines.join("")));
  }
  return Buffer.concat(portions);
}

function headerLine(entries: number): string {
  return `${JSON.stringify({ murmuration: VERSION, entries })}\n`;
}

function entryLine(entry: ManifestEntry): string {
  return `${JSON.stringify(entryFields(entry))}\n`;
}

function entryFields(entry: ManifestEntry): readonly (string | number)[] {
  switch (entry.type) {
    case "directory":
      return ["d", entry.path, octal(entry.mode)];
    case "file":
      return ["f", entry.path, octal(entry.mode), entry.sizeBytes, entry.sha256];
    case "link":
      return ["l", entry.path, entry.target];
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** SHA-256 of the text, hex. */
export function manifestDigest(text: Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Reads what a peer sent. Accepts exactly what `encodeManifest` writes, byte for byte, and nothing that could lead outside the release.
 * @throws MurmurationError `CONTRACT_VIOLATED`
 */
export function parseManifest(text: Uint8Array): Manifest {
  if (text.length > MANIFEST_BYTES_MAX) throw violated(`it is longer than ${MANIFEST_BYTES_MAX} bytes`);
  const entries: ManifestEntry[] = [];
  let count = -1;
  for (const line of lines(text)) {
    if (count === -1) {
      count = parseHeader(line);
      continue;
    }
    if (entries.length === count) throw violated("it has more entries than it says");
    const entry = tryParseEntry(line);
    if (entry === undefined) throw violated(`line ${entries.length + 2} is no entry`);
    entries.push(entry);
  }
  if (entries.length !== count) throw violated("it has fewer entries than it says");
  const fault = findManifestFault(entries);
  if (fault !== undefined) throw violated(fault);
  return { entries };
}

function* lines(text: Uint8Array): Generator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf(NEWLINE, start);
    if (end === -1) throw violated("its last line has no end");
    let line: string;
    try {
      line = decoder.decode(text.subarray(start, end + 1));
    } catch (cause) {
      throw violated("it is not UTF-8", cause);
    }
    yield line;
    start = end + 1;
  }
}

function parseHeader(line: string): number {
  const header = tryParseJson(line);
  const count = isRecord(header) ? header.entries : undefined;
  if (typeof count !== "number" || headerLine(count) !== line) throw violated("its first line is unknown");
  if (!Number.isInteger(count) || count < 0 || count > MANIFEST_ENTRIES_MAX) {
    throw violated(`it has more than ${MANIFEST_ENTRIES_MAX} entries`);
  }
  return count;
}

function tryParseEntry(line: string): ManifestEntry | undefined {
  const fields = tryParseJson(line);
  if (!Array.isArray(fields)) return undefined;
  const entry = toEntry(fields);
  // One manifest has one text: what would be written otherwise (spaces, escapes, 644 for 0644) is refused.
  return entry !== undefined && entryLine(entry) === line ? entry : undefined;
}

function toEntry(fields: readonly unknown[]): ManifestEntry | undefined {
  const [type, path, third, sizeBytes, sha256] = fields;
  if (typeof path !== "string" || typeof third !== "string") return undefined;
  if (type === "l") return { type: "link", path, target: third };
  const mode = Number.parseInt(third, 8);
  if (type === "d") return { type: "directory", path, mode };
  if (type !== "f" || typeof sizeBytes !== "number" || typeof sha256 !== "string") return undefined;
  return { type: "file", path, mode, sizeBytes, sha256 };
}

function tryParseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function violated(why: string, cause?: unknown): MurmurationError {
  return new MurmurationError("CONTRACT_VIOLATED", `cannot read the release's manifest: ${why}`, { cause });
}
