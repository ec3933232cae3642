import { type Failure, NO_TRANSFER, type RunResult, type TargetOutcome } from "../../src/core/outcome.ts";
import { judge } from "../../src/core/verdict.ts";

const MIB = 1024 ** 2;

export const RELEASE = {
  release: "20260714093000-4f2a9c1",
  infoHash: "a".repeat(40),
  infoSha256: "b".repeat(64),
  manifestSha256: "c".repeat(64),
  pieces: 512,
  files: 1_204,
  sizeBytes: 32 * MIB,
};

export function rightTarget(target: string): TargetOutcome {
  return {
    target,
    group: "web",
    state: {
      kind: "activated",
      verified: RELEASE,
      activated: { release: RELEASE.release, previous: "older" },
    },
    phases: {
      connect: { startMs: 100, endMs: 350 },
      preflight: { startMs: 350, endMs: 400 },
      transfer: { startMs: 500, endMs: 6_900 },
      verify: { startMs: 6_900, endMs: 7_600 },
      commit: { startMs: 7_700, endMs: 7_800 },
    },
    transfer: {
      ...NO_TRANSFER,
      piecesDone: 512,
      piecesTotal: 512,
      bytesFromSeeder: 2 * MIB,
      bytesFromPeers: 30 * MIB,
      bytesUploaded: 30 * MIB,
      peakRateBytesPerSecond: 6_262_500,
      memoryBytes: 80 * MIB,
    },
    hooks: [],
    hostKeyLine: null,
  };
}

export function failedTarget(
  target: string,
  failure: Failure,
  during: "connect" | "transfer" | "commit" = "transfer",
): TargetOutcome {
  return {
    ...rightTarget(target),
    state: { kind: "failed", during, failure, verified: null, current: "kept" },
    phases: { connect: { startMs: 100, endMs: 30_100 } },
    transfer: NO_TRANSFER,
  };
}

/** A run of these outcomes; names that are not among them stand in the inventory too. */
export function runOf(
  targets: readonly TargetOutcome[],
  { silent = [], runFailure = null }: { silent?: readonly string[]; runFailure?: Failure | null } = {},
): RunResult {
  const inventory = [...targets.map(({ target }) => target), ...silent];
  return {
    run: {
      url: "https://github.example.com/o/r/actions/runs/1/attempts/1",
      mode: "deploy",
      release: RELEASE.release,
      activate: true,
      startedAt: "2026-07-14T09:30:00.000Z",
    },
    release: { ...RELEASE, tarBytes: 33 * MIB, pieceLengthBytes: 65_536 },
    durationMs: 8_234,
    phases: { pack: { startMs: 0, endMs: 300 }, connect: { startMs: 100, endMs: 350 } },
    origin: { bytesUploaded: 32 * MIB, memoryBytes: 90 * MIB },
    targets,
    verdict: judge(
      { targets: inventory, release: RELEASE, activate: true, enough: null, source: "runner" },
      targets,
      runFailure,
    ),
  };
}
