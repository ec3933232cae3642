import { parseArgs } from "node:util";
import { parseSizeBytes } from "../src/core/units.ts";
import { CONTENDERS, type Contender } from "./contenders.ts";

const PARTS = ["swarm", "growth", "pair", "fleet", "adoption"] as const;
export type Part = (typeof PARTS)[number];

/** From so many targets on, rsync takes minutes and differs little from run to run: once is enough unless more is asked for. */
const RSYNC_ONCE_FROM_TARGETS = 16;

/** What one lab is made of and what is sent in it. */
export interface Race {
  /** Ascending; all but `growth` have one. */
  readonly targets: readonly number[];
  readonly rateMbit: number;
  /** So many of the targets have a tenth of it. */
  readonly slowTargets: number;
  readonly sizeBytes: number;
}

/** A build, and how much of it the next one changes. */
export interface AdoptionPlan {
  readonly targets: number;
  readonly sizeBytes: number;
  readonly files: number;
  readonly changedFiles: number;
  /** Of every link, once all hold the first release; 0: loopback, without a limit. */
  readonly rateMbit: number;
}

export interface BenchOptions {
  readonly parts: ReadonlySet<Part>;
  readonly peers: readonly Contender[];
  readonly swarm: Race;
  readonly growth: Race;
  /** In `growth` rsync is left out above this many targets: its time grows with them. */
  readonly growthRsyncMost: number;
  readonly growthCsvPath: string | undefined;
  /** How TCP in the lab avoids congestion; undefined: as on this machine. */
  readonly congestion: string | undefined;
  readonly runs: number;
  readonly rsyncRuns: number | undefined;
  /** Of `swarm` and `growth`; `pair` measures both. */
  readonly encryption: "on" | "off";
  readonly pairSizeBytes: number;
  readonly fleetTargets: number;
  readonly adoption: AdoptionPlan;
  readonly verbose: boolean;
}

export const HELP = `npm run bench -- [options]

  --only PARTS          of ${PARTS.join(",")} (all)
                          swarm   everybody side by side on the same targets, every link limited in both directions (root)
                          growth  the same for more and more targets, with a CSV for the plot (root)
                          pair    one seeder, one target, no limit: rate, CPU, peak memory
                          fleet   the action's own peak memory with many targets
                          adoption  a build of which little has changed, against rsync --link-dest on the same targets (root)
  --peers PEERS         of ${CONTENDERS.join(",")} (all)
  --runs N              of each peer (3)
  --rsync-runs N        of rsync (as --runs; 1 from ${RSYNC_ONCE_FROM_TARGETS} targets on)
  --encryption on|off   of murmuration in swarm and growth (on)
  --congestion NAME     TCP's congestion control in the lab, such as cubic, reno, bbr (as on this machine)
  --verbose             show the action's log
  --help

  swarm
  --targets N           (16)
  --rate MBIT           of every link, in Mbit/s (50)
  --size SIZE           of the build (32MiB)
  --slow N              of the targets have a tenth of the rate (0)

  growth
  --growth-targets LIST (2,4,8,16,32)
  --growth-rate MBIT    (20)
  --growth-size SIZE    (16MiB)
  --growth-rsync-most N rsync is measured up to N targets (8)
  --growth-csv FILE     write the figures there; \`node scripts/plot-growth.ts FILE FILE.svg\` draws them

  pair, fleet
  --pair-size SIZE      of the release in pair (1GiB); everything lies in TMPDIR
  --fleet-targets N     of fleet (100)

  adoption
  --adoption-targets N  sshd on loopback, with their files in TMPDIR (8)
  --adoption-size SIZE  of the build (1GiB): six times as much is needed on each target
  --adoption-files N    (10000)
  --adoption-rate MBIT  of every link, once all hold the first release; 0: loopback, and no limit (0)
  --adoption-changed N  of them have half of their bytes changed (200)
`;

