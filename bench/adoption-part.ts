import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { formatBytes } from "../src/core/units.ts";
import type { BenchOptions } from "./bench-options.ts";
import type { Context } from "./competition.ts";
import type { Contender } from "./contenders.ts";
import { type Lab, type LabHost, startLab } from "./lab.ts";
import { type LabSshd, startLabSshd } from "./lab-sshd.ts";
import { ManyFiles } from "./many-files.ts";
import { runMeasuredStep } from "./measured-step.ts";
import { rsyncTo } from "./rsync-run.ts";
import { runCommand } from "./run-command.ts";
import { markdownTable, rightAligned } from "./table.ts";

const MIB = 1024 * 1024;
/** Goals of the project: what a target may receive where some files changed, beside 1 MiB, and where none did. */
const OVERHEAD_FACTOR = 1.05;

/** One deploy to all targets. */
interface Round {
  readonly seconds: number;
  /** The most that one target received, in bytes. */
  readonly receivedBytes: number;
  /** From the first target's begin to the last one's end; of ours alone. */
  readonly details?: string;
}

type Way = (release: string, before: string | undefined) => Promise<Round>;

/** A build of which little or nothing has changed, to targets that have the one before, on real disks and without a limit. */
export async function measureAdoption(
  options: BenchOptions,
  peers: readonly Contender[],
  parent: string,
  { signal, say }: Context,
): Promise<string> {
  const { targets, sizeBytes, files, changedFiles, rateMbit } = options.adoption;
  const folder = await mkdtemp(join(parent, "adoption-"));
  await using lab = rateMbit === 0 ? onLoopback(targets) : await startLab({ targets, rateMbit: null });
  const hosts = lab.targets;
  const disk = { kind: "folder", path: join(folder, "targets") } as const;
  await mkdir(join(folder, "sshd"));
  await using sshd = await startLabSshd(hosts, { folder: join(folder, "sshd"), disk });
  const build = new ManyFiles(join(folder, "build"), { sizeBytes, files });
  await build.make();

  const ways = waysOf(options, peers, {
    build: build.folder,
    runner: lab.runner,
    hosts,
    sshd,
    folder,
    signal,
  });
  const rounds = new Map<string, Round[]>();
  const deploy = async (release: string, before: string | undefined) => {
    for (const [name, way] of ways) {
      await runCommand(["sync"]);
      const round = await way(release, before);
      say(
        `${release}, ${name}: ${round.seconds.toFixed(1)} s, ${formatBytes(round.receivedBytes)} ${round.details ?? ""}`,
      );
      rounds.set(name, [...(rounds.get(name) ?? []), round]);
    }
  };
  await deploy("first", undefined);
  if (rateMbit !== 0) await lab.limit(rateMbit);
  const changedBytes = await build.change(changedFiles);
  await deploy("changed", "first");
  const floor = peers.includes("murmuration") ? await measureFloor(sshd, hosts, signal) : undefined;
  await build.touch();
  await deploy("touched", "changed");
  return report(options, changedBytes, rounds, floor);
}

/** What no target gets around whose releases share no file and are read back, without any deploy: seconds until all are done. */
interface Floor {
  /** A copy of the release before, in the page cache. */
  readonly copySeconds: number;
  /** The same on the disk, and all of it hashed once. */
  readonly provedSeconds: number;
}

async function measureFloor(sshd: LabSshd, hosts: readonly LabHost[], signal: AbortSignal): Promise<Floor> {
  const onAll = async (script: string) => {
    const startedMs = performance.now();
    await Promise.all(
      hosts.map((host) => runCommand([...sshd.inside(host), "sh", "-ec", script], { signal })),
    );
    return (performance.now() - startedMs) / 1_000;
  };
  await runCommand(["sync"]);
  const copySeconds = await onAll("cp -a --reflink=auto /srv/app/releases/first /srv/floor");
  const proofSeconds = await onAll(
    "sync -f /srv/floor & find /srv/floor -type f -exec sha256sum {} + >/dev/null; wait $!",
  );
  await onAll("rm -rf /srv/floor");
  return { copySeconds, provedSeconds: copySeconds + proofSeconds };
}

