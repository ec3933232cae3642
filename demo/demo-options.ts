import { parseArgs } from "node:util";
import { formatBytes, parseRateBytesPerSecond, parseSizeBytes } from "../src/core/units.ts";

export interface DemoOptions {
  readonly targets: number;
  readonly sizeBytes: number;
  /** Of each program; 0: none. */
  readonly uploadLimitBytesPerSecond: number;
  readonly kill: number;
  readonly corrupt: number;
  readonly sshd: boolean;
  readonly keep: boolean;
  readonly verify: boolean;
}

export const HELP = `npm run demo -- [options]

Ships a build to a fleet of servers on this machine, with the real action, and checks the result. No root, nothing to install.

  --targets N     servers in the fleet (8)
  --size SIZE     of the build, such as 256MiB (32MiB)
  --kill N        kill the agents of N servers in the middle of the transfer
  --corrupt N     change a byte on the disks of N servers before they verify
  --rate RATE     upload limit of each program, such as 20MiB; 0: none (so that the transfer takes about 5 s)
  --verify        then run the action again with mode: verify
  --sshd          real OpenSSH servers instead of built-in ones (Linux, root)
  --keep          leave the report and the servers' folders for a look (not with --sshd)
  --help
`;

/** A loopback link would be full too soon to watch it. */
const WATCHABLE_SECONDS = 5;
const TARGETS_MAX = 500;

/** @throws Error with one sentence for each bad option. Undefined where help was asked for. */
export function readDemoOptions(argv: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      targets: { type: "string", default: "8" },
      size: { type: "string", default: "32MiB" },
      kill: { type: "string", default: "0" },
      corrupt: { type: "string", default: "0" },
      rate: { type: "string" },
      verify: { type: "boolean", default: false },
      sshd: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const problems: string[] = [];
  const count = (name: "targets" | "kill" | "corrupt", least: number): number => {
    const number = /^\d{1,4}$/.test(values[name]) ? Number(values[name]) : Number.NaN;
    if (number >= least && number <= TARGETS_MAX) return number;
    problems.push(`--${name} ${JSON.stringify(values[name])}: expected ${least} to ${TARGETS_MAX}`);
    return least;
  };
  const targets = count("targets", 1);
  const kill = count("kill", 0);
  const corrupt = count("corrupt", 0);
  if (kill + corrupt >= targets && kill + corrupt > 0) {
    problems.push(`--kill and --corrupt: leave at least one of the ${targets} targets whole`);
  }
  const sizeBytes = parseSizeBytes(values.size) ?? 0;
  if (sizeBytes < 1) problems.push(`--size ${JSON.stringify(values.size)}: expected a size such as 32MiB`);
  const watchable = Math.ceil(sizeBytes / WATCHABLE_SECONDS);
  const rate = values.rate === undefined ? watchable : parseRateBytesPerSecond(values.rate);
  if (rate === undefined) {
    problems.push(`--rate ${JSON.stringify(values.rate)}: expected a size per second such as 20MiB, or 0`);
  }
  if (values.verify && kill + corrupt > 0) {
    problems.push(
      "--verify: nothing is switched, so there is nothing to verify, where --kill or --corrupt fail the run",
    );
  }
  if (values.keep && values.sshd)
    problems.push("--keep: the disks of --sshd's servers are in memory and end with them");
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const { sshd, keep, verify } = values;
  return { targets, sizeBytes, uploadLimitBytesPerSecond: rate ?? 0, kill, corrupt, sshd, keep, verify };
}

/** The command that does it again with twice the targets and four times the size. */
export function biggerCommand({ targets, sizeBytes }: DemoOptions): string {
  const size = formatBytes(sizeBytes * 4)
    .replace(/\.0 /, "")
    .replaceAll(" ", "");
  return `npm run demo -- --targets ${targets * 2} --size ${parseSizeBytes(size) === undefined ? sizeBytes * 4 : size}`;
}
