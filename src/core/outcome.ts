import type { ErrorCode } from "./errors.ts";

/**
 * What a run found out, in plain values: the rollout fills them in, the verdict judges them, the report shows them.
 * All times are milliseconds since the run's start.
 */

export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * What is done to one target, in this order. `verify` mode ends with `verify`. `activate` is the switch and the hooks around it, `health`
 * the health check.
 */
export const TARGET_PHASES = [
  "connect",
  "preflight",
  "transfer",
  "verify",
  "commit",
  "activate",
  "health",
] as const;
export type TargetPhase = (typeof TARGET_PHASES)[number];

/**
 * What the whole run does, in this order; they overlap. `download` reads an artifact; `pack` scans, hashes and starts the origin; `upload` stores
 * an artifact.
 */
export const RUN_PHASES = ["download", "pack", "upload", ...TARGET_PHASES, "finish"] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** Names one release to the last byte. In the words of the contract's message `verified`, which is assignable to it. */
export interface ReleaseIdentity {
  readonly release: string;
  /** SHA-1 of the info dictionary, hex. */
  readonly infoHash: string;
  /** SHA-256 of the same bytes, hex. */
  readonly infoSha256: string;
  /** SHA-256 of the manifest, hex. */
  readonly manifestSha256: string;
  readonly pieces: number;
}

/** What a target says after it has re-read its disk: the message `verified`. */
export interface Verification extends ReleaseIdentity {
  readonly files: number;
  readonly sizeBytes: number;
}

/** What a target says after `current` has moved: the message `activated`. */
export interface Activation {
  readonly release: string;
  readonly previous: string | null;
}

export interface Failure {
  readonly code: ErrorCode;
  /** What was being done and what went wrong; without the remedy, which follows from the code. */
  readonly message: string;
  /** Name of the jump host, or seed host, that failed, where it was not the target: others have the same failure. */
  readonly jumpHost?: string;
}

/**
 * What `current` names on a target that failed: what it named before, since it was never touched (`kept`) or was switched and put back
 * (`put-back`); the new release (`switched`); or one of them, since the target was lost in between (`unknown`).
 */
export type CurrentState = "kept" | "switched" | "put-back" | "unknown";

/** Commands of the user that run on a target, in this order. */
export const HOOKS = ["before-activate", "after-activate", "health-check"] as const;
export type Hook = (typeof HOOKS)[number];

/** One hook on one target; of a health check, its last attempt. */
export interface HookRun {
  readonly hook: Hook;
  /** The release in whose directory it ran: after a switch was taken back, the one before. */
  readonly release: string;
  readonly end: HookEnd;
  /** More than one only of a health check. */
  readonly attempts: number;
  readonly durationMs: number;
  /** The end of what it wrote to stdout and stderr, bounded by the contract. */
  readonly output: string;
  /** Bytes before that which are not kept. */
  readonly outputBytesDropped: number;
}

export type HookEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string }
  | { readonly kind: "timed-out"; readonly afterMs: number }
  | { readonly kind: "not-started"; readonly why: string };

/**
 * Where a target ended. `verified` is the end where nothing is to be activated. A target that failed after it had verified
 * (in `commit` or later, or because the rest of the fleet failed) keeps what it said.
 */
export type TargetState =
  | { readonly kind: "verified"; readonly verified: Verification }
  | { readonly kind: "activated"; readonly verified: Verification; readonly activated: Activation }
  | {
      readonly kind: "failed";
      readonly during: TargetPhase;
      readonly failure: Failure;
      readonly verified: Verification | null;
      readonly current: CurrentState;
    };

/** Payload bytes are the release's; pieces are the torrent's. What a target never told is 0. */
export interface TransferFigures {
  readonly piecesDone: number;
  readonly piecesTotal: number;
  readonly bytesFromSeeder: number;
  readonly bytesFromPeers: number;
  /** Taken from what the target held already. */
  readonly bytesReused: number;
  readonly bytesUploaded: number;
  /** The best that one measuring interval of the agent saw come in; 0 where nothing was moved. */
  readonly peakRateBytesPerSecond: number;
  /** Peak resident memory of the agent. */
  readonly memoryBytes: number;
}