const TEXT_OPTIONS = {
  only: PARTS.join(","),
  peers: CONTENDERS.join(","),
  runs: "3",
  encryption: "on",
  targets: "16",
  rate: "50",
  size: "32MiB",
  slow: "0",
  "growth-targets": "2,4,8,16,32",
  "growth-rate": "20",
  "growth-size": "16MiB",
  "growth-rsync-most": "8",
  "pair-size": "1GiB",
  "fleet-targets": "100",
  "adoption-targets": "8",
  "adoption-size": "1GiB",
  "adoption-files": "10000",
  "adoption-changed": "200",
  "adoption-rate": "0",
} as const;
type Name = keyof typeof TEXT_OPTIONS;

/** @throws Error with one sentence for each bad option. Undefined where help was asked for. */
export function readBenchOptions(argv: readonly string[]): BenchOptions | undefined {
  const texts = Object.fromEntries(
    Object.entries(TEXT_OPTIONS).map(([name, text]) => [name, { type: "string", default: text }] as const),
  ) as Record<Name, { type: "string"; default: string }>;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...texts,
      "rsync-runs": { type: "string" },
      "growth-csv": { type: "string" },
      congestion: { type: "string" },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const problems: string[] = [];
  const wrong = (name: string, text: string, expected: string) =>
    problems.push(`--${name} ${JSON.stringify(text)}: expected ${expected}`);
  const number = (
    name: Name | "rsync-runs",
    most: number,
    text: string = values[name] ?? "",
    least = 1,
  ): number => {
    const parsed = /^\d{1,6}$/.test(text) ? Number(text) : -1;
    if (parsed < least || parsed > most) wrong(name, text, `${least} to ${most}`);
    return parsed;
  };
  const size = (name: Name): number => {
    const parsed = parseSizeBytes(values[name]) ?? 0;
    if (parsed < 1) wrong(name, values[name], "a size such as 32MiB");
    return parsed;
  };
  const some = <Known extends string>(name: "only" | "peers", known: readonly Known[]): Known[] => {
    const asked = values[name].split(",");
    const unknown = asked.filter((one) => !known.some((other) => other === one));
    if (unknown.length > 0) wrong(name, values[name], `some of ${known.join(",")}`);
    return known.filter((one) => asked.includes(one));
  };
  if (values.encryption !== "on" && values.encryption !== "off") {
    wrong("encryption", values.encryption, "on or off");
  }
  if (values.congestion !== undefined && !/^[a-z0-9_]{1,15}$/.test(values.congestion))
    wrong("congestion", values.congestion, "a name such as reno");
  const options: BenchOptions = {
    parts: new Set(some("only", PARTS)),
    peers: some("peers", CONTENDERS),
    swarm: {
      targets: [number("targets", 1_000)],
      rateMbit: number("rate", 100_000),
      sizeBytes: size("size"),
      slowTargets: number("slow", Math.max(0, number("targets", 1_000) - 1), values.slow, 0),
    },
    growth: {
      targets: values["growth-targets"]
        .split(",")
        .map((text) => number("growth-targets", 1_000, text))
        .sort((one, other) => one - other),
      rateMbit: number("growth-rate", 100_000),
      sizeBytes: size("growth-size"),
      slowTargets: 0,
    },
    growthRsyncMost: number("growth-rsync-most", 1_000),
    growthCsvPath: values["growth-csv"],
    congestion: values.congestion,
    runs: number("runs", 100),
    rsyncRuns: values["rsync-runs"] === undefined ? undefined : number("rsync-runs", 100),
    encryption: values.encryption === "off" ? "off" : "on",
    pairSizeBytes: size("pair-size"),
    fleetTargets: number("fleet-targets", 1_000),
    adoption: {
      targets: number("adoption-targets", 200),
      sizeBytes: size("adoption-size"),
      files: number("adoption-files", 100_000),
      changedFiles: number("adoption-changed", number("adoption-files", 100_000)),
      rateMbit: number("adoption-rate", 100_000, values["adoption-rate"], 0),
    },
    verbose: values.verbose,
  };
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return options;
}

export function runsOf(contender: Contender, targets: number, options: BenchOptions): number {
  if (contender !== "rsync") return options.runs;
  return options.rsyncRuns ?? (targets >= RSYNC_ONCE_FROM_TARGETS ? 1 : options.runs);
}
