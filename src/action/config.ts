import type { FleetShare } from "../core/fleet-share.ts";
import type { Target } from "../core/inventory.ts";
import type { KnownHostEntry } from "../core/known-hosts.ts";
import type { Hook } from "../core/outcome.ts";
import type { OpenSshAddress } from "../remote/openssh-connect.ts";
import type { SshAuth } from "../remote/ssh-connect.ts";
import type { ParsedPrivateKey } from "../remote/ssh-private-key.ts";
import type { RuntimeFile } from "./runtime-file.ts";

/** All that a run depends on, read once by `readInputs`; nothing else reads the environment. */
export type Config = FleetConfig | PackageConfig;
/** Modes that reach targets. */
export type FleetConfig = DeployConfig | VerifyConfig | RollbackConfig;

interface CommonConfig {
  /** At least one; each has its own user, port and `deployTo`. */
  readonly targets: readonly Target[];
  readonly ssh: SshConfig;
  /** Node.js for targets that have none, one a platform; the runner's own is not among them. */
  readonly runtimeFiles: readonly RuntimeFile[];
  /** Where the agent is kept on a target; absolute, or starts with `~/`. */
  readonly agentDir: string;
  /** A target without any progress for so long has failed. */
  readonly stallTimeoutMs: number;
  readonly run: RunContext;
  /** Everything to mask in the log before anything else is logged. */
  readonly secrets: readonly string[];
  /** What is no mistake but should be known, such as a known_hosts line that can't be honoured. */
  readonly warnings: readonly string[];
  /** What was done differently than asked for, and is fine. */
  readonly notices: readonly string[];
}

export interface DeployConfig extends CommonConfig {
  readonly mode: "deploy";
  readonly source: TreeSource | PackageSource;
  /** Null: the id that the package has. */
  readonly release: string | null;
  readonly activate: boolean;
  readonly switching: SwitchConfig;
  /** Relative paths that are links into `shared/` in every release. */
  readonly shared: { readonly files: readonly string[]; readonly directories: readonly string[] };
  /** How long to wait for another deploy on the same targets; 0: not at all. */
  readonly lockWaitMs: number;
  /** So many successful releases stay on each target; at least 1. */
  readonly keepReleases: number;
  readonly swarm: SwarmConfig;
}

/** A build on the runner, to be packed. */
export interface TreeSource {
  readonly kind: "tree";
  /** Absolute; exists. */
  readonly path: string;
  readonly exclude: readonly string[];
}

/** What `package` mode stored in this run or another. */
export interface PackageSource extends PackageRef {
  readonly kind: "package";
}

export interface PackageRef {
  /** Of the input `artifact`. */
  readonly name: string;
  readonly place: ArtifactPlace;
}

export type ArtifactPlace =
  | { readonly kind: "this-run" }
  | {
      readonly kind: "run";
      readonly runId: number;
      /** `owner/name`. */
      readonly repository: string;
      readonly token: string;
    };

/** Pack a tree and store it as an artifact. Reaches no target. */
export interface PackageConfig extends Pick<CommonConfig, "run" | "secrets" | "warnings" | "notices"> {
  readonly mode: "package";
  readonly source: TreeSource;
  readonly release: string;
  readonly pieceLengthBytes: number | null;
  /** Of the artifact. */
  readonly name: string;
  /** 0: the repository's default. */
  readonly retentionDays: number;
}

/** Re-hash what the targets hold and change nothing. */
export interface VerifyConfig extends CommonConfig {
  readonly mode: "verify";
  /** Null: what `current` names. */
  readonly release: string | null;
}

/** Switch the fleet to a release that it holds. */
export interface RollbackConfig extends CommonConfig {
  readonly mode: "rollback";
  readonly switching: SwitchConfig;
  /** Null: the one that was live before. */
  readonly rollbackTo: string | null;
  /** Where the release comes from if nobody holds it; null: from nowhere. */
  readonly artifact: PackageRef | null;
  readonly swarm: SwarmConfig;
  readonly lockWaitMs: number;
}