function onLoopback(targets: number): Lab {
  const hostAt = (namespace: string, index: number): LabHost => {
    return { address: `127.7.0.${index + 9}`, namespace, prefix: [] };
  };
  return {
    runner: hostAt("runner", 0),
    targets: Array.from({ length: targets }, (_, index) => hostAt(`target-${index}`, index + 1)),
    limit: () => Promise.reject(new Error("loopback has no links")),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface Field {
  /** Absolute path of the build. */
  readonly build: string;
  readonly runner: LabHost;
  readonly hosts: readonly LabHost[];
  readonly sshd: LabSshd;
  readonly folder: string;
  readonly signal: AbortSignal;
}

function waysOf(options: BenchOptions, peers: readonly Contender[], field: Field): Map<string, Way> {
  const ways = new Map<string, Way>();
  if (peers.includes("murmuration"))
    ways.set("murmuration", (release) => deployRelease(options, field, release));
  if (!peers.includes("rsync")) return ways;
  ways.set("rsync -a --link-dest", (release, before) => rsyncAll(field, "times", release, before));
  ways.set("rsync -rlpc --link-dest", (release, before) => rsyncAll(field, "checksums", release, before));
  return ways;
}

async function deployRelease(options: BenchOptions, field: Field, release: string): Promise<Round> {
  const { build, hosts, sshd, folder, signal } = field;
  const workspace = await mkdtemp(join(folder, "runner-"));
  const step = await runMeasuredStep(
    {
      inputs: {
        path: build,
        release,
        targets: hosts.map(({ address }) => `root@${address}\n`).join(""),
        "deploy-to": "/srv/app",
        "ssh-key": sshd.privateKey,
        "ssh-known-hosts": sshd.knownHostsText,
        encryption: options.encryption,
      },
      tempFolder: workspace,
      workspace,
      commandPrefix: field.runner.prefix,
      verbose: options.verbose,
    },
    { signal },
  );
  const { targets } = step.report;
  const received = targets.map(({ bytes }) => bytes.fromSeeder + bytes.fromPeers);
  const each = received.map((bytes) => (bytes / MIB).toFixed(1)).join(" ");
  return {
    seconds: step.wallMs / 1_000,
    receivedBytes: Math.max(...received),
    details: `(MiB of each: ${each}; ${phaseSeconds(targets)})`,
  };
}

/** How long each phase took from the first target's begin to the last one's end. */
function phaseSeconds(targets: Awaited<ReturnType<typeof runMeasuredStep>>["report"]["targets"]): string {
  const names = new Set(targets.flatMap(({ phases }) => phases.map(({ name }) => name)));
  const spans = [...names].map((name) => {
    const all = targets.flatMap(({ phases }) => phases.filter((phase) => phase.name === name));
    const [startMs, endMs] = [
      Math.min(...all.map((phase) => phase.startMs)),
      Math.max(...all.map((phase) => phase.endMs)),
    ];
    return `${name} ${(startMs / 1_000).toFixed(1)}–${(endMs / 1_000).toFixed(1)}`;
  });
  return spans.join(", ");
}

/** One rsync to each target, all at once. `times`: files of the same size and time are the same; `checksums`: of the same content. */
async function rsyncAll(
  { build, runner, hosts, sshd, signal }: Field,
  by: "times" | "checksums",
  release: string,
  before: string | undefined,
): Promise<Round> {
  const startedMs = performance.now();
  const flags = by === "times" ? ["-a"] : ["-rlp", "--checksum"];
  if (before !== undefined) flags.push(`--link-dest=../${before}`);
  const received = await Promise.all(
    hosts.map(async ({ address }) => {
      const to = `root@${address}:/srv/rsync-${by}/${release}/`;
      return await rsyncTo(sshd, [...flags, "--mkpath", `${build}/`, to], {
        signal,
        prefix: runner.prefix,
      });
    }),
  );
  return { seconds: (performance.now() - startedMs) / 1_000, receivedBytes: Math.max(...received) };
}

function report(
  options: BenchOptions,
  changedBytes: number,
  rounds: ReadonlyMap<string, readonly Round[]>,
  floor: Floor | undefined,
): string {
  const { targets, sizeBytes, files, changedFiles, rateMbit } = options.adoption;
  const links = rateMbit === 0 ? "no link limited" : `every link ${rateMbit} Mbit/s from then on`;
  const title =
    `Adoption: ${formatBytes(sizeBytes)} in ${files} files to ${targets} targets on this machine, on its disk, ${links}; then half of ${changedFiles} files ` +
    `(${formatBytes(changedBytes)}) changed; then nothing, but every file has a new time. Seconds of the whole step, and the most that a target received`;
  const rows = [...rounds].map(([name, all]) => [
    name,
    ...all.flatMap(({ seconds, receivedBytes }) => [`${seconds.toFixed(1)} s`, formatBytes(receivedBytes)]),
  ]);
  const headings = ["", "first", "", "changed", "", "new times", ""];
  return [title, markdownTable(rightAligned(headings), rows), ...goals(changedBytes, rounds, floor)].join(
    "\n\n",
  );
}

function goals(
  changedBytes: number,
  rounds: ReadonlyMap<string, readonly Round[]>,
  floor: Floor | undefined,
): string[] {
  const [, changed, touched] = rounds.get("murmuration") ?? [];
  if (changed === undefined || touched === undefined) return [];
  const most = OVERHEAD_FACTOR * changedBytes + MIB;
  const lines = [
    `- changed: ${formatBytes(changed.receivedBytes)} a target, goal at most 1.05 × the changed files and 1 MiB, ${formatBytes(most)}${missed(changed.receivedBytes > most)}`,
    `- new times: ${formatBytes(touched.receivedBytes)} a target, goal under 1 MiB${missed(touched.receivedBytes >= MIB)}`,
  ];
  for (const [name, [, other]] of rounds) {
    if (name === "murmuration" || other === undefined) continue;
    lines.push(
      `- changed, time against ${name}: ${(changed.seconds / other.seconds).toFixed(2)}, goal below 1${missed(changed.seconds >= other.seconds)}`,
    );
  }
  if (floor !== undefined) {
    const { copySeconds, provedSeconds } = floor;
    lines.push(
      `- the least without hard links, on all targets, with nothing sent: ${copySeconds.toFixed(1)} s for a copy of the release before (\`cp -a\`), ` +
        `${provedSeconds.toFixed(1)} s until it is on the disk and read back once (\`sync -f\`, \`sha256sum\`)`,
    );
  }
  return [lines.join("\n")];
}

function missed(isMissed: boolean): string {
  return isMissed ? " (missed)" : "";
}
