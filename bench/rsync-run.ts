import type { Arena, RunFigures } from "./contenders.ts";
import { runCommand } from "./run-command.ts";
import type { SharedBuild } from "./shared-build.ts";

/** One rsync over SSH to each target, all at once. */
export async function runRsync(
  build: SharedBuild,
  { lab, sshd, targets, signal }: Arena,
): Promise<RunFigures> {
  const ssh = [
    ...["ssh", "-F", "none", "-i", sshd.privateKeyPath],
    ...["-o", `UserKnownHostsFile=${sshd.knownHostsPath}`, "-o", "StrictHostKeyChecking=yes"],
    ...["-o", "BatchMode=yes"],
  ].join(" ");
  const startedMs = performance.now();
  const seconds = await Promise.all(
    targets.map(async ({ address }) => {
      const command = ["rsync", "-a", "-e", ssh, `${build.source}/`, `root@${address}:/srv/rsync/`];
      await runCommand([...lab.runner.prefix, ...command], { signal });
      return (performance.now() - startedMs) / 1_000;
    }),
  );
  seconds.sort((one, other) => one - other);
  return { seconds, startSpreadSeconds: 0, copies: targets.length, wholeSeconds: seconds.at(-1)! };
}
