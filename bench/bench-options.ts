import { parseArgs } from "node:util";
import { parseSizeBytes } from "../src/core/units.ts";

export const PARTS = ["swarm", "rsync", "memory", "fleet"] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: ReadonlySet<Part>;
  readonly targets: number;
  readonly rateMbit: number;
  readonly sizeBytes: number;
  readonly runs: number;
  readonly encryption: "on" | "off";
  /** Of the release that one agent receives in the part `memory`. */
  readonly memorySizeBytes: number;
  /** Of the part `fleet`. */
  readonly fleetTargets: number;
  readonly verbose: boolean;
}

export const HELP = `npm run bench -- [options]

  --only PARTS          of ${PARTS.join(",")} (all)
                          swarm   the action to real sshd targets, every link limited in both directions (root)
                          rsync   the same build by rsync over SSH to all of them at once (root)
                          memory  one agent that receives a large release: peak memory, CPU
                          fleet   the action's own peak memory with many targets
  --targets N           of swarm and rsync (16)
  --rate MBIT           of every link in the lab, in Mbit/s (50)
  --size SIZE           of the build (32MiB)
  --runs N              of swarm (3)
  --encryption on|off   (on)
  --memory-size SIZE    of the release in memory (1GiB)
  --fleet-targets N     of fleet (100)
  --verbose             show the action's log
  --help
`;

/** @throws Error with one sentence for each bad option. Undefined where help was asked for. */
export function readBenchOptions(argv: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: "string", default: PARTS.join(",") },
      targets: { type: "string", default: "16" },
      rate: { type: "string", default: "50" },
      size: { type: "string", default: "32MiB" },
      runs: { type: "string", default: "3" },
      encryption: { type: "string", default: "on" },
      "memory-size": { type: "string", default: "1GiB" },
      "fleet-targets": { type: "string", default: "100" },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const problems: string[] = [];
  const number = (name: "targets" | "rate" | "runs" | "fleet-targets", most: number): number => {
    const parsed = /^\d{1,6}$/.test(values[name]) ? Number(values[name]) : 0;
    if (parsed < 1 || parsed > most) {
      problems.push(`--${name} ${JSON.stringify(values[name])}: expected 1 to ${most}`);
    }
    return parsed;
  };
  const size = (name: "size" | "memory-size"): number => {
    const parsed = parseSizeBytes(values[name]) ?? 0;
    if (parsed < 1) problems.push(`--${name} ${JSON.stringify(values[name])}: expected a size such as 32MiB`);
    return parsed;
  };
  const parts = values.only.split(",");
  const unknown = parts.filter((part) => !PARTS.some((known) => known === part));
  if (unknown.length > 0) problems.push(`--only: expected some of ${PARTS.join(",")}, not ${unknown.join()}`);
  if (values.encryption !== "on" && values.encryption !== "off")
    problems.push("--encryption: expected on or off");
  const options: BenchOptions = {
    parts: new Set(PARTS.filter((part) => parts.includes(part))),
    targets: number("targets", 1_000),
    rateMbit: number("rate", 100_000),
    sizeBytes: size("size"),
    runs: number("runs", 100),
    encryption: values.encryption === "off" ? "off" : "on",
    memorySizeBytes: size("memory-size"),
    fleetTargets: number("fleet-targets", 1_000),
    verbose: values.verbose,
  };
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return options;
}
