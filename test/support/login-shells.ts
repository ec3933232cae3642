import { chmodSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type DebianPackage, ensureDebianPackage } from "./debian-package.ts";

const PACKAGES: readonly DebianPackage[] = [
  { name: "zsh", file: "/bin/zsh" },
  { name: "fish", file: "/usr/bin/fish" },
  { name: "tcsh", file: "/bin/tcsh" },
  { name: "busybox-static", file: "/bin/busybox" },
];

export interface LoginShells extends Disposable {
  /** Paths by the shells' names. */
  readonly paths: Readonly<Record<"bash" | "dash" | "zsh" | "fish" | "ash" | "tcsh", string>>;
}

/** The shells that people log in to. What is missing is installed. @throws Error where it can't be */
export function ensureLoginShells(): LoginShells {
  for (const wanted of PACKAGES) {
    const why = ensureDebianPackage(wanted);
    if (why !== undefined) throw new Error(why);
  }
  // BusyBox is what it is called as.
  const folder = mkdtempSync("/tmp/murmuration-shells-");
  chmodSync(folder, 0o755);
  const ash = join(folder, "ash");
  symlinkSync("/bin/busybox", ash);
  return {
    paths: {
      bash: "/bin/bash",
      dash: "/bin/dash",
      zsh: "/bin/zsh",
      fish: "/usr/bin/fish",
      ash,
      tcsh: "/bin/tcsh",
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
