import { MurmurationError } from "../core/errors.ts";
import type { Config, DeployConfig, FleetConfig, PackageConfig, RunContext } from "./config.ts";
import { type Environment, InputReader } from "./input-reader.ts";
import {
  oneOf,
  parseAgentDirectory,
  parseBoolean,
  parseKeepReleases,
  parseLockWaitMs,
  parseReleaseId,
  parseTimeLimitMs,
  TIME_LIMIT,
} from "./input-values.ts";
import { defaultReleaseId, readRunContext } from "./run-context.ts";
import { readRuntimeFiles } from "./runtime-inputs.ts";
import { PACKAGE_INPUTS, readDeploySource, readPackaging, readRollbackSource } from "./source-inputs.ts";
import { readSecrets, readSshConfig } from "./ssh-inputs.ts";
import { type BastionWays, readSwarm, warnOfHostedRunner } from "./swarm-inputs.ts";
import { readShared, readSwitching, SWITCH_ONLY } from "./switch-inputs.ts";
import { readTargets, requireTellableAddresses } from "./target-inputs.ts";

export type { Config } from "./config.ts";

/** Every input and its default, as in action.yml; a test holds the two together. */
export const INPUT_DEFAULTS = {
  mode: "deploy",
  path: "",
  exclude: ".git",
  release: "",
  targets: "",
  "targets-file": "",
  "deploy-to": "",
  "ssh-key": "",
  "ssh-key-passphrase": "",
  "ssh-user": "",
  "ssh-port": "22",
  "ssh-known-hosts": "",
  "ssh-strict": "true",
  "ssh-client": "builtin",
  "ssh-config": "",
  "ssh-concurrency": "30",
  "ssh-timeout": "30s",
  "ssh-retries": "3",
  "jump-hosts": "",
  "seed-from": "runner",
  bastion: "",
  "announce-address": "",
  "tracker-port": "0",
  "seed-port": "0",
  "peer-port": "0",
  encryption: "on",
  engine: "swarm",
  "piece-length": "auto",
  "upload-limit": "0",
  "transfer-timeout": "15m",
  "stall-timeout": "60s",
  activate: "true",
  "min-verified": "100%",
  "allow-failures": "false",
  "batch-size": "100%",
  "batch-wait": "0s",
  "before-activate": "",
  "after-activate": "",
  "health-check": "",
  "health-timeout": "60s",
  "hook-timeout": "5m",
  "on-failure": "rollback",
  "shared-files": "",
  "shared-dirs": "",
  "rollback-to": "previous",
  "keep-releases": "5",
  "lock-wait": "0s",
  "agent-dir": "~/.cache/murmuration",
  "node-runtime": "auto",
  artifact: "",
  "run-id": "",
  "github-token": "",
  "retention-days": "0",
} as const;

export type InputName = keyof typeof INPUT_DEFAULTS;
export type Inputs = InputReader<InputName>;

/** What says something about a release that is new. */
const DEPLOY_ONLY: readonly InputName[] = [
  "path",
  "exclude",
  "engine",
  "piece-length",
  "activate",
  "shared-files",
  "shared-dirs",
  "keep-releases",
];

/** What says how a release comes to the targets, and nothing where it is there. */
const TRANSFER_ONLY: readonly InputName[] = [
  "seed-from",
  "bastion",
  "announce-address",
  "tracker-port",
  "seed-port",
  "peer-port",
  "encryption",
  "upload-limit",
  "transfer-timeout",
  "artifact",
  "run-id",
  "github-token",
];

/** Their values never stand in a message. */
const SECRET_INPUTS: ReadonlySet<InputName> = new Set(["ssh-key", "ssh-key-passphrase", "github-token"]);

/** What does not come from inputs. */
export interface Surroundings {
  readonly now: Date;
  /** The user whom the runner runs as. */
  readonly user: string;
  readonly cwd: string;
}

/**
 * Reads and checks every input, before anything is contacted. Touches nothing but `path` and `targets-file`.
 *
 * @throws MurmurationError INPUT_INVALID that lists all that is wrong, one a line
 */
export function readInputs(environment: Environment, surroundings: Surroundings): Config {
  const inputs: Inputs = new InputReader(environment, INPUT_DEFAULTS);
  const run = readRunContext(environment, surroundings.cwd);
  const mode = inputs.parsed(
    "mode",
    oneOf("deploy", "verify", "rollback", "package"),
    laterVersions("deploy, verify, rollback or package"),
  );
  const release =
    inputs.text("release") === ""
      ? null
      : inputs.parsed("release", (text) => (text === "" ? "" : parseReleaseId(text)), RELEASE_ID);
  const from: RunInputs = {
    environment,
    surroundings,
    run,
    release,
    defaultRelease: defaultReleaseId(surroundings.now, environment),
  };
  const config = mode === "package" ? readPackageConfig(inputs, from) : readFleetConfig(inputs, mode, from);
  throwProblems(inputs.problems);
  return config;
}

/** What all modes read from. */
interface RunInputs {
  readonly environment: Environment;
  readonly surroundings: Surroundings;
  readonly run: RunContext;
  /** Null: none was given. */
  readonly release: string | null;
  readonly defaultRelease: string;
}

