import { statSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf } from "../core/errors.ts";
import type {
  ArtifactPlace,
  DeployConfig,
  PackageConfig,
  PackageRef,
  PackageSource,
  RunContext,
  TreeSource,
} from "./config.ts";
import {
  parseArtifactName,
  parsePatterns,
  parsePieceLength,
  parseRunId,
  RETENTION_DAYS_MAX,
  wholeNumber,
} from "./input-values.ts";
import type { InputName, Inputs } from "./inputs.ts";
import { readShared, sharedPatterns } from "./switch-inputs.ts";

/** Where a release comes from, and where it is stored. */

const PATTERNS_MAX = 10_000;

/** All that `mode: package` takes. */
export const PACKAGE_INPUTS: ReadonlySet<InputName> = new Set([
  "mode",
  "path",
  "exclude",
  "release",
  "piece-length",
  "shared-files",
  "shared-dirs",
  "artifact",
  "retention-days",
]);

type Shared = DeployConfig["shared"];

export interface DeployFrom {
  readonly source: DeployConfig["source"];
  readonly notices: readonly string[];
}

/** A tree, or with `artifact` a package; where the server has no artifacts for us, the tree that stands beside it. */
export function readDeploySource(inputs: Inputs, run: RunContext, shared: Shared): DeployFrom {
  if (!inputs.isSet("artifact")) {
    refuseWithoutArtifact(inputs);
    return {
      source: readTree(inputs, run, shared, "required for mode: deploy, unless artifact is given"),
      notices: [],
    };
  }
  if (inputs.isSet("piece-length"))
    inputs.reject(
      "piece-length",
      "does not apply with artifact, whose pieces are fixed: set it where you package",
    );
  const source = readPackageSource(inputs, run);
  if (run.artifacts.kind === "refused") {
    const { why } = run.artifacts;
    const tree = readTree(inputs, run, shared, `required here, since artifact can't be read: ${why}`);
    return { source: tree, notices: [`${why}: path is packed instead of reading artifact ${source.name}`] };
  }
  if (inputs.isSet("exclude") && !inputs.isSet("path"))
    inputs.reject("exclude", "does not apply with artifact: set it where you package");
  return { source, notices: [] };
}

/** Where a rollback finds what nobody holds any more. */
export function readRollbackSource(
  inputs: Inputs,
  run: RunContext,
): { readonly artifact: PackageRef | null; readonly notices: readonly string[] } {
  if (!inputs.isSet("artifact")) {
    refuseWithoutArtifact(inputs);
    return { artifact: null, notices: [] };
  }
  const { name, place } = readPackageSource(inputs, run);
  const { artifacts } = run;
  if (artifacts.kind !== "refused") return { artifact: { name, place }, notices: [] };
  return { artifact: null, notices: [`${artifacts.why}: the rollback takes what the targets hold`] };
}

type PackagePart = Pick<
  PackageConfig,
  "mode" | "source" | "pieceLengthBytes" | "name" | "retentionDays" | "notices"
>;

export function readPackaging(inputs: Inputs, run: RunContext): PackagePart {
  if (!inputs.isSet("artifact")) inputs.complain("artifact", "required for mode: package");
  const { artifacts } = run;
  return {
    mode: "package",
    source: readTree(inputs, run, readShared(inputs), "required for mode: package"),
    pieceLengthBytes: readPieceLength(inputs),
    name: readArtifactName(inputs),
    retentionDays: inputs.parsed(
      "retention-days",
      wholeNumber(0, RETENTION_DAYS_MAX),
      `0 (the repository's default) to ${RETENTION_DAYS_MAX}`,
    ),
    notices:
      artifacts.kind === "refused"
        ? [
            `${artifacts.why}: the release is packed and not stored; give path to the deploy too, and it packs again`,
          ]
        : [],
  };
}

export function readPieceLength(inputs: Inputs): number | null {
  return inputs.parsed("piece-length", parsePieceLength, "auto, or a power of two from 16KiB to 16MiB");
}

function readTree(inputs: Inputs, run: RunContext, shared: Shared, required: string): TreeSource {
  const exclude = inputs.parsed(
    "exclude",
    (text) => {
      const patterns = parsePatterns(text);
      return patterns.length <= PATTERNS_MAX ? patterns : undefined;
    },
    `at most ${PATTERNS_MAX} patterns`,
  );
  const path = readPath(inputs, run.workspace, required);
  return { kind: "tree", path, exclude: [...exclude, ...sharedPatterns(shared)] };
}

function readPath(inputs: Inputs, workspace: string, required: string): string {
  if (!inputs.isSet("path")) {
    inputs.complain("path", required);
    return "";
  }
  const path = resolve(workspace, inputs.text("path"));
  try {
    const stats = statSync(path);
    if (!stats.isDirectory() && !stats.isFile()) inputs.reject("path", "expected a directory or a file");
  } catch (thrown) {
    inputs.reject("path", `can't be read: ${messageOf(thrown)}`);
  }
  return path;
}

function refuseWithoutArtifact(inputs: Inputs): void {
  for (const name of ["run-id", "github-token"] as const)
    if (inputs.isSet(name)) inputs.complain(name, "does not apply without artifact, remove it");
}

function readPackageSource(inputs: Inputs, run: RunContext): PackageSource {
  return { kind: "package", name: readArtifactName(inputs), place: readPlace(inputs, run) };
}

function readArtifactName(inputs: Inputs): string {
  const expected = 'at most 200 characters, none of them one of " : < > | * ? \\ / or a line break';
  return inputs.parsed("artifact", (text) => (text === "" ? "" : parseArtifactName(text)), expected);
}

function readPlace(inputs: Inputs, { repository }: RunContext): ArtifactPlace {
  if (!inputs.isSet("run-id")) return { kind: "this-run" };
  const token = inputs.text("github-token");
  if (token === "")
    inputs.complain(
      "github-token",
      "required with run-id: a token that has actions: read, such as the job's own github.token",
    );
  if (repository === null) inputs.reject("run-id", "can't be looked up, since GITHUB_REPOSITORY is not set");
  const runId = inputs.parsed("run-id", (text) => (text === "" ? 0 : parseRunId(text)), "a run's number");
  return { kind: "run", runId, repository: repository ?? "", token };
}
