import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { MurmurationError } from "../core/errors.ts";
import { type Torrent, torrentDigests } from "../core/torrent.ts";
import type { DeployDir } from "./deploy-dir.ts";
import { replaceFileDurably } from "./durable-file.ts";
import { diskError, errnoOf } from "./errno.ts";

const count = z.int().check(z.nonnegative());
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** `.murmuration/releases/<id>.json`: what was committed under this id. The manifest lies beside it. */
const recordSchema = z.object({
  version: z.literal(1),
  release: z.string(),
  infoHash: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
  infoSha256: sha256,
  torrent: z.object({
    name: z.string(),
    lengthBytes: count,
    pieceLengthBytes: count,
    pieces: z.base64(),
  }),
  manifest: z.object({ lengthBytes: count, sha256 }),
  files: count,
  sizeBytes: count,
  /** ISO 8601. */
  verifiedAt: z.string(),
  run: z.string(),
  good: z.boolean(),
  /** Whether the deploy that brought it was to switch to it. */
  toActivate: z.optional(z.boolean()),
  /** When `current` was switched to it last; ISO 8601. Written just before. */
  activatedAt: z.optional(z.string()),
});

export type ReleaseRecord = z.infer<typeof recordSchema>;

export function recordPath(deployDir: DeployDir, release: string): string {
  return join(deployDir.records, `${release}.json`);
}

export function recordedManifestPath(deployDir: DeployDir, release: string): string {
  return join(deployDir.records, `${release}.manifest`);
}

/** The manifest is written first: a record always has one. */
export async function writeRecord(
  deployDir: DeployDir,
  record: ReleaseRecord,
  manifestText: Uint8Array,
): Promise<void> {
  const path = recordPath(deployDir, record.release);
  try {
    await replaceFileDurably(recordedManifestPath(deployDir, record.release), manifestText);
    await replaceFileDurably(path, Buffer.from(`${JSON.stringify(record)}\n`));
  } catch (cause) {
    throw diskError(cause, "writing", path);
  }
}

/**
 * Notes that `current` is about to be switched to this release. Without a record there is nothing to note.
 * @throws MurmurationError `RELEASE_DAMAGED`, `DEPLOY_DIR_UNWRITABLE`, `DISK_FULL`
 */
export async function noteActivation(deployDir: DeployDir, release: string): Promise<void> {
  await change(deployDir, release, { good: true, activatedAt: new Date().toISOString() });
}

/** Notes that the fleet went back from this release: it is no way back any more. @throws as `noteActivation` */
export async function markBad(deployDir: DeployDir, release: string): Promise<void> {
  await change(deployDir, release, { good: false });
}

async function change(
  deployDir: DeployDir,
  release: string,
  changes: Partial<Pick<ReleaseRecord, "good" | "activatedAt">>,
): Promise<void> {
  const record = findRecord(deployDir, release);
  if (record === undefined) return;
  const path = recordPath(deployDir, release);
  try {
    await replaceFileDurably(path, Buffer.from(`${JSON.stringify({ ...record, ...changes })}\n`));
  } catch (cause) {
    throw diskError(cause, "writing", path);
  }
}

/**
 * Undefined where there is none.
 * @throws MurmurationError `RELEASE_DAMAGED` where it is there and does not make sense.
 */
export function findRecord(deployDir: DeployDir, release: string): ReleaseRecord | undefined {
  const path = recordPath(deployDir, release);
  let record: ReleaseRecord;
  try {
    record = recordSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return undefined;
    throw new MurmurationError(
      "RELEASE_DAMAGED",
      `the record of release ${release} cannot be read: ${path}`,
      { cause },
    );
  }
  const digests = torrentDigests(torrentOf(record));
  if (digests.infoHash !== record.infoHash || digests.infoSha256 !== record.infoSha256) {
    throw new MurmurationError(
      "RELEASE_DAMAGED",
      `the record of release ${release} contradicts itself: ${path}`,
    );
  }
  return record;
}

export function torrentOf(record: ReleaseRecord): Torrent {
  return { ...record.torrent, pieces: Buffer.from(record.torrent.pieces, "base64") };
}
