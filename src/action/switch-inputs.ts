import { HOOK_COMMAND_CHARACTERS_MAX } from "../contract.ts";
import { type FleetShare, parseFleetShare } from "../core/fleet-share.ts";
import type { Hook } from "../core/outcome.ts";
import { parseDurationMs } from "../core/units.ts";
import type { DeployConfig, SwitchConfig } from "./config.ts";
import { oneOf, parseBoolean, parseRelativePaths, parseTimeLimitMs, TIME_LIMIT } from "./input-values.ts";
import type { InputName, Inputs } from "./inputs.ts";

/** What says how `current` is switched, and nothing where it is not. */
export const SWITCH_ONLY = [
  "batch-size",
  "batch-wait",
  "before-activate",
  "after-activate",
  "health-check",
  "health-timeout",
  "hook-timeout",
  "on-failure",
] as const satisfies readonly InputName[];

const WAVES_MAX = 1_000;
const SHARED_MAX = 1_000;
const SHARE = "a number of targets, or a percentage such as 95%";

export function readSwitching(inputs: Inputs, targets: number): SwitchConfig {
  const minVerified = inputs.parsed("min-verified", parseFleetShare, SHARE);
  if (minVerified.kind === "count" && minVerified.count > targets)
    inputs.reject("min-verified", `there are only ${targets} targets`);
  const allowFailures = inputs.parsed("allow-failures", parseBoolean, "true or false");
  if (allowFailures && minVerified.kind === "percent" && minVerified.percent === 100)
    inputs.reject(
      "allow-failures",
      "with it, set min-verified to less than 100%: how many targets are enough",
    );
  if (!inputs.isSet("health-check") && inputs.isSet("health-timeout"))
    inputs.reject("health-timeout", "there is no health-check");
  if (inputs.isSet("hook-timeout") && !inputs.isSet("before-activate") && !inputs.isSet("after-activate"))
    inputs.reject("hook-timeout", "there is no before-activate and no after-activate");
  return {
    minVerified,
    allowFailures,
    batchSizes: inputs.parsed(
      "batch-size",
      parseBatchSizes,
      "the sizes of the waves, such as 25% or 1,10%,100%: numbers of targets, or percentages of all",
    ),
    batchWaitMs: inputs.parsed("batch-wait", parseDurationMs, "a duration, such as 30s"),
    hooks: {
      "before-activate": readCommand(inputs, "before-activate"),
      "after-activate": readCommand(inputs, "after-activate"),
      "health-check": readCommand(inputs, "health-check"),
    },
    hookTimeoutMs: inputs.parsed("hook-timeout", parseTimeLimitMs, TIME_LIMIT),
    healthTimeoutMs: inputs.parsed("health-timeout", parseTimeLimitMs, TIME_LIMIT),
    onFailure: inputs.parsed("on-failure", oneOf("rollback", "keep"), "rollback or keep"),
  };
}

export function readShared(inputs: Inputs): DeployConfig["shared"] {
  const [files, directories] = (["shared-files", "shared-dirs"] as const).map((name) =>
    inputs.parsed(
      name,
      (text) => {
        const paths = parseRelativePaths(text);
        return paths !== undefined && paths.length <= SHARED_MAX ? paths : undefined;
      },
      `at most ${SHARED_MAX} paths, one a line, relative to the release and without ..`,
    ),
  ) as [readonly string[], readonly string[]];
  for (const clash of clashes([...files, ...directories]))
    inputs.complain(files.includes(clash) ? "shared-files" : "shared-dirs", `${clash} is shared already`);
  return { files, directories };
}

/** What is shared is not shipped: a link stands there on every target. */
export function sharedPatterns({ files, directories }: DeployConfig["shared"]): string[] {
  return [...files, ...directories].map((path) => `/${path.replaceAll(/[\\*?[\]!# ]/g, "\\$&")}`);
}

/** Paths that are there twice, or lie in another one. */
function clashes(paths: readonly string[]): string[] {
  return paths.filter((path, index) =>
    paths.some((other, at) => (path === other && at < index) || path.startsWith(`${other}/`)),
  );
}

function readCommand(inputs: Inputs, name: Hook): string | null {
  const command = inputs.text(name);
  if (command.length > HOOK_COMMAND_CHARACTERS_MAX)
    inputs.complain(
      name,
      `it has ${command.length} characters, at most ${HOOK_COMMAND_CHARACTERS_MAX} are taken`,
    );
  return command === "" ? null : command;
}

function parseBatchSizes(text: string): readonly FleetShare[] | undefined {
  const sizes = text.split(",").map((part) => parseFleetShare(part.trim()));
  if (sizes.length > WAVES_MAX || sizes.includes(undefined)) return undefined;
  return sizes as FleetShare[];
}
