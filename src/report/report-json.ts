import * as z from "zod";
import { ERROR_CODES, type ErrorCode } from "../core/error-codes.ts";
import {
  type Failure,
  HOOKS,
  type HookRun,
  RUN_PHASES,
  type RunResult,
  TARGET_PHASES,
  type TimeSpan,
} from "../core/outcome.ts";
import { linkBound, transferMs, transferredBytes } from "../core/transfer-facts.ts";
import { isHeldBack, type TargetRow, targetRows } from "./target-rows.ts";

/** The file at `report-path`. A field may be added within a version; none changes its meaning. */
export const REPORT_VERSION = 1;

const whole = z.number().int().nonnegative();
const time = z.number().nonnegative();
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));

const error = z
  .object({
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    remedy: z.string().describe("What a person does about it."),
  })
  .describe("Why something failed. The codes are stable.");

function phases<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z
    .array(z.object({ name: z.enum(names), startMs: time, endMs: time }))
    .describe("In order of their start; milliseconds since the run's start. They may overlap.");
}

const hook = z
  .object({
    name: z.enum(HOOKS),
    release: z.string().describe("In whose directory it ran."),
    passed: z.boolean(),
    exitCode: whole
      .nullable()
      .describe("Null where it was ended by a signal or the time limit, or not started."),
    attempts: whole,
    durationMs: time,
    output: z.string().describe("The end of what it wrote."),
    outputBytesDropped: whole.describe("Bytes that it wrote before."),
  })
  .describe("A command of the user; of a health check, the last attempt.");

const target = z.object({
  name: z.string().describe("As in the inventory."),
  group: z.string().nullable(),
  state: z
    .enum(["verified", "activated", "held-back", "put-back", "failed"])
    .describe(
      "held-back: it did its part, and the rollout stopped because of other targets. put-back: it was switched, and put back because of other targets.",
    ),
  failedDuring: z.enum(TARGET_PHASES).nullable(),
  error: error.nullable(),
  current: z
    .enum(["kept", "switched", "put-back", "unknown"])
    .nullable()
    .describe(
      "Of a target that failed or was held back: whether `current` is what it was (kept, put-back), the new release (switched), or one of them (unknown).",
    ),
  hooks: z.array(hook).describe("In the order in which they ran."),
  previousRelease: z.string().nullable().describe("What `current` named before it was switched."),
  phases: phases(TARGET_PHASES),
  bytes: z
    .object({
      fromSeeder: whole,
      fromPeers: whole,
      reused: whole.describe("Taken from what the target held already."),
      uploaded: whole.describe("Sent to other targets."),
    })
    .describe("Payload bytes."),
  pieces: z.object({ done: whole, total: whole }),
  peakRateBytesPerSecond: time,
  memoryBytes: whole.describe("Peak resident memory of the agent; 0 where it was not told."),
  hostKeyLine: z
    .string()
    .nullable()
    .describe("The known_hosts line to pin, where the host's key was not known."),
});

const release = z.object({
  id: z.string(),
  infoHash: hex(40).describe("SHA-1 of the info dictionary."),
  infoSha256: hex(64).describe("SHA-256 of the info dictionary."),
  manifestSha256: hex(64),
  files: whole,
  sizeBytes: whole.describe("Sum of the files' sizes."),
  tarBytes: whole.nullable().describe("Length of the tar, which is what moves."),
  pieces: whole,
  pieceLengthBytes: whole.nullable(),
});

const artifact = z
  .object({
    name: z.string(),
    id: whole,
    digest: hex(64).describe("SHA-256."),
    sizeBytes: whole,
  })
  .describe("The tar that `mode: package` has stored; its torrent lies beside it.");

const seedHost = z
  .object({
    name: z.string(),
    bytesFromRunner: whole.describe("Before they were compressed."),
    bytesReused: whole.describe("Taken from what it held already."),
    bytesUploaded: whole.describe("Sent to others."),
  })
  .describe(
    "A bastion or target that got the release from the runner and gave it to the others. Payload bytes.",
  );

const bound = z
  .object({
    bytes: whole.describe("F: the most that one target received."),
    slowestLinkBytesPerSecond: time.describe(
      "B: the smallest peak rate among targets that received about as much.",
    ),
    boundMs: time.describe("F/B."),
    ratio: time.describe("The transfer's time over F/B."),
  })
  .describe("How near the transfer came to what the slowest link seen allows.");

