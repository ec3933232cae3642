import { parseArgs } from "node:util";
import type { SwarmPolicy } from "../src/core/swarm-policy.ts";
import { parseSizeBytes } from "../src/core/units.ts";

export interface SimOptions {
  readonly seed: number;
  readonly targets: number;
  readonly pieces: number;
  readonly pieceBytes: number;
  readonly upMbit: number;
  readonly downMbit: number;
  readonly latencyMs: number;
  /** Whom a newcomer dials. */
  readonly dials: number;
  readonly joinWithinMs: number;
  readonly latePercent: number;
  readonly lateWithinMs: number;
  readonly slowPercent: number;
  readonly slowUpPercent: number;
  /** How many times slower than the others. */
  readonly slowBy: number;
  readonly leavePercent: number;
  readonly lyingPercent: number;
  readonly silentPercent: number;
  readonly stallPercent: number;
  readonly stallForMs: number;
  /** 0: there are none. */
  readonly zones: number;
  readonly borderMbit: number;
  /** In place of what the product does. */
  readonly policy: TargetPolicy;
  readonly csvPath: string | undefined;
}

/** How a target, not the seeder, sends and takes. */
export type TargetPolicy = Partial<Pick<SwarmPolicy, "slots" | "waitingMax" | "downloadsMax">>;

export const HELP = `npm run sim -- [options]

The product's own scheduler in virtual time: one seeder and N targets. The same options give the same run.

  --targets N        (1000)
  --pieces M         (1000)
  --piece SIZE       (128KiB)
  --rate MBIT        of every link, in each direction (50)
  --up MBIT          upward only (0: as --rate)
  --down MBIT        downward only (0: as --rate)
  --latency MS       of one message, one way (0.5)
  --dials N          whom a newcomer dials (20)
  --join-within MS   the targets begin within (100)
  --late PERCENT     of the targets begin later than the others (0)
  --late-within MS   at any time within (10000)
  --slow PERCENT     of the targets are slow in both directions (0)
  --slow-up PERCENT  of the targets are slow upward only (0)
  --slow-by N        how many times slower both kinds are (10)
  --leave PERCENT    leave on the way (0)
  --lying PERCENT    say that they have everything, and send other bytes (0)
  --silent PERCENT   say that they have everything, and send nothing (0)
  --stall PERCENT    stop sending on the way, pieces and messages, and go on (0)
  --stall-for MS     after (5000)
  --zones Z          the targets are spread over Z zones, the seeder is outside (0: none)
  --border MBIT      of the link between each zone and all others, in each direction (10 × --rate)
  --slots N          pieces that a target sends at once (0: as the product does)
  --waiting N        peers that may wait beyond these (0: the same)
  --downloads N      pieces that it takes at once (0: the same)
  --seed N           (1)
  --csv FILE         one line a target: what it is, when it joined and had everything, what it lost
  --help
`;

const NUMBERS = {
  targets: { standard: "1000", min: 1, max: 100_000 },
  pieces: { standard: "1000", min: 1, max: 65_536 },
  rate: { standard: "50", min: 0.001, max: 1e6 },
  up: { standard: "0", min: 0, max: 1e6 },
  down: { standard: "0", min: 0, max: 1e6 },
  latency: { standard: "0.5", min: 0, max: 10_000 },
  dials: { standard: "20", min: 1, max: 1_000 },
  "join-within": { standard: "100", min: 0, max: 1e7 },
  late: { standard: "0", min: 0, max: 100 },
  "late-within": { standard: "10000", min: 0, max: 1e7 },
  slow: { standard: "0", min: 0, max: 100 },
  "slow-up": { standard: "0", min: 0, max: 100 },
  "slow-by": { standard: "10", min: 1, max: 1e6 },
  leave: { standard: "0", min: 0, max: 100 },
  lying: { standard: "0", min: 0, max: 100 },
  silent: { standard: "0", min: 0, max: 100 },
  stall: { standard: "0", min: 0, max: 100 },
  "stall-for": { standard: "5000", min: 1, max: 1e7 },
  zones: { standard: "0", min: 0, max: 1_000 },
  border: { standard: "0", min: 0, max: 1e6 },
  slots: { standard: "0", min: 0, max: 1_000 },
  waiting: { standard: "0", min: 0, max: 1_000 },
  downloads: { standard: "0", min: 0, max: 1_000 },
  seed: { standard: "1", min: 0, max: 2 ** 32 - 1 },
} as const;
/** As wide as so many targets' links, unless said otherwise. */
const BORDER_LINKS = 10;
const WHOLE = new Set(["targets", "pieces", "dials", "zones", "slots", "waiting", "downloads", "seed"]);

/** @throws Error with one sentence for each bad option. Undefined where help was asked for. */
export function readSimOptions(argv: readonly string[]): SimOptions | undefined {
  const names = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(
        names.map((name) => [name, { type: "string", default: NUMBERS[name].standard }] as const),
      ),
      piece: { type: "string", default: "128KiB" },
      csv: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const given = values as Record<string, string | boolean | undefined>;
  if (given.help === true) return undefined;
  const problems: string[] = [];
  const number = (name: keyof typeof NUMBERS): number => {
    const text = String(given[name]);
    const value = Number(text);
    const { min, max } = NUMBERS[name];
    const fits = text.trim() !== "" && value >= min && value <= max;
    if (!fits || (WHOLE.has(name) && !Number.isInteger(value)))
      problems.push(`--${name} "${text}": expected ${min} to ${max}`);
    return value;
  };
  const rateMbit = number("rate");
  const where = (field: keyof TargetPolicy, name: keyof typeof NUMBERS): TargetPolicy => {
    const value = number(name);
    return value === 0 ? {} : { [field]: value };
  };
  const pieceBytes = parseSizeBytes(String(given.piece));
  if (pieceBytes === undefined || pieceBytes < 1)
    problems.push(`--piece "${given.piece}": expected a size such as 128KiB`);
  const options: SimOptions = {
    seed: number("seed"),
    targets: number("targets"),
    pieces: number("pieces"),
    pieceBytes: pieceBytes ?? 0,
    upMbit: number("up") || rateMbit,
    downMbit: number("down") || rateMbit,
    latencyMs: number("latency"),
    dials: number("dials"),
    joinWithinMs: number("join-within"),
    latePercent: number("late"),
    lateWithinMs: number("late-within"),
    slowPercent: number("slow"),
    slowUpPercent: number("slow-up"),
    slowBy: number("slow-by"),
    leavePercent: number("leave"),
    lyingPercent: number("lying"),
    silentPercent: number("silent"),
    stallPercent: number("stall"),
    stallForMs: number("stall-for"),
    zones: number("zones"),
    borderMbit: number("border") || BORDER_LINKS * rateMbit,
    policy: {
      ...where("slots", "slots"),
      ...where("waitingMax", "waiting"),
      ...where("downloadsMax", "downloads"),
    },
    csvPath: given.csv as string | undefined,
  };
  if (given.border !== "0" && given.zones === "0")
    problems.push("--border: there are no zones, give --zones too");
  if (options.zones > options.targets) problems.push(`--zones "${given.zones}": there are fewer targets`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return options;
}
