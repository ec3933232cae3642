import { spawnSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { ensureDebianPackage } from "../support/debian-package.ts";

/**
 * An ext4 file system in the file `image`, which is made. As a thin volume it promises more than what holds the file may have. With a
 * journal that cannot be written it would become read-only. Root only.
 */
export function makeExt4(image: string, sizeBytes: number, journal: "journal" | "no journal"): void {
  ensureDebianPackage({ name: "e2fsprogs", file: "/sbin/mkfs.ext4" });
  writeFileSync(image, "");
  truncateSync(image, sizeBytes);
  const features = journal === "journal" ? "has_journal" : "^has_journal";
  run("/sbin/mkfs.ext4", ["-q", "-F", "-O", features, "-E", "nodiscard,lazy_itable_init=1", image]);
}

/** Mounted at `path` until the end of the scope. Root only. */
export function mountImage(image: string, path: string): Disposable {
  mkdirSync(path, { recursive: true });
  run("mount", ["-o", "loop", image, path]);
  return {
    [Symbol.dispose]() {
      run("umount", ["-l", path]);
    },
  };
}

function run(command: string, args: readonly string[]): void {
  const result = spawnSync(command, args, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${result.stderr}`);
}
