import type { Lab } from "./lab.ts";
import type { LabSshd } from "./lab-sshd.ts";
import { runCommand } from "./run-command.ts";

/** Seconds from the common start to the end of each target's copy, ascending. */
export async function runRsync(
  lab: Lab,
  sshd: LabSshd,
  { source, folder, signal }: { source: string; folder: string; signal: AbortSignal },
): Promise<number[]> {
  const ssh = [
    ...["ssh", "-F", "none", "-i", sshd.privateKeyPath],
    ...["-o", `UserKnownHostsFile=${sshd.knownHostsPath}`, "-o", "StrictHostKeyChecking=yes"],
    ...["-o", "BatchMode=yes"],
  ].join(" ");
  const startedMs = performance.now();
  const seconds = await Promise.all(
    lab.targets.map(async (target) => {
      const command = ["rsync", "-a", "-e", ssh, `${source}/`, `root@${target.address}:${folder}/`];
      await runCommand([...lab.runner.prefix, ...command], { signal });
      return (performance.now() - startedMs) / 1_000;
    }),
  );
  return seconds.sort((one, other) => one - other);
}
