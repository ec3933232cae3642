import { isIP } from "node:net";
import { posix } from "node:path";
import { isLinkLocal, plainAddress } from "../core/ip-address.ts";
import { PIECE_LENGTH_MAX_BYTES, PIECE_LENGTH_MIN_BYTES } from "../core/torrent.ts";
import { parseDurationMs, parseRateBytesPerSecond, parseSizeBytes } from "../core/units.ts";
import type { PortRange } from "./config.ts";

/** The forms in which single inputs are written. Each returns undefined for what it does not understand. */

const LOCK_WAIT_MAX_MS = 24 * 60 * 60 * 1_000;
const KEEP_RELEASES_MAX = 10_000;
const PORT_MAX = 65_535;
const RELATIVE_PATH_MAX_BYTES = 1_024;
export const TIME_LIMIT = "a duration above zero, such as 30s, 5m or 1h30m";
/** The most that GitHub allows, in private repositories. */
export const RETENTION_DAYS_MAX = 400;
const ARTIFACT_NAME_LENGTH_MAX = 200;
/** An upload below one block a second would look like a stalled peer to the others. */
export const UPLOAD_LIMIT_MIN_BYTES_PER_SECOND = 64 * 1024;

export function oneOf<Choice extends string>(
  ...choices: readonly Choice[]
): (text: string) => Choice | undefined {
  return (text) => choices.find((choice) => choice === text);
}

/** YAML 1.2 core schema, as GitHub's own actions read it. */
export function parseBoolean(text: string): boolean | undefined {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return undefined;
}

/** An unquoted `on` or `off` is a string in YAML 1.2 and a boolean in YAML 1.1; both are taken. */
export function parseOnOff(text: string): boolean | undefined {
  if (/^(?:on|On|ON)$/.test(text)) return true;
  if (/^(?:off|Off|OFF)$/.test(text)) return false;
  return parseBoolean(text);
}

/** A decimal whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number | undefined {
  return (text) => {
    if (!/^\d{1,15}$/.test(text)) return undefined;
    const value = Number(text);
    return value >= least && value <= most ? value : undefined;
  };
}

export const parsePort = wholeNumber(1, PORT_MAX);

export const parseKeepReleases = wholeNumber(1, KEEP_RELEASES_MAX);

export const parseRunId = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** What `@actions/artifact` takes as a name, and a file can be called. */
export function parseArtifactName(text: string): string | undefined {
  const isName = text.length <= ARTIFACT_NAME_LENGTH_MAX && !/["<>|*?\\/:]|^\.{1,2}$/.test(text);
  return isName && !hasControlCharacter(text) ? text : undefined;
}

/** `0`, `7000` or `7000-7010`. */
export function parsePortRange(text: string): PortRange | undefined {
  if (text === "0") return { from: 0, to: 0 };
  const [fromText = "", toText = fromText, ...rest] = text.split("-");
  const from = parsePort(fromText);
  const to = parsePort(toText);
  if (from === undefined || to === undefined || rest.length > 0 || from > to) return undefined;
  return { from, to };
}

/** A wait of no time at all would fail every target at once. */
export function parseTimeLimitMs(text: string): number | undefined {
  const durationMs = parseDurationMs(text);
  return durationMs === 0 ? undefined : durationMs;
}

/** No job of GitHub's waits longer for another. */
export function parseLockWaitMs(text: string): number | undefined {
  const durationMs = parseDurationMs(text);
  return durationMs !== undefined && durationMs <= LOCK_WAIT_MAX_MS ? durationMs : undefined;
}

/** Null: by the release's size. */
export function parsePieceLength(text: string): number | null | undefined {
  if (text === "auto") return null;
  const lengthBytes = parseSizeBytes(text);
  if (lengthBytes === undefined || !Number.isInteger(Math.log2(lengthBytes))) return undefined;
  if (lengthBytes < PIECE_LENGTH_MIN_BYTES || lengthBytes > PIECE_LENGTH_MAX_BYTES) return undefined;
  return lengthBytes;
}

export function parseUploadLimit(text: string): number | undefined {
  const limit = parseRateBytesPerSecond(text);
  if (limit === undefined || (limit > 0 && limit < UPLOAD_LIMIT_MIN_BYTES_PER_SECOND)) return undefined;
  return limit;
}

/** As in the contract and on the target's disk. */
export function parseReleaseId(text: string): string | undefined {
  return /^(?!\.)[A-Za-z0-9._-]{1,100}$/.test(text) ? text : undefined;
}

/** An absolute directory on a target, without a trailing slash. The root itself is nobody's deploy directory. */
export function parseRemoteDirectory(text: string): string | undefined {
  if (!text.startsWith("/") || hasControlCharacter(text) || Buffer.byteLength(text) > 4_096) return undefined;
  const path = posix.normalize(text).replace(/\/$/, "");
  return path === "" || text.split("/").includes("..") ? undefined : path;
}

/** Absolute, or below the SSH user's home. */
export function parseAgentDirectory(text: string): string | undefined {
  if (!text.startsWith("~/")) return parseRemoteDirectory(text);
  const below = parseRemoteDirectory(text.slice(1));
  return below === undefined ? undefined : `~${below}`;
}

/** A host name or an IP address that everybody can be told, without port or scheme. An IPv6 address may stand in brackets. */
export function parseHost(text: string): string | undefined {
  const address = text.replace(/^\[(.*)\]$/, "$1");
  if (isIP(address) !== 0) return isLinkLocal(address) ? undefined : plainAddress(address);
  const label = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  return text.length <= 253 && new RegExp(`^${label}(?:\\.${label})*\\.?$`).test(text) ? text : undefined;
}

/**
 * Paths below a directory, one a line; `#` starts a comment. A slash at an end is dropped. Undefined where one leads out of it, or is written
 * in a way that two could be the same.
 */
export function parseRelativePaths(text: string): readonly string[] | undefined {
  const paths = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.replace(/^\.\//, "").replace(/\/+$/, ""));
  const isRelative = (path: string) =>
    path !== "" &&
    Buffer.byteLength(path) <= RELATIVE_PATH_MAX_BYTES &&
    !hasControlCharacter(path) &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return paths.every(isRelative) ? paths : undefined;
}

/** gitignore-style patterns, one a line. Lines that start with `#` are comments; `\#` is a pattern. */
export function parsePatterns(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s+/, ""))
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

function hasControlCharacter(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u001f\u007f]/.test(text);
}
