import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { aptInstall } from "./debian-package.ts";

const SSHD = "/usr/sbin/sshd";
const NEEDED = [SSHD, "/usr/bin/ssh-keygen", "/usr/bin/unshare", "/usr/bin/nsenter"];
const PACKAGES = ["openssh-server", "openssh-client", "rsync", "util-linux"];

export interface OpenSsh {
  readonly available: boolean;
  /** Why not; one line that also says what is left out. */
  readonly why?: string;
}

let known: OpenSsh | undefined;

/** Whether real sshd targets can be started here. As root with apt it installs what is missing. */
export function ensureOpenSsh(): OpenSsh {
  known ??= findOpenSsh();
  return known;
}

function findOpenSsh(): OpenSsh {
  const leftOut = "the tests against real sshd are left out";
  if (process.platform !== "linux") return { available: false, why: `${leftOut}: they need Linux` };
  if (process.getuid?.() !== 0) return { available: false, why: `${leftOut}: they need root` };
  if (missing().length > 0 || !runs("rsync", ["--version"])) aptInstall(PACKAGES);
  const still = missing();
  if (still.length > 0)
    return {
      available: false,
      why: `${leftOut}: ${still.join(", ")} missing, and apt could not install them`,
    };
  const namespaces = runs("unshare", [
    "--mount",
    "--pid",
    "--fork",
    "--mount-proc",
    "mount",
    "-t",
    "tmpfs",
    "tmpfs",
    "/srv",
  ]);
  if (!namespaces) return { available: false, why: `${leftOut}: no mount or PID namespaces allowed here` };
  return { available: true };
}

function missing(): string[] {
  return NEEDED.filter((path) => !existsSync(path));
}

function runs(command: string, argv: readonly string[]): boolean {
  return spawnSync(command, argv, { stdio: "ignore" }).status === 0;
}