function readFleetConfig(inputs: Inputs, mode: FleetConfig["mode"], from: RunInputs): FleetConfig {
  const { environment, surroundings, run, release, defaultRelease } = from;
  const ssh = readSshConfig(inputs, environment, surroundings.user);
  const common = {
    targets: readTargets(inputs, run.workspace, surroundings.user),
    ssh: ssh.config,
    agentDir: inputs.parsed("agent-dir", parseAgentDirectory, "an absolute path, or one that starts with ~/"),
    runtimeFiles: readRuntimeFiles(inputs, run.workspace),
    stallTimeoutMs: inputs.parsed("stall-timeout", parseTimeLimitMs, TIME_LIMIT),
    run,
    secrets: readSecrets(inputs),
    warnings: ssh.warnings,
    notices: [],
  };
  if (mode !== "verify") requireTellableAddresses(inputs, common.targets);
  const ways = { jumpHosts: ssh.config.jumpHosts, runnerUser: surroundings.user };
  if (mode === "deploy") {
    const shared = readShared(inputs);
    const shipped = readDeploySource(inputs, run, shared);
    const deploy = readDeploy(inputs, ways);
    const id = release ?? (shipped.source.kind === "tree" ? defaultRelease : null);
    refuse(inputs, mode, ["rollback-to", "retention-days"]);
    const switching = readSwitching(inputs, common.targets.length);
    if (!deploy.activate) refuseWithoutSwitch(inputs);
    const warnings = [...common.warnings, ...warnOfHostedRunner(run, deploy.swarm)];
    return { ...common, ...shipped, mode, release: id, shared, switching, ...deploy, warnings };
  }
  if (mode === "rollback") {
    refuse(inputs, mode, [...DEPLOY_ONLY, "release", "retention-days"]);
    const switching = readSwitching(inputs, common.targets.length);
    return {
      ...common,
      ...readRollbackSource(inputs, run),
      mode,
      switching,
      swarm: readSwarm(inputs, ways),
      rollbackTo: readRollbackTo(inputs),
      lockWaitMs: readLockWaitMs(inputs),
    };
  }
  refuse(inputs, mode, [
    ...DEPLOY_ONLY,
    ...TRANSFER_ONLY,
    ...SWITCH_ONLY,
    "min-verified",
    "allow-failures",
    "lock-wait",
    "rollback-to",
    "retention-days",
  ]);
  return { ...common, mode, release };
}

/** Packaging reaches no target: all that says something about one is refused. */
function readPackageConfig(inputs: Inputs, { run, release, defaultRelease }: RunInputs): PackageConfig {
  const names = Object.keys(INPUT_DEFAULTS) as InputName[];
  refuse(
    inputs,
    "package",
    names.filter((name) => !PACKAGE_INPUTS.has(name)),
  );
  const common = { run, release: release ?? defaultRelease, secrets: readSecrets(inputs), warnings: [] };
  return { ...common, ...readPackaging(inputs, run) };
}

const RELEASE_ID = "1–100 of A-Z a-z 0-9 . _ -, not starting with a dot";

function throwProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const what = problems.length === 1 ? "an input is wrong" : `${problems.length} inputs are wrong`;
  throw new MurmurationError("INPUT_INVALID", `${what}:\n${problems.map((line) => `  ${line}`).join("\n")}`);
}

type DeployPart = Pick<DeployConfig, "activate" | "keepReleases" | "lockWaitMs" | "swarm">;

function readDeploy(inputs: Inputs, ways: BastionWays): DeployPart {
  return {
    activate: inputs.parsed("activate", parseBoolean, "true or false"),
    keepReleases: inputs.parsed("keep-releases", parseKeepReleases, "1–10000"),
    lockWaitMs: readLockWaitMs(inputs),
    swarm: readSwarm(inputs, ways),
  };
}

function readLockWaitMs(inputs: Inputs): number {
  return inputs.parsed("lock-wait", parseLockWaitMs, "a duration from 0s to 24h, such as 10m");
}

function readRollbackTo(inputs: Inputs): string | null {
  const release = inputs.parsed("rollback-to", parseReleaseId, `previous, or a release id: ${RELEASE_ID}`);
  return release === "previous" ? null : release;
}

function refuseWithoutSwitch(inputs: Inputs): void {
  for (const name of SWITCH_ONLY)
    if (inputs.isSet(name)) inputs.reject(name, "does not apply with activate: false, remove it");
  if (inputs.isSet("keep-releases"))
    inputs.reject("keep-releases", "with activate: false no release is removed, remove it");
}

function refuse(inputs: Inputs, mode: string, names: readonly InputName[]): void {
  for (const name of names) {
    if (!inputs.isSet(name)) continue;
    const why = `does not apply to mode: ${mode}, remove it`;
    if (SECRET_INPUTS.has(name)) inputs.complain(name, why);
    else inputs.reject(name, why);
  }
}

function laterVersions(expected: string): string {
  return `${expected}; this version has no other yet`;
}