export const reportSchema = z
  .object({
    version: z.literal(REPORT_VERSION),
    status: z
      .enum(["success", "failed", "rolled-back"])
      .describe("rolled-back: it failed, and every target that had been switched was put back."),
    error: error.nullable().describe("What failed the run as a whole; targets have their own."),
    run: z.object({
      url: z.string().nullable(),
      mode: z.enum(["deploy", "verify", "rollback", "package"]),
      activate: z.boolean(),
      startedAt: z.iso.datetime(),
      durationMs: time,
    }),
    release: release.nullable().describe("Null where the run ended before it was known."),
    phases: phases(RUN_PHASES),
    transfer: z.object({
      durationMs: time.describe("From the first target's fetch to the end of the last."),
      bytes: whole.describe("Payload bytes received over the network, summed over all targets."),
      bound: bound.nullable(),
    }),
    origin: z
      .object({ bytesUploaded: whole, memoryBytes: whole })
      .nullable()
      .describe("Tracker and seeder; null where there were none."),
    seedHosts: z
      .array(seedHost)
      .describe(
        "With `seed-from: bastion` or `first-target`, in their order: mostly one, more where one was lost.",
      ),
    artifact: artifact.nullable().describe("Null where nothing was stored."),
    counts: z.object({ total: whole, verified: whole, activated: whole, heldBack: whole, failed: whole }),
    targets: z.array(target),
  })
  .describe("Report of one run of Murmuration.");

export type Report = z.infer<typeof reportSchema>;

export function reportOf(result: RunResult): Report {
  const { run, verdict } = result;
  const heldBack = verdict.failures.filter(({ failure }) => isHeldBack(failure)).length;
  return {
    version: REPORT_VERSION,
    status: verdict.status,
    error: errorOf(verdict.runFailure),
    run: {
      url: run.url,
      mode: run.mode,
      activate: run.activate,
      startedAt: run.startedAt,
      durationMs: result.durationMs,
    },
    release: releaseOf(result),
    phases: phasesOf(RUN_PHASES, result.phases),
    transfer: {
      durationMs: transferMs(result),
      bytes: transferredBytes(result.targets),
      bound: linkBound(result) ?? null,
    },
    origin: result.origin,
    seedHosts: [...(result.seedHosts ?? [])],
    artifact: result.artifact ?? null,
    counts: {
      total: verdict.targetsTotal,
      verified: verdict.targetsVerified,
      activated: verdict.targetsActivated,
      heldBack,
      failed: verdict.failures.length - heldBack,
    },
    targets: targetRows(result).map(targetOf),
  };
}

/** Content of the file. */
export function reportText(result: RunResult): string {
  return `${JSON.stringify(reportOf(result), null, 2)}\n`;
}

function releaseOf({ release: facts }: RunResult): Report["release"] {
  if (facts === null) return null;
  const { release: id, ...rest } = facts;
  return { id, ...rest };
}

function targetOf(row: TargetRow): Report["targets"][number] {
  const { transfer } = row;
  return {
    name: row.target,
    group: row.group,
    state: row.state,
    failedDuring: row.during,
    error: errorOf(row.failure),
    current: row.current,
    hooks: row.hooks.map(hookOf),
    previousRelease: row.previousRelease,
    phases: phasesOf(TARGET_PHASES, row.phases),
    bytes: {
      fromSeeder: transfer.bytesFromSeeder,
      fromPeers: transfer.bytesFromPeers,
      reused: transfer.bytesReused,
      uploaded: transfer.bytesUploaded,
    },
    pieces: { done: transfer.piecesDone, total: transfer.piecesTotal },
    peakRateBytesPerSecond: transfer.peakRateBytesPerSecond,
    memoryBytes: transfer.memoryBytes,
    hostKeyLine: row.hostKeyLine,
  };
}

function hookOf({ hook: name, end, ...rest }: HookRun): Report["targets"][number]["hooks"][number] {
  const exitCode = end.kind === "exited" ? end.code : null;
  return { name, passed: exitCode === 0, exitCode, ...rest };
}

function errorOf(failure: Failure | null): Report["error"] {
  if (failure === null) return null;
  const { code, message } = failure;
  return { code, message, remedy: ERROR_CODES[code] };
}

function phasesOf<Name extends string>(
  names: readonly Name[],
  spans: { readonly [Phase in Name]?: TimeSpan },
): { name: Name; startMs: number; endMs: number }[] {
  return names
    .flatMap((name) => {
      const span: TimeSpan | undefined = spans[name];
      return span === undefined ? [] : [{ name, startMs: span.startMs, endMs: span.endMs }];
    })
    .sort((one, other) => one.startMs - other.startMs);
}
