import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** A small file system of its own at `path`; unmounted at the end of the scope. Root only. */
export function mountTmpfs(path: string, options: string): Disposable {
  mkdirSync(path, { recursive: true });
  run("mount", ["-t", "tmpfs", "-o", options, "murmuration-test", path]);
  return {
    [Symbol.dispose]() {
      run("umount", ["-l", path]);
    },
  };
}

export function remount(path: string, options: string): void {
  run("mount", ["-o", `remount,${options}`, path]);
}

function run(command: string, args: readonly string[]): void {
  const result = spawnSync(command, args, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${result.stderr}`);
}
