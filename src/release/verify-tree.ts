import { createHash } from "node:crypto";
import { type BigIntStats, lstatSync, readlinkSync } from "node:fs";
import { MurmurationError } from "../core/errors.ts";
import { describePath, type ManifestEntry } from "../core/manifest.ts";
import { pieceCount, type Torrent } from "../core/torrent.ts";
import { errnoOf } from "./errno.ts";
import { type FileOnDisk, hashTree } from "./hash-tree.ts";
import type { PlacedManifest } from "./placed-manifest.ts";
import { entryLocation, strayEntries } from "./stray-entries.ts";
import { paced, TimeSlice } from "./time-slice.ts";

export interface TreeVerification {
  /** Pieces whose SHA-1 was right, out of all. */
  readonly piecesRight: number;
  readonly piecesTotal: number;
  readonly files: number;
  readonly sizeBytes: number;
  /** What is wrong, one sentence each; the first PROBLEMS_NAMED_MAX of `problemCount`. */
  readonly problems: readonly string[];
  /** 0: the tree is what the manifest says. */
  readonly problemCount: number;
  /** Entries that the manifest does not know. In a live release applications may have put them there. */
  readonly extraEntries: number;
  /** The first EXTRAS_NAMED_MAX of them. */
  readonly extraNames: readonly string[];
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { piecesDone: number; piecesTotal: number }) => void;
}

const PROBLEMS_NAMED_MAX = 20;
const EXTRAS_NAMED_MAX = 5;
const EMPTY_SHA256 = createHash("sha256").digest("hex");

/**
 * Re-reads the disk: type, mode, size and link target of every entry, SHA-256 of every file, SHA-1 of every piece.
 * Never throws for what it finds; see `requireVerified`.
 */
export async function verifyTree(
  root: string,
  release: PlacedManifest,
  torrent: Torrent,
  options: VerifyOptions,
): Promise<TreeVerification> {
  const { entries } = release.manifest;
  const problems = new Problems();
  const slice = new TimeSlice(options.signal);
  let files = 0;
  let sizeBytes = 0;
  for (const [index, entry] of entries.entries()) {
    if (slice.over) await slice.next();
    problems.note(index, entry, findEntryFault(entryLocation(root, entry.path), entry));
    if (entry.type !== "file") continue;
    files += 1;
    sizeBytes += entry.sizeBytes;
  }

  const piecesTotal = pieceCount(torrent);
  const report = paced(options.onProgress);
  let piecesRight = 0;
  await hashTree(root, release, torrent, {
    signal: options.signal,
    onPiece: (piece, isRight) => {
      if (isRight) piecesRight += 1;
      report({ piecesDone: piece + 1, piecesTotal });
    },
    onFile: (index, found) => {
      const entry = entries[index];
      if (entry !== undefined) problems.note(index, entry, findContentFault(found, entry));
    },
  });
  report.flush();
  // Headers and padding follow from the manifest, so that wrong pieces with right files mean another torrent.
  if (piecesRight < piecesTotal)
    problems.add(`${piecesTotal - piecesRight} of ${piecesTotal} pieces are wrong`);

  const extraNames: string[] = [];
  let extraEntries = 0;
  for await (const extra of strayEntries(root, release.manifest, slice)) {
    extraEntries += 1;
    if (extraEntries <= EXTRAS_NAMED_MAX)
      extraNames.push(describePath(extra.toString().slice(root.length + 1)));
  }
  return {
    piecesRight,
    piecesTotal,
    files,
    sizeBytes,
    problems: problems.named,
    problemCount: problems.count,
    extraEntries,
    extraNames,
  };
}

/**
 * @param options.extras whether entries that the manifest does not know are wrong too.
 * @throws MurmurationError with the given code, naming what is wrong.
 */
export function requireVerified(
  verification: TreeVerification,
  options: {
    readonly code: "VERIFY_FAILED" | "RELEASE_DAMAGED";
    readonly extras: "refuse" | "allow";
    readonly root: string;
  },
): void {
  const sentences = [...verification.problems];
  const unnamed = verification.problemCount - sentences.length;
  if (unnamed > 0) sentences.push(`and ${unnamed} more`);
  if (options.extras === "refuse" && verification.extraEntries > 0) {
    sentences.push(
      `${verification.extraEntries} entries that are not part of the release: ${verification.extraNames.join(", ")}`,
    );
  }
  if (sentences.length === 0) return;
  throw new MurmurationError(
    options.code,
    `${describePath(options.root)} is not what was deployed: ${sentences.join("; ")}`,
  );
}

class Problems {
  readonly named: string[] = [];
  count = 0;
  readonly #noted = new Set<number>();

  add(sentence: string): void {
    this.count += 1;
    if (this.named.length < PROBLEMS_NAMED_MAX) this.named.push(sentence);
  }

  /** One sentence an entry: a missing file cannot be read either. */
  note(index: number, entry: ManifestEntry, fault: string | undefined): void {
    if (fault === undefined || this.#noted.has(index)) return;
    this.#noted.add(index);
    this.add(`${describePath(entry.path)} ${fault}`);
  }
}

function findEntryFault(location: string, entry: ManifestEntry): string | undefined {
  try {
    const stats = lstatSync(location, { bigint: true });
    if (typeOf(stats) !== entry.type) return `is ${typeOf(stats)}, not ${entry.type}`;
    if (entry.type === "link") {
      const target = readlinkSync(location);
      return target === entry.target
        ? undefined
        : `points to ${describePath(target)}, not ${describePath(entry.target)}`;
    }
    const mode = Number(stats.mode & 0o7777n);
    if (mode !== entry.mode) return `has mode ${octal(mode)}, not ${octal(entry.mode)}`;
    if (entry.type === "directory") return undefined;
    if (Number(stats.size) !== entry.sizeBytes) return `has ${stats.size} bytes, not ${entry.sizeBytes}`;
    if (entry.sizeBytes === 0 && entry.sha256 !== EMPTY_SHA256)
      return "is empty, and its SHA-256 is of something";
    return undefined;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return errno === "ENOENT" ? "is missing" : `cannot be looked at (${errno})`;
  }
}

function findContentFault(found: FileOnDisk, entry: ManifestEntry): string | undefined {
  switch (found.kind) {
    case "unreadable":
      return `cannot be read (${found.errno})`;
    case "short":
      return `ends after ${found.sizeBytes} bytes`;
    case "whole":
      return entry.type === "file" && found.sha256 === entry.sha256 ? undefined : "has other content";
  }
}

function typeOf(stats: BigIntStats): ManifestEntry["type"] | "something else" {
  if (stats.isDirectory()) return "directory";
  if (stats.isFile()) return "file";
  return stats.isSymbolicLink() ? "link" : "something else";
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