export const NO_TRANSFER: TransferFigures = {
  piecesDone: 0,
  piecesTotal: 0,
  bytesFromSeeder: 0,
  bytesFromPeers: 0,
  bytesReused: 0,
  bytesUploaded: 0,
  peakRateBytesPerSecond: 0,
  memoryBytes: 0,
};

export type PhaseTimes = { readonly [Phase in TargetPhase]?: TimeSpan };

/** One a target. A phase that failed ends when it failed; a phase that was never begun is absent. */
export interface TargetOutcome {
  /** The target's name in the inventory. */
  readonly target: string;
  readonly group: string | null;
  readonly state: TargetState;
  readonly phases: PhaseTimes;
  readonly transfer: TransferFigures;
  /** In the order in which they ran. */
  readonly hooks: readonly HookRun[];
  /** The known_hosts line to pin, where the host's key was not known. */
  readonly hostKeyLine: string | null;
}

export interface RunIdentity {
  /** Page of the run; null outside of GitHub Actions. */
  readonly url: string | null;
  readonly mode: "deploy" | "verify" | "rollback" | "package";
  /** The release's id; null in `verify` mode where it is what `current` names, and in `rollback` where there was none to go back to. */
  readonly release: string | null;
  readonly activate: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** What the runner packed; in `verify` mode, what most of the fleet holds. */
export interface ReleaseFacts extends ReleaseIdentity {
  readonly files: number;
  /** Sum of the files' sizes. */
  readonly sizeBytes: number;
  /** Length of the tar, which is what moves; null where the runner does not know it (`verify` mode). */
  readonly tarBytes: number | null;
  readonly pieceLengthBytes: number | null;
}

/** What `package` mode has put into GitHub's store: the tar. Its torrent is an artifact beside it. */
export interface StoredArtifact {
  readonly name: string;
  readonly id: number;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Why a target counts as failed: its own failure, or what the verdict found in what it said. */
export interface TargetFailure {
  readonly target: string;
  /** Null where there is no outcome to tell. */
  readonly during: TargetPhase | null;
  readonly failure: Failure;
}

export interface Verdict {
  /** `rolled-back`: it failed, and every target that had switched was put back. */
  readonly status: "success" | "failed" | "rolled-back";
  /** Fails the run whatever the targets say, such as an origin that died. */
  readonly runFailure: Failure | null;
  /** At most one a target, in the order of the inventory; strangers and duplicates last. */
  readonly failures: readonly TargetFailure[];
  readonly targetsTotal: number;
  /** Targets that proved the expected release, whatever came later. */
  readonly targetsVerified: number;
  readonly targetsActivated: number;
}

/** What a target holds: what could be gone back to. */
export interface Holding {
  readonly target: string;
  /** Live now; null where that is no release. */
  readonly current: string | null;
  /** Live before, held, and not marked bad. */
  readonly previous: string | null;
  readonly releases: readonly string[];
}

/** A bastion or target that got the release from the runner and gave it to the others. Payload bytes. */
export interface SeedHostFigures {
  readonly name: string;
  readonly bytesFromRunner: number;
  /** Taken from what it held already. */
  readonly bytesReused: number;
  readonly bytesUploaded: number;
}

export interface RunResult {
  readonly run: RunIdentity;
  /** Null where the run ended before it was known. */
  readonly release: ReleaseFacts | null;
  readonly durationMs: number;
  readonly phases: { readonly [Phase in RunPhase]?: TimeSpan };
  /** Null where there was no origin. */
  readonly origin: { readonly bytesUploaded: number; readonly memoryBytes: number } | null;
  /** Those through which the release left the runner, in their order; absent where the fleet fetched from the runner itself. */
  readonly seedHosts?: readonly SeedHostFigures[];
  readonly targets: readonly TargetOutcome[];
  /** Of a rollback: what the targets that were reached held at its beginning. */
  readonly holdings?: readonly Holding[];
  /** Absent where nothing was stored. */
  readonly artifact?: StoredArtifact;
  readonly verdict: Verdict;
}
