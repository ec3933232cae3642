import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const INSTALL_TIMEOUT_MS = 180_000;

export interface DebianPackage {
  readonly name: string;
  /** Something that it installs: where this is, the package is. */
  readonly file: string;
}

/** What is missing is installed, as root on a Debian. Undefined: it is there; else why it is not. */
export function ensureDebianPackage({ name, file }: DebianPackage): string | undefined {
  if (existsSync(file)) return undefined;
  if (process.platform === "linux" && process.getuid?.() === 0) aptInstall([name]);
  if (existsSync(file)) return undefined;
  return `${file} is missing, and could not be installed (that needs root, and apt with a package ${name})`;
}

/** Whether it worked is to be seen by what is there afterwards. */
export function aptInstall(packages: readonly string[]): void {
  const options = {
    stdio: "ignore",
    timeout: INSTALL_TIMEOUT_MS,
    // Neither questions nor services: a daemon that a package starts would stay.
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  } as const;
  // Another test file may be installing at the same time; the lock makes one wait for the other.
  const common = ["-q", "-y", "-o", "DPkg::Lock::Timeout=120"];
  const wanted = [...common, "install", "--no-install-recommends", ...packages];
  if (spawnSync("apt-get", wanted, options).status === 0) return;
  spawnSync("apt-get", [...common, "update"], options);
  spawnSync("apt-get", wanted, options);
}