/** How the fleet goes live. */
export interface SwitchConfig {
  /** With fewer targets that have verified, nothing is switched anywhere. */
  readonly minVerified: FleetShare;
  /** Whether the run passes with as many. */
  readonly allowFailures: boolean;
  /** The waves' sizes, the last one again and again. */
  readonly batchSizes: readonly FleetShare[];
  /** Between two waves. */
  readonly batchWaitMs: number;
  /** Null: none. */
  readonly hooks: { readonly [Name in Hook]: string | null };
  /** For one run of a hook, an attempt of a health check included. */
  readonly hookTimeoutMs: number;
  /** The health check is tried again for so long. */
  readonly healthTimeoutMs: number;
  /** What becomes of the targets that have switched when another fails. */
  readonly onFailure: "rollback" | "keep";
}

export interface SshConfig {
  readonly client: SshClient;
  /** By way of whom all targets are reached; the first is the runner's neighbour. Empty: they are reached directly. */
  readonly jumpHosts: readonly OpenSshAddress[];
  /** True refuses a host that has no known key. A changed or revoked key is refused always. */
  readonly strict: boolean;
  /** Handshakes in flight at once. */
  readonly concurrency: number;
  /** For each attempt to connect. */
  readonly timeoutMs: number;
  /** Attempts after the first. */
  readonly retries: number;
}

/** What carries the conversations with targets. */
export type SshClient =
  | {
      readonly kind: "builtin";
      readonly auth: SshAuth;
      readonly knownHosts: readonly KnownHostEntry[];
    }
  /** The system's `ssh`. */
  | {
      readonly kind: "openssh";
      /** Null: what `config` names, the agent's or the user's own. */
      readonly key: ParsedPrivateKey | null;
      /** Lines as in ssh_config(5). */
      readonly config: string;
      /** Null: the user's own files. */
      readonly knownHosts: {
        readonly text: string;
        readonly entries: readonly KnownHostEntry[];
        readonly authorities: readonly KnownHostEntry[];
      } | null;
      /** For targets that name none, where `config` does not either. */
      readonly defaults: { readonly user: string; readonly port: number };
      /** Of the runner, without inputs: programs that `config` names may need it. */
      readonly environment: Readonly<Record<string, string>>;
    };

/** Both ends are included; 0–0: any free port. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** `[user@]host[:port]` with all that was left out. */
export interface BastionConfig {
  readonly user: string;
  /** An IPv6 address is without brackets. */
  readonly host: string;
  readonly port: number;
  /** See `Target`. */
  readonly written: Target["written"];
  /** The targets are reached by way of it. */
  readonly isLastJump: boolean;
}

/** Where tracker and seeder run. */
export type SeedFrom =
  | { readonly kind: "runner" }
  | { readonly kind: "bastion"; readonly bastion: BastionConfig }
  | { readonly kind: "first-target" };

export interface SwarmConfig {
  readonly seedFrom: SeedFrom;
  /** Where the fleet reaches tracker and seeder; null: found from the SSH connections. */
  readonly announceAddress: string | null;
  readonly trackerPorts: PortRange;
  readonly seedPorts: PortRange;
  readonly peerPorts: PortRange;
  /** `webtorrent` only without encryption. */
  readonly engine: "swarm" | "webtorrent";
  readonly encryption: boolean;
  /** Null: chosen by the release's size. */
  readonly pieceLengthBytes: number | null;
  /** For each peer, the seeder included; 0: none. */
  readonly uploadLimitBytesPerSecond: number;
  readonly transferTimeoutMs: number;
}

/** What GitHub says about this run. */
export interface RunContext {
  /** Page of this attempt; null outside of GitHub Actions. */
  readonly url: string | null;
  /** What relative paths are relative to; absolute. */
  readonly workspace: string;
  /** Where the report is written; absolute. */
  readonly tempDir: string;
  /** `owner/name`; null outside of GitHub Actions. */
  readonly repository: string | null;
  readonly artifacts: ArtifactAccess;
  /** Whether the runner is GitHub's own machine, which nothing outside can connect to. */
  readonly isHosted: boolean;
}

/** Whether artifacts of this run can be stored and read. `refused`: the package does not work with this server (GitHub Enterprise Server). */
export type ArtifactAccess =
  | { readonly kind: "service" }
  | { readonly kind: "refused" | "missing"; readonly why: string };

/** How locks and logs on targets name the run. */
export function runName({ url }: RunContext): string {
  return url ?? "a run outside of GitHub Actions";
}
