import type { Arena, RunFigures } from "./contenders.ts";
import type { LabSshd } from "./lab-sshd.ts";
import { runCommand } from "./run-command.ts";
import type { SharedBuild } from "./shared-build.ts";

/** One rsync over SSH to each target, all at once. */
export async function runRsync(
  build: SharedBuild,
  { lab, sshd, targets, signal }: Arena,
): Promise<RunFigures> {
  const startedMs = performance.now();
  const seconds = await Promise.all(
    targets.map(async ({ address }) => {
      const { prefix } = lab.runner;
      await rsyncTo(sshd, ["-a", `${build.source}/`, `root@${address}:/srv/rsync/`], { signal, prefix });
      return (performance.now() - startedMs) / 1_000;
    }),
  );
  seconds.sort((one, other) => one - other);
  return { seconds, startSpreadSeconds: 0, copies: targets.length, wholeSeconds: seconds.at(-1)! };
}

/** Runs rsync with these arguments, over the SSH of these servers. Returns how many bytes it sent. */
export async function rsyncTo(
  sshd: LabSshd,
  args: readonly string[],
  { signal, prefix = [] }: { signal: AbortSignal; prefix?: readonly string[] },
): Promise<number> {
  const ssh = [
    ...["ssh", "-F", "none", "-i", sshd.privateKeyPath],
    ...["-o", `UserKnownHostsFile=${sshd.knownHostsPath}`, "-o", "StrictHostKeyChecking=yes"],
    ...["-o", "BatchMode=yes"],
  ].join(" ");
  const stats = await runCommand([...prefix, "rsync", "--stats", "-e", ssh, ...args], { signal });
  return Number(/^Total bytes sent: ([\d,]+)$/m.exec(stats)?.[1]?.replaceAll(",", ""));
}
